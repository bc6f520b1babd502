"""Builds the index of one edition: documents in, files out. The files are described in ``layout``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from kbgen.model.search import SearchDocument
from kbgen.model.support import Synonym
from kbgen.search.analyse import WEAK, normalise, stop_words
from kbgen.search.cache import TermCache
from kbgen.search.layout import (
    CORRECTABLE,
    FIELDS,
    HALVES,
    K1,
    SINGLE_BYTES,
    VERSION,
    WEIGHTS,
    B,
    Half,
    Json,
    level,
    pack,
    shard_path,
    text_path,
    utf16,
    words_path,
)
from kbgen.search.shards import Entry, split
from kbgen.search.terms import Counted, count, key_of

_MOST_COMMON = 9


def build_index(
    documents: Sequence[SearchDocument], language: str, synonyms: Sequence[Synonym] = (), cache: TermCache | None = None
) -> dict[str, bytes]:
    """The search index of an edition.

    Args:
        documents: the pages of the edition, in any order; the order doesn't change the result.
        language: language code of the edition.
        synonyms: the synonyms that the edition's site may see.
        cache: what earlier builds analysed; what is new is put into it, and it is not saved here.

    Returns:
        Path under the edition's ``search/`` folder → canonical JSON (UTF-8).
    """
    numbered = _number(documents)
    counted = {number: _counted(document, cache) for number, document in numbered.items()}
    counts = {number: one.counts() for number, one in counted.items()}
    files: dict[str, bytes] = {}
    directories: dict[str, list[str]] = {}
    for half in HALVES:
        shards = split(_entries(counts, half))
        directories[half.folder] = [first for first, _ in shards]
        for first, shard in shards:
            files[shard_path(half, first)] = b"[" + b",".join(entry.data for entry in shard) + b"]"  # as canonical as its entries
    words = _words(counted, counts)
    files.update({words_path(letter): data for letter, data in words.items()})
    for number, document in numbered.items():
        sections = [[section.id, _one_line(section.heading), _one_line(section.text)] for section in document.sections]
        files[text_path(number)] = _json({"summary": _one_line(document.summary), "sections": sections})
    directory = _directory(numbered, counted) | {"language": language, "shards": directories, "letters": sorted(words)}
    files["index.json"] = _json(directory | {"synonyms": _synonyms(synonyms)})
    return files


def _counted(document: SearchDocument, cache: TermCache | None) -> Counted:
    if cache is None:
        return count(document)
    key = key_of(document)
    counted = cache.get(key)
    if counted is None:
        counted = count(document)
        cache.put(key, counted)
    return counted


def _number(documents: Sequence[SearchDocument]) -> dict[int, SearchDocument]:
    """Documents by id, ids rising. There are 16 to 32 times more ids than documents, so clashes are rare; the later address gives way."""
    space = max(4096, 1 << (16 * max(1, len(documents)) - 1).bit_length())
    numbered: dict[int, SearchDocument] = {}
    for document in sorted(documents, key=lambda one: (one.address, one.title)):
        number = int.from_bytes(hashlib.sha256(document.address.encode("utf-8", "surrogatepass")).digest()[:8], "big") % space
        while number in numbered:
            number = (number + 1) % space
        numbered[number] = document
    return dict(sorted(numbered.items()))


def _entries(counts: Mapping[int, Mapping[str, Sequence[int]]], half: Half) -> list[Entry]:
    postings: dict[str, list[int]] = {}
    latest: dict[str, int] = {}
    one, two = half.fields
    for number, terms in counts.items():
        for term, of_fields in terms.items():
            here = (of_fields[one], of_fields[two])
            if any(here):
                postings.setdefault(term, []).extend((number - latest.get(term, 0), pack(here, half.caps)))
                latest[term] = number
    return [Entry(term, _json([term, postings[term]])) for term in sorted(postings, key=utf16)]


def _words(counted: Mapping[int, Counted], counts: Mapping[int, Mapping[str, Sequence[int]]]) -> dict[str, bytes]:
    """Letter → the words that begin with it: terms, how common each is, and how its most frequent spelling differs from it.

    ``forms`` holds, for each term, how many letters to take off its end (a digit) and what to put there instead.
    """
    spellings: dict[str, dict[str, int]] = {}
    for one in counted.values():
        for term, raw, *times in one.rows:
            if CORRECTABLE.fullmatch(term) and term not in WEAK:
                known = spellings.setdefault(term, {})
                known[raw] = known.get(raw, 0) + sum(times)
    holding: dict[str, int] = {}
    for terms in counts.values():
        for term in terms:
            holding[term] = holding.get(term, 0) + 1
    best = {term: min(spellings[term].items(), key=lambda one: (-one[1], len(one[0]), one[0]))[0] for term in sorted(spellings)}

    def listed(terms: Sequence[str]) -> bytes:
        common = "".join(str(min(_MOST_COMMON, holding[term].bit_length())) for term in terms)
        return _json({"terms": terms, "common": common, "forms": [_form(term, best[term]) for term in terms]})

    everything = listed(list(best))
    if len(everything) <= SINGLE_BYTES:
        return {"": everything}
    return {letter: listed([term for term in best if term[0] == letter]) for letter in sorted({term[0] for term in best})}


def _form(term: str, raw: str) -> str:
    same = 0
    while same < min(len(term), len(raw)) and term[same] == raw[same]:
        same += 1
    return "" if term == raw or len(term) - same > 9 else f"{len(term) - same}{raw[same:]}"


def _synonyms(synonyms: Sequence[Synonym]) -> list[Json]:
    """Two-way ones as ``[words]``, one-way ones as ``[from, to]``; each once, in one order."""
    listed = [[_phrases(one.words)] if one.words else [_phrases(one.from_), _phrases(one.to)] for one in synonyms]
    return [json.loads(text) for text in sorted({json.dumps(one) for one in listed if all(one)})]


def _phrases(texts: Sequence[str]) -> list[str]:
    return sorted(filter(None, {_one_line(normalise(text)) for text in texts}))


def _directory(numbered: Mapping[int, SearchDocument], counted: Mapping[int, Counted]) -> dict[str, Json]:
    """What ``index.json`` holds of the documents; average lengths are in hundredths, whole numbers being the same in every language."""
    listed = list(numbered.values())
    lengths = list(zip(*(one.lengths() for one in counted.values()), strict=True)) or [()] * len(FIELDS)
    named = ("area", "type", "audience", "severity")
    values = {name: sorted({getattr(document, name) for document in listed}, key=utf16) for name in named}
    positions = {name: {value: position for position, value in enumerate(of_name)} for name, of_name in values.items()}
    ids = list(numbered)
    return {
        "version": VERSION,
        "k1": K1,
        "b": B,
        "weights": WEIGHTS,
        "averages": [sum(of_field) * 100 // max(1, len(of_field)) for of_field in lengths],
        "stop": sorted(stop_words()),
        "values": values,
        "documents": {
            "id": [number - before for before, number in zip([0, *ids], ids, strict=False)],
            "address": [document.address for document in listed],
            "title": [document.title for document in listed],
            "lengths": ["".join(map(level, of_field)) for of_field in lengths],
            "featured": [position for position, document in enumerate(listed) if document.featured],
            **{name: [positions[name][getattr(document, name)] for document in listed] for name in values},
        },
    }


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _json(value: Json) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "replace")
