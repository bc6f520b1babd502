"""A file is larger than the settings allow, or there are too many files.

Articles, headers, images and attachments have bounds, so that no single file can stop a build or make the site slow for readers.
What is beyond its bound is not read.

To mend it, split the article, shrink the image, or put the file where large downloads live and link to it. Where the size is
really meant, raise the bound under ``limits`` in the settings; all of them are in bytes, ``files`` is a number of files.

Bad::

    an article of 3 MB, because images were pasted into it as data

Good::

    an article of 10 kB with its images in files beside it

    plugins:
      - kbgen:
          limits: {article_bytes: 4000000}

Effect: the file is left out of every site.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts

CODE = "KB006"
NAME = "too-large"
SEVERITY = Severity.ERROR
EFFECT = Effect.WITHHOLD


def check(facts: Facts) -> Iterator[Problem]:
    yield from facts.problems(CODE)
