"""Searching an index from Python: the same answers, in the same order, as the search box in the browser."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from kbgen.search.analyse import normalise, words_of
from kbgen.search.layout import HALVES, Half, utf16
from kbgen.search.passage import Part, Passage, best_passages
from kbgen.search.query import Understood, understand
from kbgen.search.rank import Ranked, Scored, rank, score, weights_of
from kbgen.search.reader import Load, Reader, open_index
from kbgen.search.spelling import other_layout

FACETS = ("area", "type", "audience", "severity")
"""What results can be narrowed down by."""
NEAR = 0.34
"""The part of a query's groups of three letters that a title has to hold to be offered where nothing was found."""
MOST_RELAXED = 5

Filters = Mapping[str, Collection[str]]
"""Facet → the values that are let through; none: all of them."""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A document that was found, at its best section.

    Attributes:
        address: address in the edition, e.g. ``billing/refund/``.
        anchor: id of the section's heading; empty: the top of the page.
        title: the document's title.
        heading: the section's heading, may be empty.
        area: name of the product area.
        type: article type.
        audience: audience.
        score: see :mod:`kbgen.search.rank`; only comparable within one query.
        parts: the snippet in pieces, with whether each matched.
        severity: of a runbook, else empty.
        sections: up to three passages, the first being the one above; empty where none were asked for.
    """

    address: str
    anchor: str
    title: str
    heading: str
    area: str
    type: str
    audience: str
    score: float
    parts: tuple[Part, ...]
    severity: str = ""
    sections: tuple[Passage, ...] = ()

    @property
    def snippet(self) -> str:
        """The snippet as plain text."""
        return "".join(text for text, _ in self.parts).strip()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found.

    Attributes:
        hits: the first results, best first.
        total: how many results there are with these filters.
        facets: facet → value → how many results have it under the filters of the other facets.
        shown_as: the query as it was understood where that is not what was typed, in words to be read; else empty.
        literal: whether the query was taken exactly as typed.
        weights: what each term counts in snippets.
        relaxed: where nothing was found: documents with the nearest titles.
    """

    hits: tuple[SearchHit, ...] = ()
    total: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    shown_as: str = ""
    literal: bool = False
    weights: Mapping[str, float] = field(default_factory=dict)
    relaxed: tuple[SearchHit, ...] = ()


def search(load: Load, query: str, limit: int = 10) -> list[SearchHit]:
    """Search an index.

    Args:
        load: reads a file of the index by its path under ``search/``, e.g. ``index.json``; whatever it raises is passed on.
        query: what a reader typed; any text at all.
        limit: how many hits at most.

    Returns:
        The hits, best first; none where nothing matches, and none where another version of kbgen wrote the index.
    """
    reader = open_index(load)
    return [] if reader is None else list(find(reader, query, limit).hits)


def find(
    reader: Reader, query: str, limit: int = 10, filters: Filters | None = None, *, exact: bool = False, passages: bool = True
) -> Answer:
    """Search an opened index, with all that a page of results shows.

    Args:
        reader: the index.
        query: what a reader typed.
        limit: how many hits at most.
        filters: facet → values; a facet that is not in it lets everything through.
        exact: take the query exactly as typed: "search instead for …".
        passages: whether to fetch the texts of the hits for their sections and snippets.
    """
    understood = understand(reader, query, exact=exact)
    results = results_of(reader, understood, query)
    listed = {name: [values] if isinstance(values, str) else values for name, values in (filters or {}).items() if values}
    chosen = {name: frozenset(values) for name, values in listed.items()}
    shown = [scored for scored in results if _passes(reader, scored, chosen)]
    weights = weights_of(reader, understood.asked)
    ranked = rank(reader, understood.asked, shown, limit)[: max(0, limit)]
    return Answer(
        hits=tuple(_hit(reader, one.position, one.score, weights if passages else None) for one in ranked),
        total=len(shown),
        facets={name: _facet(reader, results, chosen, name) for name in FACETS},
        shown_as=understood.shown_as,
        literal=exact,
        weights=weights,
        relaxed=() if results else tuple(_hit(reader, position, 0.0, None) for position in nearest_titles(reader, query)),
    )


def ranked(reader: Reader, query: str, limit: int = 10, *, exact: bool = False) -> tuple[Understood, list[Ranked]]:
    """What a query was taken for, and its first results with all that their scores are made of."""
    understood = understand(reader, query, exact=exact)
    return understood, rank(reader, understood.asked, results_of(reader, understood, query), limit)[: max(0, limit)]


def results_of(reader: Reader, understood: Understood, query: str) -> list[Scored]:
    """All results of a query, best first. Of one with nothing but stop words: the documents with those words in their titles."""
    if understood.asked:
        return score(reader, understood)
    words = words_of(query, reader.stop)
    wanted = [f" {word.raw} " for word in words if word.stop]
    if not wanted or len(wanted) < len(words):
        return []
    found = [(title.find(wanted[0]), at) for at, title in enumerate(reader.titles()) if all(word in title for word in wanted)]
    return [Scored(position) for _, position in sorted(found)]


def suggest(reader: Reader, query: str, limit: int = 10) -> list[SearchHit]:
    """Documents by title, keywords and questions alone, from two letters on: the list while somebody types."""
    if len(normalise(query).strip(" ")) < 2:
        return []
    first: Sequence[Half] = HALVES[:1]
    understood = understand(reader, query, halves=first)
    results = score(reader, understood, first)
    begun = _begun_titles(reader, query)
    if not results:  # the beginning of a stop word
        return [_hit(reader, position, 0.0, None) for position in list(begun)[: max(0, limit)]]
    # A word half typed that stands so in the title: this is what a list of titles is looked through for. A whole word has many forms.
    known = frozenset(() if any(begun.values()) else begun)
    ordered = sorted(rank(reader, understood.asked, results, limit), key=lambda one: one.position not in known)
    return [_hit(reader, one.position, one.score, None) for one in ordered[: max(0, limit)]]


def _begun_titles(reader: Reader, query: str) -> dict[int, bool]:
    """Positions of the documents with a word in their title that begins as the query's last one → whether the word ends there, too."""
    words = words_of(query, reader.stop)
    begun = f" {words[-1].raw}" if words else ""
    found: dict[int, bool] = {}
    for position, title in enumerate(reader.titles() if len(begun) > 2 else ()):
        at = title.find(begun)
        if at >= 0:
            found[position] = title[at + len(begun)] == " "
    return found


def popular(reader: Reader, area: str = "", limit: int = 5) -> list[SearchHit]:
    """What to offer where nothing was found: the featured documents of an area (of all, where none is named), then its others."""
    documents, values = reader.directory["documents"], reader.directory["values"]["area"]
    featured = frozenset(documents["featured"])
    here = [at for at in range(len(reader.ids)) if not area or values[documents["area"][at]] == area]
    here.sort(key=lambda at: (at not in featured, utf16(documents["address"][at])))
    return [_hit(reader, at, 0.0, None) for at in here[: max(0, limit)]]


def nearest_titles(reader: Reader, query: str) -> list[int]:
    """Positions of the documents whose titles share most groups of three letters with the query, on either layout."""
    best: dict[int, float] = {}
    for text in (query, other_layout(query)):
        wanted = _threes(text[:200])
        for position, title in enumerate(reader.directory["documents"]["title"] if wanted else ()):
            near = len(wanted & _threes(title)) / len(wanted)
            if near >= NEAR and near > best.get(position, 0.0):
                best[position] = near
    return sorted(best, key=lambda position: (-best[position], position))[:MOST_RELAXED]


def _threes(text: str) -> set[str]:
    text = normalise(text)
    return {three for start in range(len(text) - 2) if (three := text[start : start + 3]).isalpha()}


def _passes(reader: Reader, scored: Scored, chosen: Mapping[str, frozenset[str]], but: str = "") -> bool:
    return all(_value(reader, name, scored.position) in values for name, values in chosen.items() if name != but)


def _facet(reader: Reader, results: Sequence[Scored], chosen: Mapping[str, frozenset[str]], name: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for scored in results:
        if _passes(reader, scored, chosen, but=name):
            value = _value(reader, name, scored.position)
            if value:
                counts[value] = counts.get(value, 0) + 1
    return dict(sorted(counts.items(), key=lambda one: (-one[1], utf16(one[0]))))


def _value(reader: Reader, name: str, position: int) -> str:
    directory = reader.directory
    value: str = directory["values"][name][directory["documents"][name][position]] if name in directory["values"] else ""
    return value


def _hit(reader: Reader, position: int, score: float, weights: Mapping[str, float] | None) -> SearchHit:
    documents = reader.directory["documents"]
    stop = reader.stop
    passages = () if weights is None else best_passages(reader.texts(reader.ids[position]), weights, stop)
    best = passages[0] if passages else Passage("", "", ())
    return SearchHit(
        address=documents["address"][position],
        anchor=best.anchor,
        title=documents["title"][position],
        heading=best.heading,
        area=_value(reader, "area", position),
        type=_value(reader, "type", position),
        audience=_value(reader, "audience", position),
        score=score,
        parts=best.parts,
        severity=_value(reader, "severity", position),
        sections=passages,
    )
