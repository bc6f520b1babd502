"""A guide as a page holds it: all questions and outcomes one below the other, each answer a link. A script makes a walk of it.

::

    <section class="kb-guide" id="guide-N"><ol class="kb-guide__nodes">
      <li class="kb-guide__question" id="guide-N-NODE">
        <p class="kb-guide__ask">…</p><ul><li><a href="#guide-N-TARGET">say</a></li>…</ul></li>
      <li class="kb-guide__outcome" id="guide-N-NODE" data-kb-outcome="resolved|article|escalate|contact">
        <p class="kb-guide__kind" data-kb-word="guide.resolved"></p><p class="kb-guide__say">say</p></li>
    </ol></section>

Of an outcome that leads to an article ``say`` is the text of the link: ``<p class="kb-guide__say kb-guide__link"><a href="…">say</a></p>``.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import replace

from kbgen.content.guides import in_order
from kbgen.content.outline import read_outline
from kbgen.content.prepare import linked
from kbgen.content.sanitise import LINK
from kbgen.model.article import Rendering
from kbgen.model.playbook import Guide, Outcome, Question

_ESCALATES = re.compile(
    r'data-kb-outcome="escalate"><p class="kb-guide__kind" data-kb-word="guide\.escalate"></p><p class="kb-guide__say">[^<]*</p>'
)
_CONTACT = 'data-kb-outcome="contact"><p class="kb-guide__kind" data-kb-word="guide.contact"></p>'


def guide_html(guide: Guide, number: int, links: Sequence[int]) -> str:
    """The HTML of a page's guide with this number, counted from 1; ``links`` are the numbers of the links to its articles."""
    hrefs = dict(zip((outcome.id for outcome in linked(guide)), links, strict=False))
    nodes = "".join(
        _question(node, number) if isinstance(node, Question) else _outcome(node, number, hrefs.get(node.id)) for node in in_order(guide)
    )
    return f'<section class="kb-guide" id="guide-{number}"><ol class="kb-guide__nodes">\n{nodes}</ol></section>'


def _question(node: Question, number: int) -> str:
    answers = "".join(f'<li><a href="#guide-{number}-{answer.to}">{html.escape(answer.say)}</a></li>' for answer in node.answers)
    ask = f'<p class="kb-guide__ask">{html.escape(node.ask)}</p>'
    return f'<li class="kb-guide__question" id="guide-{number}-{node.id}">{ask}{answers and f"<ul>{answers}</ul>"}</li>\n'


def _outcome(node: Outcome, number: int, link: int | None) -> str:
    kind = f'<p class="kb-guide__kind" data-kb-word="guide.{node.kind}"></p>'
    say = html.escape(node.say)
    if node.kind == "article":
        text = f'<a href="{LINK}{link}">{say}</a>' if link is not None else say
        shown = f'<p class="kb-guide__say kb-guide__link">{text}</p>'
    else:
        shown = f'<p class="kb-guide__say">{say}</p>'
    return f'<li class="kb-guide__outcome" id="guide-{number}-{node.id}" data-kb-outcome="{node.kind}">{kind}{shown}</li>\n'


def without_escalations(rendering: Rendering) -> Rendering:
    """The rendering for readers who cannot escalate: where a guide would, it only says that support can be written to.

    What stood there is neither in the page nor in what search reads. The same rendering where no guide escalates.
    """
    if not any(outcome.kind == "escalate" for guide in rendering.outline.playbook.guides for outcome in guide.outcomes):
        return rendering
    shown = _ESCALATES.sub(_CONTACT, rendering.html)
    playbook = rendering.outline.playbook
    guides = tuple(replace(guide, outcomes=tuple(map(_as_contact, guide.outcomes))) for guide in playbook.guides)
    outline = replace(rendering.outline, sections=read_outline(shown).sections, playbook=replace(playbook, guides=guides))
    return replace(rendering, html=shown, outline=outline)


def _as_contact(outcome: Outcome) -> Outcome:
    return replace(outcome, kind="contact", say="") if outcome.kind == "escalate" else outcome
