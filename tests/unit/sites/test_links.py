"""Dead links of a finished site, and requests to other hosts."""

from __future__ import annotations

import pytest

from kbgen.sites.links import dead_links, foreign_requests

OTHER = """<h1 id="top-of-it">x</h1><p id="часть">x</p><a name=old></a>
<!-- <p id="no"> --><script>"<p id=no2>"</script>""".encode()
FILES = {
    "index.html": b"<p id=here>x",
    "billing/refund/index.html": OTHER,
    "a b/index.html": b"",
    "assets/x.png": b"",
    "assets/y.css": b"",
    "404.html": b"",
}

ALIVE = (
    '<a href="../">up</a>',
    '<a href="../refund/">x</a>',
    '<a href="../refund">x</a>',
    '<a href="../refund/index.html#top-of-it">x</a>',
    '<a href="../refund/#%D1%87%D0%B0%D1%81%D1%82%D1%8C">x</a>',
    '<a href="../refund/#old">x</a>',
    '<a href="/billing/refund/?q=1#top">x</a>',
    '<a href="../../a%20b/">x</a>',
    "<a href=../../a&#32;b/>x</a>",
    '<p id="me"><a href="#me">x</a><a href="#">x</a><a href="">x</a>',
    '<a href="mailto:a@example.com">x</a><a href="tel:+1">x</a><a href="https://example.org/nothing/">x</a><a href="//example.org/x">x</a>',
    '<a href="https://help.example.com/billing/refund/">x</a>',
    '<img src="../../assets/x.png" srcset="../../assets/x.png 1x, ../../assets/x.png 2x">',
    "<img src='data:image/png;base64,AAAA'>",
    '<!-- <a href="nothing/">x</a> --><script>"<a href=nothing/>"</script>',
    '<SCRIPT>"<a href=nothing/>"</SCRIPT><style>"<a href=nothing/>"</style><!-- never closed <a href="nothing/">x</a>',
    '<link rel="preconnect" href="//fonts.example.org">',
    '<a href="../refund/#:~:text=word">x</a>',
)
DEAD = {
    "../nothing/": "there is no billing/nothing/index.html in the site",
    "../refund/#nothing": "billing/refund/index.html has no part '#nothing'",
    "../refund/#no": "billing/refund/index.html has no part '#no'",
    "../refund/#no2": "billing/refund/index.html has no part '#no2'",
    "#nothing": "billing/me/index.html has no part '#nothing'",
    "../../../../x/": "it leads out of the site",
    "/assets/": "there is no assets/index.html in the site",
    "https://help.example.com/nothing/": "there is no nothing/index.html in the site",
    "../../assets/z.png": "there is no assets/z.png in the site",
    "http://[": "it is no address",
}


@pytest.mark.parametrize("text", ALIVE)
def test_links_that_lead_somewhere(text: str):
    files = FILES | {"billing/me/index.html": text.encode(), "billing/index.html": b""}
    assert not list(dead_links(files, "https://help.example.com/"))


@pytest.mark.parametrize("href", DEAD)
def test_links_that_lead_nowhere(href: str):
    text = f'<a href="{href}">x</a><a class="again" href="{href}">x</a>'
    found = list(dead_links(FILES | {"billing/me/index.html": text.encode()}, "https://help.example.com/"))
    assert found == [("billing/me/index.html", href, DEAD[href])]


def test_a_site_in_a_folder_of_its_host():
    files = FILES | {"billing/me/index.html": b'<a href="/kb/billing/refund/">x</a><a href="https://example.com/kb/x/">x</a>'}
    assert [dead.href for dead in dead_links(files, "https://example.com/kb/")] == ["https://example.com/kb/x/"]


def test_style_sheets_and_sitemaps_have_links_too():
    files = FILES | {
        "assets/y.css": b"@import 'n.css'; a { background: url(x.png) } b { background: url('z.png#a') } /* url(c.png) */",
        "sitemap.xml": b"<url><loc>https://help.example.com/gone/</loc></url><url><loc>https://help.example.com/</loc></url>",
    }
    assert [(dead.page, dead.href) for dead in dead_links(files, "https://help.example.com/")] == [
        ("assets/y.css", "n.css"),
        ("assets/y.css", "z.png#a"),
        ("sitemap.xml", "https://help.example.com/gone/"),
    ]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ('<script src="https://cdn.example.org/x.js"></script>', "https://cdn.example.org/x.js"),
        ('<script src="//cdn.example.org/x.js"></script>', "//cdn.example.org/x.js"),
        ('<script src="\\\\cdn.example.org/x.js"></script>', "\\\\cdn.example.org/x.js"),
        ("<link rel='stylesheet' href='http://cdn.example.org/x.css'>", "http://cdn.example.org/x.css"),
        ('<link rel="preconnect" href="https://cdn.example.org">', "https://cdn.example.org"),
        ('<link rel="Icon" href="https://cdn.example.org/x.ico">', "https://cdn.example.org/x.ico"),
        ('<img srcset="x.png 1x, https://cdn.example.org/x.png 2x">', "https://cdn.example.org/x.png"),
        ('<iframe src="https://video.example.org/x"></iframe>', "https://video.example.org/x"),
        ('<video poster="https://video.example.org/x.png"></video>', "https://video.example.org/x.png"),
        ("<p style=\"background: url('https://cdn.example.org/x.png')\">x", "https://cdn.example.org/x.png"),
    ],
)
def test_what_a_page_loads_from_another_host(text: str, url: str):
    assert list(foreign_requests({"a/index.html": text.encode() * 2})) == [("a/index.html", url)]


@pytest.mark.parametrize(
    "text",
    [
        '<a href="https://example.org/">x</a>',
        '<link rel="canonical" href="https://help.example.com/x/">',
        '<link rel=" alternate" href="https://example.org/">',
        '<script src="https://help.example.com/x.js"></script>',
        '<script src="../x.js"></script><img src="data:image/png;base64,AA">',
        '<!-- <img src="https://cdn.example.org/x.png"> -->',
    ],
)
def test_what_is_no_request_to_another_host(text: str):
    assert not list(foreign_requests({"a/index.html": text.encode()}, "https://help.example.com/"))


def test_fonts_of_a_style_sheet_are_requests():
    files = {"assets/x.css": b"@font-face { src: url(https://fonts.example.org/x.woff2) }"}
    assert list(foreign_requests(files)) == [("assets/x.css", "https://fonts.example.org/x.woff2")]
