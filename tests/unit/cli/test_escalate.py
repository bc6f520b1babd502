"""``kbgen escalate``: over the ladder of tests/vectors, in a small project."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from running import Kbgen
from test_commands import golden
from workshop import TEAMS, Workshop, article

VECTORS = Path(__file__).resolve().parents[2] / "vectors"
FILES = {"plans": "plans.yml", "channels": "channels.yml", "sla": "sla.yml", "tiers": "escalation.yml"}
NIGHT = ("--at", "2026-11-22T03:00+03:00")
PREMIUM = ("--severity", "high", "--plan", "premium")


@pytest.fixture
def ladder(workshop: Workshop) -> Workshop:
    """The project with the ladder of the cases, and an article that sends to it."""
    data = yaml.safe_load((VECTORS / "escalation-data.yml").read_text(encoding="utf-8"))
    for key, name in FILES.items():
        workshop.write(f"_data/{name}", yaml.safe_dump(data[key], allow_unicode=True, sort_keys=False))
    workshop.write("_data/teams.yml", TEAMS + yaml.safe_dump(data["teams"], allow_unicode=True, sort_keys=False))
    keys = {"id": "KB-DOWN", "severity": "high", "tier": "2", "escalates_to": "duty"}
    workshop.write("en/team/down.md", article("Everything is down", "Call.", audience="internal", **keys))
    workshop.write("en/team/rules.md", article("Rules", "Be kind.", audience="internal", id="KB-RULES"))
    return workshop


def test_sunday_night(ladder: Workshop, kbgen: Kbgen) -> None:
    ran = kbgen("escalate", *PREMIUM, *NIGHT, "--language", "ru")
    assert (ran.code, ran.err) == (0, "")
    golden("escalate.txt", ran.out)


def test_as_json(ladder: Workshop, kbgen: Kbgen) -> None:
    ran = kbgen("escalate", *PREMIUM, *NIGHT, "--kind", "bug", "--channel", "email", "--format", "json")
    assert ran.code == 0
    golden("escalate.json", ran.out)
    assert json.loads(ran.out)["first_answer"] == "2026-11-22T00:30:00Z"


def test_whatever_there_is_to_note(ladder: Workshop, kbgen: Kbgen) -> None:
    def told(*words: str) -> str:
        ran = kbgen("escalate", *PREMIUM, "--at", "2026-11-18T10:00:30Z", *words)
        assert ran.code == 0
        return ran.out

    assert "Requests by Phone are not counted by the SLA." in told("--channel", "phone")
    assert "Nobody knows when Development works, so later times cannot be told." in told("--kind", "bug")
    assert "by Wed 18 Nov 10:15:30\n" in told()
    assert "no way to reach them is written down" in told("--kind", "custom")
    assert "they do not speak fr" in told("--language", "fr")
    assert "Wed 18 Nov 2026 10:00:30 (UTC)" in told()
    for name in ("ring-a", "ghost", "dawn", "nobody"):
        ladder.write("en/team/rules.md", article("Rules", "Be kind.", audience="internal", id="KB-RULES", escalates_to=name))
        assert {
            "ring-a": "The ladder would go back to Ring A and ends here.",
            "ghost": "Nobody is passed over: no active team serves it.",
            "dawn": "The ladder ends with Dawn, and nothing says what happens then.",
            "nobody": "'nobody' is neither a tier nor a team of one; the ladder goes its ordinary way.",
        }[name] in told("--runbook", "KB-RULES")


def test_a_runbook_says_severity_tier_and_who_takes_over(ladder: Workshop, kbgen: Kbgen) -> None:
    ran = kbgen("escalate", "--runbook", "KB-DOWN", "--plan", "premium", *NIGHT, "--format", "json")
    answer = json.loads(ran.out)
    assert {key: answer["request"][key] for key in ("severity", "tier", "escalates_to", "runbook")} == {
        "severity": "high", "tier": 2, "escalates_to": "duty", "runbook": "KB-DOWN",
    }  # fmt: skip
    assert [step["tier"] for step in answer["steps"]] == ["line-2", "duty"]
    ran = kbgen("escalate", "--runbook", "KB-DOWN", "--plan", "premium", *NIGHT, "--severity", "low", "--tier", "1", "--format", "json")
    assert [step["tier"] for step in json.loads(ran.out)["steps"]] == ["line-1", "duty"]
    assert "Runbook KB-DOWN, content/en/team/down.md\n" in kbgen("escalate", "--runbook", "KB-DOWN", "--plan", "premium").out


def test_now_is_the_default(ladder: Workshop, kbgen: Kbgen) -> None:
    ran = kbgen("escalate", *PREMIUM)
    assert ran.code == 0
    assert ran.out.startswith("High severity, plan Premium, by Chat, question, in en\nWritten ")


@pytest.mark.parametrize(
    ("words", "message", "help"),
    [
        (("--severity", "high"), "nothing says which plan the customer has", "Add --plan, one of: standard, premium."),
        (("--severity", "high", "--plan", "Premum"), "there is no plan 'Premum'", "Did you mean 'premium'?"),
        (("--severity", "high", "--plan", "xyz"), "there is no plan 'xyz'", "The plans are: standard, premium."),
        (("--plan", "premium"), "nothing says how severe it is", "Add --severity high, medium or low."),
        (("--plan", "premium", "--runbook", "KB-RULES"), "'KB-RULES' says no severity", "Add --severity high, medium or low."),
        (("--plan", "premium", "--runbook", "KB-DOWM"), "there is no article 'KB-DOWM'", "Did you mean 'KB-DOWN'?"),
        ((*PREMIUM, "--channel", "chta"), "there is no channel 'chta'", "Did you mean 'chat'?"),
    ],
)
def test_what_is_not_there(ladder: Workshop, kbgen: Kbgen, words: tuple[str, ...], message: str, help: str) -> None:
    ran = kbgen("escalate", *words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"kbgen: {message}\n  help: {help}\n"


@pytest.mark.parametrize(
    ("at", "message"),
    [
        ("2026-11-22T03:00", "does not say by which clock: add the offset from UTC, e.g. 2026-11-22T03:00+03:00, or Z"),
        ("2026-11-22 03:00", "does not say by which clock"),
        ("2026-11-22", "is no moment such as 2026-11-22T03:00+03:00"),
        ("2026-02-30T03:00Z", "is no moment such as"),
        ("2026-11-22T25:00Z", "is no moment such as"),
        ("2026-11-22T03:00+99:00", "is no moment such as"),
        ("tomorrow", "is no moment such as"),
        ("0001-01-01T00:00Z", "is too far from our time"),
        ("9999-12-31T23:59Z", "is too far from our time"),
    ],
)
def test_what_is_no_moment(ladder: Workshop, kbgen: Kbgen, at: str, message: str) -> None:
    ran = kbgen("escalate", *PREMIUM, "--at", at)
    assert (ran.code, ran.out) == (2, "")
    assert f"'{at}' {message}" in ran.err


@pytest.mark.parametrize("words", [("--language", "Русский"), ("--tier", "4"), ("--kind", "wish"), ("--severity", "huge")])
def test_what_an_option_cannot_be(ladder: Workshop, kbgen: Kbgen, words: tuple[str, ...]) -> None:
    ran = kbgen("escalate", *PREMIUM, *words)
    assert ran.code == 2
    assert f"Invalid value for '{words[0]}'" in ran.err


@pytest.mark.parametrize("text", [None, "", "- {id: Line 1}\n"])
def test_without_a_ladder_it_says_how_to_write_one(workshop: Workshop, kbgen: Kbgen, text: str | None) -> None:
    if text is not None:
        workshop.write("_data/escalation.yml", text)
    ran = kbgen("escalate", *PREMIUM)
    assert ran.code == 2
    assert "content/_data/escalation.yml is missing or holds no tier that can be used\n" in ran.err
    assert "\n  help: Write it, a list with" in ran.err
    entry = ran.err.partition("each tier: ")[2].partition("; the last")[0]
    assert yaml.safe_load(entry)[0]["next"] == "line-2"


def test_a_ladder_alone_is_enough(ladder: Workshop, kbgen: Kbgen) -> None:
    for name in ("plans.yml", "channels.yml", "sla.yml"):
        ladder.delete(f"_data/{name}")
    ran = kbgen("escalate", "--severity", "high", *NIGHT)
    assert ran.code == 0
    assert ran.out.startswith("High severity, plan unknown, question, in en\n")
    assert "The SLA says nothing for this plan, severity and channel." in ran.out
