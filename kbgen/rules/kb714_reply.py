"""A saved reply is there twice, or is missing in a translation.

A block ``/// reply some-id`` holds a text for customers. Its id names it in all languages: an agent who reads the article in one language
answers in another, so the page shows the texts with one id side by side. Two replies with one id in one language would be mixed up; a
reply that a translation lacks leaves the agent without words.

To mend it, give each reply of a language an id of its own, and write each reply in every language the article is in, under the same id.

Bad::

    content/en/account/sign-in.md    /// reply reset-sent
    content/ru/account/sign-in.md    (no reply)

Good::

    content/en/account/sign-in.md    /// reply reset-sent
    content/ru/account/sign-in.md    /// reply reset-sent

Effect: the finding is reported; the page goes out. Of two replies with one id the page of saved replies may show either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kbgen.model.article import Article
from kbgen.model.finding import Effect, Place, Problem, Severity
from kbgen.model.playbook import Reply
from kbgen.model.ports import Facts
from kbgen.rules.acting import place

CODE = "KB714"
NAME = "reply"
SEVERITY = Severity.WARNING
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    seen: dict[tuple[str, str], Reply] = {}
    by_article: dict[str, list[Article]] = {}
    for article in facts.corpus.articles:
        by_article.setdefault(article.id, []).append(article)
        for reply in article.full.outline.playbook.replies:
            first = seen.setdefault((article.language, reply.id), reply)
            if first is not reply:
                message = f"the reply '{reply.id}' is there already: {first.spot.path}:{first.spot.line}"
                yield Problem(CODE, place(reply.spot), message, "give it an id of its own, the same in each language")
    for versions in by_article.values():
        yield from _missing({article.language: article for article in versions})


def _missing(versions: Mapping[str, Article]) -> Iterator[Problem]:
    """Replies that one language of an article has and another has not."""
    wanted: dict[str, Article] = {}
    for article in versions.values():
        for reply in article.full.outline.playbook.replies:
            wanted.setdefault(reply.id, article)
    for article in versions.values():
        own = {reply.id for reply in article.full.outline.playbook.replies}
        for name, other in wanted.items():
            if name not in own:
                message = f"the reply '{name}' of {other.source.path} is missing here"
                yield Problem(CODE, Place(article.source.path, article.body_line), message, f"write it in a block '/// reply {name}'")
