r"""Something in the content folder is not a plain file with a plain name.

kbgen reads regular files only: a symbolic link may lead to a file outside of the folder, and a pipe or a device may stop the build.
Names may hold no control characters and none of ``\ % ? # : * " < > |``, because a web address or another computer reads these
differently.

To mend it, put a copy of the file in the place of the link, or rename the file. Small letters, digits and hyphens are always fine.

Bad::

    content/en/billing/refund.md -> ../../../notes/refund.md
    content/en/billing/refunds: 100%.md

Good::

    content/en/billing/refund.md
    content/en/billing/refunds-in-full.md

Effect: the file is left out of every site; nothing is read through it.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts

CODE = "KB007"
NAME = "file-not-allowed"
SEVERITY = Severity.ERROR
EFFECT = Effect.WITHHOLD


def check(facts: Facts) -> Iterator[Problem]:
    yield from facts.problems(CODE)
