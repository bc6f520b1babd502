"""What every page has: where it is, the way to other languages, the navigation, the way to support."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kbgen.audiences.pages import CONTACT
from kbgen.model.address import encoded, relative
from kbgen.model.plan import Page
from kbgen.staging.asking import ways
from kbgen.staging.scene import Scene, area_address

_NAV_LIMIT = 40  # articles of the active area; a longer list helps nobody and would make every page of the area depend on all others


def common(scene: Scene, here: str, twins: Mapping[str, str], article: str = "") -> dict[str, Any]:
    """A context with every key there is; most are empty.

    Args:
        scene: the edition.
        here: the page's address.
        twins: language → address of the same page in it.
        article: id of the article the page shows.
    """
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
        "article_id": article,
        "contact": ways(scene, here, article),
        "checklist": False,
        "fills": [],
        "facts": None,
        "escalation": None,
        "off_hours": "",
        "trackers": [],
        "plans": [],
        "view": None,
    }


def home_crumb(scene: Scene, here: str) -> dict[str, str]:
    """The first of the breadcrumbs: the edition's home."""
    return {"title": scene.name, "href": relative(here, "")}


def navigation(scene: Scene, here: str, active: str) -> list[dict[str, Any]]:
    """The areas of the edition; the active one with its articles, as long as they are few enough to be looked through.

    On the wiki the pages that kbgen makes for whoever is on shift stand before them.
    """
    entries: list[dict[str, Any]] = desk(scene, here)
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


def desk(scene: Scene, here: str) -> list[dict[str, Any]]:
    """The generated pages of the wiki as a group of the navigation; empty where there are none."""
    made = scene.plan.generated
    if not made.keys() - {CONTACT}:  # the contact page alone is no group, and no other site has more
        return []
    titles = {name: scene.word(f"page.{name}") or name for name in made}
    items = [{"title": titles[name], "href": relative(here, address), "active": address == here} for name, address in made.items()]
    active = any(item["active"] for item in items)
    return [{"title": scene.word("desk"), "href": items[0]["href"], "active": active, "items": items, "desk": True}]


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


def generated_context(scene: Scene, name: str, view: Mapping[str, Any]) -> dict[str, Any]:
    """The context of a generated page; its template is ``theme/kb/<name>.html``, and ``view`` what it shows."""
    here = scene.plan.generated[name]
    return {
        **common(scene, here, dict.fromkeys(scene.siblings, here)),
        "kind": name,
        "title": scene.word(f"page.{name}") or name,
        "description": scene.word(f"page.{name}.lead"),
        "breadcrumbs": [home_crumb(scene, here)],
        "nav": navigation(scene, here, ""),
        "view": dict(view),
    }
