"""The front matter of an article: which keys there are and what they may hold. The JSON Schema for editors is made from this."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from kbgen.model.support import ALERT

ArticleType = Literal[
    "how-to",
    "troubleshooting",
    "faq",
    "reference",
    "concept",
    "announcement",
    "known-issue",
    "runbook",
    "procedure",
    "rule",
    "role",
    "policy",
    "track",
    "postmortem",
]
Confidence = Literal["wip", "not-validated", "validated", "archived"]
HIDING = frozenset(
    "draft published publish noindex hidden private internal unlisted restricted confidential visibility".split(),
)
"""Keys that hide a page elsewhere: they have to be mapped to an audience and are never ignored."""

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300, pattern=r"^[^\n\r]+$")]
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{1,63}$")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
AlertName = Annotated[str, StringConstraints(pattern=ALERT)]
_INTERVAL = re.compile(r"^(\d{1,4})([dwmy])$")
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


def interval_days(text: str) -> int:
    """Days in an interval such as ``90d``, ``6w``, ``3m`` (30 days each) or ``1y`` (365 days); ValueError for anything else."""
    found = _INTERVAL.match(text)
    if not found or int(found[1]) == 0:
        raise ValueError("an interval is a whole number and d, w, m or y, e.g. 90d or 6m")
    return int(found[1]) * _DAYS[found[2]]


def _interval(text: str) -> str:
    interval_days(text)
    return text


Interval = Annotated[str, AfterValidator(_interval)]


class Header(BaseModel):
    """The keys a writer may use, as written in the file; everything but ``title`` may be absent here."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    title: Line = Field(description="The title readers see, one line.")
    audience: str | None = Field(None, description="Who may read it: an audience of the settings, by default public or internal.")
    last_reviewed: datetime.date | None = Field(None, description="The day somebody last checked that it is true, YYYY-MM-DD.")
    product_area: Line | None = Field(None, description="The product area; by default the one its folder belongs to.")
    owner: Line | None = Field(None, description="The team that answers for it; by default its product area's.")
    original: Line | None = Field(None, description="Language code of the original, where that is not the default language.")
    id: Id | None = Field(None, description="The permanent id, e.g. KB-7Q4M. Translations share it.")
    type: ArticleType | None = Field(None, description="What kind of article it is.")
    summary: Line | None = Field(None, description="One sentence for lists, search results and the page's description.")
    keywords: tuple[Line, ...] = Field((), description="Other words customers use for it.")
    questions: tuple[Line, ...] = Field((), description="Questions it answers, in customers' words.")
    tags: tuple[Line, ...] = Field((), description="Words to group articles by.")
    review_every: Interval | None = Field(None, description="How often it has to be reviewed, e.g. 90d, 6m, 1y.")
    reviewed_how: Line | None = Field(None, description="How the last review was done, e.g. walked through in a test project.")
    confidence: Confidence | None = Field(None, description="How far others have confirmed it.")
    depends_on: tuple[Line, ...] = Field((), description="Ids of articles that this one is true with.")
    plans: tuple[Line, ...] = Field((), description="Ids of the plans it holds for; none: for all.")
    redirect_from: tuple[Line, ...] = Field((), description="Earlier addresses of the article.")
    publish_at: datetime.date | None = Field(None, description="The day from which it is shown outside the wiki.")
    expires: datetime.date | None = Field(None, description="The day from which it is no longer shown outside the wiki.")
    featured: bool = Field(False, description="Shown on the home page.")
    severity: Literal["low", "medium", "high"] | None = Field(None, description="Of a runbook: how grave the case is at first sight.")
    tier: Literal[1, 2, 3] | None = Field(None, description="Of a runbook: the line that starts to work from it.")
    escalates_to: Line | None = Field(None, description="Of a runbook: the step of the ladder, or the team, that takes over.")
    alerts: tuple[AlertName, ...] = Field((), description="Names of the alerts it is the runbook for, as the monitoring calls them.")
    last_drilled: datetime.date | None = Field(None, description="The day a runbook was last walked through in a drill.")
    off_hours: Line | None = Field(None, description="What whoever is alone on shift may decide from this page, in one sentence.")
    placeholders: Mapping[Name, Line] = Field({}, description="Names used as {{name}} in commands and replies, each with what to fill in.")
    status: Literal["open", "fixed"] | None = Field(None, description="Of a known issue: open or fixed.")
    fixed_in: Line | None = Field(None, description="Of a known issue: the release that mends it.")


class Meta(BaseModel):
    """A header with everything filled in: what the rest of kbgen works with. ``typed``: whether the type was written, not assumed.

    ``type`` is empty where nobody can tell it: a translation that leaves it to an original whose header cannot be read.
    """

    model_config = ConfigDict(frozen=True)

    title: str
    audience: str
    last_reviewed: datetime.date | None = None
    product_area: str
    owner: str
    original: str | None = None
    type: ArticleType | Literal[""] = "how-to"
    summary: str = ""
    keywords: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    review_every: str | None = None
    reviewed_how: str | None = None
    confidence: Confidence | None = None
    depends_on: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    redirect_from: tuple[str, ...] = ()
    publish_at: datetime.date | None = None
    expires: datetime.date | None = None
    featured: bool = False
    severity: str | None = None
    tier: int | None = None
    escalates_to: str | None = None
    alerts: tuple[str, ...] = ()
    last_drilled: datetime.date | None = None
    off_hours: str | None = None
    placeholders: Mapping[str, str] = {}
    status: str | None = None
    fixed_in: str | None = None
    typed: bool = False
