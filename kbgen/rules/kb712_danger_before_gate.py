"""A dangerous step on the client's side comes before anybody has agreed to it.

A block ``/// danger`` with ``side: client`` changes something at the client's: on their site, in their phone exchange, in their account.
Nobody does that without their confirmation. The confirmation is a block ``/// gate``, which says what has to be confirmed, by whom and
how (for example in writing, from the client's contact e-mail), and it stands in the same article, above the step.

To mend it, put a gate before the step, or take ``side: client`` away if the step touches our side only.

Bad::

    /// danger
        rollback: put the old code back
        side: client

    Replace the code on the client's site.

    ///

Good::

    /// gate

    The client's contact has agreed in writing, from the e-mail address in the contract.

    ///

    /// danger
        rollback: put the old code back
        side: client

    Replace the code on the client's site.

    ///

Effect: the finding is reported; the page goes out.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts
from kbgen.rules.acting import place, playbooks

CODE = "KB712"
NAME = "danger-before-gate"
SEVERITY = Severity.ERROR
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    for article in facts.corpus.articles:
        for playbook in playbooks(article):
            first = min((gate.position for gate in playbook.gates), default=None)
            for danger in playbook.dangers:
                if danger.client and (first is None or first > danger.position):
                    where = "before its gate" if first is not None else "without a gate before it"
                    message = f"this step on the client's side comes {where}"
                    hint = "put a block '/// gate' above it that says what the client has to confirm, and how"
                    yield Problem(CODE, place(danger.spot), message, hint)
