"""As many articles as asked, grown from real ones: for bytes, times and nothing else, for nobody says which of them answers what.

Each is put together from the pieces of several real articles of about its length. A real base also has more words the more articles it
has; so a few words of each are exchanged for coined ones, the rarer the later they were coined.
"""

from __future__ import annotations

import random
import re

from search_bench.shapes import Collection, Page, Piece
from search_bench.spoil import telling_words

COINED_SHARE = 0.02
COINED_PER_PAGE = 4
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
        keywords = tuple(dice.sample(words, 2))
        pages.append(Page(f"area/{number % 10}/article-{number}/", title, pieces, dice.choice(opening), keywords, (), "Area", "how-to"))
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
