"""What the templates may know of a page. Only what is named here reaches a template."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from kbgen.model.address import encoded, relative
from kbgen.model.data import Data, ProductArea
from kbgen.model.plan import Page, SitePlan
from kbgen.model.review import State
from kbgen.model.settings import Settings, text_in

_NAV_LIMIT = 40  # articles of the active area; a longer list helps nobody and would make every page of the area depend on all others
_HOME_ARTICLES = 4

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Scene:
    """All that the pages of one edition share while they are staged.

    Attributes:
        plan: the edition's plan.
        siblings: the plans of the same site, by language.
        settings: the settings.
        data: product areas and teams.
        states: how fresh each article is, by the path of its file.
        words: the theme's words in the edition's language.
        listings: for each language what :func:`listing` tells of its edition.
    """

    plan: SitePlan
    siblings: Mapping[str, SitePlan]
    settings: Settings
    data: Data
    states: Mapping[str, State]
    words: Words
    listings: Mapping[str, Mapping[str, Sequence[Page]]]

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


def area_address(area: ProductArea) -> str:
    """The address of an area's page."""
    return f"{area.folder or area.id}/"


def listing(plan: SitePlan, data: Data) -> dict[str, list[Page]]:
    """The articles of each area that has a page in the edition: featured first, then by title. The declared order of areas is kept.

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
        pages.sort(key=lambda page: (not page.article.meta.featured, sort_key(page.article.meta.title), page.article.address))
    return {area_id: pages for area_id, pages in found.items() if pages or own[area_id] in plan.pages}


def sort_key(title: str) -> str:
    """Titles in the order of the alphabet, capital letters and ё like the others."""
    return title.casefold().replace("ё", "е")


def article_context(scene: Scene, page: Page) -> dict[str, Any]:
    """The context of an article's page."""
    meta, here = page.article.meta, page.article.address
    area = scene.data.area(meta.product_area)
    trail = [{"title": scene.text(area.name), "href": relative(here, area_address(area))}] if area else []
    reviewed = meta.last_reviewed
    return {
        **_common(scene, here, scene.plan.translations.get(here, {})),
        "kind": "article",
        "title": meta.title,
        "description": meta.summary,
        "area": trail[0] if trail else None,
        "breadcrumbs": [{"title": scene.text(scene.settings.sites[scene.plan.edition.site].name), "href": relative(here, "")}, *trail],
        "nav": navigation(scene, here, meta.product_area),
        "toc": [
            {"id": heading.id, "title": heading.text, "level": heading.level}
            for heading in page.rendering.outline.headings
            if heading.level in {2, 3} and heading.id
        ],
        "type": meta.type,
        "type_title": scene.word(f"type.{meta.type}") or meta.type,
        "audience": meta.audience,
        "reviewed": reviewed.isoformat() if reviewed else "",
        "reviewed_text": _day(reviewed, scene.language) if reviewed else "",
        "notice": _notice(scene, page),
        "owner": _owner(scene, meta.owner) if scene.inside else "",
        "id": page.article.id if scene.inside else "",
    }


def area_context(scene: Scene, area: ProductArea) -> dict[str, Any]:
    """The context of a product area's page."""
    here = area_address(area)
    own = scene.plan.pages.get(here)
    return {
        **_common(scene, here, scene.area_twins(area)),
        "kind": "area",
        "title": own.article.meta.title if own else scene.text(area.name),
        "description": scene.text(area.summary),
        "breadcrumbs": [{"title": scene.text(scene.settings.sites[scene.plan.edition.site].name), "href": relative(here, "")}],
        "nav": navigation(scene, here, area.id),
        "articles": [row(scene, here, page) for page in scene.listed[area.id]],
    }


def home_context(scene: Scene) -> dict[str, Any]:
    """The context of the edition's home."""
    own = scene.plan.pages.get("")
    site = scene.settings.sites[scene.plan.edition.site]
    areas = [
        {
            "title": scene.text(area.name),
            "summary": scene.text(area.summary),
            "href": relative("", area_address(area)),
            "count": len(scene.listed[area.id]),
            "icon": area.icon,
            "articles": [row(scene, "", page) for page in scene.listed[area.id][:_HOME_ARTICLES]],
        }
        for area in scene.areas
    ]
    featured = [page for page in scene.plan.pages.values() if page.article.meta.featured and page is not own]
    return {
        **_common(scene, "", dict.fromkeys(scene.siblings, "")),
        "kind": "home",
        "title": scene.text(site.name),
        "description": scene.text(site.tagline),
        "nav": navigation(scene, "", ""),
        "areas": areas,
        "articles": [row(scene, "", page) for page in sorted(featured, key=lambda page: sort_key(page.article.meta.title))],
    }


def correcting_context(scene: Scene, address: str) -> dict[str, Any]:
    """The context of the stand-in for an article that is being corrected. It holds nothing of the article."""
    return {
        **_common(scene, address, {}),
        "kind": "correcting",
        "title": scene.word("correcting.title") or scene.word("notice.correcting"),
        "nav": navigation(scene, address, ""),
        "notice": {"kind": "correcting", "text": scene.word("notice.correcting")},
    }


def row(scene: Scene, here: str, page: Page) -> dict[str, str]:
    """An article as a line of a list."""
    meta = page.article.meta
    return {
        "title": meta.title,
        "href": relative(here, page.article.address),
        "summary": meta.summary,
        "type_title": scene.word(f"type.{meta.type}") or meta.type,
        "audience": meta.audience,
    }


def navigation(scene: Scene, here: str, active: str) -> list[dict[str, Any]]:
    """The areas of the edition; the active one with its articles, as long as they are few enough to be looked through."""
    entries: list[dict[str, Any]] = []
    for area in scene.areas:
        pages = scene.listed[area.id] if area.id == active else ()
        items = [
            {"title": page.article.meta.title, "href": relative(here, page.article.address), "active": page.article.address == here}
            for page in (pages if len(pages) <= _NAV_LIMIT else ())
        ]
        entries.append(
            {"title": scene.text(area.name), "href": relative(here, area_address(area)), "active": area.id == active, "items": items}
        )
    return entries


def _common(scene: Scene, here: str, twins: Mapping[str, str]) -> dict[str, Any]:
    edition, settings = scene.plan.edition, scene.settings
    url = settings.sites[edition.site].url
    alternates = []
    for code, language in settings.languages.items():
        prefix = scene.siblings[code].edition.prefix
        twin = twins.get(code)
        href = relative(edition.prefix + here, prefix + (twin or ""))
        absolute = f"{url}{encoded(prefix + twin)}" if url and twin is not None else ""
        alternates.append(
            {
                "language": code,
                "name": language.name,
                "href": href,
                "url": absolute,
                "current": code == edition.language,
                "exists": twin is not None,
            }
        )
    return {
        "kind": "",
        "title": "",
        "description": "",
        "url": encoded(here),
        "canonical": f"{url}{encoded(edition.prefix + here)}" if url else "",
        "area": None,
        "breadcrumbs": [],
        "nav": [],
        "alternates": alternates,
        "toc": [],
        "type": "",
        "type_title": "",
        "audience": "",
        "reviewed": "",
        "reviewed_text": "",
        "notice": None,
        "owner": "",
        "id": "",
        "areas": [],
        "articles": [],
    }


def _day(day: datetime.date, language: str) -> str:
    """A day in words, e.g. ``1 October 2026``; in digits where nobody knows how the language writes days."""
    # Plain "en" would be written the American way.
    try:
        return format_date(day, format="long", locale=Locale.parse("en-GB" if language == "en" else language, sep="-"))
    except (ValueError, UnknownLocaleError):
        return day.isoformat()


def _notice(scene: Scene, page: Page) -> dict[str, str] | None:
    """Only the wiki says that an article is overdue: it helps those who can mend it, and would worry those who cannot."""
    state = scene.states.get(page.article.source.path)
    if not scene.inside or state not in {State.OVERDUE, State.NEVER}:
        return None
    kind = "overdue" if state is State.OVERDUE else "never"
    return {"kind": kind, "text": scene.word(f"notice.{kind}")}


def _owner(scene: Scene, owner: str) -> str:
    team = scene.data.team(owner)
    return scene.text(team.name) if team else owner
