"""The generated pages for whoever is on shift: the ladder, the SLA, what may be decided off-hours. Wiki only."""

from __future__ import annotations

import math
from typing import Any

from kbgen.model.support import KINDS, SEVERITIES, Sla, minutes
from kbgen.staging.coverage import week
from kbgen.staging.facts import promised
from kbgen.staging.frame import generated_context
from kbgen.staging.ladder import beside, path, rungs, severity_name, tier_name
from kbgen.staging.phrases import deciding, unbroken
from kbgen.staging.scene import Scene, sort_key


def escalation_context(scene: Scene) -> dict[str, Any]:
    """Whom to call: the compiler's form, and all it knows without a script: the ladder, the matrix, the week."""
    main = path(scene.data)
    view = {
        "form": _form(scene),
        "ladder": rungs(scene, main),
        "others": rungs(scene, beside(scene.data, main)),
        "matrix": [_severity(scene, severity) for severity in reversed(SEVERITIES)],
        "week": week(scene),
    }
    return {**generated_context(scene, "escalation", view), "escalation": scene.tables}


def _form(scene: Scene) -> dict[str, Any]:
    data = scene.data
    return {
        "severities": [{"id": severity, "name": severity_name(scene, severity)} for severity in reversed(SEVERITIES)],
        "plans": [{"id": plan.id, "name": scene.text(plan.name)} for plan in data.plans],
        "kinds": [{"id": kind, "name": scene.word(f"kind.{kind}") or kind} for kind in KINDS],
        "languages": [{"id": code, "name": language.name} for code, language in scene.settings.languages.items()],
        "channels": [{"id": channel.id, "name": scene.text(channel.name)} for channel in data.channels],
        "tiers": [{"id": str(level)} for level in sorted({tier.level for tier in data.tiers})],
    }


def _severity(scene: Scene, severity: str) -> dict[str, Any]:
    level = scene.data.severity(severity)
    return {
        "id": severity,
        "name": severity_name(scene, severity),
        "definition": scene.text(level.definition) if level else "",
        "changed_by": [unbroken(scene.team_name(team)) for team in level.changed_by] if level else [],
        "promises": [promised(scene, sla) for sla in scene.data.sla if sla.severity == severity],
        "steps": rungs(scene, path(scene.data), severity),
    }


def sla_context(scene: Scene) -> dict[str, Any]:
    """What is promised: a table for each plan, with bars to compare by."""
    spans = [minutes(each) for sla in scene.data.sla for each in (sla.first_answer, sla.next_update, sla.resolution)]
    longest = max((each for each in spans if each), default=1)
    order = {severity: number for number, severity in enumerate(reversed(SEVERITIES))}
    plans = dict.fromkeys((*(plan.id for plan in scene.data.plans), *(sla.plan for sla in scene.data.sla)))
    tables = []
    for plan_id in plans:
        plan = scene.data.plan(plan_id)
        rows = sorted((sla for sla in scene.data.sla if sla.plan == plan_id), key=lambda sla: order[sla.severity])
        if rows:
            tables.append(
                {
                    "id": plan_id,
                    "name": scene.text(plan.name) if plan else plan_id,
                    "summary": scene.text(plan.summary) if plan else "",
                    "free": bool(plan and plan.free),
                    "rows": [_row(scene, sla, longest) for sla in rows],
                }
            )
    unwritten = [scene.text(channel.name) for channel in scene.data.channels if not channel.written]
    return generated_context(scene, "sla", {"plans": tables, "unwritten": unwritten})


def _row(scene: Scene, sla: Sla, longest: int) -> dict[str, Any]:
    bars = {"first": sla.first_answer, "next": sla.next_update, "resolution": sla.resolution}
    return {**promised(scene, sla), "bars": {name: _bar(minutes(each), longest) for name, each in bars.items()}}


def _bar(count: int | None, longest: int) -> int:
    """Length of a bar from 0 (not promised) to 100, by the logarithm: minutes and days stand in one picture."""
    return 0 if count is None else round(100 * math.log(count + 1) / math.log(longest + 1))


def off_hours_context(scene: Scene) -> dict[str, Any]:
    """What whoever is alone on shift may decide, page by page, and what customers are told in the hours when nobody of a tier works."""
    found = [page for page in scene.plan.pages.values() if page.article.meta.off_hours]
    pages = []
    here = scene.plan.generated["off-hours"]
    for page in sorted(found, key=lambda page: (sort_key(page.article.meta.title), page.article.address)):
        meta = page.article.meta
        area = scene.data.area(meta.product_area)
        pages.append(
            {
                "title": meta.title,
                "href": scene.across(here, scene.language, page.article.address),
                "may": meta.off_hours,
                "area": scene.text(area.name) if area else "",
                "owner": scene.team_name(meta.owner),
                "severity": severity_name(scene, meta.severity) if meta.severity else "",
                "severity_id": meta.severity or "",
            }
        )
    closed = [
        {"tier": tier_name(scene, tier.id), "told": scene.text(tier.closed.told), "decides": deciding(scene, tier.closed.decides)}
        for tier in scene.data.tiers
        if tier.closed
    ]
    return generated_context(scene, "off-hours", {"pages": pages, "closed": closed})
