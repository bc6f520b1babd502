"""What the templates may know of articles, areas and the home page. Only what is named here reaches a template."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from kbgen.model.address import relative
from kbgen.model.data import ProductArea
from kbgen.model.plan import Page
from kbgen.model.review import State
from kbgen.staging.facts import facts
from kbgen.staging.frame import common, desk, home_crumb, navigation, row
from kbgen.staging.ladder import severity_name
from kbgen.staging.phrases import day
from kbgen.staging.scene import GROUPS, Scene, area_address, by_title, urgency

_HOME_ARTICLES = 4
_STEPWISE = frozenset({"runbook", "procedure", "track"})
"""Types of articles that are worked through step by step."""


def article_context(scene: Scene, page: Page) -> dict[str, Any]:
    """The context of an article's page."""
    meta, here = page.article.meta, page.article.address
    area = scene.data.area(meta.product_area)
    trail = [{"title": scene.text(area.name), "href": relative(here, area_address(area))}] if area else []
    reviewed = meta.last_reviewed
    return {
        **common(scene, here, scene.plan.translations.get(here, {}), page.article.id),
        "kind": "article",
        "title": meta.title,
        "description": meta.summary,
        "area": trail[0] if trail else None,
        "breadcrumbs": [home_crumb(scene, here), *trail],
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
        "reviewed_text": day(reviewed, scene.language) if reviewed else "",
        "notice": _notice(scene, page),
        "fills": _fills(page),
        **(_inside(scene, page) if scene.inside else {}),
    }


def _inside(scene: Scene, page: Page) -> dict[str, Any]:
    """What only the wiki says about an article."""
    meta, here = page.article.meta, page.article.address
    stepwise = meta.type in _STEPWISE
    card = facts(scene, here, page)
    return {
        "owner": scene.team_name(meta.owner),
        "id": page.article.id,
        "checklist": stepwise,
        "facts": card,
        "escalation": scene.tables if card else None,
        "off_hours": meta.off_hours or "",
        "trackers": _trackers(scene) if stepwise else [],
        "plans": [{"id": plan.id, "name": scene.text(plan.name)} for plan in scene.data.plans] if stepwise else [],
    }


def _trackers(scene: Scene) -> list[dict[str, str]]:
    return [
        {"name": scene.text(each.name), "takes": each.takes, "url": each.url, "files": scene.team_name(each.files) if each.files else ""}
        for each in scene.data.trackers
    ]


def _fills(page: Page) -> list[dict[str, str]]:
    """The placeholders of the text that is shown, with what to fill in, as they are declared."""
    used = page.rendering.outline.playbook.used()
    return [{"name": name, "label": label} for name, label in page.article.meta.placeholders.items() if name in used]


def area_context(scene: Scene, area: ProductArea) -> dict[str, Any]:
    """The context of a product area's page."""
    here = area_address(area)
    own = scene.plan.pages.get(here)
    listed = scene.listed[area.id]
    return {
        **common(scene, here, scene.area_twins(area)),
        "kind": "area",
        "title": own.article.meta.title if own else scene.text(area.name),
        "description": scene.text(area.summary),
        "breadcrumbs": [home_crumb(scene, here)],
        "nav": navigation(scene, here, area.id),
        "articles": _rows(scene, here, listed),
        "view": {"groups": _groups(scene, here, listed)} if scene.inside else None,
    }


def _groups(scene: Scene, here: str, pages: Sequence[Page]) -> list[dict[str, Any]]:
    """An area's articles by how soon an agent needs them; nothing where that tells none apart."""
    groups: dict[int, list[Page]] = {}
    for page in pages:
        groups.setdefault(urgency(page, scene.settings.audiences[0])[0], []).append(page)
    if len(groups) < 2:
        return []
    return [
        {"id": GROUPS[number], "title": scene.word(f"group.{GROUPS[number]}"), "articles": _rows(scene, here, found)}
        for number, found in sorted(groups.items())
    ]


def _rows(scene: Scene, here: str, pages: Iterable[Page]) -> list[dict[str, str]]:
    """Articles as lines of a list; runbooks on the wiki with the priority they are for."""
    rows = []
    for page in pages:
        meta = page.article.meta
        severity = meta.severity if scene.inside and meta.type == "runbook" else None
        rows.append(row(scene, here, page) | ({"severity": severity, "severity_name": severity_name(scene, severity)} if severity else {}))
    return rows


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
            "articles": _rows(scene, "", scene.listed[area.id][:_HOME_ARTICLES]),
        }
        for area in scene.areas
    ]
    featured = sorted((page for page in scene.plan.pages.values() if page.article.meta.featured and page is not own), key=by_title)
    return {
        **common(scene, "", dict.fromkeys(scene.siblings, "")),
        "kind": "home",
        "title": scene.text(site.name),
        "description": scene.text(site.tagline),
        "nav": navigation(scene, "", ""),
        "areas": areas,
        "articles": _rows(scene, "", featured),
        **(_shift(scene, featured) if scene.inside else {}),
    }


def _shift(scene: Scene, featured: Sequence[Page]) -> dict[str, Any]:
    """The wiki's home, for somebody with a customer waiting: who is there, the tools of the shift, all runbooks; then what to read."""
    open_to = scene.settings.audiences[0]
    tools = [
        {**item, "name": name, "lead": scene.word(f"page.{name}.lead")}
        for group in desk(scene, "")
        for name, item in zip(scene.plan.generated, group["items"], strict=True)
    ]
    runbooks = [page for page in scene.plan.pages.values() if page.article.meta.type == "runbook"]
    rest = [page for page in featured if page.article.meta.type != "runbook"]
    runbooks.sort(key=lambda page: (not page.article.meta.featured, urgency(page, open_to), *by_title(page)))
    return {
        "articles": _rows(scene, "", sorted(rest, key=lambda page: (urgency(page, open_to), *by_title(page)))),
        "view": {"tools": tools, "runbooks": _rows(scene, "", runbooks)},
        "escalation": scene.tables,
    }


def correcting_context(scene: Scene, address: str) -> dict[str, Any]:
    """The context of the stand-in for an article that is being corrected. It holds nothing of the article.

    The wiki's leads to the translations that are there: only its plan knows them.
    """
    twins = next((item.twins for item in scene.plan.correcting if item.address == address), {})
    return {
        **common(scene, address, twins),
        "kind": "correcting",
        "title": scene.word("correcting.title") or scene.word("notice.correcting"),
        "nav": navigation(scene, address, ""),
        "notice": {"kind": "correcting", "text": scene.word("notice.correcting")},
    }


def _notice(scene: Scene, page: Page) -> dict[str, str] | None:
    """Only the wiki says that an article is overdue: it helps those who can mend it, and would worry those who cannot."""
    state = scene.states.get(page.article.source.path)
    if not scene.inside or state not in {State.OVERDUE, State.NEVER}:
        return None
    kind = "overdue" if state is State.OVERDUE else "never"
    return {"kind": kind, "text": scene.word(f"notice.{kind}")}
