"""A question that an article answers does not bring it among the first three results.

``questions:`` in the front matter says in customers' words what the article answers. So a customer who types just that has to see it. The
search of each site that shows the article is asked, in its language; on the public site only public articles can come before it. After a
change this tells that a title, a text or a new article has made an answer hard to find.

To mend it, look at the articles named in front of it. Where one of them answers the question as well, leave the question to it or make
one article of both. Else write the words that tell them apart into the title, the summary or ``keywords:``. Where the title was changed,
the old one is offered: readers remember it (KB603 asks for it by itself). ``kbgen search "…" --explain`` shows what each word counts.

Bad::

    title: Money matters
    questions:
      - How do I get a refund?

Good::

    title: Get a refund
    keywords: [money back, return a payment]
    questions:
      - How do I get a refund?

Effect: the finding is reported. ``kbgen check`` looks for it, a build does not ask. Of an edition with more than 3,000 questions a sample
is asked, the same every day.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts, Searches
from kbgen.rules.questions import Asked, asked, listed, question_place, said

CODE = "KB601"
NAME = "question-not-found"
SEVERITY = Severity.WARNING
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    if facts.searches is None:
        return
    lost: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    first: dict[tuple[str, str, str], Asked] = {}
    for one in asked(facts, facts.searches):
        if not one.found:
            key = (one.article.source.path, one.question, said(one.plan, one.standing))
            lost.setdefault(key, []).append((one.plan.edition.site, _hint(one, facts.searches)))
            first.setdefault(key, one)
    for key, sites in lost.items():
        one = first[key]
        message = f"asked '{one.question}', the search of {listed(tuple(site for site, _ in sites))} {key[2]}"
        hint = next((hint for _, hint in sites if hint), "") or _general(one)
        names = tuple(site for site, _ in sites)
        yield Problem(CODE, question_place(one.article, one.question, facts.settings), message, hint, names)


def _hint(one: Asked, searches: Searches) -> str:
    """The old title, where it was changed since the site was built."""
    title = searches.live_title(one.plan, one.address)
    if not title or title == one.article.meta.title or title in one.article.meta.keywords:
        return ""
    return f"its title was '{title}' before: add that to keywords:"


def _general(one: Asked) -> str:
    if not one.standing.before:
        return "write it in the words that the article uses, or add its words to keywords:"
    return "leave the question to one of them, or add the words that tell this one apart to title, summary or keywords:"
