"""Use case: who takes a case now, by which way, until when, then whom."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kbgen.app.ladder_data import Source, faulty, findings, read
from kbgen.app.project import Begin, Project, silent
from kbgen.content.glimpse import seeming_ids
from kbgen.errors import SettingsError
from kbgen.escalation import Ladder, Request, climb
from kbgen.escalation.ladder import target
from kbgen.model.article import Article
from kbgen.model.data import Data
from kbgen.model.finding import Finding, Problem
from kbgen.model.ports import Rule
from kbgen.strict.suggest import did_you_mean

_HOW = (
    "Write it, a list with an entry for each tier: - {id: line-1, level: 1, name: {en: Line 1}, teams: [customer-support], "
    "keeps: {high: 15m}, next: line-2}; the last one has 'exit: {en: What happens then.}' instead of 'next'."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to know; ``""`` and None where nothing was said. Attributes as of :class:`kbgen.escalation.Request`.

    ``runbook`` is the id of an article that says the severity, the tier and who takes over, as far as nothing else was said.
    """

    at: datetime.datetime
    severity: str = ""
    plan: str = ""
    kind: str = ""
    language: str = ""
    channel: str = ""
    tier: int | None = None
    runbook: str = ""


@dataclass(frozen=True, slots=True)
class Escalation:
    """The answer, and what it was made from.

    Attributes:
        request: what was asked, completed.
        ladder: the answer.
        data: what it was made from.
        default_language: of the project.
        runbook: the article that was named, if any.
        findings: what is wrong with the data.
        faulty: fields of the data that hold an error.
        remarks: what whoever asked may not expect, a sentence each.
    """

    request: Request
    ladder: Ladder
    data: Data
    default_language: str
    runbook: Article | None
    findings: tuple[Finding, ...]
    faulty: frozenset[str]
    remarks: tuple[str, ...]


def escalate(project: Project, asked: Asked, rules: Sequence[Rule], jobs: int = 1, begin: Begin = silent) -> Escalation:
    """Climb the ladder of a project; a :class:`kbgen.errors.SettingsError` says what cannot be."""
    source = read(project, asked.at.date(), jobs, begin, articles=bool(asked.runbook))
    settings, data = source.settings, source.data
    language = _spoken(asked.language, source)
    article = _article(source, asked.runbook, language) if asked.runbook else None
    if not data.tiers:
        path = f"{settings.content_dir}/_data/escalation.yml"
        message = f"there is no ladder to climb: {path} is missing or holds no tier that can be used"
        raise SettingsError(message, _HOW, _lines(source.of("tiers")))
    severity = asked.severity or (article.meta.severity if article and article.meta.severity else "")
    if not severity:
        named = f"'{asked.runbook}' says no severity" if article else "nothing says how severe it is"
        raise SettingsError(named, "Add --severity high, medium or low.")
    if not asked.plan and data.plans:
        raise SettingsError("nothing says which plan the customer has", f"Add --plan, one of: {', '.join(plan.id for plan in data.plans)}.")
    _known("plan", asked.plan, [plan.id for plan in data.plans], source.of("plans"))
    _known("channel", asked.channel, [channel.id for channel in data.channels], source.of("channels"))
    request = Request(
        severity=severity,
        plan=asked.plan,
        at=asked.at,
        kind=asked.kind or "question",
        language=language,
        channel=asked.channel,
        tier=asked.tier or (article.meta.tier if article else None) or 1,
        escalates_to=(article.meta.escalates_to if article else None) or "",
    )
    found = findings(source, rules, asked.at.date())
    remarks = tuple(_remarks(data, asked, request, article)) if article else ()
    return Escalation(request, climb(data, request), data, settings.default_language, article, found, faulty(source, found), remarks)


def _spoken(language: str, source: Source) -> str:
    """The language as the base knows it: ``ru`` for ``ru-RU`` where nobody has heard of the latter."""
    if not language:
        return source.settings.default_language
    spoken = (each for team in source.data.teams for each in team.languages)
    known = {each.casefold(): each for each in (*spoken, *source.settings.languages)}
    return known.get(language.casefold()) or known.get(language.partition("-")[0].casefold()) or language


def _article(source: Source, runbook: str, language: str) -> Article:
    """The article with this id, in the language asked for where there is such a text."""
    articles = source.corpus.articles
    if found := [article for article in articles if article.id == runbook]:
        return min(found, key=lambda article: article.language != language)
    if unread := [item for item in source.corpus.unreadable if runbook in {item.id, *seeming_ids(item)}]:
        problems = tuple(problem for item in unread for problem in item.problems)
        raise SettingsError(f"the article '{runbook}' cannot be read", "Mend it, or say --severity and --tier yourself.", _lines(problems))
    hint = _sentence(did_you_mean(runbook, {article.id for article in articles})) or "Write the id of an article, as its 'id:' has it."
    raise SettingsError(f"there is no article '{runbook}'", hint)


def _remarks(data: Data, asked: Asked, request: Request, article: Article) -> Iterator[str]:
    meta = article.meta
    if meta.type != "runbook":
        what = f"its type is {meta.type}" if meta.type else "its type is not known"
        yield f"{article.id} is no runbook: {what}. What it says of severity, tier and who takes over counts all the same."
    if asked.kind and request.escalates_to and target(data, request.escalates_to):
        yield f"--kind {asked.kind} does not decide who takes over first: {article.id} says escalates_to: {request.escalates_to}."


def _known(what: str, name: str, known: Iterable[str], problems: Sequence[Problem]) -> None:
    names = list(known)
    # Without a list of them nothing can be compared.
    if name and names and name not in names:
        hint = _sentence(did_you_mean(name, names)) or f"The {what}s are: {', '.join(names)}."
        readable = " that can be read" if problems else ""
        raise SettingsError(f"there is no {what} '{name}'{readable}", hint, _lines(problems))


def _lines(problems: Iterable[Problem]) -> tuple[str, ...]:
    return tuple(f"{problem.place}: {problem.code} {problem.message}" for problem in problems)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
