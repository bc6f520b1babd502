"""Alerts and their runbooks: the page of all of them, and one for each, at the address that alerts link to. Wiki only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kbgen.audiences.pages import alert_address
from kbgen.model.address import relative
from kbgen.model.plan import Page
from kbgen.model.support import Alert
from kbgen.staging.frame import common, generated_context, home_crumb, navigation
from kbgen.staging.ladder import severity_name
from kbgen.staging.scene import Scene, sort_key

Claims = Mapping[str, tuple[str, ...]]
"""Alert → ids of the runbooks that claim it."""


def claims(scene: Scene) -> Claims:
    """Which runbooks of the site claim which alert, in any language; a translation also stands in for one that is being corrected."""
    found: dict[str, dict[str, None]] = {}
    for plan in scene.siblings.values():
        for page in plan.pages.values():
            for name in page.article.meta.alerts:
                found.setdefault(name, {})[page.article.id] = None
        for item in plan.correcting:
            twins = [scene.siblings[language].pages[address].article.id for language, address in item.twins.items()]
            for name in item.alerts:
                found.setdefault(name, {}).update(dict.fromkeys(twins))
    return {name: tuple(sorted(ids)) for name, ids in found.items()}


def alerts_context(scene: Scene, claimed: Claims) -> dict[str, Any]:
    """All alerts with what they mean and their runbooks."""
    here = scene.plan.generated["alerts"]
    known = {alert.id: alert for alert in scene.data.alerts}
    rows = [
        {
            **_alert(scene, name, known.get(name)),
            "anchor": f"alert-{name}",
            "href": relative(here, alert_address(name)),
            "runbooks": _runbooks(scene, here, claimed.get(name, ())),
            "correcting": _correcting(scene, name),
        }
        for name in scene.plan.alerts
    ]
    return generated_context(scene, "alerts", {"alerts": rows})


def alert_context(scene: Scene, name: str, claimed: Claims) -> dict[str, Any]:
    """The page of one alert: on to its runbook, or the choice between several."""
    here = alert_address(name)
    known = next((alert for alert in scene.data.alerts if alert.id == name), None)
    runbooks = _runbooks(scene, here, claimed.get(name, ()))
    correcting = _correcting(scene, name)
    all_alerts = {"title": scene.word("page.alerts"), "href": scene.generated(here, "alerts")}
    return {
        **common(scene, here, dict.fromkeys(scene.siblings, here)),
        "kind": "alert",
        "title": name,
        "breadcrumbs": [home_crumb(scene, here), all_alerts],
        "nav": navigation(scene, here, ""),
        "view": {
            **_alert(scene, name, known),
            "runbooks": runbooks,
            "correcting": correcting,
            # Whoever expects a runbook that is being corrected is told so before they land on another text.
            "refresh": runbooks[0]["href"] if len(runbooks) == 1 and not correcting else "",
            "escalation": scene.generated(here, "escalation"),
            "alerts": all_alerts["href"],
        },
    }


def _alert(scene: Scene, name: str, known: Alert | None) -> dict[str, str]:
    area = scene.data.area(known.area) if known else None
    severity = (known.severity if known else None) or ""
    return {
        "name": name,
        "meaning": scene.text(known.meaning) if known else "",
        "severity": severity_name(scene, severity) if severity else "",
        "severity_id": severity,
        "area": scene.text(area.name) if area else "",
    }


def _correcting(scene: Scene, name: str) -> list[str]:
    """Site addresses of the alert's runbooks that are being corrected and that the edition's language has no text of."""
    return [
        f"/{plan.edition.prefix}{item.address}"
        for plan in scene.siblings.values()
        for item in plan.correcting
        if name in item.alerts and scene.language not in item.twins
    ]


def _runbooks(scene: Scene, here: str, ids: tuple[str, ...]) -> list[dict[str, str]]:
    """The runbooks with these ids, in the edition's language where there is such a text, by title."""
    found = [each for each in map(scene.find, ids) if each is not None]
    titles = Counter(page.article.meta.title.casefold() for _, page in found)
    rows = [
        {
            "title": page.article.meta.title,
            "summary": page.article.meta.summary,
            "apart": _apart(scene, page, [other for _, other in found]) if titles[page.article.meta.title.casefold()] > 1 else "",
            "href": scene.across(here, language, page.article.address),
            "language": language,
        }
        for language, page in found
    ]
    return sorted(rows, key=lambda each: (sort_key(each["title"]), each["href"]))


def _apart(scene: Scene, page: Page, all_of_them: Sequence[Page]) -> str:
    """What tells a runbook from others of its title: nothing more than its summary, else its area, else its address."""

    def alike(value: Callable[[Page], str]) -> bool:
        return sum(value(other) == value(page) for other in all_of_them if other.article.meta.title.casefold() == title) > 1

    def area(of: Page) -> str:
        found = scene.data.area(of.article.meta.product_area)
        return scene.text(found.name) if found else ""

    title = page.article.meta.title.casefold()
    if page.article.meta.summary and not alike(lambda other: other.article.meta.summary):
        return ""
    return area(page) if area(page) and not alike(area) else f"/{page.article.address}"
