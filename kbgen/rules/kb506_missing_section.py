"""An article lacks a section that its type has.

Whoever looks for help in a hurry looks in the same place in every article. So the types have sections, in one order:

- troubleshooting: symptoms, environment, cause, resolution, workaround
- known-issue: status, (affected), workaround, fixed-in
- runbook: meaning, impact, clarify, diagnose, resolve, workaround, communicate, escalate, verify, prevent
- procedure: when, steps, (verify)
- rule: what, why, (exceptions)
- role: duties, (contacts)
- policy: applies, rules, (exceptions)
- track: goal, (days, read, do, shadow), check
- postmortem: what-happened, impact, timeline, cause, helped, actions

Those in brackets may be left out. A section is a heading with this id, whatever its words: ``## What it means {#meaning}``. Usual words
for it count without the id, too, in English and in Russian; the settings add others: ``sections: {ru: {meaning: [Что это]}}``. Where
there is nothing to say (no workaround is known), the section says that in one sentence.

Only articles that name their type are looked at, and for each the text that its own readers see.

To mend it, add the section, or give its heading the id.

Bad::

    type: known-issue

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

from kbgen.model.article import Article
from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts
from kbgen.model.settings import Settings
from kbgen.rules.sections import proposed, sections

CODE = "KB506"
NAME = "missing-section"
SEVERITY = Severity.ERROR
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    for article in facts.corpus.articles:
        yield from _missing(article, facts.settings)


def _missing(article: Article, settings: Settings) -> Iterator[Problem]:
    has = sections(article, settings)
    if has is None:
        return
    present = {found.section.id: found for found in has.found}
    place, after = has.start, ""
    for section in has.wanted:
        if section.id in present:
            place, after = present[section.id].place, f" after the section '{section.id}'"
        elif section.required:
            message = f"an article of type {article.meta.type} needs a section '{section.id}'"
            hint = f"add '{proposed(section, article.language, settings)}'{after}, or give its heading this id"
            yield Problem(CODE, place, message, hint)
