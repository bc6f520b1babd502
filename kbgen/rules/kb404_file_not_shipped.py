"""A page wants a file that kbgen does not put on a site.

Only known types of images and documents are put on a site. A type that is not among them may run in the browser of a reader, or
hold more than it shows, such as the history of a document. The same goes for a ``.png`` that is no PNG, and for an SVG that
could run or load something. An image on another host would tell that host about every reader, and a link that leads out of the content
folder leads nowhere on a site.

To mend it, offer the file as a PDF or an image, export it anew, copy the image into the content folder, or link to the page where
the file is kept.

Bad::

    Fill in [the form](refund-form.docm).

Good::

    Fill in [the form](refund-form.pdf).

Effect: the finding is reported; the page goes out, the link becomes plain text.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts

CODE = "KB404"
NAME = "file-not-shipped"
SEVERITY = Severity.ERROR
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    yield from facts.problems(CODE)
