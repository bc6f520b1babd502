"""A question that an article answers no longer brings it among the first three results when it is typed with a slip.

People hit the wrong key, and forget to change the keyboard's layout. Search puts both right, but that costs some certainty: a question
that finds its article by one word alone loses it with that word. Up to 20 questions of each site and language are tried, always the same
ones: with two letters swapped in one of their longest words, and with the same keys on the other layout.

To mend it, give the question a second word that tells what it is about, or add another word for it to ``keywords:``. Where the question
is as people ask it, leave it: this is a note, not a fault.

Bad::

    title: Limits
    questions:
      - What about webhooks?

Good::

    title: Limits for webhooks
    questions:
      - How many webhooks may a project send in a day?

Effect: the finding is reported. ``kbgen check`` looks for it, a build does not ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts, Searches
from kbgen.rules.questions import TOP, Asked, asked, digest, listed, question_place
from kbgen.search.spelling import other_layout

CODE = "KB602"
NAME = "question-with-a-slip"
SEVERITY = Severity.INFO
EFFECT = Effect.REPORT

SAMPLE = 20
"""Questions of one edition that are tried."""
_WORD = re.compile(r"[a-z]{5,}|[а-яё]{5,}", re.IGNORECASE)


def check(facts: Facts) -> Iterator[Problem]:
    if facts.searches is None:
        return
    lost: dict[tuple[str, str, str, str], list[Asked]] = {}
    for one in asked(facts, facts.searches, SAMPLE):
        if one.found:
            for how, typed in (("with a slip", with_slip(one.question)), ("on the other layout", other_layout(one.question))):
                if typed and (said := _said(one, facts.searches, typed)):
                    lost.setdefault((one.article.source.path, one.question, f"{how} ('{typed}')", said), []).append(one)
    for (_, question, typed, said), ones in lost.items():
        sites = tuple(one.plan.edition.site for one in ones)
        message = f"asked '{question}' {typed}, the search of {listed(sites)} {said}"
        hint = "give the question a second word that tells, or add another word for it to keywords:"
        yield Problem(CODE, question_place(ones[0].article, question, facts.settings), message, hint, sites)


def _said(one: Asked, searches: Searches, typed: str) -> str:
    """Where the article stands for what was typed; empty where a reader would see it."""
    place = searches.standing(one.plan, typed, one.address).place
    if 0 < place <= TOP:
        return ""
    return f"shows this article only in place {place}" if place else "does not find this article"


def with_slip(question: str) -> str:
    """The question with two neighbours swapped within one of its longest words, never the first letter; empty where there is no place."""
    words = [found for found in _WORD.finditer(question) if _swappable(found[0])]
    if not words:
        return ""
    longest = max(len(found[0]) for found in words)
    found = next(found for found in words if len(found[0]) == longest)
    places = _swappable(found[0])
    at = found.start() + places[digest(question) % len(places)]
    return question[:at] + question[at + 1] + question[at] + question[at + 2 :]


def _swappable(word: str) -> list[int]:
    return [at for at in range(1, len(word) - 1) if word[at].lower() != word[at + 1].lower()]
