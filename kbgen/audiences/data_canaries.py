"""Canaries made of the data beside the articles: what of them a site may not show, and how that is told from plain words.

- Texts that stand in no entry the site sees: their runs of words are canaries like those of articles.
- Ways to reach somebody (telephone numbers, mail addresses, links to rotas and trackers), however short.
- Names that are more than a plain word: of rooms (``#support-line-2``) and of alerts (``report-latency-p95``).

All of them only where nothing that the site may show says the same. Too short to be told from any other word, and therefore kept out by
construction alone (:mod:`kbgen.audiences.data`): the spans of the SLA, hours, ids such as ``qa``, names of one or two words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from kbgen.audiences.data import site_data
from kbgen.audiences.words import words
from kbgen.model.data import FILES, Data
from kbgen.model.settings import Settings

CONTACT = "contact"
NAME = "name"
_PHONE = re.compile(r"[+(]?\d[\d\s().\-/\u00a0]{4,}\d")
_ENOUGH_DIGITS = 7
_KEY_DIGITS = 9  # without the prefix that differs between a call from here and one from abroad
_LONG_NAME = 6
_CAMEL = re.compile(r"[a-z][A-Z]")
_SCHEME = re.compile(r"^(?:https?://|mailto:|tel:)")


@dataclass(frozen=True, slots=True)
class DataTexts:
    """The data as one site stands to them: texts it shows; texts and values it must not, each with the path of its file."""

    public: tuple[str, ...] = ()
    hidden: tuple[tuple[str, str], ...] = field(repr=False, default=())
    values: tuple[tuple[str, str], ...] = field(repr=False, default=())


@dataclass(frozen=True, slots=True)
class Values:
    """What must not occur whatever its length. Nothing of it is ever printed.

    Attributes:
        contacts: a telling word of an address → the addresses, in lower case and without scheme.
        names: likewise for names.
        phones: the last digits of telephone numbers → the numbers as they are written.
    """

    contacts: Mapping[str, tuple[str, ...]] = field(repr=False, default_factory=dict)
    names: Mapping[str, tuple[str, ...]] = field(repr=False, default_factory=dict)
    phones: Mapping[str, str] = field(repr=False, default_factory=dict)

    def found(self, text: str, tokens: Collection[str]) -> Iterator[tuple[str, str]]:
        """What of them stands in a text whose words are these: kind and value."""
        for kind, known in ((CONTACT, self.contacts), (NAME, self.names)):
            if not known.keys().isdisjoint(tokens):
                folded = text.casefold()
                candidates = dict.fromkeys(value for word in sorted(known.keys() & set(tokens)) for value in known[word])
                yield from ((kind, value) for value in candidates if _pattern(value).search(folded))
        yield from ((CONTACT, self.phones[key]) for key in sorted(_phones_in(text, self.phones)))

    def without(self, said: Collection[tuple[str, str]]) -> Values:
        """Without those that were found in texts for everybody."""
        return Values(
            _by_word(value for each in self.contacts.values() for value in each if (CONTACT, value) not in said),
            _by_word(value for each in self.names.values() for value in each if (NAME, value) not in said),
            {key: value for key, value in self.phones.items() if (CONTACT, value) not in said},
        )

    def __bool__(self) -> bool:
        return bool(self.contacts or self.names or self.phones)


def data_texts(data: Data, settings: Settings, site: str, areas: Collection[str]) -> DataTexts:
    """The texts and values of the data as a site stands to them. ``areas``: ids of the product areas that have a page there."""
    seen = site_data(data, settings, site)
    seen = seen.model_copy(update={"areas": tuple(area for area in seen.areas if area.id in areas)})
    public = dict.fromkeys(text for name in FILES for text in _strings(getattr(seen, name)))
    open_values = {value for _, value in _values(seen)}
    whole = settings.is_narrowest(site)
    return DataTexts(
        public=tuple(public),
        hidden=() if whole else tuple(dict.fromkeys(each for each in _all_strings(data) if each[1] not in public)),
        values=() if whole else tuple(dict.fromkeys(each for each in _values(data) if each[1] not in open_values)),
    )


def _all_strings(data: Data) -> Iterator[tuple[str, str]]:
    for name, file in FILES.items():
        path = data.place(file).path
        yield from ((path, text) for text in _strings(getattr(data, name)))


def _strings(entries: Iterable[Any]) -> Iterator[str]:
    waiting: list[Any] = [entry.model_dump() for entry in reversed(tuple(entries))]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, Mapping):
            waiting.extend(reversed(tuple(item.values())))
        elif isinstance(item, (list, tuple)):
            waiting.extend(reversed(item))


def _values(data: Data) -> Iterator[tuple[str, str]]:
    teams, channels, alerts, trackers = (data.place(FILES[name]).path for name in ("teams", "channels", "alerts", "trackers"))
    for team in data.teams:
        reached = [team.contact, *(value for each in team.contacts for value in (each.value, each.rota, each.reserve))]
        yield from ((teams, value) for value in reached if value)
    yield from ((channels, channel.address) for channel in data.channels if channel.address)
    yield from ((alerts, alert.id) for alert in data.alerts)
    # What stands before the first thing to fill in.
    yield from ((trackers, re.split(r"[?{]", tracker.url)[0]) for tracker in data.trackers)


def candidates(data: DataTexts) -> Values:
    """What must not occur, unless a text that the site may show says it, too."""
    contacts: set[str] = set()
    names: set[str] = set()
    phones: dict[str, str] = {}
    for _, value in data.values:
        bare = _SCHEME.sub("", value.strip()).rstrip("/")
        if key := _phone_key(bare):
            phones.setdefault(key, bare)
        elif "@" in bare.lstrip("@#") or "://" in value:
            contacts.add(bare.casefold())
        elif _is_more_than_a_word(bare.lstrip("@#")):
            names.add(bare.lstrip("@#").casefold())
    return Values(_by_word(contacts), _by_word(names), phones)


def _is_more_than_a_word(name: str) -> bool:
    """Whether a name could not be meant as a word of the language: "duty" and "QA" could."""
    return len(name) >= _LONG_NAME and (len(words(name)) > 1 or any(map(str.isdigit, name)) or _CAMEL.search(name) is not None)


def _phone_key(value: str) -> str:
    digits = re.sub(r"\D", "", value)
    return digits[-_KEY_DIGITS:] if len(digits) >= _ENOUGH_DIGITS and re.fullmatch(r"[+\d\s().\-/\u00a0]+", value) else ""


def _phones_in(text: str, phones: Collection[str]) -> set[str]:
    """Which of these numbers stand in a text, whatever separates their digits."""
    if not any(end in text for end in {phone[-2:] for phone in phones}):
        return set()
    written = [re.sub(r"\D", "", found) for found in _PHONE.findall(text)]
    return {phone for phone in phones if any(phone in digits for digits in written)}


def _by_word(values: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The values by one telling word of each."""
    by_word: dict[str, list[str]] = {}
    for value in sorted(values):
        if tokens := words(value):
            telling = max(tokens, key=lambda word: (any(map(str.isdigit, word)), len(word), word))
            by_word.setdefault(telling, []).append(value)
    return {word: tuple(each) for word, each in sorted(by_word.items())}


@lru_cache(maxsize=1024)
def _pattern(value: str) -> re.Pattern[str]:
    """What finds a value as a whole token in a text in lower case."""
    return re.compile(rf"(?<![\w-]){re.escape(value)}(?![\w-])")
