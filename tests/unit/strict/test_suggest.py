"""Did-you-mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbgen.strict.suggest import did_you_mean

KEYS = ["audience", "last_reviewed", "title", "tags", "tier"]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("audiense", "did you mean 'audience'?"),
        ("AUDIENCE", "did you mean 'audience'?"),
        ("Audience", "did you mean 'audience'?"),
        ("last-reviewed", "did you mean 'last_reviewed'?"),
        ("titel", "did you mean 'title'?"),
        ("colour", ""),
        ("", ""),
    ],
)
def test_nearest(word, expected):
    assert did_you_mean(word, KEYS) == expected


def test_two_that_differ_in_capitals():
    assert did_you_mean("titel", ["Title", "title"]) == did_you_mean("titel", ["title", "Title"])


def test_none_known():
    assert did_you_mean("x", []) == ""


@given(st.text(max_size=9), st.permutations(KEYS))
def test_order_of_the_known_words_does_not_matter(word, keys):
    assert did_you_mean(word, keys) == did_you_mean(word, KEYS)
