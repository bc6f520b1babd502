"""A file of ``content/_data`` names something that does not exist.

A tier hands over to the next one, an SLA counts for channels, a release has known problems: all of them are named by their ids. An id
that is nowhere else leads nobody anywhere: in an incident the ladder ends there.

To mend it, correct the id, or add the entry that is missing to the file named in the hint. Known problems of a release are named by
the ``id`` of the article about them.

Bad::

    - id: line-1
      level: 1
      name: {en: Line 1}
      teams: [customer-support]
      next: line-tow

Good::

    - id: line-1
      level: 1
      name: {en: Line 1}
      teams: [customer-support]
      next: line-two

Effect: the finding is reported; the sites are built without what leads nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.config.plain import quoted
from kbgen.model.data import Data
from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts
from kbgen.strict.suggest import did_you_mean

CODE = "KB107"
NAME = "unknown-reference"
SEVERITY = Severity.ERROR
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    yield from facts.problems(CODE)
    known = {article.id for article in facts.corpus.articles}
    for keys, key, name in _ids(facts.data):
        if name not in known:
            near = did_you_mean(name, known)
            message = f"{key}: there is no article with the id {quoted(name)}" + (f", {near}" if near else "")
            yield Problem(CODE, facts.data.place(*keys), message, "write the id that stands in the article's front matter")


def _ids(data: Data) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Ids of articles in the data: where they stand, under which key, and the id."""
    for release in data.releases:
        yield from ((("releases.yml", release.id, "known_problems", name), "known_problems", name) for name in release.known_problems)
    for position, drill in enumerate(data.drills):
        yield ("drills.yml", str(position), "runbook"), "runbook", drill.runbook
