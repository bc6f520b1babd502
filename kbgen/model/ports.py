"""What the floors above hand down to the use cases: an engine and rules, as protocols."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kbgen.model.article import Corpus
from kbgen.model.data import Data
from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.plan import Edition, Projection, SitePlan
from kbgen.model.review import Staleness
from kbgen.model.settings import Settings


@dataclass(frozen=True, slots=True)
class RenderJob:
    """One edition to render: ``source`` holds ``edition.json`` and ``pages/``; the engine writes the edition into ``target``."""

    edition: Edition
    source: Path
    target: Path


@dataclass(frozen=True, slots=True)
class RenderFailure:
    """An edition the engine could not render, and what it said."""

    edition: Edition
    message: str


class Engine(Protocol):
    """Turns staged pages into HTML pages."""

    def key(self) -> str:
        """A digest of everything of the engine's own that pages depend on: versions, templates, theme files."""
        ...

    def render(self, jobs: Sequence[RenderJob]) -> Sequence[RenderFailure]:
        """Render every job, side by side; an empty answer means that all went well."""
        ...


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a query finds a page: its place from 1 (0: it is not found), and the addresses of up to three pages before it, best first."""

    place: int
    before: tuple[str, ...]


class Searches(Protocol):
    """Asks the search of an edition as it is about to be, and that of the built site for what pages were called and found by."""

    def standing(self, plan: SitePlan, query: str, address: str) -> Standing:
        """Where this query finds the page at this address in the edition."""
        ...

    def live_title(self, plan: SitePlan, address: str) -> str:
        """The title of the page in the site that stands built; ``""`` where there is none."""
        ...

    def live_standing(self, plan: SitePlan, query: str, address: str) -> Standing:
        """Where this query finds the page in the site that stands built; nowhere where there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a rule may look at.

    ``built`` is path in the site → bytes for each site, only where sites have been built; ``today`` the day of the run; ``searches``
    answers what search would, None where nobody can.
    """

    settings: Settings
    data: Data
    corpus: Corpus
    projection: Projection
    staleness: Sequence[Staleness]
    built: Mapping[str, Mapping[str, bytes]]
    today: datetime.date
    searches: Searches | None = None

    def problems(self, code: str) -> Iterator[Problem]:
        """The problems with this code that the floors below met while reading and projecting."""
        yield from (problem for problem in self.corpus.problems if problem.code == code)
        for article in self.corpus.articles:
            yield from (problem for problem in article.problems if problem.code == code)
        for unreadable in self.corpus.unreadable:
            yield from (problem for problem in unreadable.problems if problem.code == code)
        yield from (problem for problem in self.projection.problems if problem.code == code)


class Rule(Protocol):
    """A rule module: its docstring is its manual page, ``kbgen explain CODE`` prints it."""

    CODE: str
    NAME: str
    SEVERITY: Severity
    EFFECT: Effect

    def check(self, facts: Facts) -> Iterator[Problem]:
        """Yield what is wrong."""
        ...
