"""The SLA says nothing for a plan, a severity and a channel.

Whoever answers a customer looks the case up by plan, priority and channel. Each of them has to be in ``content/_data/sla.yml``, for every
written channel: requests made in others are not counted. That nothing is promised is an answer, too: ``not promised``. Nothing is said
while there is no ``sla.yml``.

To mend it, add the channel to the entry of this plan and severity, or write the entry.

Bad::

    - {plan: standard, severity: high, channels: [chat], first_answer: 4h, next_update: 1d, resolution: not promised}

where customers may write e-mails, too.

Good::

    - {plan: standard, severity: high, channels: [chat, email], first_answer: 4h, next_update: 1d, resolution: not promised}

Effect: the finding is reported; the sites are built.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.escalation.promises import cell
from kbgen.model.finding import Effect, Place, Problem, Severity
from kbgen.model.ports import Facts
from kbgen.model.support import SEVERITIES

CODE = "KB704"
NAME = "missing-promise"
SEVERITY = Severity.ERROR
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    data = facts.data
    if not data.sla:
        return
    # Without a list of plans or channels, those count that the SLA knows.
    plans = [plan.id for plan in data.plans] or list(dict.fromkeys(sla.plan for sla in data.sla))
    named = dict.fromkeys(channel for sla in data.sla for channel in sla.channels)
    channels = [channel.id for channel in data.channels if channel.written] if data.channels else list(named)
    for plan in plans:
        for severity in SEVERITIES:
            missing = [channel for channel in channels if cell(data, plan, severity, channel) is None]
            if missing:
                message = f"nothing is said for the plan '{plan}', severity {severity}, by {', '.join(missing)}"
                hint = "add it; what is not promised is written as 'not promised'"
                yield Problem(CODE, _place(facts, plan, severity), message, hint)


def _place(facts: Facts, plan: str, severity: str) -> Place:
    """The entry that lacks a channel, else the file."""
    found = [str(number) for number, sla in enumerate(facts.data.sla) if (sla.plan, sla.severity) == (plan, severity)]
    return facts.data.place("sla.yml", *found[:1])
