"""A page shows an image or offers a file that does not exist.

The file was moved, renamed or never added. In place of an image readers see its description; a link to a file that does not exist
becomes plain text.

To mend it, add the file or correct its path. A path counts from the folder of the article; capitals and small letters matter.

Bad::

    ![The refund form](images/Refund-Form.PNG)

Good::

    ![The refund form](images/refund-form.png)

Effect: the finding is reported; the page goes out without the image or the link.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts

CODE = "KB403"
NAME = "missing-file"
SEVERITY = Severity.ERROR
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    yield from facts.problems(CODE)
