"""Running rules: severities, effects, order, merging."""

import datetime
from types import SimpleNamespace

import pytest

from kbgen.checks.run import exit_code, run
from kbgen.model.article import Corpus
from kbgen.model.data import Data
from kbgen.model.finding import Effect, Finding, Place, Problem, Severity
from kbgen.model.plan import Projection
from kbgen.model.ports import Facts
from kbgen.model.settings import Settings
from kbgen.rules import RULES

SITES = {
    "public": {"name": "Help", "audience": "public"},
    "partner": {"name": "Partners", "audience": "partner"},
    "internal": {"name": "Wiki", "audience": "internal"},
}
AUDIENCES = ["public", "partner", "internal"]


def facts(**settings):
    made = Settings.model_validate({"sites": SITES, "audiences": AUDIENCES, **settings})
    return Facts(made, Data(), Corpus((), (), {}), Projection((), ()), (), {}, datetime.date(2026, 10, 10))


def rule(code, *problems, severity=Severity.ERROR, effect=Effect.REPORT):
    return SimpleNamespace(CODE=code, NAME=code.lower(), SEVERITY=severity, EFFECT=effect, check=lambda _facts: iter(problems))


def problem(code="KB402", path="content/en/a.md", line=1, message="dead", sites=()):
    return Problem(code, Place(path, line), message, "mend it", tuple(sites))


def test_findings_are_sorted_by_place_then_code_then_message():
    rules = [
        rule("KB402", problem(path="content/en/b.md"), problem(line=10), problem(line=9, message="z"), problem(line=9, message="a")),
        rule("KB101", problem("KB101", line=9)),
    ]
    listed = [(finding.place.path[-4], finding.place.line, finding.code, finding.message) for finding in run(rules, facts())]
    assert listed == [
        ("a", 9, "KB101", "dead"),
        ("a", 9, "KB402", "a"),
        ("a", 9, "KB402", "z"),
        ("a", 10, "KB402", "dead"),
        ("b", 1, "KB402", "dead"),
    ]


def test_the_same_problem_is_one_finding():
    assert len(run([rule("KB402", problem(), problem())], facts())) == 1


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [(("public",), ("partner",), ("partner", "public")), (("public",), (), ()), ((), ("public",), ()), ((), (), ())],
)
def test_sites_are_put_together(first, second, together):
    rules = [rule("KB301", problem("KB301", sites=first), problem("KB301", sites=second), effect=Effect.WITHHOLD)]
    (finding,) = run(rules, facts())
    assert (finding.effect, finding.sites) == (Effect.WITHHOLD, together)


def test_severity_and_effect_come_from_the_rule():
    (finding,) = run([rule("KB501", problem("KB501"), severity=Severity.WARNING, effect=Effect.REFUSE)], facts())
    assert (finding.severity, finding.effect) == (Severity.WARNING, Effect.REFUSE)


@pytest.mark.parametrize(
    ("globs", "expected"),
    [
        ({}, Severity.ERROR),
        ({"en/billing/**": {"KB402": "info"}}, Severity.INFO),
        ({"*/billing/*.md": {"KB402": "info"}}, Severity.INFO),
        ({"**/refund.md": {"KB402": "info"}}, Severity.INFO),
        ({"**": {"KB402": "info"}}, Severity.INFO),
        ({"en/billing": {"KB402": "info"}}, Severity.ERROR),
        ({"ru/**": {"KB402": "info"}}, Severity.ERROR),
        ({"**": {"KB403": "info"}}, Severity.ERROR),
        ({"**": {"KB402": "info"}, "en/**": {"KB402": "warning"}}, Severity.WARNING),
        ({"en/**": {"KB402": "warning"}, "**": {"KB402": "info"}}, Severity.INFO),
        ({"**": {"KB402": "info"}, "en/**": {"KB403": "warning"}}, Severity.INFO),
    ],
)
def test_settings_change_a_severity_by_path(globs, expected):
    (finding,) = run([rule("KB402", problem(path="content/en/billing/refund.md"))], facts(severity=globs))
    assert finding.severity is expected


@pytest.mark.parametrize("code", [each.CODE for each in RULES if each.CODE[2] in "03"])
def test_settings_never_change_what_is_unreadable_or_about_audiences(code):
    (finding,) = run([rule(code, problem(code))], facts(severity={"**": {code: "info"}}))
    assert finding.severity is Severity.ERROR


def test_a_lowered_severity_leaves_the_effect_alone():
    (finding,) = run([rule("KB501", problem("KB501"), effect=Effect.REFUSE)], facts(severity={"**": {"KB501": "info"}}))
    assert (finding.severity, finding.effect) == (Severity.INFO, Effect.REFUSE)


def test_unreviewed_articles_are_as_bad_as_the_settings_say():
    never = rule("KB201", problem("KB201"))
    assert run([never], facts())[0].severity is Severity.ERROR
    assert run([never], facts(review={"unreviewed": "warning"}))[0].severity is Severity.WARNING
    assert run([never], facts(review={"unreviewed": "warning"}, severity={"**": {"KB201": "info"}}))[0].severity is Severity.INFO


@pytest.mark.parametrize("code", ["KB304", "KB305", "KB306", "KB401"])
@pytest.mark.parametrize(
    ("sites", "effect", "left"),
    [
        (("public",), Effect.WITHHOLD, ("public",)),
        (("internal", "public", "partner"), Effect.WITHHOLD, ("partner", "public")),
        ((), Effect.WITHHOLD, ("partner", "public")),
        (("internal",), Effect.REPORT, ("internal",)),
    ],
)
def test_some_faults_do_not_concern_the_narrowest_circle(code, sites, effect, left):
    (finding,) = run([rule(code, problem(code, sites=sites), effect=Effect.WITHHOLD)], facts())
    assert (finding.effect, finding.sites) == (effect, left)


def test_other_faults_concern_every_site_named():
    (finding,) = run([rule("KB301", problem("KB301", sites=("public", "internal")), effect=Effect.WITHHOLD)], facts())
    assert finding.sites == ("internal", "public")


def test_a_rule_that_raises_is_a_bug():
    def check(_facts):
        raise ZeroDivisionError
        yield

    with pytest.raises(ZeroDivisionError):
        run([SimpleNamespace(CODE="KB402", NAME="x", SEVERITY=Severity.ERROR, EFFECT=Effect.REPORT, check=check)], facts())


def finding(severity, effect=Effect.REPORT):
    return Finding("KB402", severity, effect, Place("a.md"), "dead", "")


@pytest.mark.parametrize(
    ("findings", "plain", "strict"),
    [
        ([], 0, 0),
        ([finding(Severity.INFO)], 0, 0),
        ([finding(Severity.WARNING)], 0, 1),
        ([finding(Severity.INFO), finding(Severity.ERROR)], 1, 1),
        ([finding(Severity.INFO, Effect.WITHHOLD)], 1, 1),
        ([finding(Severity.ERROR), finding(Severity.INFO, Effect.REFUSE)], 4, 4),
    ],
)
def test_exit_codes(findings, plain, strict):
    assert exit_code(findings, strict=False) == plain
    assert exit_code(findings, strict=True) == strict
