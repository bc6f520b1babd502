"""A guide cannot be read, or leads to what is not there.

A guide is a code fence at column 1 that is called ``decision``. It holds YAML: ``start`` names the first question; each question has
``ask`` and a list of ``answers``, each with ``say`` and ``to``, the name of a question or an outcome; each outcome is one of
``resolved``, ``article`` (with ``say``), ``escalate`` and ``contact``, with one line of plain text. Names are made of small letters,
digits and hyphens.

``escalate`` is for internal articles only: a customer cannot escalate, for them there is ``contact``.

To mend it, look at the line of the finding. Texts in double quotes are always read as they are meant.

Bad::

    start: see
    questions:
      see:
        ask: What do you see?
        answers:
          - {say: The password is wrong, to: rest}
    outcomes:
      reset: {article: reset-password.md, say: Set a new one}

Good::

    start: see
    questions:
      see:
        ask: "What do you see?"
        answers:
          - {say: "The password is wrong", to: reset}
          - {say: "Nothing happens", to: browser}
    outcomes:
      reset: {article: reset-password.md, say: "Set a new one"}
      browser: {contact: "Write to us and tell us which browser you use."}

Effect: the finding is reported; the page goes out without the guide. One that only escalates in an article for others than the wiki's
readers stays: on their sites that outcome leads to support, without its text.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts
from kbgen.rules.acting import place, playbooks

CODE = "KB715"
NAME = "guide"
SEVERITY = Severity.ERROR
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    narrowest = facts.settings.audiences[-1]
    for article in facts.corpus.articles:
        for playbook in playbooks(article):
            yield from (Problem(CODE, place(flaw.spot), flaw.message, flaw.hint) for flaw in playbook.flaws if flaw.code == CODE)
        if article.meta.audience == narrowest:
            continue
        for outcome in (outcome for guide in article.cut.outline.playbook.guides for outcome in guide.outcomes):
            if outcome.kind == "escalate":
                message = f"the outcome '{outcome.id}' escalates, in an article for {article.meta.audience} readers"
                hint = "write 'contact:', or put the guide into an internal block"
                yield Problem(CODE, place(outcome.spot), message, hint)
