"""A ladder as JSON, for scripts. Its keys stay: new ones may be added, none changes its meaning.

=======================  ==========================================================================================================
key                      meaning
=======================  ==========================================================================================================
``format``               1; grows only if a key has to change its meaning
``request``              what was asked: ``severity``, ``plan``, ``at`` (with the offset as given), ``kind``, ``language``, ``channel``,
                         ``tier`` (the level), ``escalates_to``, ``runbook`` (an article's id or ``""``)
``steps[]``              the tiers that have the case, in order
``steps[].tier``         id of the tier
``steps[].team``         id of the team to call
``steps[].contact``      ``via``, ``value``, ``rota``, ``reserve``; null where the team names no way
``steps[].on_shift``     whether the team is on shift when the case comes
``steps[].speaks``       whether it speaks the customer's language
``steps[].starts``       from when somebody works on it; null where that cannot be told
``steps[].until``        when it has to be handed over; null: there is no limit, or it cannot be told
``steps[].told``         what the customer is told where nobody is on shift, in the customer's language, or null
``steps[].decides``      id of the team that may decide meanwhile, or ``""``
``channel``              id of the channel that the promises are for
``first_answer``         by when it is promised; null: not promised
``next_update``          likewise, counted from the first answer at its latest
``resolution``           likewise
``notes[]``              ``kind`` and ``about`` (an id), see :class:`kbgen.escalation.Note`
``unknown``              which of the three promises are null because data could not be read, not because nothing is promised
``faulty``               files of the data that hold an error, e.g. ``sla.yml``: what they were to say may be missing
=======================  ==========================================================================================================

Moments are in UTC: ``2026-11-22T00:15:00Z``.
"""

from __future__ import annotations

import json
from collections.abc import Collection

from kbgen.escalation import Ladder, Request, plain
from kbgen.model.data import FILES
from kbgen.reports.escalation_text import promises_unknown

FORMAT = 1
PROMISES = ("first_answer", "next_update", "resolution")


def escalation_json(request: Request, ladder: Ladder, default_language: str, runbook: str = "", faulty: Collection[str] = ()) -> str:
    """The ladder as indented JSON, ending with a line break."""
    asked = {
        "severity": request.severity,
        "plan": request.plan,
        "at": request.at.isoformat(timespec="seconds"),
        "kind": request.kind,
        "language": request.language,
        "channel": request.channel,
        "tier": request.tier,
        "escalates_to": request.escalates_to,
        "runbook": runbook,
    }
    answer = plain(ladder, request.language, default_language)
    unknown = [name for name in PROMISES if answer[name] is None] if promises_unknown(ladder, faulty) else []
    faults = {"unknown": unknown, "faulty": sorted(FILES[field] for field in faulty)}
    report = {"format": FORMAT, "request": asked, **answer, **faults}
    return json.dumps(report, indent=2, ensure_ascii=False) + "\n"
