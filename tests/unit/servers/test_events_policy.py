"""The one address outside that a site's pages may send to: where they tell what was searched for."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from kbgen.model.settings import Search
from kbgen.servers.headers import policy


def test_pages_reach_their_own_host_only_unless_an_address_is_named():
    assert "connect-src 'self';" in policy(())
    assert "connect-src 'self' https://events.example;" in policy((), "https://events.example")
    assert policy((), "") == policy(())


@pytest.mark.parametrize(
    ("events", "origin"),
    [
        ("", ""),
        ("https://events.example", "https://events.example"),
        ("https://events.example/a/b?c=d", "https://events.example"),
        ("http://127.0.0.1:8080/told", "http://127.0.0.1:8080"),
    ],
)
def test_the_origin_of_an_address(events: str, origin: str):
    assert Search(events=events).events_origin == origin


@pytest.mark.parametrize(
    "events",
    [
        "events.example",
        "//events.example",
        "javascript:alert(1)",
        "https://",
        "https://*",
        "https://a.example https://b.example",
        "https://a.example; script-src *",
        "https://a.example,https://b.example",
        "https://user:word@a.example/",
        "https://a.example/'x'",
        "https://a.example\n",
    ],
)
def test_nothing_else_gets_into_the_policy(events: str):
    with pytest.raises(ValidationError):
        Search(events=events)
