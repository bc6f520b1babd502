"""The staleness report as JSON, for scripts. Its keys stay: new ones may be added, none changes its meaning.

==============================  =====================================================================================
key                             meaning
==============================  =====================================================================================
``format``                      1; grows only if a key has to change its meaning
``today``                       the day for which the articles were assessed, ``YYYY-MM-DD``
``summary.states``              number of articles by state; the states are ``fresh``, ``due``, ``overdue``, ``never``
``summary.owners``              owner (``""``: none) → numbers by state
``summary.areas``               id of the product area → numbers by state
``articles[]``                  all articles, the fresh ones too, sorted by path
``articles[].path``             the file, from the project's root
``articles[].id``               permanent id; translations share it
``articles[].language``         language code
``articles[].audience``         its audience
``articles[].owner``            the team that answers for it, may be ``""``
``articles[].product_area``     id of its product area
``articles[].type``             article type
``articles[].state``            as above
``articles[].last_reviewed``    ``YYYY-MM-DD`` or null
``articles[].due``              the day its review is due, ``YYYY-MM-DD``; null if it was never reviewed
``articles[].days_overdue``     days since the due day; below 0 while it is ahead; null if it was never reviewed
``articles[].reasons``          why, in words, for people
==============================  =====================================================================================

Titles and texts of articles are left out on purpose: the report may be kept where not everybody may read the internal ones.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from typing import Any

from kbgen.freshness.assess import Counts, Summary
from kbgen.model.review import Staleness, State

FORMAT = 1
_NAMES = {State.FRESH: "fresh", State.DUE: "due", State.OVERDUE: "overdue", State.NEVER: "never"}


def stale_json(items: Iterable[Staleness], summary: Summary, today: datetime.date) -> str:
    """The report as indented JSON, ending with a line break."""
    report = {
        "format": FORMAT,
        "today": today.isoformat(),
        "summary": {
            "states": _counts(summary.by_state),
            "owners": {owner: _counts(counts) for owner, counts in summary.by_owner.items()},
            "areas": {area: _counts(counts) for area, counts in summary.by_area.items()},
        },
        "articles": [_article(item, today) for item in sorted(items, key=lambda item: item.article.source.path)],
    }
    return json.dumps(report, indent=2, ensure_ascii=False) + "\n"


def _counts(counts: Counts) -> dict[str, int]:
    return {_NAMES[state]: counts[state] for state in State}


def _article(item: Staleness, today: datetime.date) -> dict[str, Any]:
    article, meta = item.article, item.article.meta
    return {
        "path": article.source.path,
        "id": article.id,
        "language": article.language,
        "audience": meta.audience,
        "owner": meta.owner,
        "product_area": meta.product_area,
        "type": meta.type,
        "state": _NAMES[item.state],
        "last_reviewed": meta.last_reviewed.isoformat() if meta.last_reviewed else None,
        "due": item.due.isoformat() if item.due else None,
        "days_overdue": (today - item.due).days if item.due else None,
        "reasons": list(item.reasons),
    }
