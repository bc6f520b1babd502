"""Links from alerts to runbooks, in the forms that monitoring tools take.

Every link is ``<wiki>/r/<alert>/``: it stays right when the runbook is renamed, rewritten or split. What each form is for:

- ``prometheus``: groups of rules with nothing but ``alert`` and ``annotations``, to be merged into the rules by the alert's name.
- ``grafana``: the same for provisioned alert rules, by ``title``.
- ``datadog``: a JSON object per monitor: its ``name`` and the ``message`` and ``tags`` to put into it (monitors API, v1).
- ``newrelic``: a JSON object per condition: its ``name`` and ``runbookUrl`` (NerdGraph, ``alertsNrqlConditionStaticUpdate``).
- ``pagerduty``: the rules of a service's event orchestration, one for each alert, that add the link as a note. The first rule that fits
  is the only one to act, and a name is looked for inside the summary: so the longer names come first.
- ``json``: all of it, for whatever else there is.

What a writer wrote is shown by each tool as it is written, and never run: annotations of Prometheus and Grafana are templates of Go, so
``{{`` is escaped; Datadog, New Relic and PagerDuty get it apart, as ``{ {``, and Datadog gets ``@`` with a space behind it, since it would
send the message to whoever is named there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kbgen.exports.braces import apart, go_template
from kbgen.model.address import encoded
from kbgen.model.article import Article
from kbgen.model.data import Data
from kbgen.model.settings import Settings, text_in

_MENTION = re.compile(r"@(?=\S)")
_MARKS = re.compile(r"[\\\[\]()]")
_ESCAPED = r"\\\g<0>"


@dataclass(frozen=True, slots=True)
class AlertLink:
    """An alert and where it leads.

    Attributes:
        alert: its name.
        url: the address of its page in the wiki.
        severity: low, medium or high; ``""`` where nobody says.
        summary: what it means, else what the runbook's summary says, else its title.
        runbooks: ids and titles of the runbooks that claim it; more than one where there is a choice.
    """

    alert: str
    url: str
    severity: str
    summary: str
    runbooks: tuple[tuple[str, str], ...]


def alert_links(articles: Iterable[Article], data: Data, settings: Settings) -> tuple[AlertLink, ...]:
    """All alerts that a runbook claims, by name. Titles and summaries are those of the default language."""
    site = next(name for name in settings.sites if settings.is_narrowest(name))
    language = settings.default_language
    claimed: dict[str, dict[str, Article]] = {}
    for article in sorted(articles, key=lambda each: (each.language != language, each.path)):
        for name in article.meta.alerts:
            claimed.setdefault(name, {}).setdefault(article.id, article)
    known = {alert.id: alert for alert in data.alerts}
    links = []
    for name, runbooks in sorted(claimed.items()):
        first = next(iter(runbooks.values()))
        alert = known.get(name)
        meaning = text_in(alert.meaning, language, language) if alert else ""
        severity = (alert.severity if alert else None) or first.meta.severity or ""
        titles = tuple((article.id, article.meta.title) for article in runbooks.values())
        url = f"{settings.sites[site].url}r/{encoded(name)}/"
        links.append(AlertLink(name, url, severity, meaning or first.meta.summary or first.meta.title, titles))
    return tuple(links)


def _titles(link: AlertLink) -> str:
    return "; ".join(title for _, title in link.runbooks)


def _yaml(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)  # a JSON string is a YAML string


def prometheus(links: Sequence[AlertLink]) -> str:
    """Groups of rules that hold the annotations alone."""
    head = ["# Annotations for Prometheus' alerting rules: merge them into your rules by the alert's name (expr is not ours to say)."]
    return _annotated(head, "alert", "runbook_title", ((link, _titles(link)) for link in links))


def grafana(links: Sequence[AlertLink]) -> str:
    """Annotations for provisioned alert rules."""
    head = ["# Annotations for Grafana's provisioned alert rules: merge them into your rules by the title.", "apiVersion: 1"]
    return _annotated(head, "title", "summary", ((link, link.summary) for link in links))


def _annotated(head: Sequence[str], key: str, note: str, links: Iterable[tuple[AlertLink, str]]) -> str:
    """A group of rules in YAML, each with its name under ``key``, the runbook's address, and a text under ``note``."""
    rules: list[str] = []
    for link, text in links:
        rules += [f"      - {key}: {_yaml(link.alert)}", "        annotations:"]
        rules += [f"          runbook_url: {_yaml(link.url)}", f"          {note}: {_yaml(go_template(text))}"]
    group = ["groups:", "  - name: kbgen-runbooks", "    rules:" if rules else "    rules: []"]
    return "\n".join([*head, *group, *rules]) + "\n"


def datadog(links: Sequence[AlertLink]) -> str:
    """A message and tags for each monitor."""
    monitors = [
        {
            "name": link.alert,
            "message": f"{_unnamed(link.summary)}\n\nRunbook: [{_MARKS.sub(_ESCAPED, _unnamed(_titles(link)))}]({link.url})",
            "tags": [f"runbook:{article_id.lower()}" for article_id, _ in link.runbooks],
        }
        for link in links
    ]
    return _json({"monitors": monitors})


def _unnamed(text: str) -> str:
    """A text of a monitor that calls nobody and holds no variable."""
    return apart(_MENTION.sub("@ ", text))


def newrelic(links: Sequence[AlertLink]) -> str:
    """The runbook's address for each condition."""
    return _json({"conditions": [{"name": link.alert, "runbookUrl": link.url, "description": apart(link.summary)} for link in links]})


def pagerduty(links: Sequence[AlertLink]) -> str:
    """An event orchestration that notes the runbook on every event whose summary or class names the alert."""
    rules = [
        {
            "label": f"Runbook for {link.alert}",
            "conditions": [
                {"expression": f"event.class matches '{link.alert}'"},
                {"expression": f"event.summary matches part '{link.alert}'"},
            ],
            "actions": {"annotate": f"Runbook: {link.url} ({apart(_titles(link))})"},
        }
        for link in sorted(links, key=lambda link: (-len(link.alert), link.alert))
    ]
    sets: list[dict[str, Any]] = [{"id": "start", "rules": rules}]
    return _json({"orchestration_path": {"type": "service", "sets": sets, "catch_all": {"actions": {}}}})


def plain_json(links: Sequence[AlertLink]) -> str:
    """Everything that is known."""
    alerts = [
        {
            "alert": link.alert,
            "url": link.url,
            "severity": link.severity,
            "summary": link.summary,
            "runbooks": [{"id": article_id, "title": title} for article_id, title in link.runbooks],
        }
        for link in links
    ]
    return _json({"alerts": alerts})


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


FORMATS: Mapping[str, Callable[[Sequence[AlertLink]], str]] = {
    "prometheus": prometheus,
    "datadog": datadog,
    "newrelic": newrelic,
    "grafana": grafana,
    "pagerduty": pagerduty,
    "json": plain_json,
}
"""Name of a format → what writes it; the text ends with a line break."""
