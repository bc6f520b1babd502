"""What the pages of one edition share while they are staged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kbgen.model.address import relative
from kbgen.model.data import Data, ProductArea
from kbgen.model.plan import Page, SitePlan
from kbgen.model.review import State
from kbgen.model.settings import Settings, text_in
from kbgen.model.support import SEVERITIES

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Scene:
    """All that the pages of one edition share while they are staged.

    Attributes:
        plan: the edition's plan.
        siblings: the plans of the same site, by language.
        settings: the settings.
        data: areas, teams and all about support, as the site may see them.
        states: how fresh each article is, by the path of its file.
        words: the theme's words in the edition's language.
        listings: for each language what :func:`listing` tells of its edition.
        outside: the plans of the site that is for everybody, by language: what may be shown to customers.
        ids: id of an article of the site → language → its page.
        tables: what the escalation script works on; None where the site has no ladder.
    """

    plan: SitePlan
    siblings: Mapping[str, SitePlan]
    settings: Settings
    data: Data
    states: Mapping[str, State]
    words: Words
    listings: Mapping[str, Mapping[str, Sequence[Page]]]
    outside: Mapping[str, SitePlan] = field(default_factory=dict)
    ids: Mapping[str, Mapping[str, Page]] = field(default_factory=dict)
    tables: Mapping[str, Any] | None = None

    @property
    def language(self) -> str:
        """The edition's language."""
        return self.plan.edition.language

    @property
    def inside(self) -> bool:
        """Whether the edition belongs to the narrowest audience's site."""
        return self.settings.is_narrowest(self.plan.edition.site)

    @property
    def listed(self) -> Mapping[str, Sequence[Page]]:
        """Area's id → its articles, for the areas that have a page in the edition."""
        return self.listings[self.language]

    @property
    def areas(self) -> tuple[ProductArea, ...]:
        """The areas that have a page in the edition, in the declared order."""
        return tuple(area for area in self.data.areas if area.id in self.listed)

    @property
    def name(self) -> str:
        """The site's name."""
        return self.text(self.settings.sites[self.plan.edition.site].name)

    def area_twins(self, area: ProductArea) -> dict[str, str]:
        """The area's page in each language that has one."""
        return {code: area_address(area) for code, listed in self.listings.items() if area.id in listed}

    @property
    def closed(self) -> bool:
        """Whether the edition belongs to a site that is not for everybody."""
        return not self.settings.is_open(self.plan.edition.site)

    def text(self, texts: Mapping[str, str] | str) -> str:
        """A text in the edition's language."""
        return text_in(texts, self.language, self.settings.default_language)

    def word(self, key: str) -> str:
        """A word of the theme."""
        return self.words.get(key, "")

    def team_name(self, team_id: str) -> str:
        """A team's name; its id where nobody knows the team."""
        team = self.data.team(team_id)
        return self.text(team.name) if team else team_id

    def generated(self, here: str, name: str) -> str:
        """The href from the page at address ``here`` to a generated page, ``""`` where the site has none."""
        address = self.plan.generated.get(name)
        return relative(here, address) if address is not None else ""

    def across(self, here: str, language: str, address: str) -> str:
        """The href from the page at address ``here`` to an address in another language's edition of the site."""
        return relative(self.plan.edition.prefix + here, self.siblings[language].edition.prefix + address)

    def find(self, article_id: str) -> tuple[str, Page] | None:
        """The article with this id, and its language: in the edition's own, else the default language, else any."""
        found = self.ids.get(article_id, {})
        order = (self.language, self.settings.default_language, *found)
        return next(((language, found[language]) for language in order if language in found), None)


def area_address(area: ProductArea) -> str:
    """The address of an area's page."""
    return f"{area.folder or area.id}/"


_HURRY = ("runbook", "procedure")
"""Types that are looked for while a customer waits, the more urgent first."""


def listing(plan: SitePlan, data: Data, *, inside: bool = False, open_to: str = "") -> dict[str, list[Page]]:
    """The articles of each area that has a page in the edition: featured first, then by title. The declared order of areas is kept.

    On the wiki (``inside``) what an agent needs while a customer waits stands before that: runbooks, the higher priority first, then
    procedures, then whatever else is not for everybody (``open_to``), then what customers read as well.

    An area has a page where it has articles, or an ``index.md`` of its own. The home page is no article of any area.
    """
    areas = [area for area in map(data.area, plan.areas) if area is not None]
    own = {area.id: area_address(area) for area in areas}
    found: dict[str, list[Page]] = {area.id: [] for area in areas}
    for address, page in plan.pages.items():
        area_id = page.article.meta.product_area
        if area_id in found and address not in {"", own[area_id]}:
            found[area_id].append(page)
    for pages in found.values():
        pages.sort(key=lambda page: (urgency(page, open_to) if inside else (), *by_title(page)))
    return {area_id: pages for area_id, pages in found.items() if pages or own[area_id] in plan.pages}


def urgency(page: Page, open_to: str) -> tuple[int, int]:
    """How soon an agent needs the article, the soonest first: its group (see :data:`GROUPS`), and within runbooks the priority."""
    meta = page.article.meta
    if meta.type in _HURRY:
        severity = SEVERITIES.index(meta.severity) if meta.severity and meta.type == "runbook" else -1
        return _HURRY.index(meta.type), -severity
    return len(_HURRY) + (meta.audience == open_to), 0


GROUPS = ("runbooks", "procedures", "rules", "customers")
"""What :func:`urgency` tells apart: things to do in an incident, every day, things to know, and what customers read."""


def by_title(page: Page) -> tuple[bool, str, str]:
    """The order of articles beside each other: featured first, then by title."""
    return not page.article.meta.featured, sort_key(page.article.meta.title), page.article.address


def sort_key(title: str) -> str:
    """Titles in the order of the alphabet, capital letters and ё like the others."""
    return title.casefold().replace("ё", "е")
