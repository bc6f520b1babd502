"""``kbgen search --explain``, ``kbgen search-gaps`` and ``kbgen export search``, as they are typed."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from running import Kbgen
from workshop import SETTINGS, Workshop, article

DAY = ("--today", "2026-11-22")


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """What readers of the public site looked for."""
    events = [
        {"query": "refunds", "language": "en", "count": 2, "rank": 0, "nothing": False},
        {"query": "refund", "language": "en", "count": 2, "rank": 0, "nothing": False},
        {"query": "возвраты", "language": "ru", "count": 0, "rank": 0, "nothing": True},
        {"query": "ann@firm.example wormhole", "language": "en", "count": 0, "rank": 0, "nothing": True},
        {"query": "invoices", "language": "en", "count": 2, "rank": 1, "nothing": False},
    ]
    path = tmp_path / "events.log"
    path.write_text("\n".join(json.dumps(event) for event in events) + "\nGET / 200\n", encoding="utf-8")
    return path


# search


def test_the_parts_of_a_score_are_shown(kbgen: Kbgen) -> None:
    kbgen("build", *DAY)
    ran = kbgen("search", "refunds invoice", "--explain")
    first, covered, *parts = ran.out.splitlines()[:4]
    assert (ran.code, "Ask for a refund" in first or "Find your invoices" in first) == (0, True)
    assert covered == "         answers 2/2 of the words"
    assert {part.split()[1] for part in parts} <= {"title", "keywords", "headings", "body"}


def test_what_a_misspelt_word_was_taken_for(kbgen: Kbgen) -> None:
    kbgen("build", *DAY)
    ran = kbgen("search", "refnud", "--explain")
    assert ran.out.startswith("showing results for: refund")
    assert "refnud → refund ×0.7" in ran.out


def test_results_as_json_and_the_parts_add_up(kbgen: Kbgen) -> None:
    kbgen("build", *DAY)
    plain = json.loads(kbgen("search", "смены", "--language", "ru", "--site", "internal", "--format", "json").out)
    told = json.loads(kbgen("search", "смены", "--language", "ru", "--site", "internal", "--format", "json", "--explain").out)
    assert (plain["format"], plain["site"], plain["language"], plain["query"]) == (1, "internal", "ru", "смены")
    assert plain["hits"][0]["address"] == "ru/team/roles/"
    assert "parts" not in plain["hits"][0]
    assert [{key: value for key, value in hit.items() if key not in {"parts", "covered"}} for hit in told["hits"]] == plain["hits"]
    for hit in told["hits"]:
        assert sum(part["score"] for part in hit["parts"]) == pytest.approx(hit["score"], abs=1e-4)


def test_an_odd_query_does_not_move_the_cursor(kbgen: Kbgen, workshop: Workshop) -> None:
    workshop.write("en/billing/odd.md", article('"Press \\e[2J now"', "Text."))
    kbgen("build", *DAY)
    assert "\x1b" not in kbgen("search", "press", "--explain").out


def test_an_index_of_another_version(kbgen: Kbgen, workshop: Workshop) -> None:
    kbgen("build", *DAY)
    path = workshop.root / "site/public/search/index.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "version": 999}))
    ran = kbgen("search", "refund")
    assert (ran.code, "another version of kbgen wrote the search index" in ran.err) == (2, True)


# search-gaps


def test_gaps_with_the_nearest_article(kbgen: Kbgen, log: Path) -> None:
    kbgen("build", *DAY)
    ran = kbgen("search-gaps", str(log))
    assert ran == (
        0,
        "5 searches, 4 of them led nowhere (80 %)\n"
        "\n"
        "language: en\n"
        "in vain  searches  nothing found  not followed\n"
        "      2         2        0 (0 %)             2  refund  (typed in 2 ways)\n"
        "                                                nearest: Ask for a refund  /billing/refund/\n"
        "      1         1      1 (100 %)             0  @ wormhole\n"
        "\n"
        "language: ru\n"
        "in vain  searches  nothing found  not followed\n"
        "      1         1      1 (100 %)             0  возвраты\n"
        "                                                nearest: Как вернуть оплату  /ru/billing/refund/\n"
        "\n"
        "1 line holds no search event\n",
        "",
    )


def test_gaps_as_json_before_the_first_build(kbgen: Kbgen, log: Path) -> None:
    report = json.loads(kbgen("search-gaps", str(log), "--format", "json", "--limit", "2").out)
    assert (report["lines"], report["odd_lines"], report["searches"], report["missed"], report["more"]) == (6, 1, 5, 4, 1)
    assert report["gaps"][0] == {
        "language": "en",
        "query": "refund",
        "spellings": 2,
        "searches": 2,
        "nothing": 0,
        "nothing_share": 0.0,
        "unclicked": 2,
        "nearest": None,
    }


def test_a_log_through_a_pipe(kbgen: Kbgen, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(log.read_bytes())))
    assert kbgen("search-gaps", "-").out.startswith("5 searches")


def test_nothing_to_say(kbgen: Kbgen, tmp_path: Path) -> None:
    (tmp_path / "empty.log").touch()
    assert kbgen("search-gaps", str(tmp_path / "empty.log")) == (0, "0 searches, 0 of them led nowhere (0 %)\n", "")


@pytest.mark.parametrize(
    ("words", "said"),
    [(("nowhere.log",), "nowhere.log"), (("mkdocs.yml", "--site", "extranet"), "there is no site 'extranet'"), ((), "LOG")],
)
def test_gaps_of_what_is_not_there(kbgen: Kbgen, words: tuple[str, ...], said: str) -> None:
    ran = kbgen("search-gaps", *words)
    assert (ran.code, ran.out, said in ran.err) == (2, "", True)


# export search


def _sources(folder: Path) -> list[dict[str, object]]:
    lines = [line for path in sorted(folder.glob("bulk-*.ndjson")) for line in path.read_text(encoding="utf-8").splitlines()]
    return [json.loads(line) for line in lines[1::2]]


def test_each_edition_gets_a_folder(kbgen: Kbgen, workshop: Workshop) -> None:
    ran = kbgen("export", "search", "--out", "documents", *DAY)
    folder = workshop.root / "documents"
    assert (ran.code, ran.out.splitlines()[0]) == (0, "kbgen-public-en: 2 documents in 1 bulk file")
    written = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {path.partition("/")[0] for path in written} == {"public-en", "public-ru", "internal-en", "internal-ru", "export.json"}
    assert set(json.loads((folder / "export.json").read_text())["files"]) == written - {"export.json"}


def test_the_public_export_holds_what_the_public_site_shows_and_nothing_else(kbgen: Kbgen, workshop: Workshop) -> None:
    secret = "Ask Marigold for the master key"
    text = f"Press the button.\n\n/// internal\n\n{secret}.\n\n///"
    workshop.write("en/billing/refund.md", article("Ask for a refund", text))
    workshop.write("_data/synonyms.yml", "- words: [refund, marigold]\n- {words: [invoice, bill], audience: public}\n")
    kbgen("build", *DAY)
    kbgen("export", "search", "--out", "documents", *DAY)
    for language, prefix in (("en", ""), ("ru", "ru/")):
        sources = _sources(workshop.root / "documents" / f"public-{language}")
        assert {source["audience"] for source in sources} == {"public"}
        index = json.loads((workshop.root / f"site/public/{prefix}search/index.json").read_text(encoding="utf-8"))
        assert {source["address"] for source in sources} == {prefix + address for address in index["documents"]["address"]}
    public = b"".join(path.read_bytes() for path in (workshop.root / "documents").glob("public-*/*")).lower()
    internal = b"".join(path.read_bytes() for path in (workshop.root / "documents").glob("internal-*/*")).lower()
    for word in (b"marigold", b"emergency plan", "аварийный план".encode()):
        assert word not in public
        assert word in internal
    assert b"invoice, bill" in public


def test_an_export_is_replaced_whole(kbgen: Kbgen, workshop: Workshop) -> None:
    kbgen("export", "search", "--out", "documents", *DAY)
    old = workshop.root / "documents/public-en/bulk-001.ndjson"
    own = workshop.root / "documents/internal-en/notes.txt"
    own.write_text("mine")
    assert kbgen("export", "search", "--out", "documents", "--site", "public", *DAY).code == 0
    assert old.is_file()
    assert [path.name for path in sorted((workshop.root / "documents").iterdir())] == [
        "export.json",
        "internal-en",
        "public-en",
        "public-ru",
    ]
    assert [path.name for path in own.parent.iterdir()] == ["notes.txt"]


def test_a_listing_cannot_make_it_delete_other_files(kbgen: Kbgen, workshop: Workshop) -> None:
    out = workshop.root / "documents"
    out.mkdir()
    settings = workshop.root / "mkdocs.yml"
    files = dict.fromkeys(["../mkdocs.yml", str(settings), "public-en/../../mkdocs.yml", "public-en/index.json\n", 7, None], 1)
    (out / "export.json").write_text(json.dumps({"files": {str(path): size for path, size in files.items()}}))
    assert kbgen("export", "search", "--out", "documents", *DAY).code == 0
    assert settings.is_file()


@pytest.mark.parametrize(
    ("out", "said"),
    [
        ("site/public/documents", "is no place for an export: site/ is kbgen's own"),
        ("content/documents", "is no place for an export: content/ is kbgen's own"),
        (".kbgen", "is no place for an export"),
        (".", "is no place for an export"),
        ("things", "holds something that is no export of kbgen"),
    ],
)
def test_folders_that_are_refused(kbgen: Kbgen, workshop: Workshop, out: str, said: str) -> None:
    (workshop.root / "things").mkdir()
    (workshop.root / "things/mine.txt").write_text("mine")
    before = sorted(workshop.root.rglob("*"))
    ran = kbgen("export", "search", "--out", out, *DAY)
    assert (ran.code, ran.out, said in ran.err) == (2, "", True), ran.err
    assert [path for path in sorted(workshop.root.rglob("*")) if ".kbgen" not in path.parts] == [
        path for path in before if ".kbgen" not in path.parts
    ]


def test_no_such_site(kbgen: Kbgen, workshop: Workshop) -> None:
    workshop.settings(SETTINGS)
    ran = kbgen("export", "search", "--out", "documents", "--site", "extranet", *DAY)
    assert (ran.code, "there is no site 'extranet'; the sites are: public, internal" in ran.err) == (2, True)
    assert not (workshop.root / "documents").exists()
