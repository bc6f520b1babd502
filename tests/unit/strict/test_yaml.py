"""Strict YAML: one meaning, or a fault with its line and column."""

import datetime

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kbgen.strict.yaml import MAX_DEPTH, MAX_NODES, load


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("# only a comment\n", None),
        ("a: 1\n", {"a": 1}),
        ("---\na: 1\n", {"a": 1}),
        ("a: {b: [c, 'd: e']}", {"a": {"b": ["c", "d: e"]}}),
        ("a: [9223372036854775807, -9223372036854775808]", {"a": [2**63 - 1, -(2**63)]}),
        ("a: '99999999999999999999'", {"a": "99999999999999999999"}),
        ("a: 0x7fff_ffff_ffff_ffff", {"a": 2**63 - 1}),
        ("a: 0.1" + "0" * 90, {"a": 0.1}),
        ("date: 2026-10-01", {"date": datetime.date(2026, 10, 1)}),
        ("'<<': 1", {"<<": 1}),
        ("'no': yes", {"no": True}),
        ("a:", {"a": None}),
        ("ключ: значение", {"ключ": "значение"}),
        ("text: |\n  a\n   b\n", {"text": "a\n b\n"}),
        ("a: 1\r\nb: 2\r\n", {"a": 1, "b": 2}),
    ],
)
def test_read(text, value):
    document = load(text)
    assert document.faults == ()
    assert document.value == value


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("a: 1\nb: 2\na: 3", 3, 1, "the key 'a' stands twice (first on line 1)"),
        ("x:\n  a: 1\n  a: 1", 3, 3, "the key 'a' stands twice (first on line 2)"),
        ("1: a", 1, 1, "a key has to be a text; put it in quotes"),
        ("no: a", 1, 1, "a key has to be a text; put it in quotes"),
        ("? [a]\n: b", 1, 3, "a key has to be a text; put it in quotes"),
        ("a: {b: 1}\n<<: {c: 1}", 2, 1, "merge keys (<<) are not allowed; write the keys out"),
        ("a: &x 1", 1, 4, "anchors and aliases (& and *) are not allowed; write the value out"),
        ("a: *x", 1, 4, "anchors and aliases (& and *) are not allowed; write the value out"),
        ("a: !!python/object/apply:os.system [x]", 1, 4, "tags such as !!python/object/apply:os.system are not allowed"),
        ("a: !ENV X", 1, 4, "tags such as !ENV are not allowed"),
        ("a: ! x", 1, 4, "tags such as ! are not allowed"),
        ("a: !!" + "x" * 99, 1, 4, f"tags such as !!{'x' * 55}… are not allowed"),
        ("a: 2026-02-30", 1, 4, "'2026-02-30' is not a possible value (a date that does not exist?)"),
        ("a: " + "9" * 5000, 1, 4, f"'{'9' * 57}…' is too large a number; put it in quotes"),
        ("a: 9223372036854775808", 1, 4, "'9223372036854775808' is too large a number; put it in quotes"),
        ("a: -9223372036854775809", 1, 4, "'-9223372036854775809' is too large a number; put it in quotes"),
        ("id: 0x" + "f" * 5000, 1, 5, f"'0x{'f' * 55}…' is too large a number; put it in quotes"),
        ("a: 0x8000000000000000", 1, 4, "'0x8000000000000000' is too large a number; put it in quotes"),
        ("a: 01000000000000000000000", 1, 4, "'01000000000000000000000' is too large a number; put it in quotes"),
        ("a: 0b1" + "0" * 63, 1, 4, f"'0b1{'0' * 54}…' is too large a number; put it in quotes"),
        ("a: 1:" + "00:" * 11 + "00", 1, 4, f"'1:{'00:' * 11}00' is too large a number; put it in quotes"),
        ("a: 1" + ":59" * 30_000, 1, 4, f"'1{':59' * 18}:5…' is too large a number; put it in quotes"),
        ("a: 1" + ":59" * 30_000 + ".5", 1, 4, f"'1{':59' * 18}:5…' is too large a number; put it in quotes"),
        ("a: x\x85b", 1, 5, "the invisible line break U+0085 is not allowed here"),
        ("b\n c\u2028", 2, 3, "the invisible line break U+2028 is not allowed here"),
        ("a: 1\nb: \x1b[2J", 2, 4, "the character #x001b is not allowed"),
        ("a: 1\n---\nb: 2\n", 2, 1, "a second document starts here: a line '---' may stand at the top only"),
        ("a: 1\n...\nb: 2\n", 3, 1, "text after the end of the YAML"),
        ("{a: 1}}", 1, 7, "text after the end of the YAML"),
        ("title: How to: pay", 1, 14, "a colon followed by a space inside a value: put the value in quotes"),
        ("a:\n\t- b", 2, 1, "a tab where YAML wants spaces"),
        ("a: 1\nb: 'x\nc: 2\n", 2, 4, "a quote that is opened here and never closed"),
        ('a: "x', 1, 4, "a quote that is opened here and never closed"),
        ("a: [1, 2\nb: 3", 1, 4, "a list or mapping in brackets is opened here and not closed, or a comma is missing in it"),
        ("a: 'x' y", 1, 8, "text after the end of a value: put the whole value in quotes"),
        ("a:\n   b: 1\n  c: 2", 3, 3, "this line does not fit the lines above: look at how far they are moved to the right"),
        ("a: 1\nb 2\nc: 3", 2, 1, "a key without a colon and a value"),
        ("a: - b", 1, 4, "a list starts on a line of its own"),
        ("a: @x", 1, 4, "a value starts with a character that YAML keeps for itself: put the value in quotes"),
        ('a: "\\q"', 1, 6, "a backslash in double quotes that YAML does not know: write it twice, or use single quotes"),
        ("a: ]", 1, 4, "a value is missing here"),
        ("%YAML 3.0\n---\na: 1", 1, 1, "a line '%YAML' with another version: remove it"),
        ("[" * (MAX_DEPTH + 1), 1, MAX_DEPTH + 1, f"nested deeper than {MAX_DEPTH} levels"),
    ],
)
def test_fault(text, line, column, message):
    document = load(text)
    assert document.value is None
    assert [(fault.line, fault.column, fault.message) for fault in document.faults] == [(line, column, message)]
    (moved,) = load(text, first_line=10).faults
    assert (moved.line, moved.column) == (line + 9, column)


def test_every_fault_of_the_values_at_once():
    document = load("a: 1\na: 2\n1: x\nb: 2026-13-01\n")
    assert [fault.line for fault in document.faults] == [2, 3, 4]


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 50_000, "- " * 50_000, "? " * 50_000, "'" * 99_999])
def test_deep_nesting_ends(text):
    assert load(text).faults


def test_nesting_up_to_the_bound():
    assert load("[" * MAX_DEPTH + "]" * MAX_DEPTH).faults == ()


def test_number_of_values():
    enough = "[" + "1," * (MAX_NODES - 1) + "]"
    assert load(enough).faults == ()
    assert "more than" in load(enough[:-1] + "1]").faults[0].message


def test_marks():
    document = load("a:\n  - x\n  - b: 1\nc: {d: 2}\n", first_line=5)
    assert document.marks == {
        (): (5, 1),
        ("a",): (5, 1),
        ("a", 0): (6, 5),
        ("a", 1): (7, 5),
        ("a", 1, "b"): (7, 5),
        ("c",): (8, 1),
        ("c", "d"): (8, 5),
    }


@given(st.text(st.sampled_from("ab:- \n\t[]{},'\"#&*!|>%@?<=.0123\x85é\x00"), max_size=60) | st.text(max_size=40))
def test_total(text):
    """Never an exception; a value or faults; and where there is a value, PyYAML agrees."""
    document = load(text)
    assert all(fault.line >= 1 and fault.column >= 1 and fault.message and "\n" not in fault.message for fault in document.faults)
    if document.faults:
        assert document.value is None
    else:
        assert repr(document.value) == repr(yaml.safe_load(text))


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=9,
)


@given(_JSON)
def test_what_was_written_is_read(value):
    text = yaml.safe_dump(value, allow_unicode=False)
    document = load(text)
    assert document.faults or document.value == value
