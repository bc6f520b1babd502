"""A question that an article answers no longer brings it among the first three results when it is typed a little differently.

People hit the wrong key, forget to change the keyboard's layout, and put a word into another form: *invoice*, *invoices*. Search puts all
three right, but that costs some certainty: a question that finds its article by one word alone loses it with that word. Up to 20 questions
of each site and language are tried, always the same ones: with two letters swapped in one of their longest words, with one of these words
in another form that the site's articles use, and with the same keys on the other layout.

To mend it, look at the articles named in front of it, then give the question a second word that tells what it is about, or add another
word for it to ``keywords:``. Where the question
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
from collections.abc import Iterable, Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.plan import SitePlan
from kbgen.model.ports import Facts
from kbgen.rules.questions import Asked, asked, digest, listed, question_place, said, seen
from kbgen.search.forms import ENGLISH, RUSSIAN, Forms
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
    forms: dict[str, list[Forms]] = {}
    for one in asked(facts, facts.searches, SAMPLE):
        if one.found:
            used = forms.get(one.plan.edition.key) or forms.setdefault(one.plan.edition.key, forms_of(one.plan))
            spoilt = {
                "with a slip": with_slip(one.question),
                "with a word in another form": in_another_form(one.question, used),
                "on the other layout": other_layout(one.question),
            }
            for how, typed in spoilt.items():
                standing = facts.searches.standing(one.plan, typed, one.address) if typed else one.standing
                if not seen(standing):
                    key = (one.article.source.path, one.question, f"{how} ('{typed}')", said(one.plan, standing))
                    lost.setdefault(key, []).append(one)
    for (_, question, typed, found), ones in lost.items():
        sites = tuple(one.plan.edition.site for one in ones)
        message = f"asked '{question}' {typed}, the search of {listed(sites)} {found}"
        hint = "give the question a second word that tells, or add another word for it to keywords:"
        yield Problem(CODE, question_place(ones[0].article, question, facts.settings), message, hint, sites)


def forms_of(plan: SitePlan) -> list[Forms]:
    """The words that an edition's articles use, by language."""
    texts = [text for page in plan.pages.values() for text in (page.article.meta.title, page.rendering.text)]
    return [Forms(endings, texts) for endings in (RUSSIAN, ENGLISH)]


def in_another_form(question: str, used: Iterable[Forms]) -> str:
    """The question with one of its longest words in another form of those used; empty where there is none."""
    known = {word.lower().replace("ё", "е") for word in _WORD.findall(question)}
    for found in sorted(_WORD.finditer(question), key=lambda found: -len(found[0])):
        word = found[0].lower().replace("ё", "е")
        others = sorted(frozenset().union(*(forms.of(word) for forms in used)) - known)
        if others:
            return question[: found.start()] + others[digest(question) % len(others)] + question[found.end() :]
    return ""


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
