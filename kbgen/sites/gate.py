"""The leak gate: looks for canaries in every file of a finished site.

It knows nothing of how the site was made. Every file is read as text, packed or encoded whichever way :mod:`kbgen.sites.forms` knows; of
pages also the places where a title or an address stands are read.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Any
from urllib.parse import unquote, urlsplit

from kbgen.audiences.canaries import PHRASE, RUN, Canaries, id_pattern, is_patchwork, occurrences
from kbgen.audiences.words import hashes, without_tags, words
from kbgen.sites.forms import texts

_TITLES = re.compile(r"<(title|h1)\b[^<>]*>(.{0,2000}?)</\1\s*>", re.DOTALL | re.IGNORECASE)
_NAV = re.compile(r"<(/?)nav\b[^>]*>", re.IGNORECASE)
_ANCHOR = re.compile(r"</?a\b[^>]*>", re.IGNORECASE)
_BORDER = " 0between0titles0 "
_TITLE_PARTS = re.compile(r"\s+[-–—|·•]\s+")
_VALUE = re.compile(r"""=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_ORIGIN = re.compile(r"(?:https?:)?//(?:[^/?#@]*@)?(?P<host>[^/?#:@]+)(?::\d*)?", re.IGNORECASE)
_LOCATION = re.compile(r"<loc>\s*([^<]*?)\s*</loc>", re.IGNORECASE)
_TITLE_KEYS = frozenset({"title", "titles", "name", "heading", "headings", "label", "text", "t", "area", "areas", "parents"})
_SHOWN = 12

EXCUSABLE = frozenset({"short title", "id", "address", "name"})
"""Kinds of leaks that may be nothing but an ordinary word: an internal article may be called "Team", or ``faq.md``."""

LONG = frozenset({"text", "title"})
"""Kinds of leaks that are many words, one after the other."""


@dataclass(frozen=True, slots=True, order=True)
class Leak:
    """Internal text in a site.

    Attributes:
        path: the file, relative to the site.
        kind: ``text`` (a run of words), ``title`` (a long one, anywhere), ``short title`` (where titles stand), ``id``, ``address``,
            ``contact`` (a way to reach somebody) or ``name`` (of a room, of an alert).
        found: what was found, internal itself: leave it out of anything that others may read.
    """

    path: str
    kind: str
    found: str


def leaks(files: Mapping[str, bytes], canaries: Canaries) -> Iterator[Leak]:
    """Every leak in a site's files (path in the site → bytes)."""
    for path in sorted(files):
        yield from leaks_in(path, files[path], canaries)


def leaks_in(path: str, data: bytes, canaries: Canaries) -> Iterator[Leak]:
    """Every leak in one file, also in its name; each thing found is told once."""
    if not (canaries.runs or canaries.phrases or canaries.short or canaries.ids or canaries.addresses or canaries.values):
        return
    found: dict[Leak, None] = {}
    for text in (path, *texts(data)):
        found.update(dict.fromkeys(_in_text(path, text, canaries)))
    found.update(dict.fromkeys(_in_places(path, data, canaries)))
    yield from found


def _in_text(path: str, text: str, canaries: Canaries) -> Iterator[Leak]:
    tokens = words(text)
    numbers = list(map(canaries.numbers.get, tokens, repeat(0)))
    if not canaries.runs.isdisjoint(hashes(numbers, RUN)):
        yield from (Leak(path, "text", run) for run in _runs(tokens, numbers, canaries))
    # A title is looked for only where its first words stand; most texts end here.
    if not canaries.phrases.keys().isdisjoint(hashes(numbers, PHRASE)):
        spelt = {number: token for token, number in zip(tokens, numbers, strict=True)}
        for phrase in occurrences(tuple(numbers), canaries.phrases):
            if not is_patchwork(phrase, canaries):
                yield Leak(path, "title", " ".join(spelt[each] for each in phrase))
    if not canaries.ids.keys().isdisjoint(tokens):
        folded = text.casefold()
        for word in sorted(canaries.ids.keys() & set(tokens)):
            yield from (Leak(path, "id", name) for name in canaries.ids[word] if id_pattern(name).search(folded))
    yield from (Leak(path, kind, value) for kind, value in canaries.values.found(text, tokens))


def _runs(tokens: list[str], numbers: list[int], canaries: Canaries) -> Iterator[str]:
    """What was found, runs that touch as one, its beginning only."""
    start = end = -1
    for position, run in enumerate(hashes(numbers, RUN)):
        if run not in canaries.runs or is_patchwork(tuple(numbers[position : position + RUN]), canaries):
            continue
        if position > end:
            if start >= 0:
                yield " ".join(tokens[start : min(end, start + _SHOWN)])
            start = position
        end = position + RUN
    if start >= 0:
        yield " ".join(tokens[start : min(end, start + _SHOWN)])


def _in_places(path: str, data: bytes, canaries: Canaries) -> Iterator[Leak]:
    """Short titles where titles stand, and addresses where addresses stand."""
    if path.removesuffix("index.html") in canaries.addresses:
        yield Leak(path, "address", path)
    suffix = posixpath.splitext(path)[1].lower()
    if suffix not in {".html", ".htm", ".xml", ".json", ".txt", ".webmanifest", ""}:
        return
    text = data.decode("utf-8", "replace")
    titles: Iterable[str] = ()
    addresses: Iterable[str] = text.split() if suffix in {".txt", ""} else ()
    if suffix == ".json":
        titles, addresses = _json_places(text)
    elif suffix not in {".txt", ""}:
        # Whichever attribute it is in: an address is told by where it leads.
        titles, addresses = _titles(text), chain(map("".join, _VALUE.findall(text)), _LOCATION.findall(text))
    if canaries.short:
        # All in one pass: a navigation has hundreds of titles.
        spelt = " ".join(words(_BORDER.join(titles))).split(_BORDER.strip())
        yield from (Leak(path, "short title", title.strip()) for title in spelt if title.strip() in canaries.short)
    yield from (Leak(path, "address", found) for found in _hidden_addresses(path, addresses, canaries))


def _titles(page: str) -> Iterator[str]:
    for found in _TITLES.finditer(page):
        title = without_tags(found[2])
        yield title
        yield from _TITLE_PARTS.split(title)
    depth, start = 0, 0
    for tag in _NAV.finditer(page):
        if tag[1]:
            depth = max(0, depth - 1)
            if not depth:
                yield without_tags(_ANCHOR.sub(_BORDER, page[start : tag.start()]))
        else:
            start = start if depth else tag.end()
            depth += 1


def _json_places(text: str) -> tuple[list[str], list[str]]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return [], []
    titles: list[str] = []
    strings: list[str] = []
    waiting: list[tuple[str, Any]] = [("", value)]
    while waiting:
        key, item = waiting.pop()
        if isinstance(item, dict):
            waiting.extend(item.items())
            strings.extend(item)
        elif isinstance(item, list):
            waiting.extend((key, each) for each in item)
        elif isinstance(item, str):
            strings.append(item)
            if key.casefold() in _TITLE_KEYS:
                titles.append(item)
    return titles, strings


def _hidden_addresses(path: str, written: Iterable[str], canaries: Canaries) -> Iterator[str]:
    # Addresses in an edition's own data files are relative to the edition, those in pages to the page.
    edition = next((prefix for prefix in canaries.prefixes if path.startswith(prefix)), "")
    base = posixpath.dirname(path) if path.endswith((".html", ".htm")) else edition
    for raw in written:
        target = unquote(raw) if "%" in raw else raw
        target = re.split(r"[#?]", target, maxsplit=1)[0].removesuffix("index.html").rstrip("/")
        if target.rpartition("/")[2] not in canaries.endings:
            continue
        origin = _ORIGIN.match(target)
        host = origin["host"].casefold() if origin else ""
        own = next((url for url in canaries.origins if origin and urlsplit(url).hostname == host), "")
        root = urlsplit(own).path if own else ""
        place = target[origin.end() :].removeprefix(root) if origin and own else posixpath.normpath(posixpath.join("/", base, target))
        if place.strip("/") + "/" in canaries.addresses:
            yield place.strip("/") + "/"
