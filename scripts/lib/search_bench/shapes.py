"""The values that everything here hands on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Piece:
    """The text under one heading of a page; the first may have neither ``id`` nor ``heading``."""

    id: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """One article, as every engine gets it. ``keywords`` and ``questions`` come from its header and stand on no page."""

    address: str
    title: str
    pieces: tuple[Piece, ...]
    summary: str = ""
    keywords: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    area: str = ""
    type: str = ""
    audience: str = "public"

    @property
    def text(self) -> str:
        """All that stands on the page."""
        parts = [self.title, self.summary]
        for piece in self.pieces:
            parts += [piece.heading, piece.text]
        return "\n".join(filter(None, parts))


@dataclass(frozen=True, slots=True)
class Collection:
    """Pages of one language that are searched together.

    ``others`` are texts that lend word forms and are never searched; ``synonyms`` are for kbgen, which alone knows such a list.
    """

    name: str
    language: str
    pages: tuple[Page, ...]
    others: tuple[str, ...] = ()
    synonyms: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody types, and the addresses of the pages that answer it."""

    text: str
    answers: frozenset[str]


@dataclass(frozen=True, slots=True)
class QuerySet:
    """Queries of one kind against one collection; ``typing``: they are not finished, and answered while somebody types."""

    name: str
    collection: str
    queries: tuple[Query, ...] = field(repr=False)
    typing: bool = False
