"""From text to terms: the analyser, specified here. ``theme/javascripts/search-analyse.js`` is the same in the browser, line by line.

Any text goes through these steps, in this order, for indexing and for searching alike:

1. **One spelling.** Unicode NFC; lower case; ``ё`` → ``е`` and ``ς`` → ``σ``; the typographic hyphens U+2010 and U+2011 → ``-``; marks
   (category M: stress, what NFC leaves of accents) and format characters (Cf: soft hyphen, direction marks) are taken out; so is the
   apostrophe of ``n't`` at the end of a word: ``can't`` → ``cant``, as many type it.
2. **Runs.** A run is letters and numbers (L and N), joined by single ``_``, ``-`` or ``.`` inside; all else ends it.
3. **Codes.** A run of several parts with a ``_`` or a number in it, of at most 64 characters, counts as a whole, unstemmed:
   ``err_123``, ``kb-7q4m``, ``2.3.1``. What has no joiner, such as ``0x80070005``, is a single word and whole anyway.
4. **Words.** The parts of every run, of codes too, follow; each is cut after 64 characters (code points). A run of one letter, ``-`` and
   three letters or more is one word: ``e-mail`` → ``email``.
5. **Stop words** go (``stopwords.json``, Russian and English, in the spelling of step 1; the same ones in every edition). They are
   compared before stemming, and a code is never one.
6. **Negations** (:data:`NEGATIONS`) have one term in each language, ``not`` and ``не``: ``cannot``, ``doesn't``, ``нет``. They count
   little and are never marked (:mod:`kbgen.search.query`): the text of a mended fault denies as often as the text of the fault.
7. **Stems.** Words of ``a`` to ``z`` alone get the English stem (:mod:`kbgen.search.porter`), words of ``а`` to ``я`` alone the Russian
   one (Snowball); words with digits, of both scripts or of any other stay as they are.

``How do I pay an invoice?`` → ``pay invoic``; ``Возвраты по ERR_123`` → ``возврат err_123 err 123``; ``I can't`` → ``not``.

Synonyms, beginnings and misspellings are no part of this: they are looked up when somebody searches, see :mod:`kbgen.search.query`.
``tests/vectors/analyser.json`` holds both sides together.
"""

# mypy: allow-untyped-calls
# (the library called here has no types)

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from snowballstemmer.russian_stemmer import RussianStemmer

from kbgen.search.porter import porter_stem

LONGEST = 64
"""Characters (code points) of a word that count."""

NEGATIONS = {
    **dict.fromkeys(
        "not no nor never neither without cannot unable cant dont doesnt didnt isnt arent wasnt werent wont couldnt havent hasnt".split(),
        "not",
    ),
    **dict.fromkeys("не нет нельзя".split(), "не"),
}
"""Words that deny, normalised, with the term of each."""
WEAK = frozenset(NEGATIONS.values())
"""Terms that count little and are never marked."""

_CHUNK = re.compile(r"[^\W_]+(?:[-_.][^\W_]+)*")
_JOINER = re.compile(r"[-_.]")
_NOT = re.compile("n['\u2019]t(?![^\\W_])")
_LATIN = re.compile(r"[a-z]+")
_CYRILLIC = re.compile(r"[а-я]+")
_SAME_LETTER = str.maketrans({"ё": "е", "ς": "σ", "\u2010": "-", "\u2011": "-"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text.

    Attributes:
        raw: as written, normalised.
        term: what the index holds for it.
        code: whether it is a code that is searched for as a whole.
        stop: whether it is a stop word, which the index doesn't hold.
        chunk: position, among the runs of joined words of the text, of the run it comes from.
    """

    raw: str
    term: str
    code: bool
    stop: bool
    chunk: int


@cache
def stop_words() -> frozenset[str]:
    """The words too common to search for, both languages, normalised. They live in ``stopwords.json``; every index carries a copy."""
    lists: dict[str, str] = json.loads(files("kbgen.search").joinpath("stopwords.json").read_text(encoding="utf-8"))
    return frozenset(word for words in lists.values() for word in normalise(words).split())


def normalise(text: str) -> str:
    """The text in the one spelling that words are compared in."""
    text = _NOT.sub("nt", unicodedata.normalize("NFC", text).lower().translate(_SAME_LETTER))
    if text.isascii():
        return text
    invisible = {ord(char): None for char in set(text) if _is_invisible(char)}
    return text.translate(invisible) if invisible else text


def _is_invisible(char: str) -> bool:
    category = unicodedata.category(char)
    return category[0] == "M" or category == "Cf"


def _has_number(chunk: str) -> bool:
    return any(unicodedata.category(char)[0] == "N" for char in chunk)


def _is_one_word(run: str) -> bool:
    return run[:1].isalpha() and run[2:].isalpha() and len(run) > 4


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a normalised word by its script; a word of any other letters, or with digits, is its own stem."""
    if word in NEGATIONS:
        return NEGATIONS[word]
    if _LATIN.fullmatch(word):
        return porter_stem(word)
    if _CYRILLIC.fullmatch(word):
        # Snowball's stemmers keep the word they work on in themselves: a new one each time makes this safe in threads.
        stemmed: str = RussianStemmer().stemWord(word)
        return stemmed
    return word


def words_of(text: str, stop: AbstractSet[str]) -> list[Word]:
    """All words of a text in order, stop words too; a code comes before its parts."""
    found: list[Word] = []
    for position, match in enumerate(_CHUNK.finditer(normalise(text))):
        chunk = match[0].replace("-", "") if match[0][1:2] == "-" and _is_one_word(match[0]) else match[0]
        parts = _JOINER.split(chunk)
        if len(parts) > 1 and len(chunk) <= LONGEST and ("_" in chunk or _has_number(chunk)):
            found.append(Word(chunk, chunk, code=True, stop=False, chunk=position))
        for part in parts:
            raw = part[:LONGEST]
            found.append(Word(raw, stem(raw), code=False, stop=raw in stop, chunk=position))
    return found


def analyse(text: str) -> list[str]:
    """The terms of a text, in order, repeated as often as they occur."""
    return [word.term for word in words_of(text, stop_words()) if not word.stop]
