"""A dangerous step does not say how to take it back.

A block ``/// danger`` holds a step that can do harm. Whoever takes it, perhaps alone and at night, has to know beforehand how to undo it.
Its option ``rollback`` says so, in one line. Where there is no way back, it says that and why: ``rollback: none, because …``. A bare
``none`` is not enough: the reason is what tells the reader whether to call somebody first.

To mend it, write the option directly below ``/// danger``, after exactly four spaces. A step that touches the client's side also says
``side: client`` there.

Bad::

    /// danger

    Delete the old goals.

    ///

Good::

    /// danger
        rollback: import the file again that you saved in step 1

    Delete the old goals.

    ///

    /// danger
        rollback: none, because the client's phone exchange keeps no copy
        side: client

    Clear the list of numbers.

    ///

Effect: the finding is reported; the page goes out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts
from kbgen.rules.acting import place, playbooks

CODE = "KB711"
NAME = "danger-without-rollback"
SEVERITY = Severity.ERROR
EFFECT = Effect.REPORT

# "none", "none, because" and the like without a reason. A reason has at least two words.
_NO_WAY = "none|no|n/a|not possible|impossible|нет|никак|невозможно|нельзя|[-–—]"
_BARE = re.compile(rf"(?:{_NO_WAY})\W*(?:(?:because|since|потому что|так как)\W*)?\w*\W*")
_REASON = "write 'rollback: …', or 'rollback: none, because …', directly below '/// danger', after exactly four spaces"


def check(facts: Facts) -> Iterator[Problem]:
    for article in facts.corpus.articles:
        for playbook in playbooks(article):
            for danger in playbook.dangers:
                if not danger.rollback:
                    yield Problem(CODE, place(danger.spot), "this dangerous step does not say how to take it back", _REASON)
                elif _BARE.fullmatch(danger.rollback.casefold()):
                    yield Problem(CODE, place(danger.spot), "this dangerous step has no way back and does not say why", _REASON)
