"""The facts card on top of a runbook: what somebody needs to know before the first step. Wiki only; its shape is told in facts.html."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kbgen.audiences.pages import alert_address
from kbgen.model.address import relative
from kbgen.model.data import Data
from kbgen.model.meta import Meta
from kbgen.model.plan import Page
from kbgen.model.support import SEVERITIES, Release, Sla
from kbgen.staging.ladder import path, rungs, severity_name, tier_name
from kbgen.staging.phrases import day, promise, unbroken
from kbgen.staging.scene import Scene

_RELEASES = 3


def facts(scene: Scene, here: str, page: Page) -> dict[str, Any] | None:
    """The card of a page; None where there is none: for other types of articles, and where the data say nothing about support."""
    meta, data = page.article.meta, scene.data
    wanted = meta.type == "runbook" or (meta.type == "procedure" and meta.severity is not None)
    if not wanted or not (data.severities or data.tiers or data.sla or data.releases or data.alerts):
        return None
    severity = meta.severity or ""
    escalates_to = meta.escalates_to or ""
    return {
        "severity": _severity(scene, severity) if severity else None,
        "levels": [_level(scene, each) for each in reversed(SEVERITIES)],
        "level": meta.tier or 0,
        "steps": rungs(scene, path(data, meta.tier or 1, escalates_to), severity) if data.tiers else [],
        "escalates_to": escalates_to,
        "hands_to": _target(scene, escalates_to),
        "alerts": _alerts(scene, here, meta),
        "releases": [_release(scene, release) for release in _latest(data, meta.product_area)],
        "issues": _issues(scene, here, meta),
        "drilled": _drilled(scene, page),
        "stop": bool(page.rendering.outline.playbook.stops),
        "escalation": scene.generated(here, "escalation"),
        "sla": scene.generated(here, "sla"),
    }


def _drilled(scene: Scene, page: Page) -> str:
    """The day of the last drill, and how it went where that was recorded."""
    last = page.article.meta.last_drilled
    if last is None:
        return ""
    results = [drill.result for drill in scene.data.drills if drill.runbook == page.article.id and drill.date == last]
    return day(last, scene.language) + (f" ({scene.word(f'drill.{results[-1]}')})" if results else "")


def promised(scene: Scene, sla: Sla) -> dict[str, Any]:
    """A row of the SLA in words."""
    plan = scene.data.plan(sla.plan)
    channels = [scene.data.channel(channel) for channel in sla.channels]
    return {
        "plan": scene.text(plan.name) if plan else sla.plan,
        "plan_id": sla.plan,
        "severity": severity_name(scene, sla.severity),
        "severity_id": sla.severity,
        "channels": [scene.text(channel.name) if channel else name for channel, name in zip(channels, sla.channels, strict=True)],
        "clock": scene.word(f"sla.clock.{sla.clock}"),
        "first": promise(scene, sla.first_answer),
        "next": promise(scene, sla.next_update),
        "resolution": promise(scene, sla.resolution),
    }


def _severity(scene: Scene, severity: str) -> dict[str, str]:
    level = scene.data.severity(severity)
    return {"id": severity, "name": severity_name(scene, severity), "definition": scene.text(level.definition) if level else ""}


def _level(scene: Scene, severity: str) -> dict[str, Any]:
    """A priority and what is promised for it. The card holds them all, because a case may have another one than the article."""
    return {**_severity(scene, severity), "promises": [promised(scene, sla) for sla in scene.data.sla if sla.severity == severity]}


def _target(scene: Scene, name: str) -> str:
    return tier_name(scene, name) if scene.data.tier(name) else unbroken(scene.team_name(name))


def _alerts(scene: Scene, here: str, meta: Meta) -> list[dict[str, str]]:
    meanings = {alert.id: scene.text(alert.meaning) for alert in scene.data.alerts}
    there = frozenset(scene.plan.alerts)
    shown = [name for name in meta.alerts if name in there]
    return [{"name": name, "href": relative(here, alert_address(name)), "meaning": meanings.get(name, "")} for name in shown]


def _latest(data: Data, area: str) -> list[Release]:
    """The last releases that touch an area; one that names no area touches all."""
    touching = [release for release in data.releases if not release.areas or area in release.areas]
    return sorted(touching, key=lambda release: (release.date, release.id), reverse=True)[:_RELEASES]


def _release(scene: Scene, release: Release) -> dict[str, Any]:
    return {
        "id": release.id,
        "date": release.date.isoformat(),
        "date_text": day(release.date, scene.language),
        "changed": scene.text(release.changed),
        "rolls_back": scene.team_name(release.rolls_back) if release.rolls_back else "",
    }


def _issues(scene: Scene, here: str, meta: Meta) -> list[dict[str, str]]:
    """The area's known issues that are not mended, and what the last releases are known to have brought along."""
    found = {
        page.article.id: (scene.language, page)
        for page in scene.plan.pages.values()
        if page.article.meta.type == "known-issue" and page.article.meta.product_area == meta.product_area
    }
    for article_id in _known_problems(scene.data, meta.product_area):
        other = scene.find(article_id)
        if other and article_id not in found and other[1].article.meta.type == "known-issue":
            found[article_id] = other
    return [
        {
            "title": page.article.meta.title,
            "href": scene.across(here, language, page.article.address),
            "language": language,
            "fixed_in": page.article.meta.fixed_in or "",
        }
        for language, page in found.values()
        if page.article.meta.status != "fixed"
    ]


def _known_problems(data: Data, area: str) -> Iterator[str]:
    for release in _latest(data, area):
        yield from release.known_problems
