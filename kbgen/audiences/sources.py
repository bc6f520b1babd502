"""The texts of a corpus as one site stands to them: shown, or hidden. Read from the sources, never from a plan or a page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence

from babel.dates import format_date

from kbgen.audiences.words import TAG, without_tags
from kbgen.model.article import Article, Corpus, Rendering
from kbgen.model.settings import Settings

_ATTRIBUTE = re.compile(r"""="([^"]*)"|='([^']*)'""")
_LONG = 16
"""Characters beyond which the value of an attribute may say something."""


class Sources:
    """The texts of a corpus as one site stands to them: shown, hidden."""

    def __init__(self, corpus: Corpus, settings: Settings, site: str, extra_public: Sequence[str]) -> None:
        self._corpus, self._settings, self._site, self._extra = corpus, settings, site, extra_public
        self.narrowest = settings.sees(site, settings.audiences[-1])
        self.prefixes = tuple(f"{language}/" for language in settings.languages if language != settings.default_language)
        self.seen = [article for article in corpus.articles if settings.sees(site, article.meta.audience)]
        self.unseen = [article for article in corpus.articles if not settings.sees(site, article.meta.audience)]

    def site_address(self, article: Article) -> str:
        """The article's address in a site, with language prefix."""
        return article.address if article.language == self._settings.default_language else f"{article.language}/{article.address}"

    def own_addresses(self, made: Iterable[str]) -> Iterator[str]:
        """The addresses of the site's pages as others would write them, host and all. ``made``: those of no article."""
        url = self._settings.sites[self._site].url
        if url:
            yield from (url + address for address in ("", *self.prefixes, *made, *map(self.site_address, self.seen)))

    def _may_show_body(self, article: Article) -> bool:
        # What was withheld for a narrower snippet or a malformed internal block must not make the text in there public.
        malformed = any(problem.code == "KB303" and (not problem.sites or self._site in problem.sites) for problem in article.problems)
        return not malformed and all(self._settings.sees(self._site, audience) for _, audience in article.includes)

    def fragments(self) -> Iterator[str]:
        """Short texts that pages may put beside each other in any order."""
        yield from self._extra
        for site in (self._settings.sites[self._site],):
            for texts in (site.name, site.tagline):
                yield from [texts] if isinstance(texts, str) else texts.values()
        yield from (language.name for language in self._settings.languages.values())
        yield from self._settings.contact.model_dump().values()
        for article in self.seen:
            yield from header(article)
            if article.meta.last_reviewed:
                yield article.meta.last_reviewed.isoformat()
                yield format_date(article.meta.last_reviewed, format="long", locale=article.language.replace("-", "_"))
            if self._may_show_body(article):
                yield without_tags(self._rendering(article).html)  # its first and last words stand beside the words of the theme
                yield from (heading.text for heading in self._rendering(article).outline.headings)

    def shown(self) -> Iterator[str]:
        """Every text the site may show."""
        yield from self.fragments()
        for article in self.seen:
            if self._may_show_body(article):
                rendering = self._rendering(article)
                yield f"{article.meta.title}\n{without_tags(rendering.html)}"  # as the page shows it
                yield f"{article.meta.title}\n{article.meta.summary}"
                yield from (rendering.html, rendering.text, *hidden_forms(rendering.text))
                # As the search index lists it: anchor, heading and text of a section stand side by side there.
                yield "\n".join(f"{section.id}\n{section.heading}\n{section.text}" for section in rendering.outline.sections)
                used = rendering.outline.playbook.used()
                yield from (label for name, label in article.meta.placeholders.items() if name in used)

    def hidden(self) -> Iterator[str]:
        """Every text it may not show; parts of it may also be in :meth:`shown`."""
        for article in self.unseen:
            yield from header(article)
            yield from hidden_forms(article.full.text, article.full.html)
        for article in self.seen:
            if not self._may_show_body(article) or (not self.narrowest and article.full.digest != article.cut.digest):
                yield from hidden_forms(article.full.text, article.full.html)
        if not self.narrowest:
            for article in self._corpus.articles:
                meta = article.meta
                yield from (
                    *filter(None, (meta.reviewed_how, meta.escalates_to, meta.off_hours)),
                    *meta.alerts,
                    *meta.placeholders.values(),
                )
        for item in self._corpus.unreadable:
            yield from hidden_forms(item.source.data.decode("utf-8", "replace"))

    def _rendering(self, article: Article) -> Rendering:
        return article.full if self.narrowest else article.cut


def header(article: Article) -> tuple[str, ...]:
    """What every reader of an article may see of its front matter, in lists, in search."""
    meta = article.meta
    return (meta.title, meta.summary, *meta.keywords, *meta.questions, *meta.tags)


def hidden_forms(*markups: str) -> Iterator[str]:
    """The text of Markdown or HTML without its tags, whose names say nothing, and what their attributes say."""
    for markup in markups:
        yield without_tags(markup) if "<" in markup or "&" in markup else markup
        if "<" in markup:
            for tag in TAG.findall(markup):
                yield from (html.unescape(value) for pair in _ATTRIBUTE.findall(tag) for value in pair if len(value) > _LONG)
