"""Documents for a search server: mappings that hold every field, and bulk files as the bulk interface takes them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbgen.exports import search as module
from kbgen.exports.search import edition_files, index_name, listing
from kbgen.model.article import Section
from kbgen.model.plan import Edition
from kbgen.model.search import SearchDocument
from kbgen.model.support import Synonym

ENGLISH, RUSSIAN = Edition("public", "en", ""), Edition("internal", "ru", "ru/")
WEIGHTS = {"title": 6, "keywords": 5, "headings": 3, "body": 1}
URL = "https://help.acorn.example/"


def document(address: str, text: str = "Press the button.", **more: Any) -> SearchDocument:
    sections = (Section("", "", text), Section("after", "And then?", "Wait."))
    fields = {
        "title": "Get a refund",
        "area": "Billing",
        "type": "how-to",
        "audience": "public",
        "summary": "",
        "keywords": ("money back",),
    }
    return SearchDocument(**{"address": address, **fields, "questions": (), "sections": sections, **more})


def bulk(files: dict[str, bytes]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """The pairs of all bulk files; every rule of the format that a server would complain about."""
    pairs = []
    for path, data in files.items():
        if path.endswith(".ndjson"):
            assert data.endswith(b"\n")
            assert not data.startswith(b"\xef\xbb\xbf")
            lines = data.decode("utf-8").split("\n")[:-1]
            assert lines
            assert len(lines) % 2 == 0
            parsed = [json.loads(line) for line in lines]
            assert all(isinstance(value, dict) for value in parsed)
            pairs += list(zip(parsed[::2], parsed[1::2], strict=True))
    for action, _ in pairs:
        assert list(action) == ["index"]
        assert sorted(action["index"]) == ["_id", "_index"]
        assert 0 < len(action["index"]["_id"].encode()) <= 512
    assert len({(action["index"]["_index"], action["index"]["_id"]) for action, _ in pairs}) == len(pairs)
    return pairs


def test_an_action_and_a_document_for_each_page() -> None:
    files = edition_files(RUSSIAN, URL, [document("billing/возврат/"), document("")], WEIGHTS)
    assert sorted(files) == ["internal-ru/bulk-001.ndjson", "internal-ru/index.json", "internal-ru/query.json"]
    (home, first), (refund, second) = bulk(files)
    assert (home["index"], refund["index"]["_id"]) == ({"_index": "kbgen-internal-ru", "_id": "/"}, "/billing/возврат/")
    assert first["url"] == "https://help.acorn.example/ru/"
    assert second["url"] == "https://help.acorn.example/ru/billing/%D0%B2%D0%BE%D0%B7%D0%B2%D1%80%D0%B0%D1%82/"
    assert second["address"] == "ru/billing/возврат/"
    assert second["sections"][1] == {"anchor": "after", "heading": "And then?", "text": "Wait."}


def test_every_field_is_mapped_and_no_other_let_in() -> None:
    files = edition_files(ENGLISH, "", [document("a/")], WEIGHTS)
    mappings = json.loads(files["public-en/index.json"])["mappings"]
    [(_, source)] = bulk(files)
    assert mappings["dynamic"] == "strict"
    assert set(source) <= set(mappings["properties"])
    assert set(source["sections"][0]) == set(mappings["properties"]["sections"]["properties"])
    filled = {each["copy_to"] for each in mappings["properties"]["sections"]["properties"].values() if "copy_to" in each}
    assert set(mappings["properties"]) - set(source) == filled == {"headings", "body"}


@pytest.mark.parametrize(("edition", "analyser"), [(ENGLISH, "kbgen_en"), (RUSSIAN, "kbgen_ru")])
def test_analysers_are_there_and_fit_the_language(edition: Edition, analyser: str) -> None:
    index = json.loads(edition_files(edition, "", [], WEIGHTS)[f"{edition.key}/index.json"])
    analysis = index["settings"]["index"]["analysis"]
    assert index["mappings"]["properties"]["title"]["analyzer"] == analyser
    used = json.dumps(index["mappings"])
    assert {name for name in analysis["analyzer"] if f'"{name}"' in used} == {analyser, "kbgen_exact"}
    for each in analysis["analyzer"].values():
        assert set(each["filter"]) <= {"lowercase", *analysis["filter"]}
        assert set(each.get("char_filter", ())) <= set(analysis["char_filter"])


def test_the_query_asks_mapped_fields_with_the_browsers_weights() -> None:
    files = edition_files(ENGLISH, "", [], WEIGHTS)
    properties = json.loads(files["public-en/index.json"])["mappings"]["properties"]
    query = json.loads(files["public-en/query.json"])
    asked = [field for part in query["query"]["bool"]["should"] for field in part["multi_match"]["fields"]]
    assert "title^6" in asked and "questions^5" in asked
    assert {field.partition("^")[0].removesuffix(".exact") for field in asked} <= set(properties)
    assert set(query["highlight"]["fields"]) <= set(properties)


def test_synonyms_are_taken_into_account_when_searching() -> None:
    synonyms = (Synonym(words=("refund", "money back")), Synonym.model_validate({"from": ("a, b", "x => y"), "to": ("c\\d",)}))
    index = json.loads(edition_files(ENGLISH, "", [], WEIGHTS, synonyms)["public-en/index.json"])
    analysis = index["settings"]["index"]["analysis"]
    assert analysis["filter"]["kbgen_synonyms"]["synonyms"] == ["refund, money back", r"a\, b => a\, b, c\\d", r"x \=> y => x \=> y, c\\d"]
    assert "kbgen_synonyms" in analysis["analyzer"][index["mappings"]["properties"]["title"]["search_analyzer"]]["filter"]
    assert "kbgen_synonyms" not in analysis["analyzer"]["kbgen_en"]["filter"]


def test_parts_stay_below_their_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PART_BYTES", 2_000)
    documents = [document(f"a{number}/", "Текст. " * 40) for number in range(20)]
    files = edition_files(ENGLISH, "", documents, WEIGHTS)
    parts = [path for path in sorted(files) if path.endswith(".ndjson")]
    assert len(parts) > 3
    assert parts[:2] == ["public-en/bulk-001.ndjson", "public-en/bulk-002.ndjson"]
    assert all(len(files[path]) <= 2_000 for path in parts)
    assert len(bulk(files)) == 20


def test_a_document_larger_than_a_part_is_cut_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PART_BYTES", 2_000)
    large = document("large/", sections=tuple(Section(f"s{number}", "Part", "Text. " * 20) for number in range(40)))
    files = edition_files(ENGLISH, "", [document("a/"), large, document("z/")], WEIGHTS)
    assert all(len(data) <= 2_000 for path, data in files.items() if path.endswith(".ndjson"))
    sources = [source for _, source in bulk(files)]
    assert [source["address"] for source in sources] == ["a/", "large/", "z/"]
    assert 0 < len(sources[1]["sections"]) < 40


def test_a_very_long_address_keeps_its_end() -> None:
    pairs = bulk(edition_files(ENGLISH, "", [document("п" * 400 + "/one/"), document("п" * 400 + "/two/")], WEIGHTS))
    assert [action["index"]["_id"][-5:] for action, _ in pairs] == ["/one/", "/two/"]


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=60)), max_size=6, unique_by=lambda pair: pair[0]))
def test_whatever_stands_in_texts_the_format_holds(texts: list[tuple[str, str]]) -> None:
    documents = [document(f"{number}/", text, title=title) for number, (title, text) in enumerate(texts)]
    assert len(bulk(edition_files(ENGLISH, URL, documents, WEIGHTS))) == len(texts)


def test_half_an_emoji_is_no_reason_to_stop() -> None:
    [(_, source)] = bulk(edition_files(ENGLISH, "", [document("a/", "\ud83d and\u2028more\x85lines")], WEIGHTS))
    assert source["sections"][0]["text"] == "? and\u2028more\x85lines"


def test_the_listing_names_every_file() -> None:
    files = edition_files(ENGLISH, "", [document("a/")], WEIGHTS)
    listed = json.loads(listing({index_name(ENGLISH): 1}, files))
    assert listed["files"] == {path: len(data) for path, data in files.items()}
    assert listed["indexes"] == {"kbgen-public-en": 1}
