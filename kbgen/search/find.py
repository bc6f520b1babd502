"""Searching an index from Python: the same answers, in the same order, as the search box in the browser."""

from __future__ import annotations

import json
from dataclasses import dataclass

from kbgen.search.layout import text_path
from kbgen.search.passage import Part, best_passage
from kbgen.search.query import Load, Reader, clauses, open_index
from kbgen.search.rank import Ranked, inverse_frequency, rank


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
        score: BM25 over all fields; only comparable within one query.
        parts: the snippet in pieces, with whether each matched.
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

    @property
    def snippet(self) -> str:
        """The snippet as plain text."""
        return "".join(text for text, _ in self.parts).strip()


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
    if reader is None:
        return []
    wanted = clauses(reader, query)
    total = len(reader.directory["documents"]["id"])
    weights = {term: boost * inverse_frequency(total, len(reader.posting(term) or []) // 2) for term, boost in wanted.items()}
    return [_hit(reader, ranked, weights) for ranked in rank(reader, wanted)[: max(0, limit)]]


def _hit(reader: Reader, ranked: Ranked, weights: dict[str, float]) -> SearchHit:
    documents, values = reader.directory["documents"], reader.directory["values"]
    passage = best_passage(json.loads(reader.load(text_path(ranked.id))), weights, frozenset(reader.directory["stop"]))

    def value(name: str) -> str:
        text: str = values[name][documents[name][ranked.position]]
        return text

    return SearchHit(
        address=documents["address"][ranked.position],
        anchor=passage.anchor,
        title=documents["title"][ranked.position],
        heading=passage.heading,
        area=value("area"),
        type=value("type"),
        audience=value("audience"),
        score=ranked.score,
        parts=passage.parts,
    )
