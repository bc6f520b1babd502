"""Search results as JSON, for scripts. Its keys stay: new ones may be added, none changes its meaning.

==============================  =====================================================================================
key                             meaning
==============================  =====================================================================================
``format``                      1; grows only if a key has to change its meaning
``site``, ``language``          where was searched
``query``                       what was searched for
``shown_as``                    what the query was taken for, where that is not what was typed, else ``""``
``total``                       how many pages were found
``hits[]``                      the first of them, the best first
``hits[].title``                its title
``hits[].address``              its address in the site, from the root
``hits[].anchor``               the section that fits best, ``""`` for the top of the page
``hits[].area``                 name of the product area
``hits[].type``                 article type
``hits[].audience``             its audience
``hits[].score``                comparable within one query only
``hits[].snippet``              the piece of text that is shown
``hits[].covered``              only with --explain: how many of the query's words it answers, ``2/3``
``hits[].parts[]``              only with --explain: what the score is the sum of, the largest first
``hits[].parts[].word``         a word of the query
``hits[].parts[].terms``        the terms of the index that answer it in this page
``hits[].parts[].boost``        1 for the word itself, else what such an answer counts
``hits[].parts[].field``        ``title``, ``keywords`` (questions, too), ``headings`` or ``body``
``hits[].parts[].score``        what this adds
==============================  =====================================================================================
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

FORMAT = 1


def search_json(found: Mapping[str, Any]) -> str:
    """The results as indented JSON, ending with a line break."""
    return json.dumps({"format": FORMAT, **found}, indent=2, ensure_ascii=False) + "\n"
