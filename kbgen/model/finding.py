"""What kbgen tells a writer: problems found below, and findings made of them by rules."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is; ``--strict`` makes warnings count like errors."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Effect(StrEnum):
    """What a finding does to the build.

    ``report``: nothing stops. ``withhold``: this article is left out of the sites named. ``refuse``: the sites named are not handed
    over, the old ones stay.
    """

    REPORT = "report"
    WITHHOLD = "withhold"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something is: a path relative to the project's root with ``/``, a line and a column, both counted from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong that a lower floor met: it cannot judge, it only says. The rule with this ``code`` makes it a finding.

    Attributes:
        code: ``KBnnn``.
        place: where.
        message: what is wrong, in lower case, without a full stop.
        hint: what to do about it.
        sites: names of the sites concerned; empty means every site.
    """

    code: str
    place: Place
    message: str
    hint: str
    sites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem, judged: with a severity and an effect. Attributes as in :class:`Problem`."""

    code: str
    severity: Severity
    effect: Effect
    place: Place
    message: str
    hint: str
    sites: tuple[str, ...] = ()

    def sort_key(self) -> tuple[Place, str, str]:
        """Findings are always listed in this order: by place, then code, then message."""
        return (self.place, self.code, self.message)
