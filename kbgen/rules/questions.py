"""What the rules about search share: the questions that articles answer, where each stands in its file, and what a search says of one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from kbgen.model.article import Article
from kbgen.model.finding import Place
from kbgen.model.plan import SitePlan
from kbgen.model.ports import Facts, Searches, Standing
from kbgen.model.settings import Settings
from kbgen.rules.place import key_place

TOP = 3
"""The first results: what a reader looks at."""
MOST = 3_000
"""Questions of one edition that are asked; where there are more, a sample that stays the same from day to day."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was asked in one edition, and where its article stood among the results."""

    plan: SitePlan
    address: str
    article: Article
    question: str
    standing: Standing

    @property
    def found(self) -> bool:
        """Whether a reader would see the article."""
        return seen(self.standing)


def asked(facts: Facts, searches: Searches, most: int = MOST) -> Iterator[Asked]:
    """Every question of every article in every edition that shows it; at most so many in each edition."""
    for plan in facts.projection.plans:
        pairs = [(address, question) for address, page in plan.pages.items() for question in page.article.meta.questions]
        if len(pairs) > most:
            pairs = sorted(pairs, key=_number)[:most]
        for address, question in pairs:
            standing = searches.standing(plan, question, address)
            yield Asked(plan, address, plan.pages[address].article, question, standing)


def _number(pair: tuple[str, str]) -> int:
    """A number that depends on nothing but the address and the question: what is asked does not hang on what else there is."""
    return digest("\0".join(pair))


def digest(text: str) -> int:
    """A large number for a text, the same everywhere."""
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:8], "big")


def question_place(article: Article, question: str, settings: Settings) -> Place:
    """Where a question stands in the front matter; the line of ``questions:`` where it is written in pieces or with escapes."""
    key = key_place(article, "questions", settings)
    lines = article.source.data.decode("utf-8", "replace").split("\n")
    for number in range(key.line, article.body_line):
        column = lines[number - 1].find(question)
        if column >= 0:
            return Place(key.path, number, column + 1)
    return key


def seen(standing: Standing) -> bool:
    """Whether a reader would see the page."""
    return 0 < standing.place <= TOP


def said(plan: SitePlan, standing: Standing) -> str:
    """What a search says of an article that it does not show to a reader: where it stands, and behind which pages."""
    names = listed(_named(plan, standing))
    if not standing.place:
        return f"does not find this article, but {names}" if names else "finds nothing"
    return f"shows this article only in place {standing.place}, behind {names}"


def _named(plan: SitePlan, standing: Standing) -> tuple[str, ...]:
    """The pages that came before, as a writer knows them: by their files, or by their addresses where kbgen makes them."""
    pages = plan.pages
    return tuple(pages[each].article.source.path if each in pages else f"the page {each}" for each in standing.before)


def listed(names: tuple[str, ...]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
