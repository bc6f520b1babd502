"""Each command in this process: what it prints and how it ends."""

from __future__ import annotations

import functools
import json
import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from running import Kbgen
from workshop import SETTINGS, Workshop, article

from kbgen.app.build import build
from kbgen.cli.main import cli
from kbgen.handover import lock
from kbgen.rules import RULES

HERE = Path(__file__).parent
DAY = ("--today", "2026-10-10")
SECRET = "The shift lead decides whether the whole region goes into the emergency plan tonight."
HEADER_BROKEN = "---\ntitle: [Broken\naudience: public\n---\n\nText.\n"


def golden(name: str, text: str) -> None:
    """Compare with a file beside this one."""
    path, command = HERE / name, "UPDATE_GOLDEN=1 python -m pytest tests/unit/cli"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), f"{name} differs; if that is meant: {command}"


@pytest.fixture
def faulty(workshop: Workshop) -> Workshop:
    """The project with a handful of faults."""
    workshop.write("en/billing/refund.md", article("Ask for a refund", "See [who does what](../team/roles.md).", tags="money"))
    workshop.write("ru/team/roles.md", HEADER_BROKEN)
    workshop.write("en/billing/Notes.docx", "no article")
    return workshop


# help


@pytest.mark.parametrize("words", [(), *((name,) for name in cli.commands)], ids=lambda words: " ".join(words) or "kbgen")
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_is_whole_sentences_with_an_example(words: tuple[str, ...], option: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for command in (cli, *cli.commands.values()):
        monkeypatch.setattr(command, "_help_option", None)  # click keeps the one of whoever asked first, perhaps another test
    ran = CliRunner().invoke(cli, [*words, option], prog_name="kbgen", terminal_width=100)
    assert ran.exit_code == 0
    assert "\b" not in ran.output
    assert "\\b" not in ran.output
    assert re.search(r"^  +kbgen \w+", ran.output, re.MULTILINE), "an example on a line of its own"
    # Every paragraph but the examples ends as a sentence does.
    paragraphs = ran.output.partition("Options:")[0].split("\n\n")[1:]
    prose = [part.strip() for part in paragraphs if part.strip() and not re.search(r"^ *(Examples?:|kbgen )", part.strip())]
    assert prose
    assert [part for part in prose if not part.endswith(".")] == []


def test_the_list_of_commands_is_not_cut_off() -> None:
    listed = CliRunner().invoke(cli, ["--help"], terminal_width=80).output.partition("Commands:")[2].strip().splitlines()
    assert len(listed) == len(cli.commands)
    assert [line for line in listed if line.endswith("...") or not line.endswith(".")] == []


def test_nothing_to_do_says_how(kbgen: Kbgen) -> None:
    ran = kbgen()
    assert ran.code == 2
    assert "kbgen build" in ran.out + ran.err


def test_the_version(kbgen: Kbgen) -> None:
    assert re.fullmatch(r"kbgen, version \d+\.\d+\.\d+\n", kbgen("--version").out)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("biuld",), "biuld"),
        (("build", "--claen"), "--clean"),
        (("check", "--today", "soon"), "'soon' is no date such as 2026-05-17"),
        (("check", "--today", "20261010"), "is no date"),
        (("check", "--today", "2026-02-30"), "is no date"),
        (("check", "--today", "2026-W20-7"), "is no date"),
        (("check", "--jobs", "0"), "0"),
        (("check", "--format", "xml"), "xml"),
        (("check", "--select", "KB9999"), "there is no code 'KB9999'"),
        (("explain", "KB000"), "there is no code 'KB000'"),
        (("search", "x", "--site", "extranet"), "there is no site 'extranet'; the sites are: public, internal"),
        (("search", "x", "--language", "de"), "there is no language 'de'; the languages are: en, ru"),
        (("serve", "--port", "70000"), "70000"),
    ],
)
def test_wrong_words(kbgen: Kbgen, words: tuple[str, ...], says: str) -> None:
    ran = kbgen(*words)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err


@pytest.mark.parametrize("words", [("build",), ("check",), ("stale",), ("verify",), ("search", "x"), ("serve", "--port", "0")])
def test_outside_a_project(kbgen: Kbgen, tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "empty").mkdir()
    ran = kbgen(*words, "--project", str(tmp_path / "empty"))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("kbgen: there is no settings file")
    assert "  help: Run kbgen in the project's folder" in ran.err
    assert list((tmp_path / "empty").iterdir()) == [], "nothing is made where nothing is"


def test_another_folder_by_name(kbgen: Kbgen, workshop: Workshop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert kbgen("build", "--project", "../project", *DAY).code == 0
    assert (workshop.root / "site/public/index.html").is_file()
    assert list((tmp_path / "elsewhere").iterdir()) == []


# build


def test_build(kbgen: Kbgen) -> None:
    ran = kbgen("build", *DAY)
    assert (ran.code, ran.err) == (0, "")
    golden("build.txt", ran.out)


def test_build_again(kbgen: Kbgen) -> None:
    kbgen("build", *DAY)
    assert kbgen("build", *DAY).out == (
        "site/public/  4 articles, 0 pages rendered; no file changed\n"
        "site/internal/  6 articles, 0 pages rendered; no file changed\n"
        "freshness: 6 fresh  (kbgen stale says which)\n"
    )


def test_build_counts_one_as_one(kbgen: Kbgen, workshop: Workshop) -> None:
    for path in ("en/billing/invoices.md", "ru/billing/invoices.md", "ru/billing/refund.md", "ru/team/roles.md", "en/team/roles.md"):
        workshop.delete(path)
    kbgen("build", *DAY)
    workshop.write("en/billing/refund.md", article("Ask for a refund", "Another text."))
    assert "site/public/  1 article, 1 page rendered; files: " in kbgen("build", *DAY).out


def test_build_names_what_is_left_out(kbgen: Kbgen, workshop: Workshop) -> None:
    kbgen("build", *DAY)
    workshop.write("en/billing/refund.md", HEADER_BROKEN)
    workshop.write("en/billing/invoices.md", article("Find your invoices", "See [the roles](../team/roles.md)."))
    ran = kbgen("build", *DAY)
    assert ran.code == 1
    golden("build-left-out.txt", ran.out)
    golden("build-left-out.err.txt", ran.err)


def test_build_does_not_list_without_end(kbgen: Kbgen, workshop: Workshop) -> None:
    for number in range(25):
        workshop.write(f"en/billing/{number:02}.md", HEADER_BROKEN)
    lines = kbgen("build", *DAY).out.splitlines()
    assert sum("left out" in line for line in lines) == 40
    assert lines.count("    and 5 more") == 2


def test_build_quietly(kbgen: Kbgen, faulty: Workshop) -> None:
    ran = kbgen("build", "-q", *DAY)
    assert (ran.code, ran.out) == (1, "")
    assert "KB301" in ran.err


def test_build_explains(kbgen: Kbgen, workshop: Workshop) -> None:
    kbgen("build", *DAY)
    workshop.write("en/billing/refund.md", article("Ask for a refund", "Another text."))
    (workshop.root / "site/public/ru/index.html").write_text("by hand", encoding="utf-8")
    lines = kbgen("build", "--explain", *DAY).out.splitlines()
    assert lines[1:3] == ["    billing/refund/index.html: changed", "    ru/index.html: touched by somebody else"]


def test_build_profiles(kbgen: Kbgen) -> None:
    lines = kbgen("build", "--profile", *DAY).out.splitlines()
    rows = [re.fullmatch(r" +(\d+\.\d\d) s  (.+)", line) for line in lines]
    stages = [row[2] for row in rows if row]
    assert stages == [
        "waiting for other builds",
        "reading",
        "converting",
        "deciding who sees what",
        "staging",
        "indexing",
        "rendering",
        "verifying",
        "handing over",
        "in all",
    ]
    seconds = [float(row[1]) for row in rows if row]
    assert sum(seconds[:-1]) == pytest.approx(seconds[-1], abs=0.1)


def test_build_strictly(kbgen: Kbgen) -> None:
    later = ("--today", "2027-10-10")
    assert (kbgen("build", *later).code, kbgen("build", "--strict", *later).code) == (0, 1)


def test_build_with_a_failing_engine(kbgen: Kbgen, workshop: Workshop) -> None:
    workshop.engine.broken = {"public-en": "the template is torn"}
    ran = kbgen("build", *DAY)
    assert ran.code == 3
    assert "site/public/  not handed over, there is none yet: the template is torn\n" in ran.out
    workshop.engine.broken = {}
    kbgen("build", *DAY)
    workshop.engine.broken, workshop.engine.look = {"public-en": "the template is torn"}, "2"
    assert "site/public/  not handed over, the old one stays: the template is torn\n" in kbgen("build", *DAY).out


def test_build_with_a_leak(kbgen: Kbgen, workshop: Workshop) -> None:
    workshop.engine.slips = {"public-en": f"<p>{SECRET}</p>"}
    ran = kbgen("build", *DAY)
    assert ran.code == 4
    assert "site/public/index.html:1:1: KB902 error:" in ran.err
    assert "[refuses public]" in ran.err
    assert "shift lead" not in ran.err + ran.out
    assert "site/internal/  6 articles" in ran.out


def test_build_beside_another_build(kbgen: Kbgen, workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kbgen.cli.build.build_sites", functools.partial(build, wait_seconds=0))
    with lock(workshop.project.work, 0):
        ran = kbgen("build", *DAY)
    assert (ran.code, ran.out) == (4, "")
    assert ran.err.startswith("kbgen: Another kbgen build is at work here")
    assert "  help: Wait until it has ended, then build again." in ran.err


def test_build_with_broken_settings(kbgen: Kbgen, workshop: Workshop) -> None:
    workshop.settings(SETTINGS.replace("audience: internal", "audience: intenral").replace("contact:", "contakt:"))
    ran = kbgen("build", *DAY)
    assert (ran.code, ran.out) == (2, "")
    golden("settings.txt", ran.err)


def test_a_full_disk_is_no_bug(kbgen: Kbgen, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "/somewhere/page.html")

    monkeypatch.setattr("kbgen.app.build.render", full)
    ran = kbgen("build", *DAY)
    assert ran.code == 4
    assert ran.err.startswith("kbgen: No space left on device: /somewhere/page.html; your articles and your sites are unharmed.")


# bugs


def _raise(*_: object, **__: object) -> None:
    raise KeyError("Секрет of an article")


def test_a_bug_of_ours_leaves_a_report_in_the_project(kbgen: Kbgen, workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kbgen.app.build.stage", _raise)
    ran = kbgen("build", *DAY)
    assert (ran.code, ran.out) == (70, "")
    report = workshop.root / ".kbgen/bug.txt"
    assert ran.err.splitlines() == [
        "kbgen: this is a bug of kbgen itself; your articles and your sites are unharmed.",
        "  help: Please report it with the file .kbgen/bug.txt; it may quote your articles, so look at it first.",
    ]
    text = report.read_text(encoding="utf-8")
    assert text.startswith("kbgen ")
    assert "Traceback (most recent call last)" in text
    assert "KeyError: 'Секрет of an article'" in text


def test_a_bug_outside_a_project_leaves_no_file(kbgen: Kbgen, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    monkeypatch.setattr("kbgen.cli.check.check_project", _raise)
    ran = kbgen("check")
    assert ran.code == 70
    assert re.search(r"help: Please report it with this line: kbgen [\d.]+, KeyError at test_commands\.py:\d+: ", ran.err)
    assert list((tmp_path / "empty").iterdir()) == []


def test_a_bug_is_reported_in_the_project_that_was_named(
    kbgen: Kbgen, workshop: Workshop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("kbgen.cli.stale.assess", _raise)
    assert kbgen("stale", "--project", "project").code == 70
    assert (workshop.root / ".kbgen/bug.txt").is_file()
    assert not (tmp_path / ".kbgen").exists()


# check


def test_check_finds_nothing(kbgen: Kbgen) -> None:
    assert kbgen("check", *DAY) == (0, "no findings\n", "")


def test_check_in_text(kbgen: Kbgen, faulty: Workshop) -> None:
    ran = kbgen("check", *DAY)
    assert (ran.code, ran.err) == (1, "")
    golden("check.txt", ran.out)
    assert not (faulty.root / "site").exists(), "nothing is built"


def test_check_in_json(kbgen: Kbgen, faulty: Workshop) -> None:
    ran = kbgen("check", "--format", "json", *DAY)
    assert (ran.code, ran.err) == (1, "")
    golden("check.json", ran.out)
    assert json.loads(ran.out)["counts"]["error"] == ran.out.count('"severity": "error"')


def test_check_selects(kbgen: Kbgen, faulty: Workshop) -> None:
    assert re.findall(r"KB\d{3}", kbgen("check", "--select", "kb3", *DAY).out) == ["KB301"]
    assert kbgen("check", "--select", "KB504", *DAY).code == 0, "a note is no error"
    assert set(re.findall(r"KB\d{3}", kbgen("check", "--select", "KB504", "--select", "KB301", *DAY).out)) == {"KB504", "KB301"}


# explain


def test_explain(kbgen: Kbgen) -> None:
    ran = kbgen("explain", "kb301")
    assert ran.code == 0
    assert ran.out.startswith("KB301 narrower-link (severity: error, effect: withhold)\n\n")
    assert "Good::" in ran.out


def test_explain_lists_all(kbgen: Kbgen) -> None:
    lines = kbgen("explain").out.splitlines()
    assert [line.split()[0] for line in lines] == [rule.CODE for rule in RULES]


# stale


def test_stale(kbgen: Kbgen, workshop: Workshop) -> None:
    workshop.write("en/team/roles.md", article("Who does what at night", SECRET, "internal", review_every="5d"))
    ran = kbgen("stale", *DAY)
    assert (ran.code, ran.err) == (0, "")
    golden("stale.txt", ran.out)


def test_stale_in_json(kbgen: Kbgen) -> None:
    report = json.loads(kbgen("stale", "--format", "json", "--today", "2027-12-31").out)
    assert (report["today"], report["summary"]["states"]["overdue"]) == ("2027-12-31", 6)


# verify


def test_verify_needs_a_site(kbgen: Kbgen) -> None:
    ran = kbgen("verify")
    assert (ran.code, ran.err) == (2, "kbgen: there is no site to verify\n  help: Run kbgen build first.\n")


def test_verify_finds_nothing(kbgen: Kbgen) -> None:
    kbgen("build", *DAY)
    assert kbgen("verify", *DAY) == (0, "no findings\nverified: public, internal\n", "")


def test_verify_finds_what_was_pasted_in_by_hand(kbgen: Kbgen, workshop: Workshop) -> None:
    kbgen("build", *DAY)
    page = workshop.root / "site/public/index.html"
    page.write_text(page.read_text(encoding="utf-8") + f"<p>{SECRET}</p>", encoding="utf-8")
    ran = kbgen("verify", *DAY)
    assert ran.code == 4
    assert ran.out.startswith("site/public/index.html:1:1: KB902 error: internal text stands in this file of the public site (text)")
    assert "shift lead" not in ran.out


def test_verify_finds_a_dead_link_and_a_request_to_another_host(kbgen: Kbgen, workshop: Workshop) -> None:
    kbgen("build", *DAY)
    page = workshop.root / "site/internal/ru/billing/index.html"
    text = '<a href="nowhere/">x</a><script src="https://cdn.other.example/x.js"></script>'
    page.write_text(page.read_text(encoding="utf-8") + text, encoding="utf-8")
    ran = kbgen("verify", *DAY)
    assert ran.code == 1
    assert re.findall(r"^(site\S+): (KB\d+)", ran.out, re.MULTILINE) == [
        ("site/internal/ru/billing/index.html:1:1", "KB901"),
        ("site/internal/ru/billing/index.html:1:1", "KB903"),
    ]


def test_verify_accepts_a_page_that_is_being_corrected(kbgen: Kbgen, workshop: Workshop) -> None:
    kbgen("build", *DAY)
    workshop.write("en/billing/refund.md", HEADER_BROKEN)
    kbgen("build", *DAY)
    assert kbgen("verify", *DAY).out.endswith("verified: public, internal\n")
    assert kbgen("verify", *DAY).code == 0


# search


def test_search(kbgen: Kbgen) -> None:
    kbgen("build", *DAY)
    ran = kbgen("search", "refunds", *())
    assert ran.code == 0
    assert re.match(r" *\d+\.\d\d  Ask for a refund  \[Billing\]  /billing/refund/", ran.out)


def test_search_in_another_language_and_site(kbgen: Kbgen) -> None:
    kbgen("build", *DAY)
    assert "/ru/team/roles/" in kbgen("search", "смены", "--language", "ru", "--site", "internal").out
    assert kbgen("search", "смены", "--language", "ru").out == "nothing found\n"
    assert len(kbgen("search", "invoices", "--limit", "1").out.splitlines()) == 1


@pytest.mark.parametrize("query", ["", "   ", "\x00", "?!", "the", "x" * 5000])
def test_search_for_nothing(kbgen: Kbgen, query: str) -> None:
    kbgen("build", *DAY)
    assert kbgen("search", query) == (0, "nothing found\n", "")


def test_search_before_the_first_build(kbgen: Kbgen) -> None:
    ran = kbgen("search", "refund")
    assert (ran.code, ran.err) == (2, "kbgen: the site 'public' is not built yet\n  help: Run kbgen build first.\n")


def test_search_in_a_torn_index(kbgen: Kbgen, workshop: Workshop) -> None:
    kbgen("build", *DAY)
    for path in (workshop.root / "site/public/search").rglob("*.json"):
        path.write_bytes(b"{")
    ran = kbgen("search", "refund")
    assert ran.code == 2
    assert "the search index of 'public' cannot be read" in ran.err


def test_a_build_counts_reviews_and_lists_faults(tmp_path: Path) -> None:
    """Overdue articles are for ``kbgen stale`` and ``kbgen check``; among them nobody would see what was left out."""
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: x\nplugins:\n  - kbgen:\n      sites: {public: {name: x, audience: public}}\n      languages: {en: {name: English}}\n"
    )
    folder = tmp_path / "content/en/billing"
    folder.mkdir(parents=True)
    (folder / "old.md").write_text("---\ntitle: Old\naudience: public\nlast_reviewed: 2020-01-01\n---\nText.\n")
    (folder / "odd.md").write_text("---\ntitle: Odd\n")
    built = CliRunner().invoke(cli, ["build", "--project", str(tmp_path), "--today", "2026-05-17"])
    assert "KB003" in built.stderr
    assert "KB202" not in built.output
    assert "1 overdue" in built.stdout
    checked = CliRunner().invoke(cli, ["check", "--project", str(tmp_path), "--today", "2026-05-17"])
    assert "KB202" in checked.stdout
