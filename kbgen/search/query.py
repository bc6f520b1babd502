"""From a query to what is looked up: for each of its words the terms that answer it, and what each counts.

``search-engine-query.js`` is the same in the browser. A word is answered by

* its own term: 1, or :data:`CODE` for a whole code;
* where it is the word being typed: terms that begin with it, :data:`COMPLETED`, or :data:`ALSO_COMPLETED` where it is a word already;
* else terms that begin like it and differ in their endings, which the stemmer kept apart: :data:`RELATED`;
* synonyms, of one word or several: :data:`SYNONYM`;
* where nothing else is known: what it may have been meant for, :data:`CORRECTED`, each next candidate :data:`NEXT` of the one before.

Where the index knows less than half of the words, the same keys on the other layout are tried, and win if it knows more of those.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kbgen.search.analyse import Word, normalise, words_of
from kbgen.search.layout import CORRECTABLE, HALVES, Half
from kbgen.search.reader import Reader
from kbgen.search.spelling import Known, corrections, other_layout

MOST_TERMS = 24
"""Words of a query that count; a longer text pasted into the box is cut."""
MOST_COMPLETIONS = 16
MOST_RELATIVES = 12
SHORTEST_RELATIVE, RELATIVE_CUT, RELATIVE_ENDING = 5, 2, 3
PAST_STEM = 3
"""Letters typed beyond a stem, up to which the list while typing still knows it."""
"""Terms are relatives if they share all but the last RELATIVE_CUT letters of a term, at least SHORTEST_RELATIVE, and have no more than
RELATIVE_ENDING letters behind those."""
SHOWN_WORDS = 40
CODE, COMPLETED, ALSO_COMPLETED, RELATED, SYNONYM, CORRECTED, NEXT = 2.0, 0.6, 0.15, 0.4, 0.6, 0.7, 0.9

Terms = tuple[str, ...]
"""Terms that answer a word together: one, or those of a phrase, all of which a document has to hold."""


@dataclass(slots=True)
class Asked:
    """A word of a query with its answers: terms → boost. ``shown``: what a misspelt word was taken for, spelt out, else empty."""

    word: Word
    answers: dict[Terms, float] = field(default_factory=dict)
    known: bool = False
    shown: str = ""

    def add(self, terms: Terms, boost: float) -> None:
        """An answer; of two boosts of the same one the higher counts."""
        self.answers[terms] = max(self.answers.get(terms, 0.0), boost)


@dataclass(frozen=True, slots=True)
class Understood:
    """What a query was taken for.

    Attributes:
        asked: its words that anything answers, in order.
        shown_as: the query as it was understood, where that is not what was typed: on the other layout, or corrected.
    """

    asked: tuple[Asked, ...]
    shown_as: str


@dataclass(slots=True)
class _Lookup:
    """What the index knows of one spelling of a query.

    Attributes:
        words: all words, stop words too.
        asked: those that are looked up.
        sure: how many words of letters it knows; numbers say nothing about the layout.
        letters: how many words of letters there are.
    """

    words: list[Word]
    asked: list[Asked]
    sure: int = 0
    letters: int = 0

    @property
    def found(self) -> bool:
        return any(one.answers for one in self.asked)


def understand(reader: Reader, query: str, *, exact: bool = False, halves: Sequence[Half] = HALVES) -> Understood:
    """What to look up for a query.

    Args:
        reader: the index.
        query: any text.
        exact: take it as it is typed: no other layout, no corrections, no synonyms.
        halves: the halves of the index to look into; with less than both nothing is corrected.
    """
    first = _look_up(reader, query, exact, halves)
    corrects = not exact and len(halves) == len(HALVES)
    if exact or (first.found and 2 * first.sure >= first.letters):
        return _understood(reader, first, corrects, swapped=False)
    second, swapped = _look_up(reader, other_layout(query), exact, halves), False
    if second.sure > first.sure or (second.found and not first.found):
        first, second, swapped = second, first, True
    understood = _understood(reader, first, corrects, swapped=swapped)
    return understood if understood.asked else _understood(reader, second, corrects, swapped=not swapped)


def _look_up(reader: Reader, query: str, exact: bool, halves: Sequence[Half]) -> _Lookup:
    words = words_of(query, reader.stop)
    telling = [word for word in words if not word.stop][:MOST_TERMS]
    begun = _begun(query, words, telling)
    asked = [Asked(word) for word in telling or begun]
    lookup = _Lookup(words, asked)
    for one in asked:
        word = one.word
        known = not word.stop and reader.knows(word.term, halves)
        if known:
            one.add((word.term,), CODE if word.code else 1.0)
        completed = _completions(reader, word, halves) if any(word is other for other in begun) else []
        for term in completed:
            one.add((term,), ALSO_COMPLETED if known else COMPLETED)
        for term in [] if completed else _relatives(reader, word, halves):
            one.add((term,), RELATED)
        one.known = known or bool(completed)
    if not exact:
        _add_synonyms(reader, lookup, halves)
    letters = [one for one in asked if telling and CORRECTABLE.fullmatch(one.word.raw)]
    lookup.letters = len(letters)
    lookup.sure = sum(one.known for one in letters)
    return lookup


def _begun(query: str, words: list[Word], telling: list[Word]) -> list[Word]:
    """The word being typed: the last one, unless something follows it. A code comes with its last part.

    A stop word is taken for a beginning (``на`` for ``настройка``) only where there is no other word.
    """
    if not words or not normalise(query).endswith(words[-1].raw):
        return []
    last = words[-1]
    if last.stop and telling:
        return []
    return [word for word in words if word.chunk == last.chunk and (word.code or word is last)]


def _completions(reader: Reader, word: Word, halves: Sequence[Half]) -> list[str]:
    if len(word.raw) < 2:
        return []
    completed = [term for term in reader.beginning(word.raw, halves) if term != word.term][:MOST_COMPLETIONS]
    if completed or len(halves) == len(HALVES):
        return completed
    # While somebody types, nothing is corrected: "billin" has gone past the stem "bill" and is not yet "billing".
    shorter = (word.raw[:-cut] for cut in range(1, PAST_STEM + 1))
    return [term for term in shorter if CORRECTABLE.fullmatch(term) and term != word.term and reader.knows(term, halves)][:1]


def _relatives(reader: Reader, word: Word, halves: Sequence[Half]) -> list[str]:
    term = word.term
    if word.stop or len(term) < SHORTEST_RELATIVE or not CORRECTABLE.fullmatch(term):
        return []
    shared = max(SHORTEST_RELATIVE, len(term) - RELATIVE_CUT)
    near = (other for other in reader.beginning(term[:shared], halves) if CORRECTABLE.fullmatch(other))
    return [other for other in near if other != term and len(other) - shared <= RELATIVE_ENDING][:MOST_RELATIVES]


def _add_synonyms(reader: Reader, lookup: _Lookup, halves: Sequence[Half]) -> None:
    """The synonyms of each phrase in the query, as answers to each of the phrase's words that are not stop words."""
    words = [word for word in lookup.words if not word.code]
    terms = tuple(word.term for word in words)
    asked = {id(one.word): one for one in lookup.asked}
    for synonyms in reader.synonyms:
        for phrase in synonyms.from_:
            for start in range(len(terms) - len(phrase) + 1) if phrase else ():
                if terms[start : start + len(phrase)] != phrase:
                    continue
                for word in words[start : start + len(phrase)]:
                    if id(word) in asked:
                        _add_others(reader, asked[id(word)], synonyms.to, halves)


def _add_others(reader: Reader, one: Asked, others: Sequence[Terms], halves: Sequence[Half]) -> None:
    for other in others:
        if other and other != (one.word.term,) and all(reader.knows(term, halves) for term in other):
            one.add(other, SYNONYM)
            one.known = True


def _understood(reader: Reader, lookup: _Lookup, corrects: bool, *, swapped: bool) -> Understood:
    """The lookup with what its unknown words may have meant."""
    corrected = False
    for one in lookup.asked if corrects else ():
        if one.known or one.word.stop or not CORRECTABLE.fullmatch(one.word.term):
            continue
        related = bool(one.answers)
        boost = CORRECTED
        for number, word in enumerate(_meant(reader, one.word)):
            one.add((word.term,), boost)
            boost *= NEXT
            if number == 0 and not related:
                one.shown = word.form
                corrected = True
    asked = tuple(one for one in lookup.asked if one.answers)
    shown = asked and (swapped or corrected)
    return Understood(asked, _shown(lookup) if shown else "")


def _meant(reader: Reader, word: Word) -> list[Known]:
    """Corrections with the same first letter, which is seldom wrong; only where there is none those with another."""
    first = word.term[0]
    near = corrections(word.raw, word.term, [one for one in reader.words(first) if one.term[0] == first])
    if near:
        return near
    letters = sorted(reader.directory["letters"])
    others = [one for letter in letters if letter != first for one in reader.words(letter) if one.term[0] != first]
    return corrections(word.raw, word.term, others)


def _shown(lookup: _Lookup) -> str:
    """The words of a query with the corrected ones in place; a code as a whole."""
    shown = {id(one.word): one.shown for one in lookup.asked}
    codes = {word.chunk for word in lookup.words if word.code}
    words = [word for word in lookup.words if word.code or word.chunk not in codes][:SHOWN_WORDS]
    return " ".join(shown.get(id(word)) or word.raw for word in words)
