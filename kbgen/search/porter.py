"""The English stemmer that lunr.js has, step by step, so that the browser and Python cut every word at the same place.

lunr.py's own Porter stemmer and Snowball's two English ones differ from it (``y`` at the end, ``bli``, ``logi``, …) on 1 to 6 words in a
hundred. This port gave the same stems for all of 184,000 words; ``tests/unit/search`` compares them again through Node.
"""

from __future__ import annotations

import re

_STEP_2 = {
    "ational": "ate", "tional": "tion", "enci": "ence", "anci": "ance", "izer": "ize", "bli": "ble", "alli": "al", "entli": "ent",
    "eli": "e", "ousli": "ous", "ization": "ize", "ation": "ate", "ator": "ate", "alism": "al", "iveness": "ive", "fulness": "ful",
    "ousness": "ous", "aliti": "al", "iviti": "ive", "biliti": "ble", "logi": "log",
}  # fmt: skip
_STEP_3 = {"icate": "ic", "ative": "", "alize": "al", "iciti": "ic", "ical": "ic", "ful": "", "ness": ""}

_CONSONANTS = "[^aeiou][^aeiouy]*"
_VOWELS = "[aeiouy][aeiou]*"
_HAS_VC = re.compile(f"^({_CONSONANTS})?{_VOWELS}{_CONSONANTS}")
_HAS_ONE_VC = re.compile(f"^({_CONSONANTS})?{_VOWELS}{_CONSONANTS}({_VOWELS})?$")
_HAS_TWO_VC = re.compile(f"^({_CONSONANTS})?{_VOWELS}{_CONSONANTS}{_VOWELS}{_CONSONANTS}")
_HAS_VOWEL = re.compile(f"^({_CONSONANTS})?[aeiouy]")
_SHORT = re.compile(f"^{_CONSONANTS}[aeiouy][^aeiouwxy]$")

_SSES_IES = re.compile(r"^(.+?)(ss|i)es$")
_S = re.compile(r"^(.+?)([^s])s$")
_EED = re.compile(r"^(.+?)eed$")
_ED_ING = re.compile(r"^(.+?)(ed|ing)$")
_AT_BL_IZ = re.compile(r"(at|bl|iz)$")
_DOUBLE = re.compile(r"([^aeiouylsz])\1$")
_Y = re.compile(r"^(.+?[^aeiou])y$")
_SUFFIX_2 = re.compile(
    r"^(.+?)(ational|tional|enci|anci|izer|bli|alli|entli|eli|ousli|ization|ation|ator|alism|iveness|fulness|ousness|aliti|iviti|biliti|logi)$"
)
_SUFFIX_3 = re.compile(r"^(.+?)(icate|ative|alize|iciti|ical|ful|ness)$")
_SUFFIX_4 = re.compile(r"^(.+?)(al|ance|ence|er|ic|able|ible|ant|ement|ment|ent|ou|ism|ate|iti|ous|ive|ize)$")
_ION = re.compile(r"^(.+?)(s|t)(ion)$")
_E = re.compile(r"^(.+?)e$")


def _past_and_gerund(word: str) -> str:
    if found := _EED.match(word):
        return word[:-1] if _HAS_VC.match(found[1]) else word
    found = _ED_ING.match(word)
    if not found or not _HAS_VOWEL.match(found[1]):
        return word
    word = found[1]
    if _AT_BL_IZ.search(word):
        return word + "e"
    if _DOUBLE.search(word):
        return word[:-1]
    return word + "e" if _SHORT.match(word) else word


def _last_suffix(word: str) -> str:
    if found := _SUFFIX_4.match(word):
        return found[1] if _HAS_TWO_VC.match(found[1]) else word
    if (found := _ION.match(word)) and _HAS_TWO_VC.match(found[1] + found[2]):
        return found[1] + found[2]
    return word


def _last_letter(word: str) -> str:
    if found := _E.match(word):
        stem = found[1]
        if _HAS_TWO_VC.match(stem) or (_HAS_ONE_VC.match(stem) and not _SHORT.match(stem)):
            word = stem
    return word[:-1] if word.endswith("ll") and _HAS_TWO_VC.match(word) else word


def porter_stem(word: str) -> str:
    """The stem of an English word in lower case letters ``a`` to ``z``, e.g. ``payments`` → ``payment``, ``billing`` → ``bill``."""
    if len(word) < 3:
        return word
    begins_with_y = word[0] == "y"
    if begins_with_y:  # as a consonant: the patterns know lower case vowels only
        word = "Y" + word[1:]
    if found := _SSES_IES.match(word) or _S.match(word):
        word = found[1] + found[2]
    word = _past_and_gerund(word)
    if found := _Y.match(word):
        word = found[1] + "i"
    if (found := _SUFFIX_2.match(word)) and _HAS_VC.match(found[1]):
        word = found[1] + _STEP_2[found[2]]
    if (found := _SUFFIX_3.match(word)) and _HAS_VC.match(found[1]):
        word = found[1] + _STEP_3[found[2]]
    word = _last_letter(_last_suffix(word))
    return "y" + word[1:] if begins_with_y else word
