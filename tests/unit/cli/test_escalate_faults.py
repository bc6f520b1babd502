"""``kbgen escalate`` where the data have faults, and where the answer is not what somebody may expect."""

from __future__ import annotations

import json

import pytest
from running import Kbgen
from test_escalate import NIGHT, PREMIUM, ladder
from workshop import Workshop, article

__all__ = ["ladder"]
CASE = ("escalate", *PREMIUM, *NIGHT)


def spoil(shop: Workshop, name: str, old: str, new: str) -> None:
    path = shop.root / "content/_data" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_what_cannot_be_read_is_not_called_not_promised(ladder: Workshop, kbgen: Kbgen) -> None:
    told = kbgen(*CASE)
    assert (told.code, told.err, "unknown" in told.out) == (0, "", False)
    rows = (ladder.root / "content/_data/sla.yml").read_text(encoding="utf-8").split("\n- ")
    spoilt = ["\t" + row if "plan: premium" in row and "severity: high" in row else row for row in rows]
    assert spoilt != rows
    (ladder.root / "content/_data/sla.yml").write_text("\n- ".join(spoilt), encoding="utf-8")
    ran = kbgen(*CASE)
    assert ran.code == 1
    assert "content/_data/sla.yml:" in ran.err
    assert "KB105 error" in ran.err
    assert "  first answer  unknown\n  next update   unknown\n  solution      unknown\n" in ran.out
    assert "What the SLA says for this plan, severity and channel cannot be told: its data have faults." in ran.out
    assert "not promised" not in ran.out
    answer = json.loads(kbgen(*CASE, "--format", "json").out)
    assert (answer["unknown"], answer["faulty"]) == (["first_answer", "next_update", "resolution"], ["sla.yml"])
    named = kbgen("escalate", "--runbook", "KB-DOWN", "--plan", "premium", *NIGHT)
    assert (named.code, "KB105" in named.err, "unknown" in named.out) == (1, True, True)
    other = kbgen("escalate", "--severity", "low", "--plan", "premium", *NIGHT)
    assert (other.code, "unknown" in other.out) == (1, False), "a row that could be read says what it says"


def test_a_ladder_with_a_hole_says_so(ladder: Workshop, kbgen: Kbgen) -> None:
    spoil(ladder, "escalation.yml", "- id: line-2", "- id: line-2\n\tx")
    ran = kbgen(*CASE)
    assert (ran.code, "content/_data/escalation.yml:" in ran.err) == (1, True)
    assert "a step, a team or a way to reach it may be missing here." in ran.out
    assert "cannot be told" not in ran.out


def test_a_fault_that_changes_no_ladder_is_no_matter(ladder: Workshop, kbgen: Kbgen) -> None:
    ladder.write("_data/releases.yml", "- [\n")
    ran = kbgen(*CASE)
    assert (ran.code, ran.err) == (0, "")


def test_a_plan_that_cannot_be_read_is_not_called_missing(ladder: Workshop, kbgen: Kbgen) -> None:
    spoil(ladder, "plans.yml", "id: premium", "id: premium\n\tx")
    ran = kbgen(*CASE)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("kbgen: there is no plan 'premium' that can be read\n  content/_data/plans.yml:")


def test_a_runbook_that_cannot_be_read_is_not_called_missing(ladder: Workshop, kbgen: Kbgen) -> None:
    ladder.write("en/team/down.md", "\ufeff" + (ladder.root / "content/en/team/down.md").read_text(encoding="utf-8"))
    ran = kbgen("escalate", "--runbook", "KB-DOWN", "--plan", "premium")
    assert ran.code == 2
    assert ran.err.startswith("kbgen: the article 'KB-DOWN' cannot be read\n  content/en/team/down.md:1:1: KB001 ")


@pytest.mark.parametrize(("asked", "meant"), [("ru-RU", "ru"), ("RU", ""), ("en-GB", "en"), ("pt-BR", "pt-BR"), ("fr", "fr")])
def test_a_language_of_a_region_is_that_language(ladder: Workshop, kbgen: Kbgen, asked: str, meant: str) -> None:
    ran = kbgen(*CASE, "--language", asked)
    assert (f", in {meant}\n" in ran.out, ran.code) == ((True, 0) if meant else (False, 2))


def test_a_kind_that_decides_nothing_is_told(ladder: Workshop, kbgen: Kbgen) -> None:
    ladder.write("en/team/down.md", article("Down", "x", "internal", id="KB-DOWN", severity="high", escalates_to="duty", type="runbook"))
    words = ("escalate", "--runbook", "KB-DOWN", "--plan", "premium", *NIGHT)
    assert kbgen(*words).err == ""
    ran = kbgen(*words, "--kind", "bug")
    assert (ran.code, ran.err) == (0, "note: --kind bug does not decide who takes over first: KB-DOWN says escalates_to: duty.\n")
    assert kbgen(*CASE, "--kind", "bug").err == ""


def test_an_article_that_is_no_runbook_is_called_that(ladder: Workshop, kbgen: Kbgen) -> None:
    ran = kbgen("escalate", "--runbook", "KB-RULES", *PREMIUM, *NIGHT)
    assert (ran.code, ran.err) == (
        0,
        "note: KB-RULES is no runbook: its type is how-to. What it says of severity, tier and who takes over counts all the same.\n",
    )


def test_who_decides_is_the_one_to_call_now(ladder: Workshop, kbgen: Kbgen) -> None:
    step = kbgen(*CASE).out.partition("2. Line 2")[2].partition("3. ")[0].splitlines()
    assert [line.split()[0] for line in step[1:4]] == ["call", "from", "then"]
    assert (
        step[1] == "   call now   Engineers on duty, pager https://pager.example.com/duty, if nobody answers 500 (they decide until then)"
    )
    assert step[3] == "   then call  pager https://pager.example.com/line-2"
