"""Canaries: what must not occur anywhere in the files of a site, whoever put it there.

They are made from the sources alone, never from a plan or a page, so that a fault in the projection, the staging, the theme or the engine
is still noticed at the end. For one site:

- each run of :data:`RUN` words of text it may not show (articles for narrower circles, internal passages of articles it shows, files that
  could not be read) that occurs in no source it may show;
- titles of :data:`PHRASE` words and more likewise; shorter ones only where a title is expected (title, h1, navigation, index);
- ids and addresses of articles it does not show;
- what the data beside the articles hold that it does not show (:mod:`kbgen.audiences.data_canaries`).

A run made of nothing but public titles, headings, summaries and words of the theme is no leak (:func:`is_patchwork`): an internal page
that lists public articles reads just as the public navigation does.

Both sides see words in one way only: :func:`words`. Runs are kept as 64-bit numbers, about 75 bytes each.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kbgen.audiences.data_canaries import DataTexts, Values, candidates
from kbgen.audiences.sources import Sources, header, hidden_forms
from kbgen.audiences.words import Numbering, Numbers, hashes, words
from kbgen.model.article import Corpus
from kbgen.model.settings import Settings

RUN = 8
PHRASE = 4


@dataclass(frozen=True, slots=True)
class Canaries:
    """What must not occur in a site. Nothing of it is ever printed.

    Attributes:
        site: the site.
        numbers: word → number, for every word of the text behind the canaries. A word that is not in it has the number 0.
        runs: hashes of runs of :data:`RUN` numbers. Hashes of numbers are the same in every process of one Python version.
        phrases: hash of a title's first :data:`PHRASE` numbers → the titles, as numbers.
        short: titles of fewer words, as words with one space between.
        starts: hashes of the beginnings of public titles, headings and other texts that stand beside each other.
        ends: hashes of their ends.
        wholes: hashes of those with fewer than :data:`RUN` words.
        ids: one telling word of an id → the ids, in lower case.
        addresses: site addresses (with language prefix).
        endings: the last segments of these addresses.
        prefixes: of the languages beside the default one, e.g. ``ru/``.
        origins: the addresses of all sites, for absolute links.
        values: ways to reach somebody, names of rooms and alerts.
        data: paths of data files with the texts they hold that this site does not show, to name the file that a leak comes from.
    """

    site: str
    numbers: Mapping[str, int] = field(repr=False, default_factory=dict)
    runs: frozenset[int] = field(repr=False, default=frozenset())
    phrases: Mapping[int, tuple[tuple[int, ...], ...]] = field(repr=False, default_factory=dict)
    short: frozenset[str] = field(repr=False, default=frozenset())
    starts: frozenset[int] = field(repr=False, default=frozenset())
    ends: frozenset[int] = field(repr=False, default=frozenset())
    wholes: frozenset[int] = field(repr=False, default=frozenset())
    ids: Mapping[str, tuple[str, ...]] = field(repr=False, default_factory=dict)
    addresses: frozenset[str] = field(repr=False, default=frozenset())
    endings: frozenset[str] = field(repr=False, default=frozenset())
    prefixes: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    values: Values = field(repr=False, default_factory=Values)
    data: tuple[tuple[str, str], ...] = field(repr=False, default=())

    def digest(self) -> str:
        """A digest of all of them: a file that passed the gate passes again while this and the file stay the same."""
        parts = (sorted(self.runs), sorted(self.phrases.items()), sorted(self.short), sorted(self.ids.items()), sorted(self.addresses))
        values = (self.values.contacts, self.values.names, sorted(self.values.phones.items()))
        return hashlib.sha256(repr((self.site, self.origins, parts, values)).encode()).hexdigest()


def canaries(
    corpus: Corpus,
    settings: Settings,
    site: str,
    extra_public: Sequence[str] = (),
    corrected: Collection[str] = (),
    data: DataTexts = DataTexts(),  # noqa: B008  frozen
    made: Collection[str] = (),
) -> Canaries:
    """All canaries of a site.

    Args:
        corpus: everything that was read.
        settings: the settings; their own texts (names, taglines) are public.
        site: name of the site.
        extra_public: other texts its pages may show: words of the theme.
        corrected: site addresses that may say that the page is being corrected.
        data: the data beside the articles, as the site stands to them.
        made: site addresses of pages that kbgen makes for the site, whatever article may be called like them.
    """
    sources = Sources(corpus, settings, site, (*extra_public, *data.public))
    numbering = Numbering()
    runs: set[int] = set()
    for text in (*sources.hidden(), *(text for _, text in data.hidden)):
        runs.update(hashes(numbering.of(text), RUN))
    titles = {article.meta.title for article in sources.unseen}
    phrases: dict[int, set[tuple[int, ...]]] = {}
    for numbers in (tuple(numbering.of(title)) for title in titles):
        if len(numbers) >= PHRASE:
            phrases.setdefault(hash(numbers[:PHRASE]), set()).add(numbers)
    known = dict(numbering)
    values = candidates(data)
    said: set[tuple[str, str]] = set()
    for text in sources.shown():
        tokens = words(text)
        said.update(values.found(text, tokens))
        numbers = tuple(map(numbering.__getitem__, tokens))
        runs.difference_update(hashes(numbers, RUN))
        for found in list(occurrences(numbers, phrases)):
            phrases[hash(found[:PHRASE])].discard(found)
    for address in sources.own_addresses(made):
        said.update(values.found(address, words(address)))
    starts, ends, wholes = _pieces((numbering.of(text) for text in sources.fragments()), frozenset(known.values()))
    public = {" ".join(words(text)) for text in sources.fragments()}
    short = {" ".join(words(title)) for title in titles if len(words(title)) < PHRASE} - public - {""}
    addresses = _addresses(sources) - frozenset(corrected) - frozenset(made)
    return Canaries(
        site=site,
        numbers=known if runs or any(phrases.values()) else {},
        runs=frozenset(runs),
        phrases={head: tuple(sorted(found)) for head, found in sorted(phrases.items()) if found},
        short=frozenset(short),
        starts=starts,
        ends=ends,
        wholes=wholes,
        ids=_ids(sources, frozenset(corrected)),
        addresses=addresses,
        endings=frozenset(address.rstrip("/").rpartition("/")[2] for address in addresses),
        prefixes=sources.prefixes,
        origins=tuple(sorted(other.url for other in settings.sites.values() if other.url)),
        values=values.without(said),
        data=(*data.hidden, *data.values),
    )


def widened(canaries: Canaries, texts: Iterable[str]) -> Canaries:
    """The canaries of a site that may say these texts, too: whole, cut off, or beside each other and other public ones."""
    numbers = [tuple(canaries.numbers.get(word, 0) for word in words(text)) for text in dict.fromkeys(texts)]
    starts, ends, wholes = _pieces(numbers, frozenset(canaries.numbers.values()))
    found = {phrase for each in numbers for phrase in occurrences(each, canaries.phrases)}
    phrases = {head: tuple(each for each in kept if each not in found) for head, kept in canaries.phrases.items()}
    return replace(
        canaries,
        runs=canaries.runs.difference(run for each in numbers for run in hashes(each, RUN)),
        phrases={head: kept for head, kept in phrases.items() if kept},
        starts=canaries.starts | starts,
        ends=canaries.ends | ends,
        wholes=canaries.wholes | wholes,
    )


def occurrences(numbers: tuple[int, ...], phrases: Mapping[int, Iterable[tuple[int, ...]]]) -> Iterator[tuple[int, ...]]:
    """The phrases that occur in a text, each as often as it does."""
    if not phrases or phrases.keys().isdisjoint(hashes(numbers, PHRASE)):
        return
    for position, head in enumerate(hashes(numbers, PHRASE)):
        for phrase in phrases.get(head, ()):
            if numbers[position : position + len(phrase)] == phrase:
                yield phrase


def is_patchwork(numbers: tuple[int, ...], canaries: Canaries) -> bool:
    """Whether a text is only public titles and the like, one after the other, the first and the last perhaps cut off."""
    size = len(numbers)
    if size > RUN:  # a long title: wherever one looks, a public text or a patchwork of them
        windows = (numbers[start : start + RUN] for start in range(size - RUN + 1))
        return all(hash(window) not in canaries.runs or is_patchwork(window, canaries) for window in windows)
    borders = {0, *(end for end in range(1, min(RUN, size + 1)) if hash(numbers[:end]) in canaries.ends)}
    for border in range(size):
        if border in borders:
            if hash(numbers[border:]) in canaries.starts:
                return True
            reached = range(border + 1, min(border + RUN, size + 1))
            borders.update(end for end in reached if hash(numbers[border:end]) in canaries.wholes)
    return size in borders


def origins_of(found: str, corpus: Corpus, data: Iterable[tuple[str, str]] = ()) -> tuple[str, ...]:
    """Paths of the files that hold these words one after the other; for the message about a leak. ``data``: other files' texts."""
    wanted = f" {' '.join(words(found)[:RUN])} "
    readable = [(article.source.path, *header(article), *hidden_forms(article.full.text, article.full.html)) for article in corpus.articles]
    unreadable = [(item.source.path, item.source.data.decode("utf-8", "replace")) for item in corpus.unreadable]
    every = [*readable, *unreadable, *data]
    return tuple(dict.fromkeys(path for path, *texts in every if any(wanted in f" {' '.join(words(text))} " for text in texts)))


def _pieces(fragments: Iterable[Numbers], known: Collection[int]) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
    """Hashes of the beginnings, of the ends, and of whole fragments, of fewer than :data:`RUN` words each, all of them known."""
    starts: set[int] = set()
    ends: set[int] = set()
    wholes: set[int] = set()
    for fragment in fragments:
        numbers = tuple(fragment)
        for size in range(1, min(RUN, len(numbers) + 1)):
            if numbers[size - 1] not in known:
                break
            starts.add(hash(numbers[:size]))
        for size in range(1, min(RUN, len(numbers) + 1)):
            if numbers[-size] not in known:
                break
            ends.add(hash(numbers[-size:]))
        if len(numbers) < RUN and all(number in known for number in numbers):
            wholes.add(hash(numbers))
    return frozenset(starts), frozenset(ends), frozenset(wholes)


def _ids(sources: Sources, corrected: frozenset[str]) -> Mapping[str, tuple[str, ...]]:
    """Ids of articles not shown, unless an article shown shares them or they are words that a text shown uses, too."""
    # An id made from the path is no secret of its own: the addresses cover it.
    written = (article for article in sources.unseen if article.id != article.path.removesuffix(".md"))
    ids = {article.id.casefold() for article in written} - {article.id.casefold() for article in sources.seen}
    # An id made from the path is the address of the page that says that the article is being corrected.
    ids -= {address.removeprefix(prefix).rstrip("/").casefold() for address in corrected for prefix in ("", *sources.prefixes)}
    # A plain word says nothing: an article "team" would forbid the word.
    ids = {name for name in ids if len(words(name)) > 1 or any(letter.isdigit() for letter in name)}
    telling = {name: max(words(name), key=lambda word: (any(map(str.isdigit, word)), len(word), word)) for name in ids}
    if ids:
        wanted = frozenset(telling.values())
        for text in sources.shown():
            common = wanted.intersection(words(text))
            if common:
                used = {name for name in ids if telling[name] in common and id_pattern(name).search(text.casefold())}
                ids -= used
    by_word: dict[str, list[str]] = {}
    for name in sorted(ids):
        by_word.setdefault(telling[name], []).append(name)
    return {word: tuple(names) for word, names in sorted(by_word.items())}


def id_pattern(name: str) -> re.Pattern[str]:
    """What finds an id (in lower case) as a whole token in a text in lower case."""
    return re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")


def _addresses(sources: Sources) -> frozenset[str]:
    hidden = {
        sources.site_address(article)
        for article in sources.unseen
        # Wrongly labelled articles may have been live: their address then says that the page is being corrected.
        if not any(problem.code.startswith("KB3") for problem in article.problems)
    }
    shown = {sources.site_address(article) for article in sources.seen}
    ancestors = {address[: position + 1] for address in shown for position, letter in enumerate(address) if letter == "/"}
    return frozenset(hidden - shown - ancestors - {"", *(f"{article.language}/" for article in sources.unseen)})
