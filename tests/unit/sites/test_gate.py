"""The leak gate, form by form: each way in which internal text may stand in a file."""

from __future__ import annotations

import base64
import gzip
import html
import io
import json
import zipfile
from urllib.parse import quote

import pytest

from kbgen.audiences.canaries import Canaries, canaries
from kbgen.model.article import Article, Corpus, Heading, Outline, Rendering, SourceFile
from kbgen.model.meta import Meta
from kbgen.model.settings import Language, Settings, Site
from kbgen.sites.gate import Leak, leaks, leaks_in

SETTINGS = Settings(
    sites={
        "public": Site(name="Acorn Help", audience="public", url="https://help.example.com/"),
        "internal": Site(name="Acorn Wiki", audience="internal", url="https://wiki.example.com/"),
    },
    languages={"en": Language(name="English"), "ru": Language(name="Русский")},
)
SECRET = "Возвраты выше пяти тысяч одобряет только руководитель поддержки, and only in writing"
TITLE = "Who approves large refunds"


def article(name: str, audience: str, text: str, title: str, language: str = "en") -> Article:
    path = f"billing/{name}.md"
    meta = Meta(title=title, audience=audience, product_area="billing", owner="billing-team")
    one = Rendering(text, text, f"<p>{text}</p>", Outline((Heading(2, "x", "Before you start"),)))
    return Article(f"KB-{name}", SourceFile(f"content/{language}/{path}", b""), language, path, f"billing/{name}/", meta, 4, one, one)


@pytest.fixture(scope="module")
def found() -> Canaries:
    articles = (
        article("9z9z", "internal", SECRET, TITLE),
        article("8y8y", "internal", "x", "On-call"),
        article("both", "internal", "x", "Both ways"),
        article("both", "public", "x", "В обе стороны", "ru"),
        article("refund", "public", "How a refund is paid back to the card of the customer", "Refund a payment"),
        article("how", "internal", "x", "How to refund a payment"),
        article("list", "internal", "Refund a payment. Before you start. Refund a payment", "Refund a payment twice"),
    )
    return canaries(Corpus(articles, (), {}), SETTINGS, "public", ("Home", "Search", "How-to"))


def zipped(data: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", data)
    return packed.getvalue()


PAGE = f"<p>{SECRET}</p>"
FORMS = {
    "text": ("a.txt", SECRET.encode()),
    "page": ("a/index.html", PAGE.encode()),
    "upper case": ("a/index.html", PAGE.upper().encode()),
    "attribute": ("a/index.html", f'<img alt="{SECRET}">'.encode()),
    "comment": ("a/index.html", f"<!-- {SECRET} -->".encode()),
    "hidden": ("a/index.html", f'<div hidden><template style="display:none">{SECRET}</template></div>'.encode()),
    "across tags": ("a/index.html", "".join(f"<li><b>{word}</b></li>" for word in SECRET.split()).encode()),
    "inside words": ("a/index.html", "".join(f"<b>{word[:2]}</b>{word[2:]} " for word in SECRET.split()).encode()),
    "soft hyphens": ("a/index.html", PAGE.replace("е", "е&shy;").encode()),
    "entities": ("a/index.html", "".join(f"&#x{ord(letter):x};" for letter in SECRET).encode()),
    "entities twice": ("a/index.html", html.escape("".join(f"&#{ord(letter)};" for letter in SECRET)).encode()),
    "JSON": ("search/index.json", json.dumps({"documents": [PAGE]}).encode()),
    "JSON lines": ("search/index.json", json.dumps(SECRET.replace(" ", "\n"), ensure_ascii=False).encode()),
    "JSON in an attribute": ("a/index.html", f'<div data-x="{html.escape(json.dumps(SECRET))}">'.encode()),
    "percent": ("_redirects", f"/x?q={quote(SECRET)}".encode()),
    "percent, plus": ("a/index.html", f'<a href="/?q={quote(SECRET).replace("%20", "+")}">x</a>'.encode()),
    "JSON and percent": ("a.json", json.dumps(quote(SECRET)).replace("%", "\\u0025").encode()),
    "gzip": ("sitemap.xml.gz", gzip.compress(PAGE.encode())),
    "gzip twice": ("a.gz", gzip.compress(gzip.compress(PAGE.encode()))),
    "zip": ("a.docx", zipped(PAGE.encode())),
    "base64": ("a/index.html", b'<img src="data:text/plain;base64,' + base64.b64encode(SECRET.encode()) + b'">'),
    "UTF-16": ("a.csv", SECRET.encode("utf-16")),
    "binary": ("a.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rtEXtComment\x00" + SECRET.encode() + b"\xff\xfe\x00"),
    "script": ("a.js", f"const a = '{SECRET}';".encode()),
    "style": ("a.css", f"/* {SECRET} */".encode()),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_run_of_words_is_found_in_every_form(form: str, found: Canaries):
    path, data = FORMS[form]
    assert {leak.kind for leak in leaks_in(path, data, found)} == {"text"}, form


@pytest.mark.parametrize("count", [7, 8])
def test_eight_words_are_a_leak_and_seven_are_not(count: int, found: Canaries):
    data = ("x " + " ".join(SECRET.split()[2 : 2 + count]) + " x").encode()
    assert len(list(leaks_in("a.txt", data, found))) == (count == 8)


def test_one_passage_is_told_once(found: Canaries):
    data = f"<p>{SECRET}</p><p>{SECRET}</p>".encode()
    (leak,) = leaks_in("a/index.html", data, found)
    assert leak.found.startswith("возвраты выше пяти тысяч")


LEAKS = {
    "long title": ("a/index.html", f"<p>see: {TITLE}.</p>", Leak("a/index.html", "title", "who approves large refunds")),
    "id": ("a/index.html", '<body class="kb-9z9z">', Leak("a/index.html", "id", "kb-9z9z")),
    "file name": ("assets/kb-9Z9Z.png", "", Leak("assets/kb-9Z9Z.png", "id", "kb-9z9z")),
    "page title": ("a/index.html", "<title>On-call - Acorn Help</title>", Leak("a/index.html", "short title", "on call")),
    "h1": ("a/index.html", "<h1 id=x>On&#45;<em>call</em></h1>", Leak("a/index.html", "short title", "on call")),
    "navigation": (
        "a/index.html",
        '<nav><nav><a href="#">Home</a></nav><ul><li><a href="#"><span>On-call</span> </a></ul></nav>',
        Leak("a/index.html", "short title", "on call"),
    ),
    "index title": (
        "search/index.json",
        '{"documents": {"title": ["Home", "On-call"]}}',
        Leak("search/index.json", "short title", "on call"),
    ),
    "href": ("a/b/index.html", '<a href="../../billing/8y8y/#x">x</a>', Leak("a/b/index.html", "address", "billing/8y8y/")),
    "encoded href": ("a/index.html", "<a href='../%62illing/8y8y/index.html?x'>x</a>", Leak("a/index.html", "address", "billing/8y8y/")),
    "other site": ("index.html", "<a href=https://wiki.example.com/billing/8y8y/>x</a>", Leak("index.html", "address", "billing/8y8y/")),
    "sitemap": ("sitemap.xml", "<loc>https://help.example.com/billing/8y8y/</loc>", Leak("sitemap.xml", "address", "billing/8y8y/")),
    "index address": ("search/index.json", '{"address": ["billing/both/"]}', Leak("search/index.json", "address", "billing/both/")),
    "redirects": ("_redirects", "/old/ /billing/8y8y/ 301", Leak("_redirects", "address", "billing/8y8y/")),
    "page": ("billing/8y8y/index.html", "", Leak("billing/8y8y/index.html", "address", "billing/8y8y/index.html")),
}


@pytest.mark.parametrize("case", LEAKS)
def test_titles_ids_and_addresses_are_found_where_they_stand(case: str, found: Canaries):
    path, text, leak = LEAKS[case]
    assert leak in set(leaks_in(path, text.encode(), found))


FINE = {
    "short title in running text": ("a/index.html", "<p>Somebody is on call.</p><a href='x/'>on-call</a>"),
    "part of an id": ("a/index.html", "<p>kb-9z9z9 xkb-9z9z kb-9z9z-1</p>"),
    "public page below the language": ("ru/search/index.json", '{"address": ["billing/both/"]}'),
    "same path on another host": ("a/index.html", '<a href="https://example.org/billing/8y8y/">x</a>'),
    "public titles in a row": ("a/index.html", "<li>Refund a payment</li><li>Before you start</li><li>Refund a payment</li>"),
    "public words around": ("a/index.html", "<nav><a>Home</a><a>Search</a></nav><h1>Refund a payment</h1>"),
    "public title behind its type": ("a/index.html", "<span>How-to</span> <a>Refund a payment</a>"),
    "broken gzip": ("a.gz", "\x1f\x8b nothing"),
    "broken JSON": ("a.json", "{" * 5000),
}


@pytest.mark.parametrize("case", FINE)
def test_what_only_looks_like_a_leak_is_none(case: str, found: Canaries):
    path, text = FINE[case]
    assert not list(leaks_in(path, text.encode("latin-1" if case == "broken gzip" else "utf-8"), found))


def test_all_files_are_looked_at_in_order(found: Canaries):
    files = {"b.txt": SECRET.encode(), "a.txt": SECRET.encode(), "c.txt": b"nothing"}
    assert [leak.path for leak in leaks(files, found)] == ["a.txt", "b.txt"]


def test_a_site_without_canaries_has_no_leaks():
    assert not list(leaks({"a.txt": SECRET.encode()}, Canaries("internal")))
