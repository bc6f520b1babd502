"""Links from alerts to runbooks, in every format."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
import yaml

sys.path.insert(0, str(Path(__file__).parents[1] / "audiences"))

from made_articles import DATA, SETTINGS, article

from kbgen.exports.alerts import FORMATS, alert_links
from kbgen.model.support import Alert

ARTICLES = (
    article("ru/team/queue.md", title="Очередь выросла", type="runbook", id="KB-AAAA", alerts=("queue-long",)),
    article("en/team/queue.md", title='The queue grows: "why"', type="runbook", id="KB-AAAA", alerts=("queue-long",), severity="high"),
    article(
        "en/team/pay.md", title="Payments fail", summary="What to do.", type="runbook", id="KB-BBBB", alerts=("queue-long", "pay_down")
    ),
)
KNOWN = DATA.model_copy(update={"alerts": (Alert(id="pay_down", severity="medium", meaning={"en": "No payment for 5 minutes"}),)})
LINKS = alert_links(ARTICLES, KNOWN, SETTINGS)


def test_each_alert_once_with_all_its_runbooks_in_the_default_language() -> None:
    assert [(link.alert, link.url, link.severity, link.summary, link.runbooks) for link in LINKS] == [
        ("pay_down", "https://wiki.acorn.example/r/pay_down/", "medium", "No payment for 5 minutes", (("KB-BBBB", "Payments fail"),)),
        (
            "queue-long",
            "https://wiki.acorn.example/r/queue-long/",
            "",
            "What to do.",
            (("KB-BBBB", "Payments fail"), ("KB-AAAA", 'The queue grows: "why"')),
        ),
    ]


@pytest.mark.parametrize("form", ["prometheus", "grafana"])
def test_yaml_is_yaml_with_a_link_for_each_alert(form: str) -> None:
    rules = yaml.safe_load(FORMATS[form](LINKS))["groups"][0]["rules"]
    assert [rule.get("alert") or rule["title"] for rule in rules] == ["pay_down", "queue-long"]
    assert [rule["annotations"]["runbook_url"] for rule in rules] == [link.url for link in LINKS]
    assert yaml.safe_load(FORMATS[form](()))["groups"][0]["rules"] == []


def test_each_json_format_names_every_alert_and_its_link() -> None:
    read = {form: json.loads(FORMATS[form](LINKS)) for form in ("datadog", "newrelic", "pagerduty", "json")}
    monitors = read["datadog"]["monitors"]
    assert [(each["name"], each["tags"]) for each in monitors] == [
        ("pay_down", ["runbook:kb-bbbb"]),
        ("queue-long", ["runbook:kb-bbbb", "runbook:kb-aaaa"]),
    ]
    assert monitors[0]["message"] == "No payment for 5 minutes\n\nRunbook: [Payments fail](https://wiki.acorn.example/r/pay_down/)"
    assert [(each["name"], each["runbookUrl"]) for each in read["newrelic"]["conditions"]] == [(link.alert, link.url) for link in LINKS]
    rules = read["pagerduty"]["orchestration_path"]["sets"][0]["rules"]
    assert rules[1]["actions"]["annotate"] == "Runbook: https://wiki.acorn.example/r/pay_down/ (Payments fail)"
    assert {"expression": "event.class matches 'pay_down'"} in rules[1]["conditions"]
    assert [each["alert"] for each in read["json"]["alerts"]] == ["pay_down", "queue-long"]


def test_the_longer_of_two_names_is_looked_for_first() -> None:
    names = ("Disk", "DiskFullSoon", "DiskFull")
    rules = json.loads(FORMATS["pagerduty"](alert_links((article("en/team/disk.md", alerts=names),), DATA, SETTINGS)))
    rules = rules["orchestration_path"]["sets"][0]["rules"]
    assert [rule["label"] for rule in rules] == ["Runbook for DiskFullSoon", "Runbook for DiskFull", "Runbook for Disk"]


ODD = alert_links(
    (
        article(
            "en/team/odd.md",
            title="A ](https://evil.example) \\ {{ $labels.x }}",
            summary="@all {{#is_alert}}{{{x}}} @slack-ops (b)",
            type="runbook",
            alerts=("odd",),
        ),
    ),
    DATA,
    SETTINGS,
)


def test_no_tool_runs_what_a_writer_wrote() -> None:
    read = {form: json.loads(FORMATS[form](ODD)) for form in ("datadog", "newrelic", "pagerduty", "json")}
    assert read["datadog"]["monitors"][0]["message"] == (
        "@ all { {#is_alert} }{ { {x} } } @ slack-ops (b)\n\n"
        r"Runbook: [A \]\(https://evil.example\) \\ { { $labels.x } }](https://wiki.acorn.example/r/odd/)"
    )
    assert read["newrelic"]["conditions"][0]["description"] == "@all { {#is_alert} }{ { {x} } } @slack-ops (b)"
    assert "{{" not in json.dumps(read["pagerduty"])
    assert read["json"]["alerts"][0]["summary"] == "@all {{#is_alert}}{{{x}}} @slack-ops (b)"
    (rule,) = yaml.safe_load(FORMATS["prometheus"](ODD))["groups"][0]["rules"]
    assert rule["annotations"]["runbook_title"] == r'A ](https://evil.example) \ {{"{{"}} $labels.x }}'
    (rule,) = yaml.safe_load(FORMATS["grafana"](ODD))["groups"][0]["rules"]
    assert rule["annotations"]["summary"] == '@all {{"{{"}}#is_alert}}{{"{{"}}{x}}} @slack-ops (b)'
