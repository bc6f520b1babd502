"""A copy of a site that opens from disk: links, the index as scripts, what is left out, the page to begin with."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping

import pytest

from kbgen.engines.words import strings
from kbgen.exports.bundle import START, STYLE, Copy, Tongue, bundle, script
from kbgen.exports.bundle_links import linked, opened_from_disk

PATHS = frozenset(
    {
        "index.html",
        "billing/index.html",
        "billing/refund/index.html",
        "billing/счёт/index.html",
        "search/index.html",
        "ru/index.html",
        "ru/billing/refund/index.html",
        "assets/a.svg",
        "assets/b.png",
    }
)
PAGE = "billing/refund/index.html"


@pytest.mark.parametrize(
    ("href", "written"),
    [
        ("../", "../index.html"),
        ("./", "./index.html"),
        (".", "./index.html"),
        ("..", "../index.html"),
        ("../../", "../../index.html"),
        ("../refund", "../refund/index.html"),
        ("../refund/#who", "../refund/index.html#who"),
        ("../../search/?q=a/b&x=1#y", "../../search/index.html?q=a/b&x=1#y"),
        ("../../ru/billing/refund/", "../../ru/billing/refund/index.html"),
        ("../%D1%81%D1%87%D1%91%D1%82/", "../%D1%81%D1%87%D1%91%D1%82/index.html"),
        ("/", "../../index.html"),
        ("/billing/", "../index.html"),
        ("/billing/refund/#who", "index.html#who"),
        ("/assets/a.svg", "../../assets/a.svg"),
        ("/billing/счёт/", "../%D1%81%D1%87%D1%91%D1%82/index.html"),
    ],
)
def test_a_folder_leads_to_its_page(href: str, written: str) -> None:
    assert opened_from_disk(href, PAGE, PATHS) == written


@pytest.mark.parametrize(
    "href",
    [
        "",
        "#who",
        "#",
        "?q=x",
        "../../assets/a.svg",
        "../../assets/a.svg?v=2#x",
        "https://help.example.com/billing/",
        "HTTP://x/",
        "//cdn.example.com/a/",
        "\\\\host\\a\\",
        "mailto:a@b.example",
        "tel:+123",
        "javascript:void(0)",
        "data:,x",
        "../nowhere/",
        "../../../above/",
        "/nowhere/",
    ],
)
def test_what_is_no_folder_of_the_site_stays(href: str) -> None:
    assert opened_from_disk(href, PAGE, PATHS) == href


def test_a_site_that_is_served_in_a_folder_of_its_host() -> None:
    assert opened_from_disk("/help/billing/", PAGE, PATHS, "/help/") == "../index.html"
    assert opened_from_disk("/help/", PAGE, PATHS, "/help/") == "../../index.html"
    assert opened_from_disk("/help", PAGE, PATHS, "/help/") == "../../index.html"
    assert opened_from_disk("/billing/", PAGE, PATHS, "/help/") == "/billing/"


def test_only_addresses_are_touched() -> None:
    text = """<!doctype html><html lang="en"><head>
<link rel="canonical" href="https://help.example.com/billing/refund/">
<link rel=" alternate" hreflang="ru" href="https://help.example.com/ru/billing/refund/">
<link rel="stylesheet" href="/assets/b.png"><meta name="description" content="See ../ for more">
<meta http-equiv="refresh" content="0; url=../">
<!-- <a href="../"> --><script src="../../assets/a.svg">document.write('<a href="../">')</script>
<style>a{background:url(../)}</style></head><body>
<a title="a > b href='../'" href='../?a=1&amp;b="2"'>x</a> <a href=../>y</a> <A HREF = "../">z</A>
<form action="../../search/" data-search-base="../../search/"><input value="../"></form>
<img src="../../assets/a.svg" srcset="../../assets/a.svg 1x, /assets/b.png 2x" alt="../"><noscript><a href="../">n</a></noscript>
<textarea><a href="../"></textarea><a data-href="../" href>e</a><p>href="../" 1 < 2 "</p>
<script>never closed <a href="../">"""
    after = linked(text, PAGE, PATHS)
    expected = text
    for before, now in (
        ('href="/assets/b.png"', 'href="../../assets/b.png"'),
        ('content="0; url=../"', 'content="0; url=../index.html"'),
        ("""href='../?a=1&amp;b="2"'""", 'href="../index.html?a=1&amp;b=&quot;2&quot;"'),
        ("<a href=../>y", '<a href="../index.html">y'),
        ('<A HREF = "../">', '<A HREF = "../index.html">'),
        ('action="../../search/"', 'action="../../search/index.html"'),
        ("/assets/b.png 2x", "../../assets/b.png 2x"),
        ('<noscript><a href="../">', '<noscript><a href="../index.html">'),
    ):
        assert expected.count(before) == 1, before
        expected = expected.replace(before, now)
    assert after.splitlines() == expected.splitlines()


def test_links_are_written_once() -> None:
    text = '<a href="../">a</a><a href="/billing/">b</a><img srcset="../../assets/a.svg 1x">'
    once = linked(text, PAGE, PATHS)
    assert linked(once, PAGE, PATHS) == once


ODD = {"__proto__": 1, "</script>": "<!--", "line\u2028end\u2029": '"\\', "ключ": "🙂"}


def test_a_file_of_the_index_as_a_script() -> None:
    made = script(json.dumps(ODD, ensure_ascii=False).encode())
    assert made.startswith(b"kbIndexFile(JSON.parse(")
    assert b"<" not in made
    assert not [sign for sign in "\u2028\u2029" if sign in made.decode()]


def test_the_script_hands_over_the_same_values(node: str) -> None:
    made = script(json.dumps(ODD, ensure_ascii=False).encode()).decode()
    program = f"const kbIndexFile = (held) => process.stdout.write(JSON.stringify(Object.entries(held)));\n{made}"
    ran = subprocess.run([node, "-e", program], capture_output=True, timeout=30, check=True)
    assert json.loads(ran.stdout) == [[key, value] for key, value in ODD.items()]


FILES = {
    "index.html": b'<html lang="en"><head><title>H</title></head><body dir="ltr"><a href="billing/">b</a></body></html>',
    "billing/index.html": b'<html lang="en"><head></head><body><a href="../">h</a> \xff</body></html>',
    "billing/data.json": b"{}",
    "search/index.html": b"<html><head></head><body></body></html>",
    "search/index.json": b'{"version":1}',
    "search/first/0a.json": b"[]",
    "ru/index.html": b'<html lang="ru"><head></head><body></body></html>',
    "ru/search/index.json": b"[1]",
    "404.html": b"no",
    "ru/404.html": b"no",
    "robots.txt": b"no",
    "sitemap.xml": b"no",
    "assets/x/404.html": b"<p>kept</p>",
}


def _copy(*, internal: bool = True) -> Copy:
    tongues = (
        Tongue("en", "English", "", "Wiki & <more>", strings("en"), "22 November 2026"),
        Tongue("ru", "Русский", "ru/", "База", strings("ru"), "22 ноября 2026 г."),
    )
    return Copy("internal", "/", tongues, internal, b"a {}")


def _made(files: Mapping[str, bytes] = FILES, *, internal: bool = True) -> dict[str, bytes]:
    listed = list(bundle(_copy(internal=internal), list(files), lambda path: files[path]))
    assert len(dict(listed)) == len(listed)
    return dict(listed)


def test_what_the_copy_holds() -> None:
    made = _made()
    assert list(made) == [
        START,
        *sorted(
            f"internal/{path}"
            for path in (
                "index.html",
                "billing/index.html",
                "billing/data.json",
                "search/index.html",
                "search/index.js",
                "search/first/0a.js",
                "ru/index.html",
                "ru/search/index.js",
                "assets/x/404.html",
                STYLE,
            )
        ),
    ]
    assert made["internal/ru/search/index.js"] == b'kbIndexFile(JSON.parse("[1]"));\n'
    assert made["internal/billing/data.json"] == b"{}"


def test_the_order_of_the_files_makes_no_difference() -> None:
    assert list(_made().items()) == list(_made(dict(reversed(FILES.items()))).items())


def test_a_page_of_the_copy() -> None:
    made = _made()
    home = made["internal/index.html"].decode()
    assert home.startswith('<html data-kb-bundle lang="en">')
    assert f'<link rel="stylesheet" href="{STYLE}"></head>' in home
    assert '<body dir="ltr"><p class="kb-copy">Copy made on 22 November 2026: what' in home
    assert '<a href="billing/index.html">' in home
    assert "Копия сделана 22 ноября 2026 г., более" in made["internal/ru/index.html"].decode()
    assert f'href="../{STYLE}"' in made["internal/ru/index.html"].decode()
    assert made["internal/billing/index.html"].endswith(b"\xff</body></html>"), "what is no text stays"


def test_the_page_to_begin_with() -> None:
    text = _made()[START].decode()
    assert text.index('href="internal/index.html"') < text.index('href="internal/ru/index.html"')
    assert "Wiki &amp; &lt;more&gt;" in text
    assert "made on 22 November 2026" in text
    assert "сделана 22 ноября 2026" in text
    assert (text.count("<h1>"), text.count("<h2>")) == (1, 1)
    assert strings("en")["bundle.internal"].replace("'", "&#x27;") in text
    assert strings("en")["bundle.internal"] not in _made(internal=False)[START].decode()


def test_a_language_without_pages_is_not_offered() -> None:
    text = _made({path: data for path, data in FILES.items() if not path.startswith("ru/")})[START].decode()
    assert "internal/ru/" not in text
