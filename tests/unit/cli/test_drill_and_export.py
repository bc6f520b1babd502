"""``kbgen drill`` and ``kbgen export`` as a team lead would type them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

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
    script = kbgen("drill", "kb-qqqq", "--language", "ru", *DAY).out
    assert "[ ] Что это\n  Работы больше, чем сделано.\n" in script
    assert script.startswith(
        "Тренировка: Очередь растёт (KB-QQQQ)\ncontent/ru/team/queue.md · приоритет: высокий · тренировок ещё не было\n"
    )
    assert "\nПеред началом\n  Один из вас" in script
    assert "\nПосле тренировки\n  1. Чего" in script
    assert 'kbgen drill KB-QQQQ --record passed --note "…"' in script
    assert not {"Before", "Afterwards", "severity"} & set(script.split())
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


def test_an_entry_is_indented_as_those_before_it(kbgen: Kbgen, workshop: Workshop) -> None:
    log = workshop.root / "content/_data/drills.yml"
    before = "# ours\r\n  -   date: 2026-01-01\r\n      runbook: KB-PPPP\r\n      result: failed"
    log.write_bytes(before.encode())
    assert kbgen("drill", "KB-PPPP", "--record", "passed", "--note", "no", *DAY).code == 0
    added = '\r\n  -   date: 2026-11-22\r\n      runbook: KB-PPPP\r\n      result: passed\r\n      note: "no"\r\n'
    assert log.read_bytes().decode() == before + added
    assert "KB105" not in kbgen("check", *DAY).out


def test_a_drill_that_failed_leaves_the_risk_as_it_was(kbgen: Kbgen, workshop: Workshop) -> None:
    before = (workshop.root / "content/en/team/pay.md").read_bytes()
    ran = kbgen("drill", "KB-PPPP", "--record", "failed", *DAY)
    assert (ran.code, ran.out.splitlines()) == (
        0,
        [
            "written: content/_data/drills.yml",
            "content/en/team/pay.md: last_drilled stays as it is: a drill that failed leaves the risk as high as it was",
        ],
    )
    assert (workshop.root / "content/en/team/pay.md").read_bytes() == before
    assert "result: failed" in (workshop.root / "content/_data/drills.yml").read_text(encoding="utf-8")


def test_the_day_of_the_last_drill_never_moves_back(kbgen: Kbgen, workshop: Workshop) -> None:
    before = (workshop.root / "content/en/team/pay.md").read_bytes()
    ran = kbgen("drill", "KB-PPPP", "--record", "passed", "--today", "2026-11-19")
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "content/en/team/pay.md: last_drilled stays 2026-11-20, which is later")
    assert (workshop.root / "content/en/team/pay.md").read_bytes() == before
    assert "- date: 2026-11-19" in (workshop.root / "content/_data/drills.yml").read_text(encoding="utf-8")


def test_a_runbook_that_cannot_be_read_is_not_called_missing(kbgen: Kbgen, workshop: Workshop) -> None:
    workshop.write("en/team/pay.md", "\ufeff" + SECOND)
    fault = "  content/en/team/pay.md:1:1: KB001 the file starts with a byte order mark\n"
    ran = kbgen("drill", "kb-pppp", "--record", "passed", *DAY)
    assert ran.code == 2
    assert ran.err.startswith(
        f"kbgen: the runbook 'kb-pppp' cannot be read; nothing was recorded, neither in it nor in drills.yml\n{fault}"
    )
    assert not (workshop.root / "content/_data/drills.yml").exists()
    assert kbgen("drill", "KB-PPPP", *DAY).err.startswith(f"kbgen: the runbook 'KB-PPPP' cannot be read\n{fault}")
    workshop.delete("en/team/queue.md")
    assert kbgen("drill", *DAY).err.startswith(f"kbgen: there is no runbook to drill that can be read\n{fault}")


def test_an_article_that_is_no_runbook_is_called_that(kbgen: Kbgen, workshop: Workshop) -> None:
    workshop.fill({"en/team/rule.md": article("Rule", "Text.", "internal", id="KB-RULE", type="rule")})
    assert "the article 'KB-RULE' is no runbook: its type is rule\n" in kbgen("drill", "KB-RULE", *DAY).err


def _as_folder(path: Path) -> None:
    path.mkdir()


def _as_link(path: Path) -> None:
    (path.parent.parent / "elsewhere.yml").write_text("- date: 2026-01-01\n", encoding="utf-8")
    path.symlink_to(path.parent.parent / "elsewhere.yml")


def _as_dangling_link(path: Path) -> None:
    path.symlink_to(path.parent / "nowhere.yml")


def _as_bytes(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (_as_folder, "drills.yml: it is not a regular file"),
        (_as_link, "drills.yml: a symbolic link"),
        (_as_dangling_link, "drills.yml: a symbolic link"),
        (os.mkfifo, "drills.yml: it is not a regular file"),
        (_as_bytes(b"- date: \xff\n"), "it is not UTF-8"),
        (_as_bytes(b"date: 2026-01-01\n"), "does not hold a list"),
        (_as_bytes(b"just words\n"), "does not hold a list"),
        (_as_bytes(b"- date: 2026-01-01\n  - result: [\n"), "drills.yml:"),
        (_as_bytes(b"[{date: 2026-01-01, runbook: KB-PPPP, result: passed}]\n"), "cannot be added"),
        (_as_bytes(b"- {date: 2026-01-01, runbook: KB-PPPP, result: passed}\n...\n"), "cannot be added"),
        (_as_bytes(b"- date: 2026-01-01\n  runbook: KB-PPPP\n  result: |\n    passed\n    " + b"x" * 249_900), "cannot be added"),
    ],
)
def test_a_log_that_cannot_be_added_to_leaves_everything_as_it_was(
    kbgen: Kbgen, workshop: Workshop, make: Callable[[Path], object], said: str
) -> None:
    runbook, log = workshop.root / "content/en/team/queue.md", workshop.root / "content/_data/drills.yml"
    make(log)
    was = (runbook.read_bytes(), log.read_bytes() if log.is_file() else b"")
    ran = kbgen("drill", "KB-QQQQ", "--record", "passed", *DAY)
    assert (ran.code, said in ran.err) == (2, True), ran.err
    assert (runbook.read_bytes(), log.read_bytes() if log.is_file() else b"") == was
    assert not (log.parent / "nowhere.yml").exists()


def test_a_header_that_cannot_be_changed_leaves_no_entry_in_the_log(kbgen: Kbgen, workshop: Workshop) -> None:
    workshop.fill({"en/team/queue.md": RUNBOOK.replace("severity: high", '"last_drilled":\n  2026-01-01\nseverity: high')})
    ran = kbgen("drill", "KB-QQQQ", "--record", "passed", *DAY)
    assert (ran.code, "its front matter cannot be changed" in ran.err) == (2, True), ran.err
    assert not (workshop.root / "content/_data/drills.yml").exists()


@pytest.mark.parametrize("letter", ["\x7f", "\ufffe", "\udcff", "\x01"])
def test_a_note_that_is_no_text_is_refused(kbgen: Kbgen, workshop: Workshop, letter: str) -> None:
    ran = kbgen("drill", "KB-QQQQ", "--record", "passed", "--note", f"well{letter} done", *DAY)
    assert (ran.code, f"U+{ord(letter):04X}" in ran.err) == (2, True), ran.err
    assert not (workshop.root / "content/_data/drills.yml").exists()
    assert b"last_drilled" not in (workshop.root / "content/en/team/queue.md").read_bytes()


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
    assert kbgen("export", "replies", *DAY).out.splitlines() == ["id,language,area,title,text,html,article,url,public_url"]


BROKEN = SECOND.replace("Text.", "/// internal\n\nnever closed").replace("last_drilled", "alerts: [pay-down]\nlast_drilled")
TOLD = "content/en/team/pay.md:12:1: KB303 error: "


@pytest.mark.parametrize(
    "words",
    [("export", "alerts"), ("export", "replies"), ("export", "search", "--out", "documents"), ("drill", "--list"), ("drill",)],
)
def test_what_is_left_out_is_named_and_the_rest_is_printed(kbgen: Kbgen, workshop: Workshop, words: tuple[str, ...]) -> None:
    assert kbgen(*words, *DAY).code == 0
    workshop.fill({"en/team/pay.md": BROKEN})
    ran = kbgen(*words, *DAY)
    assert ran.code == 1
    assert len(ran.err.splitlines()) == 1
    assert ran.err.startswith(TOLD)
    assert ran.err.endswith(" [withheld from every site]\n")
    assert ran.out
    assert "pay" not in ran.out


def test_only_what_the_sites_named_should_hold_is_missing_there(kbgen: Kbgen, workshop: Workshop) -> None:
    workshop.fill({"en/billing/other.md": article("Other", "See [it](../team/queue.md).")})
    search = ("export", "search", "--out", "documents", *DAY)
    inside, outside = kbgen(*search, "--site", "internal"), kbgen(*search, "--site", "public")
    assert (inside.code, inside.err) == (0, "")
    assert (outside.code, outside.err.startswith("content/en/billing/other.md:7:10: KB301 error: ")) == (1, True), outside.err


def test_a_file_that_is_left_out_for_another_ones_sake_is_named_too(kbgen: Kbgen, workshop: Workshop) -> None:
    workshop.fill({"_snippets/odd.md": "---\naudience: public\n---\n```\nnever closed"})
    workshop.fill({"en/billing/other.md": article("Other", '--8<-- "odd.md"\n\n/// internal\n\nText.\n\n///')})
    ran = kbgen("export", "replies", *DAY)
    assert (ran.code, "content/en/billing/other.md" in ran.err) == (1, True), ran.err
