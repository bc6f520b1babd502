"""The body of a page: resolved addresses put in, and nothing that was not resolved."""

from __future__ import annotations

import dataclasses

import pytest
from made_articles import article, rendering

from kbgen.model.plan import Page
from kbgen.staging.body import body


def shown(html: str, *hrefs: str | None, title: str = "A title", hide_referrer: bool = False) -> str:
    page = Page(article("en/billing/a.md", title=title), dataclasses.replace(rendering("x"), html=html), hrefs)
    return body(page, hide_referrer=hide_referrer)


@pytest.mark.parametrize(
    ("html", "hrefs", "expected"),
    [
        ('<a href="kb-link:0">x</a>', ("../b/",), '<a href="../b/">x</a>'),
        ('<a title="a > b" href="kb-link:0">x</a>', ("../b/",), '<a title="a > b" href="../b/">x</a>'),
        ('<a href="kb-link:0" class="c">x</a>', ("../b/",), '<a href="../b/" class="c">x</a>'),
        ('<a href="kb-link:0"><b>x</b> &amp; y</a>', (None,), "<span><b>x</b> &amp; y</span>"),
        ('<a href="kb-link:0">x</a>', ('https://o.example/?a=1&b="2"',), '<a href="https://o.example/?a=1&amp;b=&quot;2&quot;">x</a>'),
        ('<a href="kb-link:1">x</a> <a href="kb-link:0">y</a>', ("../b/", "../c/"), '<a href="../c/">x</a> <a href="../b/">y</a>'),
        ('<img alt="x > y" src="kb-link:0">', ("../a.png",), '<img alt="x > y" src="../a.png" loading="lazy">'),
        ('<img alt="x &quot; y" src="kb-link:0">', (None,), '<span class="kb-missing">x &quot; y</span>'),
        ('<img alt="" src="kb-link:0">', (None,), ""),
        ('<img src="kb-link:0" title="t" alt="x">', (None,), '<span class="kb-missing">x</span>'),
        (
            '<a href="kb-link:0"><img alt="x" src="kb-link:1"></a>',
            (None, "../a.png"),
            '<span><img alt="x" src="../a.png" loading="lazy"></span>',
        ),
        ("<p>a\nb</p>", (), "<p>a\nb</p>"),
    ],
)
def test_addresses_are_put_in(html: str, hrefs: tuple[str | None, ...], expected: str) -> None:
    assert shown(html, *hrefs) == expected


def test_a_link_over_two_lines() -> None:
    assert shown('<a href="kb-link:0">x\ny</a>', "../b/") == '<a href="../b/">x\ny</a>'


@pytest.mark.parametrize("href", ["https://other.example/", "http://other.example/", "//other.example/"])
def test_the_wiki_does_not_tell_others_its_addresses(href: str) -> None:
    assert shown('<a href="kb-link:0">x</a>', href, hide_referrer=True) == f'<a href="{href}" rel="noreferrer">x</a>'
    assert "rel" not in shown('<a href="kb-link:0">x</a>', href)
    assert "rel" not in shown('<a href="kb-link:0">x</a>', "../b/", hide_referrer=True)


@pytest.mark.parametrize(
    ("html", "title", "expected"),
    [
        ('<h1 id="a-title">A title</h1>\n<p>x</p>', "A title", "<p>x</p>"),
        ("<h1>A  <em>Title</em></h1><p>x</p>", "A title", "<p>x</p>"),
        ("<h1>A &amp; B</h1><p>x</p>", "A & B", "<p>x</p>"),
        ("<h1>Another title</h1><p>x</p>", "A title", "<h1>Another title</h1><p>x</p>"),
        ("<p>x</p><h1>A title</h1>", "A title", "<p>x</p><h1>A title</h1>"),
    ],
)
def test_a_title_that_is_repeated_is_taken_off(html: str, title: str, expected: str) -> None:
    assert shown(html, title=title) == expected


def test_words_of_our_blocks_are_the_editions() -> None:
    html = '<aside class="kb-gate"><p class="kb-label" data-kb-word="gate"></p><p>x</p></aside>'
    page = Page(article("en/billing/a.md"), dataclasses.replace(rendering("x"), html=html), ())
    found = body(page, hide_referrer=False, word={"gate": "Wait & see"}.__getitem__)
    assert found == html.replace("></p><p>", ">Wait &amp; see</p><p>")
