"""What readers looked for in vain, as JSON, for scripts. Its keys stay: new ones may be added, none changes its meaning.

==============================  =====================================================================================
key                             meaning
==============================  =====================================================================================
``format``                      1; grows only if a key has to change its meaning
``lines``                       lines of the log that hold anything
``odd_lines``                   those of them that hold no event
``cut``                         whether the log was too long, and its end was not read
``searches``                    searches in the log
``missed``                      those that led nowhere: nothing was found, or nothing that was shown was followed
``uncounted``                   events left out because there are too many different queries
``more``                        how many gaps there are besides those listed
``gaps[]``                      the queries that led nowhere most often, those first
``gaps[].language``             language code, ``""`` where the log said none
``gaps[].query``                its commonest spelling; ``@`` stands for an address of mail, ``#`` for a long number
``gaps[].spellings``            in how many ways it was typed
``gaps[].searches``             how often it was looked for
``gaps[].nothing``              how often nothing was found
``gaps[].nothing_share``        the same as a share of the searches, 0 to 1, three decimals
``gaps[].unclicked``            how often something was shown and nobody followed it
``gaps[].nearest``              ``title``, ``address`` (in the site) of what today's site finds first; null: nothing
==============================  =====================================================================================
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from kbgen.gaps import Gap, Gaps, Log

FORMAT = 1


def search_gaps_json(log: Log, gaps: Gaps, listed: Sequence[tuple[Gap, Mapping[str, str] | None]]) -> str:
    """The report as indented JSON, ending with a line break."""
    report = {
        "format": FORMAT,
        "lines": log.lines,
        "odd_lines": log.odd,
        "cut": log.cut,
        "searches": gaps.searches,
        "missed": gaps.missed,
        "uncounted": gaps.uncounted,
        "more": len(gaps.gaps) - len(listed),
        "gaps": [_gap(gap, nearest) for gap, nearest in listed],
    }
    return json.dumps(report, indent=2, ensure_ascii=False) + "\n"


def _gap(gap: Gap, nearest: Mapping[str, str] | None) -> dict[str, Any]:
    return {
        "language": gap.language,
        "query": gap.query,
        "spellings": gap.spellings,
        "searches": gap.searches,
        "nothing": gap.nothing,
        "nothing_share": round(gap.nothing_share, 3),
        "unclicked": gap.unclicked,
        "nearest": nearest,
    }
