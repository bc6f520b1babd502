"""A page of a finished site has a dead link.

After a site is built, every link of every page is followed inside the site: to the other page, to the file, and to the part of the
page after the ``#``. Links in articles are checked before (KB401, KB402, KB403); what is found here comes from a place that kbgen writes
itself, such as the navigation, from HTML written by hand, or from a file that somebody has deleted in the finished site.

To mend it, correct the link where it is written in an article, a template or a setting. Where the link is not yours, it is a fault of
kbgen: please report it.

Bad::

    <a href="../invoces/">Invoices</a>

Good::

    <a href="../invoices/">Invoices</a>

Effect: the finding is reported; the site is handed over.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Place, Problem, Severity
from kbgen.model.ports import Facts
from kbgen.sites.links import dead_links

CODE = "KB901"
NAME = "dead-link-in-site"
SEVERITY = Severity.ERROR
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    for site, files in facts.built.items():
        for page, href, why in dead_links(files, facts.settings.sites[site].url):
            hint = "correct the link in the article or the settings; if it is in neither, it is a fault of kbgen"
            yield Problem(CODE, Place(f"site/{site}/{page}"), f"the link '{href}' is dead: {why}", hint, (site,))
