"""Logs of search events: what is read of them, what is masked, how it is ranked."""

from __future__ import annotations

import io
import json
import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbgen.gaps import Event, find_gaps, read_log
from kbgen.gaps import rank as rank_module
from kbgen.gaps import read as read_module
from kbgen.gaps.mask import masked
from kbgen.search import analyse


def line(query: str, language: str = "en", count: int = 0, rank: int | None = 0, **more: Any) -> str:
    return json.dumps(
        {"query": query, "language": language, "count": count, "rank": rank, "nothing": count == 0, **more}, ensure_ascii=False
    )


def read(text: str | bytes) -> tuple[list[Event], int, int]:
    log = read_log(io.BytesIO(text.encode() if isinstance(text, str) else text))
    events = list(log.events())
    return events, log.lines, log.odd


REFUND = Event("refund", "en", nothing=True, rank=0)
EVENT = line("refund")
IN_TEXT = json.dumps(EVENT)  # as a text inside JSON
NGINX = "".join(char if char.isalnum() or char in " {}:,_" else f"\\x{ord(char):02X}" for char in EVENT)


@pytest.mark.parametrize(
    "text",
    [
        EVENT,
        EVENT + "\r\n",
        f'10.0.0.1 - - [22/Nov/2026:16:00:00 +0000] "POST /events HTTP/1.1" 204 0 {EVENT}',
        f'{{"time": "2026-11-22", "request_body": {IN_TEXT}}}',
        f'{{"time": "2026-11-22", "body": {EVENT}}}',
        f'10.0.0.1 "POST /events" {IN_TEXT}',
        f'10.0.0.1 "POST /events" "{NGINX}"',
        f"{{ {{broken {EVENT}",
        json.dumps({"log": json.dumps({"request_body": EVENT})}),
    ],
)
def test_an_event_is_found_wherever_it_stands(text: str) -> None:
    assert read(text) == ([REFUND], 1, 0)


def test_letters_of_any_script_survive_nginx() -> None:
    escaped = "".join(
        char if char < "\x7f" and char != '"' else "".join(f"\\x{byte:02X}" for byte in char.encode()) for char in line("возврат", "ru")
    )
    assert read(f'"POST" "{escaped}"')[0] == [Event("возврат", "ru", nothing=True, rank=0)]


@pytest.mark.parametrize(
    ("values", "event"),
    [
        ({"count": 4, "rank": 2}, Event("x", "en", nothing=False, rank=2)),
        ({"count": 4, "rank": None}, Event("x", "en", nothing=False, rank=0)),
        ({"count": 4, "rank": True}, Event("x", "en", nothing=False, rank=0)),
        ({"count": 4, "rank": "2"}, Event("x", "en", nothing=False, rank=0)),
        ({"count": 4, "rank": -3}, Event("x", "en", nothing=False, rank=0)),
        ({"count": 0, "nothing": False}, Event("x", "en", nothing=True, rank=0)),
        ({"language": "<script>"}, Event("x", "", nothing=True, rank=0)),
        ({"language": 7}, Event("x", "", nothing=True, rank=0)),
        ({"language": "pt-BR"}, Event("x", "pt-BR", nothing=True, rank=0)),
    ],
)
def test_odd_values_do_no_harm(values: dict[str, Any], event: Event) -> None:
    assert read(json.dumps({"query": "x", "language": "en", "count": 0, "rank": 0, **values}))[0] == [event]


@pytest.mark.parametrize(
    "text",
    [
        "GET / HTTP/1.1",
        '{"query": "SELECT 1"}',
        '{"query": 7, "count": 1}',
        '{"query": "  ", "count": 1}',
        '["query"]',
        '{"query": "x", "count": 1',
        "{" * 50_000 + "query",
        '{"a":' * 20_000 + '"query"',
        '{"query": "x", "count": ' + "9" * 5000 + "}",
        '{"query": "' + "x" * 70_000 + '", "count": 0}',
        b"\xff\xfe query {",
    ],
    ids=lambda text: str(text[:20]),
)
def test_other_lines_are_counted(text: str | bytes) -> None:
    data = text if isinstance(text, bytes) else text.encode()
    assert read(data + b"\n\n" + EVENT.encode()) == ([REFUND], 2, 1)


@given(st.binary(max_size=300) | st.text(alphabet='{}"\\:,query nothing x22 count07', max_size=200).map(str.encode))
def test_no_log_stops_it(data: bytes) -> None:
    events, lines, odd = read(data)
    assert len(events) + odd == lines
    find_gaps(events, analyse)


def test_a_log_without_end_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_module, "MOST_BYTES", 3 * (len(EVENT) + 1))
    log = read_log(io.BytesIO(f"{EVENT}\n".encode() * 10))
    assert (len(list(log.events())), log.cut) == (3, True)


# masks


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("invoice for ann.lee@firm.example please", "invoice for @ please"),
        ("call +7 (916) 123-45-67 failed", "call # failed"),
        ("4111 1111 1111 1111", "#"),
        ("тел.89161234567", "тел.#"),
        ("project 12345", "project 12345"),
        ("0x80070005", "0x80070005"),
        ("KB-7Q4M ERR_123", "KB-7Q4M ERR_123"),
        ("sk_live_51H8xkQe2vSLdyr29t key", "# key"),
        ("2026-11-22", "#"),
        ("in 2026", "in 2026"),
        ("a\x1b[2Jb\u202ec\n d", "a [2Jb c d"),
        ("antidisestablishmentarianism", "antidisestablishmentarianism"),
    ],
)
def test_what_may_point_to_a_person_is_masked(query: str, shown: str) -> None:
    assert masked(query) == shown


@given(st.text(), st.emails(), st.text(string.digits, min_size=7, max_size=40))
def test_nothing_of_a_person_is_left(text: str, mail: str, digits: str) -> None:
    shown = masked(f"{text} {mail} {digits}"[-190:])
    assert mail not in shown
    assert digits not in shown
    assert len(shown) <= 200
    assert shown.isprintable()


@given(st.text())
def test_a_masked_query_stays_as_it_is(text: str) -> None:
    assert masked(masked(text)) == masked(text)


# ranks


def gaps(*lines: str) -> list[tuple[str, str, int, int, int, int]]:
    found = find_gaps(read("\n".join(lines))[0], analyse)
    return [(gap.language, gap.query, gap.spellings, gap.searches, gap.nothing, gap.unclicked) for gap in found.gaps]


def test_forms_and_order_of_words_join() -> None:
    assert gaps(
        line("возврат оплаты", "ru"), line("оплату возвратов", "ru"), line("Возврат оплаты", "ru"), line("возврат оплаты", "ru")
    ) == [("ru", "возврат оплаты", 3, 4, 4, 0)]


def test_languages_stay_apart() -> None:
    assert [gap[0] for gap in gaps(line("api", "ru"), line("api", "en"), line("api", ""))] == ["", "en", "ru"]


def test_a_list_and_the_click_on_it_are_one_search() -> None:
    assert gaps(line("refund", count=4), line("refund", count=4, rank=1)) == []
    assert gaps(line("refund", count=4, rank=1)) == []
    assert gaps(line("refund", count=4), line("refund", count=4), line("refund", count=4, rank=3)) == [("en", "refund", 1, 2, 0, 1)]


def test_the_widest_gap_comes_first() -> None:
    lines = [line("rare")] + [line("frequent")] * 3 + [line("shown", count=2)] * 2 + [line("found", count=2, rank=1)] * 9
    assert [gap[1] for gap in gaps(*lines)] == ["frequent", "shown", "rare"]
    found = find_gaps(read("\n".join(lines))[0], analyse)
    assert (found.searches, found.missed) == (15, 6)
    assert found.gaps[0].nothing_share == 1.0


def test_common_words_alone_are_a_query_too() -> None:
    assert gaps(line("how to"), line("How To")) == [("en", "How To", 2, 2, 2, 0)]


def test_persons_join_in_one_mask() -> None:
    assert gaps(line("invoice a@b.example"), line("invoice c@d.example")) == [("en", "invoice @", 1, 2, 2, 0)]


def test_too_many_different_queries_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rank_module, "MOST_GROUPS", 2)
    found = find_gaps(read("\n".join(line(word) for word in ("one", "two", "three", "two")))[0], lambda text: [text])
    assert ([gap.query for gap in found.gaps], found.uncounted) == (["two", "one"], 1)
