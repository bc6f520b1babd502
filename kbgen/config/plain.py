"""Checks a value against a model of pydantic as far as it goes, and says in plain words what is wrong with it.

One fault hides the next: a model with a misspelt key is no value, so nothing that depends on it could be checked. Therefore what is
wrong is taken out (or a stand-in put in where it was required) and the rest checked again, until a value comes of it.
"""

from __future__ import annotations

import copy
import re
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kbgen.model.support import ALERT, RELEASE
from kbgen.strict.suggest import did_you_mean
from kbgen.strict.yaml import Path

M = TypeVar("M", bound=BaseModel)

SLUG = r"^[a-z0-9][a-z0-9-]*$"
_PATTERNS = {
    SLUG: "small letters a to z, digits and hyphens only",
    ALERT: "letters a to z, digits, dots, hyphens and underscores only, a letter or digit first",
    RELEASE: "letters a to z, digits, dots, hyphens and underscores only, a letter or digit first",
}
_ROUNDS = 12
_LISTED = 40  # possible words that a message lists
_WORDS = {
    "string_type": "has to be a text",
    "int_type": "has to be a whole number",
    "int_parsing": "has to be a whole number",
    "int_from_float": "has to be a whole number",
    "int_parsing_size": "has to be a whole number",
    "finite_number": "has to be a whole number",
    "bool_type": "has to be true or false",
    "bool_parsing": "has to be true or false",
    "date_type": "has to be a date like 2026-10-01",
    "date_parsing": "has to be a date like 2026-10-01",
    "date_from_datetime_parsing": "has to be a date like 2026-10-01",
    "date_from_datetime_inexact": "has to be a date like 2026-10-01",
    "mapping_type": "has to be a mapping (lines of 'key: value')",
    "dict_type": "has to be a mapping (lines of 'key: value')",
    "model_type": "has to be a mapping (lines of 'key: value')",
    "tuple_type": "has to be a list",
    "string_too_short": "is empty",
}


@dataclass(frozen=True, slots=True, order=True)
class Flaw:
    """Something wrong in a value: ``path`` of keys to it, ``message`` without a full stop."""

    path: Path
    message: str


@dataclass(frozen=True, slots=True)
class Checked(Generic[M]):
    """What came of a check: the ``value`` without what was wrong (None: nothing could be made of it), and everything that was wrong."""

    value: M | None
    flaws: tuple[Flaw, ...]


def check(
    model: type[M], raw: Mapping[str, Any], stand_ins: Mapping[str, Any] | None = None, *, drop_incomplete: bool = False
) -> Checked[M]:
    """Check a mapping against a model.

    Args:
        model: the model.
        raw: the mapping, not changed.
        stand_ins: field name → value to put in where the field is required and missing, so that the rest can be checked.
        drop_incomplete: take a mapping inside out where it lacks something required, instead of giving up.
    """
    tree = copy.deepcopy(dict(raw))
    flaws: dict[Path, Flaw] = {}
    for _ in range(_ROUNDS):
        try:
            return Checked(model.model_validate(tree), tuple(flaws.values()))
        except ValidationError as failed:
            found = _by_place(tree, failed.errors(include_url=False))
        for path, error in found.items():
            # What is missing because it was taken out in an earlier round has been told already.
            if not any(told[: len(path)] == path for told in flaws):
                flaws[path] = Flaw(path, _words(model, path, error))
        mended = [_mend(tree, path, error, stand_ins or {}, drop_incomplete) for path, error in found.items()]
        if not all(mended):
            break
    return Checked(None, tuple(flaws.values()))


def _by_place(tree: Mapping[str, Any], errors: list[ErrorDetails]) -> dict[Path, ErrorDetails]:
    """The errors by where they are. Where a value may be a text or something else, pydantic tells of both readings: one is kept."""
    placed = [(*_place(tree, error), error) for error in errors]
    found: dict[Path, ErrorDetails] = {}
    for path, is_choice, error in placed:
        if is_choice and any(other != path and other[: len(path)] == path for other, _, _ in placed):
            continue
        if is_choice and path in found and found[path]["type"] != error["type"]:
            error["type"] = f"{found[path]['type']} {error['type']}"
        found[path] = error
    return found


def _place(tree: Mapping[str, Any], error: ErrorDetails) -> tuple[Path, bool]:
    """The path to the faulty value, and whether the last step of pydantic's location names one of several kinds it may have."""
    path: Path = ()
    node: Any = tree
    steps = error["loc"]
    for position, step in enumerate(steps):
        last = position == len(steps) - 1
        if isinstance(node, Mapping) and step in node:
            path, node = (*path, step), node[str(step)]
        elif isinstance(node, (list, tuple)) and isinstance(step, int) and step < len(node):
            path, node = (*path, step), node[step]
        elif last and error["type"] == "missing":
            path = (*path, step)
        elif last:
            return path, True
    return path, False


def _mend(tree: dict[str, Any], path: Path, error: ErrorDetails, stand_ins: Mapping[str, Any], drop_incomplete: bool) -> bool:
    """Take the faulty value out of the tree, or put a stand-in where one is missing. False where neither is possible."""
    if not path:
        return False
    parent: Any = tree
    parents = [tree]
    for step in path[:-1]:
        try:
            parent = parent[step]
        except (KeyError, IndexError):
            return True  # taken out together with its parent
        parents.append(parent)
    if error["type"] == "missing":
        if drop_incomplete and len(path) > 1:
            path = path[:-1]
            parents.pop()
            parent = parents[-1]
        elif path[-1] not in stand_ins:
            return False
        else:
            parent[path[-1]] = copy.deepcopy(stand_ins[str(path[-1])])
            return True
    # A list's item is never taken out alone: the items after it would change their places. The list goes as a whole.
    while isinstance(parent, (list, tuple)):
        path = path[:-1]
        parents.pop()
        if not parents:
            return False
        parent = parents[-1]
    parent.pop(path[-1], None)
    return True


def _words(model: type[BaseModel], path: Path, error: ErrorDetails) -> str:
    kind, context, value = error["type"], error.get("ctx", {}), error.get("input")
    if kind == "extra_forbidden":
        return unknown(str(path[-1]), _known_keys(model, path[:-1]))
    if kind == "missing":
        return "is missing"
    if kind == "literal_error":
        return f"{quoted(value)} is not possible here" + _instead(
            str(value), re.findall(r"[\w-]+", str(context.get("expected", "")).replace(" or ", " "))
        )
    if kind == "string_pattern_mismatch" and context.get("pattern") in _PATTERNS:
        return f"{quoted(value)} is not possible here: {_PATTERNS[str(context['pattern'])]}"
    if kind == "string_type" and path[-1] in {"from", "to"} and isinstance(value, int):
        return "has to be a time in quotes"  # YAML reads 17:00 as a number of minutes
    if kind == "value_error":
        return f"{quoted(value)}: {context.get('error')}"
    if kind == "greater_than_equal":
        return f"has to be at least {context.get('ge')}"
    if kind == "less_than_equal":
        return f"has to be at most {context.get('le')}"
    if kind == "string_too_long":
        return f"is longer than {context.get('max_length')} characters"
    words = [_WORDS[one] for one in kind.split() if one in _WORDS]
    if not words:
        return f"{quoted(value)} is not possible here ({error['msg'][:1].lower() + error['msg'][1:]})"
    return " or ".join([words[0], *(word.removeprefix("has to be ") for word in words[1:])])


def unknown(word: str, known: typing.Iterable[str], what: str = "key") -> str:
    """The message for a word that is none of the known ones."""
    return f"unknown {what}" + _instead(word, list(dict.fromkeys(known)))


def _instead(word: str, known: list[str]) -> str:
    guess = did_you_mean(word, known)
    if guess:
        return f", {guess}"
    more = ", …" if len(known) > _LISTED else ""
    return f" (possible: {', '.join(known[:_LISTED])}{more})" if known else ""


def fills_host(url: str) -> bool:
    """Whether something is filled in before the path of an address, where it would decide whose address it is."""
    return "{" in re.split(r"[/?#\\]", url.partition("://")[2], maxsplit=1)[0]


def quoted(value: object) -> str:
    """A value as messages show it: short, on one line, without characters that a terminal would obey."""
    text = value if isinstance(value, str) else repr(value)
    text = "".join(character if character.isprintable() else "?" for character in text)
    return f"'{text}'" if len(text) <= 60 else f"'{text[:57]}…'"


def _known_keys(model: type[BaseModel], path: Path) -> list[str]:
    """The keys a model knows at a path: through mappings, lists and optional kinds."""
    annotation: Any = model
    for step in path:
        inner = _model_in(annotation)
        fields = inner.model_fields if inner is not None else {}
        field = fields.get(str(step)) or next((each for each in fields.values() if each.alias == step), None)
        annotation = field.annotation if field is not None else _value_of(annotation)
    found = _model_in(annotation)
    return [field.alias or name for name, field in found.model_fields.items()] if found else []


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, types.UnionType):
        return next((found for one in typing.get_args(annotation) if (found := _model_in(one))), None)
    return annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None


def _value_of(annotation: Any) -> Any:
    """What a mapping or a list holds; of several kinds, the one that holds something."""
    arguments = typing.get_args(annotation)
    if isinstance(annotation, types.UnionType) or typing.get_origin(annotation) is typing.Union:
        return next((found for one in arguments if (found := _value_of(one)) is not None), None)
    if not arguments:
        return None
    return arguments[1] if len(arguments) == 2 and arguments[1] is not Ellipsis else arguments[0]
