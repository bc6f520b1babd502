"""Run rules over the facts: problems in, findings out, always in the same order.

A rule that raises is a bug of ours and is let through.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kbgen.content.places import matches
from kbgen.model.finding import Effect, Finding, Problem, Severity
from kbgen.model.ports import Facts, Rule
from kbgen.model.settings import Settings

# What could not be read, and who may see what, is never a matter of taste.
_FIXED = ("KB0", "KB3")
# What the narrowest circle may see all the same: articles that count as its own for want of a certain audience, and pages with a dead
# link, which have to look like those with a link to an internal article everywhere else.
_WITHHELD_FROM_WIDER = frozenset({"KB304", "KB305", "KB306", "KB401"})


def run(rules: Iterable[Rule], facts: Facts) -> tuple[Finding, ...]:
    """The findings of all rules, in the order of :meth:`Finding.sort_key`, each once.

    What differs in nothing but its sites is one finding with all of these sites.
    """
    merged: dict[tuple[int, Problem], frozenset[str]] = {}
    listed = tuple(rules)
    for position, rule in enumerate(listed):
        for problem in rule.check(facts):
            alike = (position, replace(problem, sites=()))
            sites = frozenset(problem.sites)
            known = merged.get(alike)
            # No sites means every site, so it takes in any others.
            merged[alike] = sites if known is None else known | sites if known and sites else frozenset()
    findings = (
        _judged(listed[position], replace(problem, sites=tuple(sorted(sites))), facts.settings)
        for (position, problem), sites in merged.items()
    )
    return tuple(sorted(findings, key=lambda finding: (finding.sort_key(), finding.hint)))


def _judged(rule: Rule, problem: Problem, settings: Settings) -> Finding:
    effect, sites = _effect(rule, problem, settings)
    severity = _severity(rule, problem, settings)
    return Finding(problem.code, severity, effect, problem.place, problem.message, problem.hint, sites)


def _effect(rule: Rule, problem: Problem, settings: Settings) -> tuple[Effect, tuple[str, ...]]:
    if rule.CODE not in _WITHHELD_FROM_WIDER:
        return rule.EFFECT, problem.sites
    narrowest = settings.audiences[-1]
    concerned = tuple(site for site in problem.sites or sorted(settings.sites) if not settings.sees(site, narrowest))
    return (rule.EFFECT, concerned) if concerned else (Effect.REPORT, problem.sites)


def _severity(rule: Rule, problem: Problem, settings: Settings) -> Severity:
    severity = Severity(settings.review.unreviewed) if rule.CODE == "KB201" else rule.SEVERITY
    if rule.CODE.startswith(_FIXED):
        return severity
    # The settings are read from top to bottom: the last glob that names the code has the last word.
    inside = problem.place.path.removeprefix(settings.content_dir.strip("/") + "/")
    for glob, severities in settings.severity.items():
        if rule.CODE in severities and matches(inside, glob):
            severity = Severity(severities[rule.CODE])
    return severity


def exit_code(findings: Iterable[Finding], strict: bool) -> int:
    """The exit code of a command that made these findings.

    0: fine; 1: there are errors (warnings, if ``strict``) or something is withheld; 4: a site is refused.
    """
    code = 0
    for finding in findings:
        if finding.effect is Effect.REFUSE:
            return 4
        counts = finding.severity is Severity.ERROR or (strict and finding.severity is Severity.WARNING)
        if counts or finding.effect is Effect.WITHHOLD:
            code = 1
    return code
