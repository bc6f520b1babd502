"""The ladder as it stands in the data, for pages that need no script: who is on it, in which order, how long each may keep a case.

Which of several teams answers at a given moment is the compiler's to say (:mod:`kbgen.escalation`); here all of them are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from kbgen.escalation.ladder import active_teams, start_tier, target
from kbgen.model.data import Data
from kbgen.model.support import KINDS, SEVERITIES, Tier, minutes
from kbgen.staging.phrases import deciding, minutes_in_words, span, team, unbroken
from kbgen.staging.scene import Scene


def path(data: Data, level: int = 1, escalates_to: str = "") -> list[Tier]:
    """The tiers that take a case over, from those of a level on; a tier without an active team is passed over.

    Args:
        data: the data.
        level: the level where the case stands.
        escalates_to: a tier or team that takes over from the first tier, as a runbook may say.
    """
    tiers: list[Tier] = []
    seen: set[str] = set()
    tier = start_tier(data, level)
    other = target(data, escalates_to) if escalates_to else None
    while tier is not None and tier.id not in seen:
        seen.add(tier.id)
        if active_teams(data, tier):
            tiers.append(tier)
        tier, other = (other[0] if other else data.tier(tier.next)), None
    return tiers


def rungs(scene: Scene, tiers: Sequence[Tier], severity: str = "") -> list[dict[str, Any]]:
    """Tiers as steps: names, teams with hours and contacts, spans; with a severity also when each of them is called."""
    found: list[dict[str, Any]] = []
    passed: int | None = 0
    for tier in tiers:
        keeps = tier.keeps.get(severity)  # type: ignore[call-overload]
        found.append(
            {
                **_rung(scene, tier),
                "keep": span(keeps, scene.language) if keeps else "",
                "starts": _starts(scene, passed) if severity else "",
            }
        )
        passed = None if passed is None or not keeps else passed + (minutes(keeps) or 0)
    return found


def _rung(scene: Scene, tier: Tier) -> dict[str, Any]:
    return {
        "id": tier.id,
        "level": tier.level,
        "name": unbroken(scene.text(tier.name)),
        "teams": [team(scene, one) for one in active_teams(scene.data, tier)],
        "keeps": [
            {"severity": severity_name(scene, severity), "id": severity, "span": span(tier.keeps[severity], scene.language)}
            for severity in reversed(SEVERITIES)
            if severity in tier.keeps
        ],
        "branches": [
            {"kind": scene.word(f"kind.{kind}") or kind, "id": tier.branches[kind], "tier": tier_name(scene, tier.branches[kind])}
            for kind in KINDS
            if kind in tier.branches
        ],
        "exit": scene.text(tier.exit),
        "told": scene.text(tier.closed.told) if tier.closed else "",
        "decides": deciding(scene, tier.closed.decides) if tier.closed else None,
    }


def _starts(scene: Scene, passed: int | None) -> str:
    if passed is None:
        return scene.word("rung.unsolved")
    if passed == 0:
        return scene.word("rung.atonce")
    return scene.word("rung.after").replace("{span}", minutes_in_words(passed, scene.language))


def beside(data: Data, tiers: Iterable[Tier]) -> list[Tier]:
    """The tiers that are not among these: those that branches lead to."""
    known = {tier.id for tier in tiers}
    return [tier for tier in data.tiers if tier.id not in known and active_teams(data, tier)]


def tier_name(scene: Scene, tier_id: str) -> str:
    """A tier's name; its id where nobody knows the tier."""
    tier = scene.data.tier(tier_id)
    return unbroken(scene.text(tier.name)) if tier else tier_id


def severity_name(scene: Scene, severity: str) -> str:
    """A severity's name as the data have it, else as the theme has it."""
    level = scene.data.severity(severity)
    return scene.text(level.name) if level else scene.word(f"severity.{severity}") or severity
