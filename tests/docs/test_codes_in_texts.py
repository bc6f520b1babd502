"""Codes of findings that texts and messages name are codes of rules."""

from __future__ import annotations

import re
from pathlib import Path

from kbgen.rules import RETIRED, RULES

ROOT = Path(__file__).parents[2]
KNOWN = {rule.CODE for rule in RULES} | set(RETIRED)


def _named(*globs: str) -> dict[str, set[str]]:
    files = sorted(path for glob in globs for path in ROOT.glob(glob))
    assert files, f"no files match {globs}"
    return {path.relative_to(ROOT).as_posix(): set(re.findall(r"\bKB\d{3}\b", path.read_text(encoding="utf-8"))) for path in files}


def test_the_code_names_known_codes_only() -> None:
    odd = {path: sorted(codes - KNOWN) for path, codes in _named("kbgen/**/*.py").items() if codes - KNOWN}
    assert odd == {}


def test_the_texts_name_known_codes_only() -> None:
    odd = {path: sorted(codes - KNOWN) for path, codes in _named("*.md", "kbgen/**/*.md", "content/**/*.md").items() if codes - KNOWN}
    assert odd == {}


def test_every_code_that_a_lower_floor_meets_has_a_rule_and_the_reverse() -> None:
    folders = ("content", "audiences", "translations", "config", "app")
    sources = [path.read_text(encoding="utf-8") for folder in folders for path in (ROOT / "kbgen" / folder).glob("*.py")]
    met = {code for source in sources for code in re.findall(r"[\"'](KB\d{3})[\"']", source)}
    texts = {rule.CODE: Path(rule.__file__).read_text(encoding="utf-8") for rule in RULES}
    passed_on = {code for code, text in texts.items() if "facts.problems(CODE)" in text or "flaw.code == CODE" in text}
    assert passed_on - met == set(), "a rule that waits for a problem which nobody ever meets"
    assert met - passed_on == set(), "a problem that no rule passes on"
