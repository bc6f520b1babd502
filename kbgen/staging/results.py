"""The page of search results. A script fills it; as it is staged it lists the edition's topics, which is what readers without one get."""

from __future__ import annotations

from typing import Any

from kbgen.model.address import relative
from kbgen.staging.frame import common, home_crumb, row
from kbgen.staging.scene import Scene, area_address

SEARCH = "search/"
"""The page's address; the files of the index stand beside it, and no article may have an address below it."""
_POPULAR = 3


def results_context(scene: Scene) -> dict[str, Any]:
    """The context of the page of search results. ``view.others``: the other languages, whose indexes it asks as well."""
    edition = scene.plan.edition
    others = [
        {"language": code, "name": language.name, "root": relative(edition.prefix + SEARCH, scene.siblings[code].edition.prefix)}
        for code, language in scene.settings.languages.items()
        if code != edition.language
    ]
    areas = [
        {
            "title": scene.text(area.name),
            "href": relative(SEARCH, area_address(area)),
            "count": len(scene.listed[area.id]),
            "icon": area.icon,
            "articles": [row(scene, SEARCH, page) for page in scene.listed[area.id][:_POPULAR]],
        }
        for area in scene.areas
    ]
    return {
        **common(scene, SEARCH, dict.fromkeys(scene.siblings, SEARCH)),
        "kind": "search",
        "title": scene.word("results.title"),
        "breadcrumbs": [home_crumb(scene, SEARCH)],
        "areas": areas,
        "view": {"others": others},
    }
