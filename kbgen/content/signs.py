"""What looks as if its writer had meant to say for whom a text is. Such a text is never taken for one that says nothing."""

from __future__ import annotations

import difflib
import re
import unicodedata

from kbgen.model.meta import HIDING

_LATIN = str.maketrans("аеёіїоусԁ", "aeeiiyucd")
# "**Audience:** internal", "> audience = internal", "| Audience | internal |": a word, perhaps marked up, and what sets it off.
_SAID = re.compile(r"^[\s>*_`|#\-\ufeff\xa0]*['\"]?(?P<word>[^\W\d_][\w .-]{1,38}?)['\"*_`\s\xa0]*(?::|：|=|\|)")
_TOP = 12


def resembles_audience(key: str) -> bool:
    """Whether a key may be a misspelt, foreign-lettered or decorated ``audience``."""
    folded = unicodedata.normalize("NFKD", key).casefold().translate(_LATIN)
    plain = re.sub(r"[^a-z]", "", folded)
    return plain == "audience" or "audien" in plain or difflib.SequenceMatcher(None, plain, "audience").ratio() >= 0.75


def says_audience(text: str) -> bool:
    """Whether one of the first lines of a text without front matter speaks of an audience, or hides the page in another tool's words."""
    found = (_SAID.match(line) for line in text.split("\n")[:_TOP])
    return any(said and (resembles_audience(said["word"]) or said["word"].strip().casefold() in HIDING) for said in found)
