"""Every rule is listed, documented, named as its file, and as severe as the table says."""

import inspect
import re
from pathlib import Path

import pytest

import kbgen.rules
from kbgen.rules import RETIRED, RULES
from kbgen.rules.explain import explain

TABLE = """
KB001 error   withhold
KB002 error   withhold
KB003 error   withhold
KB004 error   withhold
KB005 error   withhold
KB006 error   withhold
KB007 error   withhold
KB008 error   withhold
KB101 error   report
KB102 error   report
KB103 error   report
KB104 error   report
KB105 error   report
KB106 error   report
KB107 error   report
KB108 warning report
KB109 warning report
KB201 error   report
KB202 warning report
KB203 warning report
KB204 info    report
KB301 error   withhold
KB302 error   withhold
KB303 error   withhold
KB304 error   withhold
KB305 error   withhold
KB306 error   withhold
KB307 error   withhold
KB308 error   withhold
KB401 error   withhold
KB402 error   report
KB403 error   report
KB404 error   report
KB501 error   refuse
KB502 warning report
KB503 error   report
KB504 info    report
KB505 error   withhold
KB506 error   report
KB507 error   report
KB508 error   report
KB601 warning report
KB602 info    report
KB603 warning report
KB701 error   report
KB702 error   report
KB703 error   report
KB704 error   report
KB705 error   report
KB706 error   report
KB707 warning report
KB711 error   report
KB712 error   report
KB713 error   report
KB714 warning report
KB715 error   report
KB716 error   report
KB717 error   report
KB721 error   report
KB722 warning report
KB723 warning report
KB901 error   report
KB902 error   refuse
KB903 warning report
"""
FILES = sorted(Path(kbgen.rules.__file__).parent.glob("kb[0-9]*.py"))
by_code = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.CODE)


def test_the_table_of_codes():
    listed = [f"{rule.CODE} {rule.SEVERITY:<7} {rule.EFFECT}" for rule in RULES]
    assert listed == TABLE.split("\n")[1:-1]


def test_every_module_is_listed_in_order():
    assert [Path(rule.__file__).name for rule in RULES] == [path.name for path in FILES]


def test_names_and_codes_are_unique_and_none_is_retired():
    assert len({rule.NAME for rule in RULES}) == len(RULES)
    assert len({rule.CODE for rule in RULES}) == len(RULES)
    assert not {rule.CODE for rule in RULES} & set(RETIRED)


@by_code
def test_the_file_is_named_after_code_and_name(rule):
    assert Path(rule.__file__).stem == f"{rule.CODE.lower()}_{rule.NAME.replace('-', '_')}"
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.NAME)


@by_code
def test_the_docstring_is_a_manual_page(rule):
    page = inspect.getdoc(rule)
    first, _, rest = page.partition("\n\n")
    assert "\n" not in first and first.endswith("."), "the first line says in one sentence what is wrong"
    assert "\nTo mend it, " in rest
    assert re.search(r"\nBad::\n\n    \S", rest)
    assert re.search(r"\nGood::\n\n    \S", rest)
    assert re.search(r"\nEffect: \S", rest)
    order = [rest.index(word) for word in ("To mend it, ", "Bad::", "Good::", "Effect: ")]
    assert order == sorted(order)


@by_code
def test_the_effect_is_said_truly(rule):
    effect = inspect.getdoc(rule).rpartition("Effect: ")[2]
    words = {"report": "is reported", "withhold": "left out|leave the page out|in the wiki only", "refuse": "is not handed over"}
    assert re.search(words[rule.EFFECT], effect)


@by_code
def test_explain_prints_it(rule):
    page = explain(rule.CODE)
    assert page.startswith(f"{rule.CODE} {rule.NAME} (severity: {rule.SEVERITY}, effect: {rule.EFFECT})\n\n")
    assert inspect.getdoc(rule) in page
    assert page.endswith("\n") and not page.endswith("\n\n")


def test_explain_does_not_care_for_capitals():
    assert explain(" kb301 ") == explain("KB301")


@pytest.mark.parametrize("code", ["KB999", "", "KB", "301"])
def test_explain_of_an_unknown_code(code):
    assert explain(code) is None


def test_explain_of_a_retired_code(monkeypatch):
    monkeypatch.setattr("kbgen.rules.explain.RETIRED", {"KB399": "It warned of links to drafts; there are no drafts any more."})
    assert explain("kb399") == "KB399 (retired)\n\nIt warned of links to drafts; there are no drafts any more.\n"
