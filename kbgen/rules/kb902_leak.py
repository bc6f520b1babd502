"""Internal text was found in a finished site that it is not for.

After a site is built, every byte of it is searched for what it must not hold: ids, titles and addresses of internal articles, and runs
of eight words that occur in internal text only. Something was found. Either somebody copied a passage of an internal article into a
public article, an image, a title or a data file, or kbgen itself has a fault. The finding names the file of the site, but does not quote
what was found: findings are often shown to more people than internal articles are.

To mend it, go to the article that the file is made of and look for text that also stands in an internal article. Take it out, put it
between ``/// internal`` and ``///``, or make the article internal. If the passage is harmless, publish it: write it in a public article.

Bad::

    content/en/billing/refund.md (public):        Above 500 the head of the team decides within one day.
    content/en/team/refund-limits.md (internal):  Above 500 the head of the team decides within one day.

Good::

    content/en/billing/refund.md (public):        Larger sums take one more day.
    content/en/team/refund-limits.md (internal):  Above 500 the head of the team decides within one day.

Effect: the site is not handed over; the site of before stays.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts

CODE = "KB902"
NAME = "leak"
SEVERITY = Severity.ERROR
EFFECT = Effect.REFUSE


def check(facts: Facts) -> Iterator[Problem]:
    yield from facts.problems(CODE)
