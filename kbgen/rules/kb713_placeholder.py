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
from kbgen.rules.acting import place
from kbgen.rules.place import key_place
from kbgen.strict.suggest import did_you_mean

CODE = "KB713"
NAME = "placeholder"
SEVERITY = Severity.ERROR
EFFECT = Effect.REPORT
_SUGGESTIONS = 50  # names of an article that are compared with all declared ones
_NAME = re.compile(r"\s+[\"']?(\w+)[\"']?\s*:")


def check(facts: Facts) -> Iterator[Problem]:
    for article in facts.corpus.articles:
        declared = article.meta.placeholders
        used: dict[str, Fill] = {}
        for fill in article.full.outline.playbook.fills:
            used.setdefault(fill.name, fill)
        unknown = [name for name in used if name not in declared]
        for position, name in enumerate(unknown):
            fill = used[name]
            near = did_you_mean(name, declared) if position < _SUGGESTIONS else ""
            near = near or f"add '{name}: what to fill in' to placeholders: in the front matter"
            where = "" if fill.spot.path == article.source.path else f" by {article.source.path}, which includes it"
            yield Problem(CODE, place(fill.spot), f"the placeholder '{name}' is not declared{where}", near)
        unused = [name for name in declared if name not in used]
        key = key_place(article, "placeholders", facts.settings) if unused else Place(article.source.path)
        places = _declared(article, key) if unused else {}
        for name in unused:
            hint = "take it out of placeholders:, or write {{" + name + "}} in a command or a reply"
            yield Problem(CODE, places.get(name, key), f"the placeholder '{name}' is declared but not used", hint)


def _declared(article: Article, key: Place) -> dict[str, Place]:
    """Name → its own line below the key ``placeholders:``, for those that have one."""
    places: dict[str, Place] = {}
    lines = article.source.data.decode("utf-8", "replace").split("\n")
    for number in range(key.line, article.body_line - 1):
        if found := _NAME.match(lines[number]):
            places.setdefault(found[1], Place(key.path, number + 1, len(lines[number]) - len(lines[number].lstrip()) + 1))
        if lines[number].strip() and not lines[number].startswith((" ", "#")):
            break
    return places
