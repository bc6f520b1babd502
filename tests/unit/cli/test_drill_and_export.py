"""``kbgen drill`` and ``kbgen export`` as a team lead would type them."""

from __future__ import annotations

import json

import pytest
from running import Kbgen
from workshop import SETTINGS, Workshop, article

DAY = ("--today", "2026-11-22")
RUNBOOK = article(
    "The queue grows",
    "## Meaning\n\nWork comes in faster than it is done.\n\n## Diagnose\n\n```sh\n## not a heading\n```\n\n1. Open the board.",
    "internal",
    id="KB-QQQQ",
    type="runbook",
    severity="high",
    alerts="[queue-long]",
)
TWIN = article("Очередь растёт", "## Что это\n\nРаботы больше, чем сделано.", "internal", id="KB-QQQQ", type="runbook")
SECOND = article("Payments fail", "Text.", "internal", id="KB-PPPP", type="runbook", severity="low", last_drilled="2026-11-20")


@pytest.fixture(autouse=True)
def _runbooks(workshop: Workshop) -> None:
    workshop.settings(SETTINGS.replace("name: Tidewater Wiki }", 'name: Tidewater Wiki, url: "https://wiki.tidewater.example/" }'))
    workshop.fill({"en/team/queue.md": RUNBOOK, "ru/team/queue.md": TWIN, "en/team/pay.md": SECOND})


def test_the_riskiest_runbook_is_printed_as_a_script(kbgen: Kbgen) -> None:
    ran = kbgen("drill", *DAY)
    assert ran.code == 0
    assert ran.out.startswith("Drill: The queue grows (KB-QQQQ)\ncontent/en/team/queue.md · severity high · never drilled\n")
    assert "[ ] Meaning\n  Work comes in faster than it is done.\n" in ran.out
    assert "[ ] Diagnose\n  ```sh\n  ## not a heading\n" in ran.out
    assert "kbgen drill KB-QQQQ --record passed" in ran.out


def test_a_script_in_another_language(kbgen: Kbgen) -> None:
    assert "[ ] Что это\n  Работы больше, чем сделано.\n" in kbgen("drill", "kb-qqqq", "--language", "ru", *DAY).out
    wrong = kbgen("drill", "--language", "fr", *DAY)
    assert (wrong.code, "there is no language 'fr'" in wrong.err) == (2, True)


def test_the_list_shows_the_riskiest_first(kbgen: Kbgen) -> None:
    lines = kbgen("drill", "--list", *DAY).out.splitlines()
    assert [line.split()[0] for line in lines] == ["risk", "2190", "2"]
    assert "2026-11-20 (2 days ago)" in lines[2]


def test_a_drill_is_recorded_in_the_runbook_and_in_the_log(kbgen: Kbgen, workshop: Workshop) -> None:
    path, log = workshop.root / "content/en/team/queue.md", workshop.root / "content/_data/drills.yml"
    before = path.read_bytes()
    ran = kbgen("drill", "KB-QQQQ", "--record", "partly", "--note", 'Nobody knew the "reserve" number', *DAY)
    assert (ran.code, ran.out) == (0, "written: content/en/team/queue.md\nwritten: content/_data/drills.yml\n")
    assert path.read_bytes() == before.replace(b"alerts: [queue-long]\n", b"alerts: [queue-long]\nlast_drilled: 2026-11-22\n")
    kbgen("drill", "KB-PPPP", "--record", "passed", *DAY)
    assert log.read_text(encoding="utf-8").splitlines()[1:] == [
        "- date: 2026-11-22",
        "  runbook: KB-QQQQ",
        "  result: partly",
        '  note: "Nobody knew the \\"reserve\\" number"',
        "- date: 2026-11-22",
        "  runbook: KB-PPPP",
        "  result: passed",
    ]
    assert "KB105" not in kbgen("check", *DAY).out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("KB-QQQX",), "there is no runbook 'KB-QQQX'"),
        (("--record", "passed"), "name the runbook that was drilled"),
        (("KB-QQQQ", "--note", "well"), "--note goes with --record"),
        (("KB-QQQQ", "--record", "great"), "'great' is not one of"),
    ],
)
def test_what_cannot_be_done_is_said_plainly(kbgen: Kbgen, words: tuple[str, ...], said: str) -> None:
    ran = kbgen("drill", *words, *DAY)
    assert (ran.code, said in ran.err) == (2, True), ran.err


def test_without_a_runbook_there_is_nothing_to_drill(kbgen: Kbgen, workshop: Workshop) -> None:
    for path in ("en/team/queue.md", "ru/team/queue.md", "en/team/pay.md"):
        workshop.delete(path)
    ran = kbgen("drill", *DAY)
    assert (ran.code, "there is no runbook to drill" in ran.err) == (2, True)


def test_alerts_lead_into_the_wiki(kbgen: Kbgen) -> None:
    ran = kbgen("export", "alerts", "--format", "json", *DAY)
    assert ran.code == 0
    assert json.loads(ran.out)["alerts"][0]["url"] == "https://wiki.tidewater.example/r/queue-long/"


def test_a_wiki_without_an_address_has_nothing_to_link_to(kbgen: Kbgen, workshop: Workshop) -> None:
    workshop.settings()
    ran = kbgen("export", "alerts", *DAY)
    assert (ran.code, ran.out) == (2, "")
    assert "the site 'internal' has no address to link to" in ran.err
    assert "sites.internal.url" in ran.err


def test_replies_have_a_table_even_where_there_are_none(kbgen: Kbgen) -> None:
    assert kbgen("export", "replies", *DAY).out.splitlines() == ["id,language,area,title,text,html,article,url"]
