"""Use case: hand parts of the base over to other tools, as text, and say what is not in it because it is left out of the wiki."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from kbgen.app.left_out import Missing, missing_inside
from kbgen.app.project import Begin, Gathered, Project, gather, silent
from kbgen.errors import SettingsError
from kbgen.exports import alerts, replies
from kbgen.model.ports import Rule

Exported = tuple[str, tuple[Missing, ...]]
"""The text, and the files that nothing of is in it."""


def export_alerts(
    project: Project, form: str, rules: Sequence[Rule], today: datetime.date, jobs: int = 1, begin: Begin = silent
) -> Exported:
    """Links from alerts to runbooks, in a format of :data:`kbgen.exports.alerts.FORMATS`."""
    gathered = _with_address(gather(project, today, jobs, begin))
    text = alerts.FORMATS[form](alerts.alert_links(gathered.corpus.articles, gathered.data, gathered.settings))
    return text, missing_inside(gathered, rules)


def export_replies(
    project: Project, form: str, rules: Sequence[Rule], today: datetime.date, jobs: int = 1, begin: Begin = silent
) -> Exported:
    """Saved replies, in a format of :data:`kbgen.exports.replies.FORMATS`."""
    gathered = _with_address(gather(project, today, jobs, begin))
    text = replies.FORMATS[form](replies.saved_replies(gathered.corpus.articles, gathered.projection, gathered.settings))
    return text, missing_inside(gathered, rules)


def _with_address(gathered: Gathered) -> Gathered:
    """The same, where the wiki has an address: without one there is nothing to link to."""
    name = next((name for name in gathered.settings.sites if gathered.settings.is_narrowest(name)), None)
    if name is None:
        raise SettingsError("no site is for the narrowest audience, so there is no wiki to link to", "Add one to mkdocs.yml under sites.")
    if not gathered.settings.sites[name].url:
        raise SettingsError(f"the site '{name}' has no address to link to", f"Write it in mkdocs.yml as sites.{name}.url.")
    return gathered
