"""Lists as readers see them: what was written as steps is numbered."""

import re

import pytest

from kbgen.content.convert import Conversion, convert


def tags(text: str) -> list[str]:
    made = convert(text, internal_allowed=True)
    assert isinstance(made, Conversion)
    return re.findall(r"</?[ou]l>", made.html)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a\n- b\n\n1. c\n2. d\n", ["<ul>", "</ul>", "<ol>", "</ol>"]),
        ("1. a\n2. b\n\n- c\n", ["<ol>", "</ol>", "<ul>", "</ul>"]),
        ("1. a\n\n    - c\n\n    1. d\n\n2. b\n", ["<ol>", "<ul>", "</ul>", "<ol>", "</ol>", "</ol>"]),
        ("1. a\n\n    - c\n\n2. b\n\n3. d\n", ["<ol>", "<ul>", "</ul>", "</ol>"]),
        ("- a\n\n- b\n", ["<ul>", "</ul>"]),
    ],
)
def test_points_and_steps_are_lists_of_their_own(text: str, expected: list[str]) -> None:
    assert tags(text) == expected
