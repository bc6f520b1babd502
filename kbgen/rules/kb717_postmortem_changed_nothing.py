"""A post-mortem links no article.

What was learned from an incident is worth something when it is written where the next person looks: in a runbook, a procedure, an answer
for customers. A post-mortem (``type: postmortem``) therefore links at least one article that was changed because of it.

To mend it, change the article that would have helped, and link it, best under *Actions*.

Bad::

    ## Actions {#actions}

    1. We will be more careful.

Good::

    ## Actions {#actions}

    1. The [sign-in runbook](../account/runbook-cannot-sign-in.md) now begins with the service's status.

Effect: the finding is reported; the page goes out.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from kbgen.model.article import Article, Link
from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts
from kbgen.rules.sections import type_place

CODE = "KB717"
NAME = "postmortem-changed-nothing"
SEVERITY = Severity.ERROR
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    for article in facts.corpus.articles:
        if article.meta.type == "postmortem" and not any(_to_article(link, article) for link in article.full.outline.links):
            hint = "link the article that was changed because of it, e.g. the runbook that would have helped"
            yield Problem(CODE, type_place(article, facts.settings), "this post-mortem links no article", hint)


def _to_article(link: Link, article: Article) -> bool:
    try:
        parts = urlsplit(link.target.strip())
    except ValueError:
        return False
    own = article.path.rpartition("/")[2]
    return link.kind == "link" and not parts.scheme and not parts.netloc and parts.path.endswith(".md") and parts.path != own
