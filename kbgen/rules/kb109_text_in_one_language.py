"""A text of ``content/_data`` is there in one language of the project and not in another.

Names, definitions and what a customer is told are shown and read out to people of every language; whoever has none of their own gets
another's. Each text that is given at all is looked at; a language that no text of a file has is told once for the file.

To mend it, add the text in the language that is missing.

Bad::

    - id: line-3
      level: 3
      name: {en: Line 3}

Good::

    - id: line-3
      level: 3
      name: {en: Line 3, ru: 3-я линия}

Effect: the finding is reported; the text stands in another language where it is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import get_args

from pydantic import BaseModel

from kbgen.model.data import FILES
from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts
from kbgen.model.support import Texts

CODE = "KB109"
NAME = "text-in-one-language"
SEVERITY = Severity.WARNING
EFFECT = Effect.REPORT

Keys = tuple[str, ...]


def check(facts: Facts) -> Iterator[Problem]:
    languages = tuple(facts.settings.languages)
    for field, file in FILES.items():
        entries = getattr(facts.data, field)
        if field == "areas" and not facts.data.areas_declared:
            continue  # named after the folders
        texts = [
            ((str(getattr(entry, "id", position)), *keys), text) for position, entry in enumerate(entries) for keys, text in _texts(entry)
        ]
        absent = {language for language in languages if texts and not any(language in text for _, text in texts)}
        for language in sorted(absent):
            yield Problem(CODE, facts.data.place(file), f"no text in this file has '{language}'", _hint(facts))
        for keys, text in texts:
            missing = [f"'{language}'" for language in languages if language not in text and language not in absent]
            if missing:
                message = f"{'.'.join(keys[1:])} of '{keys[0]}' has no text in {' and '.join(missing)}"
                yield Problem(CODE, facts.data.place(file, *keys), message, _hint(facts))


def _hint(facts: Facts) -> str:
    return f"write it; until then the text in another language stands there, '{facts.settings.default_language}' where there is one"


def _texts(entry: BaseModel) -> Iterator[tuple[Keys, Mapping[str, str]]]:
    """The texts of an entry that are given at all, with the keys that lead there."""
    for name, field in type(entry).model_fields.items():
        value = getattr(entry, name)
        if isinstance(value, BaseModel):
            yield from (((name, *keys), text) for keys, text in _texts(value))
        elif field.annotation == Texts and value:
            yield (name,), value
        elif isinstance(value, tuple) and get_args(field.annotation)[:1] == (Texts,):
            yield from (((name, str(position)), text) for position, text in enumerate(value) if text)
