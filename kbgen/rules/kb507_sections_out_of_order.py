"""A section stands where it does not belong.

The sections of an article's type come in one order (``kbgen explain KB506`` lists them), so that readers find each where it is in every
other article. Other headings may stand between them.

To mend it, move the section.

Bad::

    type: known-issue

    ## Workaround {#workaround}

    ## Status {#status}

    ## Fixed in {#fixed-in}

Good::

    type: known-issue

    ## Status {#status}

    ## Workaround {#workaround}

    ## Fixed in {#fixed-in}

Effect: the finding is reported; the page goes out.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts
from kbgen.rules.sections import sections

CODE = "KB507"
NAME = "sections-out-of-order"
SEVERITY = Severity.ERROR
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    for article in facts.corpus.articles:
        has = sections(article, facts.settings)
        if has is None:
            continue
        order = [section.id for section in has.wanted]
        furthest = ""
        for found in has.found:
            name = found.section.id
            if furthest and order.index(name) < order.index(furthest):
                message = f"the section '{name}' stands after '{furthest}'"
                hint = f"the order in a {article.meta.type} is: {', '.join(order)}"
                yield Problem(CODE, found.place, message, hint)
            else:
                furthest = name
