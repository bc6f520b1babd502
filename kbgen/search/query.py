"""From a query to what is looked up: for each of its words the terms that answer it, and what each counts.

``search-engine-query.js`` is the same in the browser. A word is answered by

* its own term: 1, or :data:`CODE` for a whole code;
* where it is the word being typed: terms that begin with it, :data:`COMPLETED`, or :data:`ALSO_COMPLETED` where it is a word already;
* else terms that begin like it and differ in their endings, which the stemmer kept apart: :data:`RELATED`;
* synonyms, :data:`SYNONYM`; of a phrase, which says more than a word, :data:`SYNONYM_OF_PHRASE`;
* where nothing else is known: the words that it is made of, :data:`PARTED`, or what it may have been meant for, :data:`CORRECTED`, each
  next candidate :data:`NEXT` of the one before.

A negation counts :data:`WEAK_SHARE` of that, and has no answer but its own term. Words that the index doesn't know may have been typed
with other keys: see :mod:`kbgen.search.retype`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kbgen.search.analyse import WEAK, Word, normalise, stem, words_of
from kbgen.search.layout import CORRECTABLE, HALVES, Half
from kbgen.search.reader import Reader, beginning_of
from kbgen.search.retype import NOT, parted, retyped
from kbgen.search.spelling import Known, corrections, other_layout, spelt_like
from kbgen.search.terms import whole

MOST_TERMS = 24
"""Words of a query that count; a longer text pasted into the box is cut."""
MOST_COMPLETIONS = 16
MOST_RELATIVES = 12
PAST_STEM = 3
"""Letters typed beyond a stem, up to which the list while typing still knows it."""
SHORTEST_RELATIVE, RELATIVE_CUT, RELATIVE_ENDING = 5, 2, 3
"""Terms are relatives if they share all but the last RELATIVE_CUT letters of a term, at least SHORTEST_RELATIVE, and have no more than
RELATIVE_ENDING letters behind those."""
SHOWN_WORDS = 40
SHORTEST_FOREIGN, SHORTEST_SWAPPED = 6, 7
"""Letters from which a word is corrected that is in another alphabet than the known words, or that was typed on the other layout: of the
short ones too many are one slip from something."""
CODE, COMPLETED, ALSO_COMPLETED, RELATED, SYNONYM, CORRECTED, NEXT = 2.0, 0.6, 0.15, 0.4, 0.6, 0.7, 0.9
PARTED, WEAK_SHARE, SYNONYM_OF_PHRASE = 0.9, 0.2, 0.8

Terms = tuple[str, ...]
"""Terms that answer a word together: one, or those of a phrase, all of which a document has to hold."""


@dataclass(slots=True)
class Asked:
    """A word of a query with its answers: terms → boost.

    Attributes:
        word: the word.
        answers: what answers it.
        known: whether the index knows it.
        shown: what a misspelt word was taken for, spelt out, else empty.
        counts: whether a document has to answer it: not so a negation beside other words.
    """

    word: Word
    answers: dict[Terms, float] = field(default_factory=dict)
    known: bool = False
    shown: str = ""
    counts: bool = True

    def add(self, terms: Terms, boost: float) -> None:
        """An answer; of two boosts of the same one the higher counts."""
        self.answers[terms] = max(self.answers.get(terms, 0.0), boost)


@dataclass(frozen=True, slots=True)
class Understood:
    """What a query was taken for.

    Attributes:
        asked: its words that anything answers, in order.
        shown_as: the query as it was understood, where that is not what was typed: on the other layout, or corrected.
        whole: the term for the query being a title, keyword or question as a whole.
        begun: the query as titles may begin with it; empty where it is a single word.
    """

    asked: tuple[Asked, ...]
    shown_as: str
    whole: str = ""
    begun: str = ""


@dataclass(slots=True)
class _Lookup:
    """What the index knows of one spelling of a query.

    Attributes:
        words: all words, stop words too.
        asked: those that are looked up.
    """

    words: list[Word]
    asked: list[Asked]

    @property
    def found(self) -> bool:
        return any(one.answers for one in self.asked)

    @property
    def sure(self) -> bool:
        """Whether every word is known; numbers and codes say nothing about the keys."""
        return all(one.known or one.word.code or one.word.stop or one.word.raw.isnumeric() for one in self.asked)


def understand(reader: Reader, query: str, *, exact: bool = False, halves: Sequence[Half] = HALVES) -> Understood:
    """What to look up for a query.

    Args:
        reader: the index.
        query: any text.
        exact: take it as it is typed: no other layout, no corrections, no synonyms.
        halves: the halves of the index to look into; with less than both nothing is corrected.
    """
    first, text = _look_up(reader, query, exact, halves), query
    corrects = not exact and len(halves) == len(HALVES)
    if not exact and not first.sure:
        known = frozenset(one.word.raw for one in first.asked if one.known or one.answers)
        text = retyped(reader, query, known, halves)
        first = first if text == query else _look_up(reader, text, exact, halves)
    swapped = text != query
    understood = _understood(reader, first, corrects, swapped=swapped, shortest=SHORTEST_SWAPPED if swapped else 0)
    if not corrects or understood.asked or swapped:
        return understood
    second = _understood(reader, _look_up(reader, other_layout(query), exact, halves), corrects, swapped=True, shortest=SHORTEST_SWAPPED)
    return second if any(one.shown for one in second.asked) else understood


def _look_up(reader: Reader, query: str, exact: bool, halves: Sequence[Half]) -> _Lookup:
    words = words_of(query, reader.stop)
    telling = [word for word in words if not word.stop][:MOST_TERMS]
    begun = _begun(query, words, telling)
    asked = [Asked(word) for word in telling or begun]
    strong = any(one.word.term not in WEAK for one in asked)
    for one in asked:
        one.counts = one.word.term not in WEAK or not strong
        _answer(reader, one, any(one.word is other for other in begun), halves)
    lookup = _Lookup(words, asked)
    if not exact:
        _add_synonyms(reader, lookup, halves)
    return lookup


def _answer(reader: Reader, one: Asked, begun: bool, halves: Sequence[Half]) -> None:
    """Look up a word by itself. ``begun``: whether it is the one being typed."""
    word = one.word
    known = not word.stop and reader.knows(word.term, halves)
    if known:
        one.add((word.term,), CODE if word.code else 1.0 if one.counts else WEAK_SHARE)
    completed = _completions(reader, word, halves) if begun and one.counts else []
    for term in completed:
        one.add((term,), ALSO_COMPLETED if known else COMPLETED)
    for term in [] if completed or not one.counts else _relatives(reader, word, halves):
        one.add((term,), RELATED)
    one.known = known or bool(completed) or not one.counts


def _begun(query: str, words: list[Word], telling: list[Word]) -> list[Word]:
    """The word being typed: the last one, unless something follows it. A code comes with its last part.

    A stop word is taken for a beginning (``на`` for ``настройка``) only where there is no other word.
    """
    if not words or not normalise(query).endswith(words[-1].raw[-1]):
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
    asked = {id(one.word): one for one in lookup.asked if one.counts}
    for synonyms in reader.synonyms:
        for phrase in synonyms.from_:
            for start in range(len(terms) - len(phrase) + 1) if phrase else ():
                if terms[start : start + len(phrase)] != phrase:
                    continue
                boost = SYNONYM if len(phrase) == 1 else SYNONYM_OF_PHRASE
                for word in words[start : start + len(phrase)]:
                    if id(word) in asked:
                        _add_others(reader, asked[id(word)], synonyms.to, boost, halves)


def _add_others(reader: Reader, one: Asked, others: Sequence[Terms], boost: float, halves: Sequence[Half]) -> None:
    for other in others:
        if other and other != (one.word.term,) and all(reader.knows(term, halves) for term in other):
            one.add(other, boost)
            one.known = True


def _understood(reader: Reader, lookup: _Lookup, corrects: bool, *, swapped: bool, shortest: int = 0) -> Understood:
    """The lookup with what its unknown words may have meant; ``shortest``: letters that those have at least."""
    corrected = False
    for one in lookup.asked if corrects else ():
        raw, related = one.word.raw, bool(one.answers)
        if one.known or one.word.stop or not CORRECTABLE.fullmatch(raw) or len(raw) < max(shortest, _shortest(lookup, raw)):
            continue
        parts = () if related else parted(reader, raw, HALVES)
        if parts:
            one.add(tuple(stem(part) for part in parts if part != NOT), PARTED)
        near = [] if parts else _meant(reader, one.word)
        boost = CORRECTED
        for word in near:
            one.add((word.term,), boost)
            boost *= NEXT
        if (parts or near) and not related:
            one.shown = " ".join(parts) or spelt_like(raw, one.word.term, near[0])
            corrected = True
    asked = tuple(one for one in lookup.asked if one.answers)
    if not any(one.counts for one in asked):
        asked = ()
    begun = beginning_of(lookup.words)
    begun = begun if 1 < begun.count(" ") <= MOST_TERMS else ""
    return Understood(asked, _shown(lookup) if asked and (swapped or corrected) else "", whole(lookup.words), begun)


def _shortest(lookup: _Lookup, raw: str) -> int:
    """How many letters a word has to have to be corrected."""
    latin = raw[0] < "а"
    known = [one.word.raw for one in lookup.asked if one.known and one.counts and CORRECTABLE.fullmatch(one.word.raw)]
    return SHORTEST_FOREIGN if known and all((other[0] < "а") != latin for other in known) else 0


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
