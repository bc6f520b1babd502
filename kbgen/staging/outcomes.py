"""What an outcome "escalate" of a guide leads to: whom to call, and the part of the page that says what to hand over. Wiki only.

A guide's texts are plain; who is meant is the name they begin with, a tier's or a team's as the data have it ("Line 2: …"), else whoever
the article itself hands over to. Nothing here is made for a site whose readers cannot escalate: its renderings hold no such outcome
(:func:`kbgen.content.guide_html.without_escalations`), and it is not called for them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from kbgen.escalation.ladder import active_teams
from kbgen.model.plan import Page
from kbgen.model.support import Team
from kbgen.staging.phrases import team
from kbgen.staging.scene import Scene

_OUTCOME = re.compile(
    r'(<li class="kb-guide__outcome"[^>]* data-kb-outcome="escalate"><p class="kb-guide__kind"[^>]*>[^<]*</p>'
    r'<p class="kb-guide__say">([^<]*)</p>)(?=</li>)'
)
_SECTION = "escalate"


def with_calls(scene: Scene, page: Page, text: str) -> str:
    """The page's body with whom to call behind each outcome that escalates."""
    if 'data-kb-outcome="escalate"' not in text:
        return text
    return _OUTCOME.sub(lambda found: found[1] + _call(scene, page, html.unescape(found[2])), text)


def _call(scene: Scene, page: Page, said: str) -> str:
    teams = called(scene, said) or _target(scene, page.article.meta.escalates_to or "")
    ways = "".join(f'<p class="kb-guide__call">{_reached(scene, each)}</p>' for each in teams)
    links = list(_links(scene, page))
    return ways + (f'<p class="kb-guide__link">{" · ".join(links)}</p>' if links else "")


def called(scene: Scene, said: str) -> tuple[Team, ...]:
    """The teams of the tier or team whose name a text begins with; of several the one with the longest name."""
    data = scene.data
    names = {scene.text(tier.name): tuple(active_teams(data, tier)) for tier in reversed(data.tiers)}
    names.update((scene.text(each.name), (each,)) for each in data.teams if each.active and scene.text(each.name) not in names)
    begun = (name for name in names if name and re.match(rf"{re.escape(name)}(?!\w)", said, re.IGNORECASE))
    return names.get(max(begun, key=len, default=""), ())


def _target(scene: Scene, name: str) -> tuple[Team, ...]:
    tier, one = scene.data.tier(name), scene.data.team(name)
    return tuple(active_teams(scene.data, tier)) if tier else (one,) if one and one.active else ()


def _reached(scene: Scene, one: Team) -> str:
    """A team and the ways to reach it, those that wake somebody first."""
    told = team(scene, one)
    urgent = sorted(told["contacts"], key=lambda way: not (way["rota"] or way["call"] or way["href"].startswith("tel:")))
    ways = " · ".join(html.escape(way["label"]) + "".join(_addresses(scene, way)) for way in urgent)
    return f"<strong>{html.escape(told['name'])}</strong>" + (f": {ways}" if ways else "")


def _addresses(scene: Scene, way: dict[str, str]) -> Iterator[str]:
    if way["value"]:
        yield " " + _linked(way["value"], way["href"])
    if way["rota"]:
        yield " " + _linked(scene.word("rung.rota"), way["rota"])
    if way["reserve"]:
        yield f", {html.escape(scene.word('rung.reserve'))} {_linked(way['reserve'], way['call'])}"


def _linked(text: str, href: str) -> str:
    return f'<a href="{html.escape(href)}" rel="noreferrer">{html.escape(text)}</a>' if href else html.escape(text)


def _links(scene: Scene, page: Page) -> Iterator[str]:
    """The article's own part about it, and the ladder."""
    if any(heading.id == _SECTION for heading in page.rendering.outline.headings):
        yield f'<a href="#{_SECTION}">{html.escape(scene.word("call.section"))}</a>'
    ladder = scene.generated(page.article.address, "escalation")
    if ladder:
        yield f'<a href="{html.escape(ladder)}">{html.escape(scene.word("call.ladder"))}</a>'
