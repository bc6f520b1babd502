"""Builds the index of one edition: documents in, files out. The files are described in ``layout``."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from kbgen.model.search import SearchDocument
from kbgen.search.analyse import analyse, stop_words
from kbgen.search.layout import (
    CORRECTABLE,
    FIELDS,
    K1,
    SHARD_BYTES,
    SINGLE_BYTES,
    VERSION,
    WEIGHTS,
    B,
    Json,
    digest,
    pack,
    shard_path,
    text_path,
    utf16,
)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A term with its posting, ready to be written: ``data`` is its JSON."""

    term: str
    data: bytes


def build_index(documents: Sequence[SearchDocument], language: str) -> dict[str, bytes]:
    """The search index of an edition.

    Args:
        documents: the pages of the edition, in any order; the order doesn't change the result.
        language: language code of the edition.

    Returns:
        Path under the edition's ``search/`` folder → canonical JSON (UTF-8).
    """
    numbered = _number(documents)
    counted = {number: tuple(Counter(terms) for terms in _field_terms(document)) for number, document in numbered.items()}
    entries = _entries(counted)
    shards = _split(entries)
    files = {
        shard_path(first): b"[" + b",".join(entry.data for entry in shard) + b"]"  # as canonical as its entries
        for first, shard in shards
    }
    if len(shards) > 1:
        files["words.json"] = _json([entry.term for entry in entries if CORRECTABLE.fullmatch(entry.term)])
    for number, document in numbered.items():
        files[text_path(number)] = _json(
            {
                "summary": _one_line(document.summary),
                "sections": [[s.id, _one_line(s.heading), _one_line(s.text)] for s in document.sections],
            }
        )
    files["index.json"] = _json(_directory(numbered, counted, [first for first, _ in shards], language))
    return files


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


def _field_terms(document: SearchDocument) -> tuple[list[str], ...]:
    texts = (
        document.title,
        "\n".join((*document.keywords, *document.questions)),
        "\n".join(section.heading for section in document.sections),
        "\n".join((document.summary, *(section.text for section in document.sections))),
    )
    return tuple(analyse(text) for text in texts)


def _entries(counted: Mapping[int, tuple[Counter[str], ...]]) -> list[_Entry]:
    postings: dict[str, list[int]] = {}
    latest: dict[str, int] = {}
    for number, counters in counted.items():
        for term in {term for counter in counters for term in counter}:
            postings.setdefault(term, []).extend((number - latest.get(term, 0), pack(tuple(counter[term] for counter in counters))))
            latest[term] = number
    return [_Entry(term, _json([term, postings[term]])) for term in sorted(postings, key=utf16)]


def _split(entries: Sequence[_Entry]) -> list[tuple[str, Sequence[_Entry]]]:
    """Shards as (first term, entries). The whole is cut at the term of the highest digest in its middle half, and so on with the parts."""
    sizes = [len(entry.data) + 1 for entry in entries]
    if sum(sizes) <= SINGLE_BYTES:
        return [("", entries)]
    digests = [digest(entry.term) for entry in entries]
    taken = {digest("")}  # a file's name is a digest: no two shards may begin at terms with the same one
    cuts: list[int] = []
    parts = [(0, len(entries))]
    while parts:
        start, end = parts.pop()
        if sum(sizes[start:end]) <= SHARD_BYTES:
            continue
        free = [position for position in range(start + 1, end) if digests[position] not in taken]
        if not free:
            continue
        # One very common term may fill the middle half alone: then any place will do.
        cut = max(_middle(free, sizes, start, end) or free, key=lambda position: digests[position])
        taken.add(digests[cut])
        cuts.append(cut)
        parts += [(start, cut), (cut, end)]
    starts = [0, *sorted(cuts)]
    return [
        ("" if start == 0 else entries[start].term, entries[start:end])
        for start, end in zip(starts, [*starts[1:], len(entries)], strict=True)
    ]


def _middle(free: Sequence[int], sizes: Sequence[int], start: int, end: int) -> list[int]:
    """Those of the free places between start and end that leave at least a quarter of the bytes on either side."""
    before = list(accumulate(sizes[start:end], initial=0))
    return [position for position in free if before[-1] <= 4 * before[position - start] <= 3 * before[-1]]


def _directory(
    numbered: Mapping[int, SearchDocument], counted: Mapping[int, tuple[Counter[str], ...]], shards: list[str], language: str
) -> Json:
    """What ``index.json`` holds; average lengths are in hundredths, whole numbers being the same in every language."""
    listed = list(numbered.values())
    lengths = [[counters[field].total() for counters in counted.values()] for field in range(len(FIELDS))]
    values = {name: sorted({getattr(document, name) for document in listed}, key=utf16) for name in ("area", "type", "audience")}
    positions = {name: {value: position for position, value in enumerate(of_name)} for name, of_name in values.items()}
    ids = list(numbered)
    return {
        "version": VERSION,
        "language": language,
        "k1": K1,
        "b": B,
        "weights": WEIGHTS,
        "averages": [sum(of_field) * 100 // max(1, len(of_field)) for of_field in lengths],
        "stop": sorted(stop_words()),
        "shards": shards,
        "values": values,
        "documents": {
            "id": [number - before for before, number in zip([0, *ids], ids, strict=False)],
            "address": [document.address for document in listed],
            "title": [document.title for document in listed],
            "lengths": lengths,
            **{name: [positions[name][getattr(document, name)] for document in listed] for name in values},
        },
    }


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _json(value: Json) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "replace")
