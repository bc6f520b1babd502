from __future__ import annotations

import json
import random
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import search_corpus as corpus

from kbgen.model.article import Section
from kbgen.model.support import Synonym
from kbgen.search import analyse, build_index
from kbgen.search.analyse import stop_words, words_of
from kbgen.search.index import _number
from kbgen.search.layout import HALVES, SHARD_BYTES, digest, length_of, level, pack, shard_path, unpack, utf16, words_path
from kbgen.search.reader import Reader
from kbgen.search.terms import whole


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
    for half, texts_of in (("first/", _first_texts), ("terms/", _other_texts)):
        terms = {term for name, data in index.items() if name.startswith(half) for term, _ in json.loads(data)}
        wholes = (
            {whole(words_of(text, stop_words())) for document in documents for text in texts_of(document)} if half == "first/" else set()
        )
        assert terms == {term for document in documents for text in texts_of(document) for term in analyse(text)} | wholes - {""}
    spelt = {term for name, data in index.items() if name.startswith("words/") for term in json.loads(data)["terms"]}
    assert spelt <= {
        term for document in documents for text in (*_first_texts(document), *_other_texts(document)) for term in analyse(text)
    }


def _first_texts(document: corpus.SearchDocument) -> list[str]:
    return [document.title, *document.keywords, *document.questions]


def _other_texts(document: corpus.SearchDocument) -> list[str]:
    return [document.summary] + [text for section in document.sections for text in (section.heading, section.text)]


def test_every_file_is_canonical_json_and_has_its_place() -> None:
    index = build_index(corpus.documents(300), "ru")
    for name, data in index.items():
        value = json.loads(data)
        assert data == json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode(), name
    directory = json.loads(index["index.json"])
    named = {"index.json", *map(words_path, directory["letters"])}
    for half in HALVES:
        shards = directory["shards"][half.folder]
        named |= {shard_path(half, first) for first in shards}
        assert shards == sorted(shards, key=utf16)
    assert set(index) - {name for name in index if name.startswith("texts/")} == named
    assert directory["language"] == "ru"


def test_a_small_index_is_one_file_a_half_and_a_large_one_many_small_ones() -> None:
    small = build_index(corpus.documents(20), "en")
    assert sorted(name for name in small if name.startswith(("terms/", "first/", "words/"))) == [
        shard_path(HALVES[0], ""), shard_path(HALVES[1], ""), words_path(""),
    ]  # fmt: skip
    large = build_index(corpus.documents(600), "en")
    for half in HALVES:
        shards = [data for name, data in large.items() if name.startswith(f"{half.folder}/")]
        assert len(shards) > 10
        assert all(len(json.loads(data)) == 1 for data in shards if len(data) > SHARD_BYTES + 2)
        assert sum(map(len, shards)) / len(shards) > SHARD_BYTES / 4
    assert {words_path("a"), words_path("а")} <= set(large)


def test_an_edit_rewrites_only_what_it_touches() -> None:
    documents = corpus.documents(300)
    before = build_index(documents, "en")
    first = documents[0]
    edited = replace(first, sections=(replace(first.sections[0], text=first.sections[0].text + " зюзюкин"), *first.sections[1:]))
    after = build_index([edited, *documents[1:]], "en")
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert len([name for name in changed if name.startswith("texts/")]) == 1
    assert 1 <= len([name for name in changed if name.startswith("terms/")]) <= 3
    assert not [name for name in changed if name.startswith("first/")]
    assert len([name for name in changed if name.startswith("words/")]) == 1


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
        caps = chance.choice(HALVES).caps
        counts = tuple(chance.randint(0, cap + 2) for cap in caps)
        assert unpack(pack(counts, caps), caps) == tuple(min(count, cap) for count, cap in zip(counts, caps, strict=True))


def test_a_length_is_one_plain_character_and_at_most_an_eighth_too_short() -> None:
    for length in range(10_000):
        written = level(length)
        assert json.dumps(written) == f'"{written}"'
        assert length * 7 / 8 < length_of(written) + (length == 0) and length_of(written) <= length
        assert length > 15 or length_of(written) == length
    assert length_of(level(10**9)) == length_of(level(15 << 10))


def test_digests_name_the_files_that_the_browser_asks_for() -> None:
    """Changing them renames every shard; that the browser has the same function is shown by its reading of the index."""
    digests = ["ab3e7c0b", "1a80b1b3", "8e28da0b", "8641b65c", "5e821352"]
    assert [f"{digest(term):08x}" for term in ("", "a", "оплат", "err_123", "𝒳")] == digests


def test_text_is_kept_on_one_line() -> None:
    document = replace(corpus.documents(1)[0], sections=(Section("", "", "a\n b\t\u2028c"),), summary=" x \n y ")
    texts = next(json.loads(data) for name, data in build_index([document], "en").items() if name.startswith("texts/"))
    assert texts == {"summary": "x y", "sections": [["", "", "a b c"]]}


def test_synonyms_stand_once_in_one_order_and_nothing_else() -> None:
    two_way = [Synonym(words=("Refund", "money  back")), Synonym(words=("money back", "refund"))]
    one_way = Synonym.model_validate({"from": ["site"], "to": ["web page"]})
    documents = corpus.documents(2)
    for synonyms in ([*two_way, one_way], [one_way, *two_way]):
        directory = json.loads(build_index(documents, "en", synonyms)["index.json"])
        assert directory["synonyms"] == [[["money back", "refund"]], [["site"], ["web page"]]]
    assert json.loads(build_index(documents, "en")["index.json"])["synonyms"] == []


def test_a_word_is_offered_in_its_most_frequent_spelling() -> None:
    sections = (Section("", "", "возвраты возвраты возврат. Companies, company, companies. ERR_123 abc123"),)
    document = replace(corpus.documents(1)[0], title="", keywords=(), questions=(), summary="", sections=sections)
    known = {word.term: word for word in Reader(build_index([document], "en").__getitem__, _directory(document)).words("")}
    assert {term: word.form for term, word in known.items()} == {"возврат": "возвраты", "compani": "companies", "err": "err"}


def _directory(document: corpus.SearchDocument) -> Any:
    return json.loads(build_index([document], "en")["index.json"])
