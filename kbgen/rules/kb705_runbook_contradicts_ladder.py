"""A runbook sends a case another way than the ladder has.

An article says where a case stands (``tier:``), how bad it is (``severity:``) and who takes it over (``escalates_to:``, a tier or a team of
``content/_data``). What it says has to fit ``escalation.yml``: there is a tier of this level; it says how long it keeps a case of this
severity; and the tier or team that takes over is there, is active, and stands higher, unless the ladder itself leads down to it. A runbook
may skip tiers. Nothing is said while there is no ``escalation.yml``.

To mend it, correct the runbook, or the ladder where the runbook is right.

Bad::

    tier: 2
    escalates_to: line-1

Good::

    tier: 2
    escalates_to: line-3

Effect: the finding is reported; the page goes out, and its facts card follows the ladder where the two differ.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.escalation.ladder import active_teams, by_id, next_tier, start_tier, target
from kbgen.model.article import Article
from kbgen.model.data import Data
from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts
from kbgen.model.support import KINDS, Tier
from kbgen.rules.place import key_place
from kbgen.strict.suggest import did_you_mean

CODE = "KB705"
NAME = "runbook-contradicts-ladder"
SEVERITY = Severity.ERROR
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    if not facts.data.tiers:
        return
    for article in facts.corpus.articles:
        if article.language != (article.meta.original or facts.settings.default_language):
            continue  # a translation has all this from its original
        for key, message, hint in _contradictions(facts.data, article):
            yield Problem(CODE, key_place(article, key, facts.settings), message, hint)


def _contradictions(data: Data, article: Article) -> Iterator[tuple[str, str, str]]:
    """The key, what is wrong with it, and what to do."""
    meta = article.meta
    start = start_tier(data, meta.tier or 1)
    if meta.tier and (start is None or start.level != meta.tier):
        known = ", ".join(str(level) for level in sorted({tier.level for tier in data.tiers}))
        yield "tier", f"the ladder has no tier of level {meta.tier}", f"its levels are {known}; correct one of them"
        return
    if start is None:
        return
    if meta.severity and (meta.tier or meta.type == "runbook"):
        goal = target(data, meta.escalates_to or "")
        for tier in {start.id: start, **({goal[0].id: goal[0]} if goal else {})}.values():
            if (tier.next or tier.branches) and meta.severity not in tier.keeps:
                message = f"the tier '{tier.id}' does not say how long it keeps a case of severity {meta.severity}"
                yield "severity", message, "add it to the tier's 'keeps' in escalation.yml, or correct the runbook"
    if meta.escalates_to:
        for message, hint in _wrong_target(data, start, meta.escalates_to):
            yield "escalates_to", message, hint


def _wrong_target(data: Data, start: Tier, name: str) -> Iterator[tuple[str, str]]:
    tiers, teams = [tier.id for tier in data.tiers], [team.id for team in data.teams]
    team = data.team(name)
    if name not in tiers and team is None:
        hint = did_you_mean(name, [*tiers, *teams]) or f"the tiers are: {', '.join(tiers)}"
        yield f"there is no tier or team '{name}'", hint
        return
    if name not in tiers and team is not None and not team.active:
        return  # that nobody is there is told by another rule
    meant = target(data, name)
    if meant is None:
        yield f"the team '{name}' serves no tier of the ladder", "name a tier, or add the team to one in escalation.yml"
        return
    tier = meant[0]
    if tier.id == start.id:
        yield f"'{name}' is where the case stands already", "name the tier that takes over, or correct 'tier'"
    elif tier.level < start.level and not _leads_to(data, start, tier):
        yield f"'{name}' is of level {tier.level}, and the case stands with '{start.id}', of level {start.level}", "correct one of them"
    elif not active_teams(data, tier):
        yield f"no active team serves '{name}'", "name a tier that somebody serves"


def _leads_to(data: Data, start: Tier, goal: Tier) -> bool:
    """Whether a case of some kind may come from one tier to another."""
    tiers = by_id(data)
    reached: set[str] = set()
    left = [start]
    while left:
        tier = left.pop()
        ahead = [next_tier(tiers, tier, kind) for kind in KINDS]
        new = {one.id: one for one in ahead if one is not None and one.id not in reached}
        left += new.values()
        reached |= new.keys()
    return goal.id in reached
