from __future__ import annotations

from pathlib import Path

from kbgen.search import browser_files
from kbgen.search.browser import ENGINE_PATH, _without_comments

SCRIPTS = Path(__file__).resolve().parents[3] / "theme" / "javascripts"


def test_one_file_holds_lunr_its_russian_stemmer_and_our_engine() -> None:
    assert list(browser_files()) == [ENGINE_PATH]
    engine = browser_files()[ENGINE_PATH].decode()
    places = [
        engine.index(text)
        for text in ("lunr.Index = function", "SnowballProgram:", "stemmer-ru", "function wordsOf", "function bestPassage")
    ]
    assert places == sorted(places)


def test_licences_stay_and_manuals_go() -> None:
    engine = browser_files()[ENGINE_PATH].decode()
    assert "Oliver Nightingale" in engine
    assert "@license MIT" in engine
    assert "Mozilla" in engine or "mozilla.org/MPL" in engine
    assert "@param" not in engine
    assert len(engine) < 110_000


def test_only_whole_lines_of_comment_are_taken_out() -> None:
    assert (
        _without_comments("/* A */\n  /** b\n   * c */\n  // d\n  x = '//e'; // f\n\n  y = 1 /* g */\n")
        == "/* A */x = '//e'; // f\ny = 1 /* g */\n"
    )
    assert _without_comments("/**\n * licence\n */\n/** gone */\nx\n") == "/**\n * licence\n */x\n"


def test_no_script_of_ours_runs_text_or_reads_it_as_html() -> None:
    for script in (*SCRIPTS.glob("search*.js"),):
        text = script.read_text(encoding="utf-8")
        for banned in (
            "eval(",
            "new Function",
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            ".style",
            "setTimeout('",
            'setTimeout("',
        ):
            assert banned not in text, f"{script.name}: {banned}"
    assert len(list(SCRIPTS.glob("search*.js"))) >= 6
