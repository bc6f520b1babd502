from __future__ import annotations

import json
import random
import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import search_corpus as corpus

from kbgen.model.article import Section
from kbgen.search import analyse, build_index
from kbgen.search.index import _number
from kbgen.search.layout import CAPS, SHARD_BYTES, digest, pack, shard_path, unpack, utf16


def test_the_order_of_the_documents_changes_no_byte() -> None:
    documents = corpus.documents(120)
    index = build_index(documents, "ru")
    for seed in range(3):
        shuffled = documents[:]
        random.Random(seed).shuffle(shuffled)
        assert build_index(shuffled, "ru") == index


@pytest.mark.parametrize("count", [0, 1, 25, 300])
def test_the_index_holds_the_given_documents_and_terms_and_no_others(count: int) -> None:
    documents = corpus.documents(count)
    index = build_index(documents, "en")
    directory = json.loads(index["index.json"])
    assert sorted(directory["documents"]["address"]) == sorted(document.address for document in documents)
    assert sorted(directory["documents"]["title"]) == sorted(document.title for document in documents)
    texts = [json.loads(data)["sections"] for name, data in index.items() if name.startswith("texts/")]
    assert sorted(texts) == sorted([[s.id, s.heading, s.text] for s in document.sections] for document in documents)
    terms = {term for name, data in index.items() if name.startswith("terms/") for term, _ in json.loads(data)}
    given = {term for document in documents for text in _texts(document) for term in analyse(text)}
    assert terms == given


def _texts(document: corpus.SearchDocument) -> list[str]:
    texts = [document.title, document.summary, *document.keywords, *document.questions]
    return texts + [text for section in document.sections for text in (section.heading, section.text)]


def test_every_file_is_canonical_json_and_has_its_place() -> None:
    index = build_index(corpus.documents(300), "ru")
    for name, data in index.items():
        value = json.loads(data)
        assert data == json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode(), name
    directory = json.loads(index["index.json"])
    named = {"index.json", "words.json", *map(shard_path, directory["shards"])}
    assert set(index) - {name for name in index if name.startswith("texts/")} == named
    assert directory["shards"] == sorted(directory["shards"], key=utf16)
    assert directory["language"] == "ru"


def test_a_small_index_is_one_file_and_a_large_one_many_small_ones() -> None:
    small = build_index(corpus.documents(25), "en")
    assert [name for name in small if name.startswith("terms/")] == [shard_path("")]
    assert "words.json" not in small
    shards = [data for name, data in build_index(corpus.documents(300), "en").items() if name.startswith("terms/")]
    assert len(shards) > 10
    assert max(map(len, shards)) <= SHARD_BYTES + 2 or all(len(json.loads(data)) == 1 for data in shards if len(data) > SHARD_BYTES + 2)
    assert sum(map(len, shards)) / len(shards) > SHARD_BYTES / 4


def test_an_edit_rewrites_only_what_it_touches() -> None:
    documents = corpus.documents(300)
    before = build_index(documents, "en")
    first = documents[0]
    edited = replace(first, sections=(replace(first.sections[0], text=first.sections[0].text + " зюзюкин"), *first.sections[1:]))
    after = build_index([edited, *documents[1:]], "en")
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert len([name for name in changed if name.startswith("texts/")]) == 1
    assert 1 <= len([name for name in changed if name.startswith("terms/")]) <= 3
    assert {"index.json", "words.json"} <= changed


def test_adding_a_document_leaves_the_ids_of_the_others() -> None:
    documents = corpus.documents(300)
    before = {document.address: number for number, document in _number(documents[:299]).items()}
    after = {document.address: number for number, document in _number(documents).items()}
    assert len(after) == 300
    assert sum(before[address] != after[address] for address in before) <= 1


def test_two_documents_with_one_address_both_have_a_place() -> None:
    one = corpus.documents(1)[0]
    index = build_index([one, replace(one, title="Other")], "en")
    assert len([name for name in index if name.startswith("texts/")]) == 2


def test_counts_survive_packing_up_to_their_caps() -> None:
    chance = random.Random(2)
    for _ in range(500):
        counts = tuple(chance.randint(0, cap + 2) for cap in CAPS)
        assert unpack(pack(counts)) == tuple(min(count, cap) for count, cap in zip(counts, CAPS, strict=True))


def test_digests_name_the_files_that_the_browser_asks_for() -> None:
    """Changing them renames every shard; that the browser has the same function is shown by its reading of the index."""
    digests = ["ab3e7c0b", "1a80b1b3", "8e28da0b", "8641b65c", "5e821352"]
    assert [f"{digest(term):08x}" for term in ("", "a", "оплат", "err_123", "𝒳")] == digests


def test_text_is_kept_on_one_line() -> None:
    document = replace(corpus.documents(1)[0], sections=(Section("", "", "a\n b\t\u2028c"),), summary=" x \n y ")
    texts = next(json.loads(data) for name, data in build_index([document], "en").items() if name.startswith("texts/"))
    assert texts == {"summary": "x y", "sections": [["", "", "a b c"]]}
