"""As many articles as asked, grown from real ones: for bytes, times and nothing else, for nobody says which of them answers what.

Each is put together from the pieces of several real articles of about its length. A real base also has more words the more articles it
has; so a few words of each are exchanged for coined ones, the rarer the later they were coined. Each has as many questions and keywords
as an article of ours, with as many words in them, and as many of these stand in its text.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from search_bench.shapes import Collection, Page, Piece
from search_bench.spoil import telling_words

COINED_SHARE = 0.02
COINED_PER_PAGE = 4
QUESTIONS, QUESTION_WORDS = (2, 5), (4, 6)
"""Questions of an article; words of one, besides those that it begins with."""
KEYWORDS, KEYWORD_WORDS = (4, 6), (1, 1, 2, 2)
OWN_WORDS = 0.7
"""So many of these words stand in the article's text; the others come from elsewhere, or nowhere."""
_ASKED = {
    "en": ("How do I", "Why does", "Where can I find", "What is", "Can I", "It says", "My project has no"),
    "ru": ("Как", "Почему", "Где найти", "Что такое", "Можно ли", "Пишет", "Не работает"),
}
_WORD = re.compile(r"[^\W\d_]{5,}")
_SYLLABLES = {
    "en": "ba den fo gri hal im jo ker lun mo nat ol pra quin ro sel tor um vex win yar zo".split(),
    "ru": "ба ден фо гри хал им жо кер лун мо нат ол пра квин ро сел тор ум век вин яр зо".split(),
}


def grown(source: Collection, count: int, seed: int) -> Collection:
    """A collection of exactly this many pages."""
    pool = [piece for page in source.pages for piece in page.pieces if piece.text]
    opening = [page.summary for page in source.pages if page.summary] or [""]
    words = [_coined(number, source.language) for number in range(COINED_PER_PAGE * count)]
    pages = []
    for number in range(count):
        dice = random.Random(f"{seed} grown {source.name} {number}")
        model = dice.choice(source.pages)
        title = _varied(dice.choice(source.pages).title, words, dice, at_least=1)
        pieces = tuple(_piece(dice.choice(pool), at, words, dice) for at in range(max(1, len(model.pieces))))
        known = [word for piece in pieces for word in _WORD.findall(piece.text)] or words
        keywords = tuple(dict.fromkeys(_keyword(known, words, pool, dice) for _ in range(dice.randint(*KEYWORDS))))
        asks = tuple(dict.fromkeys(_question(pieces, words, pool, source.language, dice) for _ in range(dice.randint(*QUESTIONS))))
        pages.append(Page(f"area/{number % 10}/article-{number}/", title, pieces, dice.choice(opening), keywords, asks, "Area", "how-to"))
    return Collection(f"{source.language} {count}", source.language, tuple(pages))


def questions(collection: Collection, count: int, seed: int) -> list[str]:
    """What people might ask of it: five to eight neighbouring words out of the middle of a text."""
    dice = random.Random(f"{seed} questions {collection.name}")
    found = []
    while len(found) < count:
        piece = dice.choice(dice.choice(collection.pages).pieces)
        words = piece.text.split()
        if len(words) >= 8:
            start = dice.randrange(len(words) - 7)
            found.append(" ".join(words[start : start + dice.randint(5, 8)]))
    return found


def keystrokes(collection: Collection, count: int, seed: int) -> list[str]:
    """What stands in the box while a title is typed: two letters or more of a word, with the word before it or without."""
    dice = random.Random(f"{seed} keystrokes {collection.name}")
    found = []
    while len(found) < count:
        words = telling_words(dice.choice(collection.pages).title.lower())
        if words:
            at = dice.randrange(len(words))
            begun = words[at][: dice.randint(2, 7)]
            found.append(f"{words[at - 1]} {begun}" if at and dice.random() < 0.5 else begun)
    return found


def _keyword(known: list[str], words: list[str], pool: list[Piece], dice: random.Random) -> str:
    """A word or two, as people would look for the article."""
    return " ".join(
        dice.choice(known) if dice.random() < OWN_WORDS else _strange(words, pool, dice) for _ in range(dice.choice(KEYWORD_WORDS))
    )


def _question(pieces: Sequence[Piece], words: list[str], pool: list[Piece], language: str, dice: random.Random) -> str:
    """Neighbouring words of a text, asked for, with some in other words."""
    of_text = dice.choice(pieces).text.split()
    count = dice.randint(*QUESTION_WORDS)
    start = dice.randrange(max(1, len(of_text) - count + 1))
    asked = [word if dice.random() < OWN_WORDS else _strange(words, pool, dice) for word in of_text[start : start + count]]
    return " ".join((dice.choice(_ASKED[language]), *asked)) + "?"


def _strange(words: list[str], pool: list[Piece], dice: random.Random) -> str:
    """A word of another article, now and then a coined one."""
    others = _WORD.findall(dice.choice(pool).text)
    return dice.choice(others) if others and dice.random() >= COINED_SHARE else dice.choice(words)


def _piece(model: Piece, at: int, words: list[str], dice: random.Random) -> Piece:
    heading = _varied(model.heading, words, dice) if at else ""
    return Piece(f"part-{at}" if at else "", heading, _varied(model.text, words, dice))


def _varied(text: str, words: list[str], dice: random.Random, at_least: int = 0) -> str:
    """The text with some of its longer words exchanged. Squared chance: the first coined words are common, the last ones rare."""
    places = list(_WORD.finditer(text))
    chosen = {place.start() for place in places if dice.random() < COINED_SHARE}
    chosen |= {place.start() for place in dice.sample(places, min(at_least, len(places)))}
    return _WORD.sub(lambda match: words[int(len(words) * dice.random() ** 2)] if match.start() in chosen else match[0], text)


def _coined(number: int, language: str) -> str:
    """A word of its own for each number."""
    syllables = _SYLLABLES[language]
    word = syllables[number % len(syllables)]
    while number >= len(syllables):
        number //= len(syllables)
        word += syllables[number % len(syllables)]
    return word + syllables[len(word) % len(syllables)]
