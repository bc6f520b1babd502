"""The pages of an edition as search sees them: exactly its articles and the pages made from data, in the texts it shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kbgen.audiences.data import site_data
from kbgen.audiences.pages import CONTACT
from kbgen.model.article import Article, Section
from kbgen.model.data import Data
from kbgen.model.plan import SitePlan
from kbgen.model.search import SearchDocument
from kbgen.model.settings import Settings, text_in
from kbgen.model.support import Texts

NO_WORDS: Mapping[str, str] = {}


def search_documents(plan: SitePlan, settings: Settings, data: Data, words: Mapping[str, str] = NO_WORDS) -> tuple[SearchDocument, ...]:
    """The documents of an edition.

    Args:
        plan: the edition's plan.
        settings: the settings.
        data: all data; what the site may not see of them is left out here.
        words: the theme's words in the edition's language.
    """
    documents: list[SearchDocument] = []
    narrowest = settings.is_narrowest(plan.edition.site)
    for address, page in plan.pages.items():
        meta = page.article.meta
        area = data.area(meta.product_area)
        name = text_in(area.name, plan.edition.language, settings.default_language) if area else ""
        sections = page.rendering.outline.sections
        documents.append(
            SearchDocument(
                address,
                meta.title,
                name,
                meta.type,
                meta.audience,
                meta.summary,
                meta.keywords,
                meta.questions,
                sections,
                severity=(meta.severity or "") if narrowest else "",
                featured=meta.featured,
                codes=tuple(_codes(page.article)),
            )
        )
    told = _Told(plan, settings, site_data(data, settings, plan.edition.site), words)
    documents.extend(told.document(name, address) for name, address in plan.generated.items())
    return tuple(documents)


def _codes(article: Article) -> Iterator[str]:
    """Its id, where one is written, and the release that mends what it is about."""
    if article.id != article.path.removesuffix(".md"):
        yield article.id
    if article.meta.fixed_in:
        yield article.meta.fixed_in


class _Told:
    """What the generated pages of an edition tell."""

    def __init__(self, plan: SitePlan, settings: Settings, data: Data, words: Mapping[str, str]) -> None:
        self._plan, self._settings, self._data, self._words = plan, settings, data, words

    def document(self, name: str, address: str) -> SearchDocument:
        """A generated page. The contact page is for the widest audience, all others for the narrowest alone."""
        audience = self._settings.audiences[0 if name == CONTACT else -1]
        sections = tuple(section for section in self._sections(name) if section.text or section.heading)
        area = self._word("contact" if name == CONTACT else "desk")
        keywords = tuple(filter(None, (word.strip() for word in self._word(f"page.{name}.keywords").split(","))))
        return SearchDocument(
            address, self._word(f"page.{name}") or name, area, "", audience, self._word(f"page.{name}.lead"), keywords, (), sections
        )

    def _sections(self, name: str) -> Iterator[Section]:
        data, text = self._data, self._text
        if name == CONTACT:
            yield Section(
                "channels", self._word("contact.channels"), _line(f"{text(each.name)}: {text(each.use)}" for each in data.channels)
            )
            yield from self._severities("priorities", "contact.priorities")
            plans = (f"{text(plan.name)}: {text(plan.summary)} {_line(map(text, (*plan.includes, *plan.limits)))}" for plan in data.plans)
            yield Section("plans", self._word("contact.plans"), _line(plans))
        elif name == "escalation":
            names = (f"{text(tier.name)}: {_line(self._team(team) for team in tier.teams)}" for tier in data.tiers)
            yield Section("ladder", self._word("escalation.ladder"), _line(names))
            yield from self._severities("matrix", "escalation.matrix")
        elif name == "sla":
            yield Section("", "", _line(f"{text(plan.name)}: {text(plan.summary)}" for plan in data.plans))
        elif name == "replies":
            for page in self._plan.pages.values():
                for reply in page.rendering.outline.playbook.replies:
                    yield Section(f"reply-{reply.id}", reply.title, " ".join(reply.text.split()))
        elif name == "off-hours":
            pages = [page.article.meta for page in self._plan.pages.values() if page.article.meta.off_hours]
            yield Section("", "", _line(f"{meta.title}: {meta.off_hours}" for meta in pages))
        elif name == "alerts":
            known = {alert.id: alert for alert in data.alerts}
            for alert in self._plan.alerts:
                yield Section(f"alert-{alert}", alert, text(known[alert].meaning) if alert in known else "")

    def _severities(self, anchor: str, heading: str) -> Iterator[Section]:
        levels = (f"{self._text(level.name)}: {self._text(level.definition)}" for level in self._data.severities)
        yield Section(anchor, self._word(heading), _line(levels))

    def _team(self, name: str) -> str:
        team = self._data.team(name)
        return self._text(team.name) if team else name

    def _text(self, texts: Texts) -> str:
        return text_in(texts, self._plan.edition.language, self._settings.default_language)

    def _word(self, key: str) -> str:
        return self._words.get(key, "")


def _line(texts: Iterator[str] | map[str]) -> str:
    return " ".join(filter(None, (text.strip() for text in texts)))
