"""A placeholder is used but not declared, or declared but not used.

In commands (fenced code and inline code) and in blocks ``/// reply`` a writer puts ``{{name}}`` where the agent has to fill something in.
The front matter says of each name what that is; the page then asks for it once, at the top, and fills it in everywhere. A name that is
not declared cannot be asked for, and one that is declared and not used asks for nothing. A translation declares the same names with
texts of its own.

To mend it, declare the name in the front matter, correct its spelling, or take it off. Names are made of small letters, digits and
underscores.

Bad::

    placeholders:
      project: "Number of the project, from its address"

    Run `calls sync {{projet}}`.

Good::

    placeholders:
      project: "Number of the project, from its address"

    Run `calls sync {{project}}`.

Effect: the finding is reported; the page goes out, with ``{{name}}`` as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kbgen.model.article import Article
from kbgen.model.finding import Effect, Place, Problem, Severity
from kbgen.model.playbook import Fill
from kbgen.model.ports import Facts
from kbgen.model.settings import Settings
from kbgen.rules.acting import place
from kbgen.rules.place import key_place
from kbgen.strict.suggest import did_you_mean

CODE = "KB713"
NAME = "placeholder"
SEVERITY = Severity.ERROR
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    for article in facts.corpus.articles:
        declared = article.meta.placeholders
        used: dict[str, Fill] = {}
        for fill in article.full.outline.playbook.fills:
            used.setdefault(fill.name, fill)
        for name, fill in used.items():
            if name not in declared:
                near = did_you_mean(name, declared) or f"add '{name}: what to fill in' to placeholders: in the front matter"
                where = "" if fill.spot.path == article.source.path else f" by {article.source.path}, which includes it"
                yield Problem(CODE, place(fill.spot), f"the placeholder '{name}' is not declared{where}", near)
        for name in declared:
            if name not in used:
                hint = "take it out of placeholders:, or write {{" + name + "}} in a command or a reply"
                yield Problem(CODE, _declared(article, name, facts.settings), f"the placeholder '{name}' is declared but not used", hint)


def _declared(article: Article, name: str, settings: Settings) -> Place:
    """Where a name is declared: its own line below ``placeholders:``, or that one."""
    key = key_place(article, "placeholders", settings)
    lines = article.source.data.decode("utf-8", "replace").split("\n")
    for number in range(key.line, article.body_line - 1):
        if re.match(rf"\s+[\"']?{re.escape(name)}[\"']?\s*:", lines[number]):
            return Place(key.path, number + 1, len(lines[number]) - len(lines[number].lstrip()) + 1)
        if lines[number].strip() and not lines[number].startswith((" ", "#")):
            break
    return key
