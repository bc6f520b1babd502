"""The content folder holds a file that kbgen leaves out.

Only articles (``.md``) and known types of images and documents are read. Everything else is left out on purpose: backups of an
editor, hidden files and office documents have been published by accident elsewhere. The finding says so, in case you wonder where
the file is.

To mend it, delete the file, move it out of the content folder, or give an article the extension ``.md`` in small letters.

Bad::

    content/en/billing/refund.MD
    content/en/billing/refund.md~
    content/en/billing/notes.docx

Good::

    content/en/billing/refund.md

Effect: the finding is reported; the file is in no site.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts

CODE = "KB504"
NAME = "left-out"
SEVERITY = Severity.INFO
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    yield from facts.problems(CODE)
