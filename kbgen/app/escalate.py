"""Use case: who takes a case now, by which way, until when, then whom."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from kbgen.app.project import Begin, Project, gather, silent
from kbgen.config.data import load_data
from kbgen.config.load import load_settings
from kbgen.content.corpus import first_folders
from kbgen.content.discover import discover
from kbgen.errors import SettingsError
from kbgen.escalation import Ladder, Request, climb
from kbgen.model.article import Article
from kbgen.model.data import Data
from kbgen.model.settings import Settings
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
    kind: str = "question"
    language: str = ""
    channel: str = ""
    tier: int | None = None
    runbook: str = ""


@dataclass(frozen=True, slots=True)
class Escalation:
    """The answer, and what it was made from. ``runbook`` is the article that was named, if any."""

    request: Request
    ladder: Ladder
    data: Data
    default_language: str
    runbook: Article | None


def escalate(project: Project, asked: Asked, jobs: int = 1, begin: Begin = silent) -> Escalation:
    """Climb the ladder of a project; a :class:`kbgen.errors.SettingsError` says what cannot be."""
    settings, data, article = _read(project, asked, jobs, begin)
    if not data.tiers:
        path = f"{settings.content_dir}/_data/escalation.yml"
        raise SettingsError(f"there is no ladder to climb: {path} is missing or holds no tier that can be used", _HOW)
    severity = asked.severity or (article.meta.severity if article and article.meta.severity else "")
    if not severity:
        named = f"'{asked.runbook}' says no severity" if article else "nothing says how severe it is"
        raise SettingsError(named, "Add --severity high, medium or low.")
    if not asked.plan and data.plans:
        raise SettingsError("nothing says which plan the customer has", f"Add --plan, one of: {', '.join(plan.id for plan in data.plans)}.")
    _known("plan", asked.plan, [plan.id for plan in data.plans])
    _known("channel", asked.channel, [channel.id for channel in data.channels])
    request = Request(
        severity=severity,
        plan=asked.plan,
        at=asked.at,
        kind=asked.kind,
        language=asked.language or settings.default_language,
        channel=asked.channel,
        tier=asked.tier or (article.meta.tier if article else None) or 1,
        escalates_to=(article.meta.escalates_to if article else None) or "",
    )
    return Escalation(request, climb(data, request), data, settings.default_language, article)


def _read(project: Project, asked: Asked, jobs: int, begin: Begin) -> tuple[Settings, Data, Article | None]:
    """The settings and the data; articles are read only where one is named."""
    if asked.runbook:
        gathered = gather(project, asked.at.date(), jobs, begin)
        settings = gathered.settings
        language = asked.language or settings.default_language
        found = [article for article in gathered.corpus.articles if article.id == asked.runbook]
        if not found:
            ids = {article.id for article in gathered.corpus.articles}
            hint = _sentence(did_you_mean(asked.runbook, ids)) or "Write the id of an article, as its 'id:' has it."
            raise SettingsError(f"there is no article '{asked.runbook}'", hint)
        return settings, gathered.data, min(found, key=lambda article: article.language != language)
    begin("reading")
    settings = load_settings(project.root / "mkdocs.yml")
    data, _ = load_data(project.root, settings, first_folders(discover(project.root, settings), settings))
    return settings, data, None


def _known(what: str, name: str, known: Iterable[str]) -> None:
    names = list(known)
    # Without a list of them nothing can be compared.
    if name and names and name not in names:
        hint = _sentence(did_you_mean(name, names)) or f"The {what}s are: {', '.join(names)}."
        raise SettingsError(f"there is no {what} '{name}'", hint)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
