"""The pages of the sites as documents for a search server: for collections too large for search in the browser, or analytics on a server.

The one form is ``opensearch``: what OpenSearch takes by its own interface. For every edition (a site in one language) there is a folder
``<site>-<language>/``::

    index.json          settings and mappings of the index, to be sent once
    bulk-001.ndjson     documents for the bulk interface, as many files as needed, none above 5 MB
    query.json          a query with the weights that search in the browser has; put the reader's words in place of WORDS

and beside the folders ``export.json``, which lists them all. An index is called ``kbgen-<site>-<language>``. It is loaded so, with the
server's address in ``$SEARCH``::

    curl -X PUT "$SEARCH/kbgen-public-en" -H 'Content-Type: application/json' --data-binary @public-en/index.json
    for part in public-en/bulk-*.ndjson; do
      curl -X POST "$SEARCH/_bulk" -H 'Content-Type: application/x-ndjson' --data-binary "@$part"
    done

A page that has gone stays in the index until it is deleted there; load into a new index and exchange an alias where that matters.

Each bulk file is UTF-8, one JSON object per line: an action ``{"index": {"_index": …, "_id": …}}``, then the document, and so on; its last
line ends with a line break. The id of a document is its address in the edition with a slash before it. A document holds what search in
the browser is made of, and nothing else: exactly the pages that the edition shows, in the texts it shows. So the folders of the public
site hold public pages only; those of the wiki are internal.

Words are analysed by the language of the edition: ``kbgen_ru`` leaves out Russian stop words, ``kbgen_en`` English ones. Both write
``ё`` as ``е``, take the Russian stem of Cyrillic words and the English one of Latin words: a Russian text is full of English names. The
field ``….exact`` of each text field takes codes such as ``ERR_123`` and ``KB-7Q4M`` whole. Synonyms (``_data/synonyms.yml``) are taken
into account when somebody searches, as in the browser: each site's index knows those that the site may see.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kbgen.model.address import encoded
from kbgen.model.plan import Edition
from kbgen.model.search import SearchDocument
from kbgen.model.support import Synonym

PART_BYTES = 5_000_000
"""The largest bulk file; servers refuse requests that are much larger, and many small ones cost time."""
_ID_BYTES = 512
_STOP = {"ru": "_russian_", "en": "_english_"}
Weights = Mapping[str, int]
"""What a match counts in ``title``, ``keywords`` (questions, too), ``headings`` and ``body``."""


def edition_files(
    edition: Edition, url: str, documents: Sequence[SearchDocument], weights: Weights, synonyms: Sequence[Synonym] = ()
) -> dict[str, bytes]:
    """Path in the export → bytes, for one edition.

    Args:
        edition: which.
        url: the site's address with a closing slash, ``""`` where it has none.
        documents: the edition's pages as search sees them.
        weights: what a match counts, by field.
        synonyms: those that the site may see.
    """
    name = index_name(edition)
    files = {
        f"{edition.key}/index.json": _pretty(_index(edition, _rules(synonyms))),
        f"{edition.key}/query.json": _pretty(_query(weights)),
    }
    listed = sorted(documents, key=lambda document: document.address)
    for number, part in enumerate(_parts(_pairs(name, edition, url, listed)), start=1):
        files[f"{edition.key}/bulk-{number:03d}.ndjson"] = part
    return files


def index_name(edition: Edition) -> str:
    """Name of the edition's index; such names are in lower case."""
    return f"kbgen-{edition.key.lower()}"


def listing(counts: Mapping[str, int], files: Mapping[str, bytes]) -> bytes:
    """``export.json``: the number of documents of each index, and the size of every file."""
    return _pretty({"format": 1, "indexes": dict(counts), "files": {path: len(data) for path, data in sorted(files.items())}})


def _pairs(name: str, edition: Edition, url: str, documents: Sequence[SearchDocument]) -> Iterator[bytes]:
    """Action and document, each on its line."""
    for document in documents:
        source = _source(edition, url, document)
        action = _line({"index": {"_index": name, "_id": _id(document.address)}})
        pair = action + _line(source)
        while len(pair) > PART_BYTES and source["sections"]:
            source["sections"] = source["sections"][: len(source["sections"]) // 2]  # a text of megabytes: its beginning will do
            pair = action + _line(source)
        yield pair


def _parts(pairs: Iterator[bytes]) -> Iterator[bytes]:
    part: list[bytes] = []
    size = 0
    for pair in pairs:
        if part and size + len(pair) > PART_BYTES:
            yield b"".join(part)
            part, size = [], 0
        part.append(pair)
        size += len(pair)
    if part:
        yield b"".join(part)


def _id(address: str) -> str:
    """The address with a slash before it; the end is kept of one that is longer than an id may be, being what tells pages apart."""
    text = f"/{address}"
    while len(text.encode("utf-8", "replace")) > _ID_BYTES:
        text = text[1:]
    return text


def _source(edition: Edition, url: str, document: SearchDocument) -> dict[str, Any]:
    return {
        "site": edition.site,
        "language": edition.language,
        "address": edition.prefix + document.address,
        "url": url + encoded(edition.prefix + document.address) if url else "",
        "title": document.title,
        "area": document.area,
        "type": document.type,
        "audience": document.audience,
        "severity": document.severity,
        "summary": document.summary,
        "keywords": [*document.keywords, *document.codes],
        "questions": list(document.questions),
        "sections": [{"anchor": section.id, "heading": section.heading, "text": section.text} for section in document.sections],
    }


def _rules(synonyms: Sequence[Synonym]) -> list[str]:
    """Synonyms as the server reads them: ``a, b`` for each other, ``a => a, b`` one way."""
    rules = []
    for synonym in synonyms:
        words, start, end = (", ".join(map(_escaped, texts)) for texts in (synonym.words, synonym.from_, synonym.to))
        rules += [words] if words else [f"{one} => {one}, {end}" for one in map(_escaped, synonym.from_) if start and end]
    return rules


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(",", "\\,").replace("=>", "\\=>")


def _index(edition: Edition, synonyms: Sequence[str]) -> dict[str, Any]:
    """Settings and mappings. The server fills ``headings`` and ``body`` from the sections; it keeps the latter, to mark words in it."""
    code = "ru" if edition.language == "ru" else "en"
    analyser = f"kbgen_{code}"
    text = {"type": "text", "analyzer": analyser, "fields": {"exact": {"type": "text", "analyzer": "kbgen_exact"}}}
    if synonyms:
        text["search_analyzer"] = f"{analyser}_search"
    word, kept = {"type": "keyword"}, {"type": "keyword", "index": False, "doc_values": False}
    sections = {
        "anchor": kept,
        "heading": {"type": "text", "analyzer": analyser, "copy_to": "headings"},
        "text": {"type": "text", "analyzer": analyser, "copy_to": "body"},
    }
    properties = {
        **dict.fromkeys(("site", "language", "address", "area", "type", "audience", "severity"), word),
        "url": kept,
        **dict.fromkeys(("title", "keywords", "questions", "headings", "summary"), text),
        "body": {**text, "store": True},
        "sections": {"type": "nested", "properties": sections},
    }
    return {
        "settings": {"index": {"number_of_shards": 1, "analysis": _analysis(code, synonyms)}},
        "mappings": {"dynamic": "strict", "properties": properties},
    }


def _analysis(code: str, synonyms: Sequence[str]) -> dict[str, Any]:
    filters: dict[str, Any] = {f"kbgen_stop_{of}": {"type": "stop", "stopwords": words} for of, words in _STOP.items()}
    filters |= {f"kbgen_stem_{of}": {"type": "stemmer", "language": name} for of, name in (("ru", "russian"), ("en", "english"))}
    filters["kbgen_trim"] = {"type": "pattern_replace", "pattern": r"^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$", "replacement": ""}
    analysers: dict[str, Any] = {f"kbgen_{of}": _analyser(of) for of in _STOP}
    analysers["kbgen_exact"] = {"type": "custom", "tokenizer": "whitespace", "filter": ["lowercase", "kbgen_trim"]}
    if synonyms:
        filters["kbgen_synonyms"] = {"type": "synonym_graph", "lenient": True, "synonyms": list(synonyms)}
        analysers[f"kbgen_{code}_search"] = _analyser(code, "kbgen_synonyms")
    yo = {"type": "mapping", "mappings": ["ё => е", "Ё => Е"]}
    return {"char_filter": {"kbgen_yo": yo}, "filter": filters, "analyzer": analysers}


def _analyser(code: str, *more: str) -> dict[str, Any]:
    filters = ["lowercase", *more, f"kbgen_stop_{code}", "kbgen_stem_ru", "kbgen_stem_en"]
    return {"type": "custom", "char_filter": ["kbgen_yo"], "tokenizer": "standard", "filter": filters}


def _query(weights: Weights) -> dict[str, Any]:
    """Any of the words will do, as in the browser; codes count once more; one slip of the keys is forgiven."""
    fields = [f"title^{weights['title']}", f"keywords^{weights['keywords']}", f"questions^{weights['keywords']}"]
    fields += [f"headings^{weights['headings']}", f"summary^{weights['body']}", f"body^{weights['body']}"]
    exact = [f"{field.partition('^')[0]}.exact^{field.partition('^')[2]}" for field in fields]
    either = [
        {"multi_match": {"query": "WORDS", "type": "most_fields", "operator": "or", "fields": fields}},
        {"multi_match": {"query": "WORDS", "type": "most_fields", "operator": "or", "fields": exact, "boost": 0.5}},
        {"multi_match": {"query": "WORDS", "fuzziness": "AUTO:4,8", "prefix_length": 1, "fields": fields, "boost": 0.3}},
    ]
    highlight = {
        "encoder": "html",
        "fields": {"body": {"fragment_size": 180, "number_of_fragments": 1}, "title": {"number_of_fragments": 0}},
    }
    return {"size": 10, "_source": {"excludes": ["sections"]}, "query": {"bool": {"should": either}}, "highlight": highlight}


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"


def _pretty(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode("utf-8", "replace") + b"\n"
