"""A page of a finished site loads something from another host.

A script, a style, an image, a font or a frame comes from a host that is not the site's own. That host learns who reads which page and
when, the page breaks when it is down, and the content security policy of the site forbids it anyway. Links that a reader may click are
no concern of this rule. Articles cannot do this (KB404 takes such images off), so what is found here comes from the theme or from a
file that was added to the finished site.

To mend it, keep a copy of the file in the theme and use it from there.

Bad::

    <script src="https://scripts.example.net/player.js"></script>

Good::

    <script src="../assets/javascripts/player.js"></script>

Effect: the finding is reported; the site is handed over.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Place, Problem, Severity
from kbgen.model.ports import Facts
from kbgen.sites.links import foreign_requests

CODE = "KB903"
NAME = "foreign-request"
SEVERITY = Severity.WARNING
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    for site, files in facts.built.items():
        for page, url in foreign_requests(files):
            hint = "keep a copy of the file in the theme and use it from there"
            yield Problem(CODE, Place(f"site/{site}/{page}"), f"the page loads '{url}' from another host", hint, (site,))
