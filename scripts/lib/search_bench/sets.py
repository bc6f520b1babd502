"""Sets of queries whose answers are known. Each set has dice of its own, so that one does not move the others."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from kbgen.search.forms import RUSSIAN, Forms
from search_bench.shapes import Collection, Query, QuerySet
from search_bench.spoil import beginnings, slip, telling_words, wrong_layout

INFLECTED_PER_PAGE = 2
TELLING = 12
"""A telling word stands on at most one page in so many: one that half of the pages hold tells none of them apart."""
MOST_TITLE_WORDS = 3
_TEXT_WORD = re.compile(r"\w+")
_VAGUE = frozenset(
    "a an and are article articles at below button by center check click contact details do find follow for from get go guide guides"
    " have help here how in information instructions is it learn link list more of on our out page read see section steps support"
    " that the these this to us using visit what with you your".split()
)
"""A link made of nothing but such words names no page."""


def as_asked(name: str, collection: Collection, queries: Iterable[tuple[str, str]]) -> QuerySet:
    """The queries as they are, given as (text, address); one that is asked of several pages is answered by any of them."""
    answers: dict[str, set[str]] = defaultdict(set)
    for text, address in queries:
        answers[" ".join(text.split())].add(address)
    return QuerySet(name, collection.name, tuple(Query(text, frozenset(found)) for text, found in answers.items()))


def links(name: str, collection: Collection, texts: Iterable[tuple[str, str]]) -> QuerySet:
    """Texts of links, given as (text, address of the target): those that are not just its title and not just "here"."""
    titles = {page.address: _plain(page.title) for page in collection.pages}
    kept = [(text, address) for text, address in texts if address in titles and _plain(text) != titles[address]]
    return as_asked(name, collection, [(text, address) for text, address in kept if set(_plain(text).split()) - _VAGUE])


def misspelt(name: str, collection: Collection, queries: Iterable[Query], seed: int) -> QuerySet:
    """Each query with one slip in its most telling word: the rarest of those that the answer holds, else the longest."""
    dice = random.Random(f"{seed} {name} {collection.name}")
    held = {page.address: frozenset(_lower(page.text)) for page in collection.pages}
    known = frozenset().union(*held.values())
    spread = Counter(word for on_page in held.values() for word in on_page)
    made = []
    for query in queries:
        telling = telling_words(query.text)
        if not telling:
            continue
        answers = frozenset().union(*(held[address] for address in query.answers))
        sure = [word for word in telling if word.lower() in answers]
        word = min(sure, key=lambda one: spread[one.lower()]) if sure else max(telling, key=len)
        made.append(Query(re.sub(rf"\b{word}\b", slip(word, dice, known), query.text, count=1), query.answers))
    return QuerySet(name, collection.name, tuple(made))


def on_the_other_layout(name: str, collection: Collection, queries: Iterable[Query]) -> QuerySet:
    """Each query as it comes out with the other keyboard layout on."""
    made = (Query(wrong_layout(query.text, collection.language), query.answers) for query in queries)
    return QuerySet(name, collection.name, tuple(made))


def titles(collection: Collection) -> tuple[Query, ...]:
    """The titles that only one page has, as queries: for the sets that spoil them."""
    seen = Counter(_plain(page.title) for page in collection.pages)
    return tuple(Query(page.title, frozenset({page.address})) for page in collection.pages if seen[_plain(page.title)] == 1)


def begun(name: str, collection: Collection, seed: int) -> QuerySet:
    """Beginnings of title words, each of which belongs to one title only."""
    dice = random.Random(f"{seed} {name} {collection.name}")
    all_titles = [page.title for page in collection.pages]
    made = (Query(text, frozenset({page.address})) for page in collection.pages for text in beginnings(page.title, all_titles, dice))
    return QuerySet(name, collection.name, tuple(made), typing=True)


def inflected(name: str, collection: Collection, seed: int) -> QuerySet:
    """Two telling words of a Russian page, each in a form that occurs elsewhere in the collection's texts and not on this page.

    No other page holds both words, in whatever form, not even in its keywords and questions, so that there is one right answer.
    :mod:`kbgen.search.forms` says what counts as a form.
    """
    held = {page.address: frozenset(RUSSIAN.words(page.text)) for page in collection.pages}
    forms = _forms(collection)
    # A page whose questions hold the words answers them as well, although no other engine sees those.
    said = {page.address: "\n".join((page.text, *page.keywords, *page.questions)) for page in collection.pages}
    pages_of = _holders({address: frozenset(RUSSIAN.words(text)) for address, text in said.items()})
    made = []
    for page in collection.pages:
        dice = random.Random(f"{seed} {name} {collection.name} {page.address}")
        made += _pairs(page.address, held[page.address], forms, pages_of, dice)
    return QuerySet(name, collection.name, tuple(made))


def inflected_titles(name: str, collection: Collection, seed: int) -> QuerySet:
    """The words of a Russian title, up to three, each in a form that the title does not hold; one that the page does not hold, if any.

    No other title holds all of them, in whatever form.
    """
    held = {page.address: frozenset(RUSSIAN.words(page.title)) for page in collection.pages}
    forms = _forms(collection)
    pages_of = _holders(held)
    made = []
    for page in collection.pages:
        dice = random.Random(f"{seed} {name} {collection.name} {page.address}")
        on_page = frozenset(RUSSIAN.words(page.text))
        asked: list[str] = []
        common = frozenset(held)
        for word in dict.fromkeys(RUSSIAN.words(page.title)):
            others = forms.of(word) - held[page.address]
            if others and len(asked) < MOST_TITLE_WORDS:
                asked.append(dice.choice(sorted(others - on_page or others)))
                common &= frozenset().union(*(pages_of[family] for family in RUSSIAN.families(word)))
        if asked and common == {page.address}:
            made.append(Query(" ".join(asked), common))
    return QuerySet(name, collection.name, tuple(made))


def _forms(collection: Collection) -> Forms:
    return Forms(RUSSIAN, [*(page.text for page in collection.pages), *collection.others])


def _holders(held: Mapping[str, frozenset[str]]) -> dict[tuple[int, str], set[str]]:
    """Families of words → addresses of the pages that hold one of the family."""
    found: dict[tuple[int, str], set[str]] = defaultdict(set)
    for address, here in held.items():
        for word in here:
            for family in RUSSIAN.families(word):
                found[family].add(address)
    return found


def _pairs(
    address: str, held: frozenset[str], forms: Forms, pages_of: Mapping[tuple[int, str], set[str]], dice: random.Random
) -> list[Query]:
    """The queries for one page: pairs of words, no word twice."""
    most = max(2, len(frozenset().union(*pages_of.values())) // TELLING)
    candidates: list[tuple[str, frozenset[str]]] = []  # another form, and the pages that hold the word in any form
    for word in sorted(held):
        others = sorted(forms.of(word) - held)
        where = frozenset().union(*(pages_of[family] for family in RUSSIAN.families(word)))
        if others and len(where) <= most:
            candidates.append((dice.choice(others), where))
    dice.shuffle(candidates)
    made: list[Query] = []
    while candidates and len(made) < INFLECTED_PER_PAGE:
        first, where = candidates.pop()
        second = next((one for one in candidates if where & one[1] == {address} and one[0] != first), None)
        if second is not None:
            candidates.remove(second)
            made.append(Query(f"{first} {second[0]}", frozenset({address})))
    return made


def sample(made: QuerySet, most: int, seed: int) -> QuerySet:
    """At most so many of the queries, drawn evenly, in their order."""
    if not most or len(made.queries) <= most:
        return made
    chosen = sorted(random.Random(f"{seed} sample {made.name} {made.collection}").sample(range(len(made.queries)), most))
    return replace(made, queries=tuple(made.queries[number] for number in chosen))


def _lower(text: str) -> list[str]:
    return _TEXT_WORD.findall(text.lower())


def _plain(text: str) -> str:
    return " ".join(_lower(text))
