"""Saved replies, in every format."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "audiences"))

from made_articles import DATA, SETTINGS, article, corpus

from kbgen.audiences.project import project
from kbgen.exports.replies import FORMATS, SavedReply, saved_replies
from kbgen.model.article import Article
from kbgen.model.playbook import Playbook, Reply, Spot


def with_reply(made: Article, title: str, html: str, text: str) -> Article:
    reply = Reply("reset-sent", title, html, text, ("link",), Spot(made.source.path, 9))
    outline = dataclasses.replace(made.full.outline, playbook=Playbook(replies=(reply,)))
    full = dataclasses.replace(made.full, outline=outline)
    return dataclasses.replace(made, full=full, cut=full if made.cut is made.full else made.cut)


def saved(*articles: Article, assets: tuple[str, ...] = ()) -> tuple[SavedReply, ...]:
    found = corpus(*articles, assets=assets)
    return saved_replies(found.articles, project(found, SETTINGS, DATA), SETTINGS)


ENGLISH = with_reply(
    article("en/team/queue.md", id="KB-AAAA", audience="internal", placeholders={"link": "the link <b>"}),
    "=Reset link sent",
    "<p>Here it is: {{link}} &amp; {{other}}</p>",
    "Here it is: {{link}} & {{other}}",
)
RUSSIAN = with_reply(article("ru/team/queue.md", id="KB-AAAA", placeholders={"link": "ссылка"}), "Ссылка", "<p>{{link}}</p>", "{{link}}")
REPLIES = saved(RUSSIAN, ENGLISH)


def test_each_language_once_with_placeholders_in_words_and_the_way_back() -> None:
    assert [(each.id, each.language, each.html, each.text, each.url) for each in REPLIES] == [
        (
            "reset-sent",
            "en",
            "<p>Here it is: [the link &lt;b&gt;] &amp; [other]</p>",
            "Here it is: [the link <b>] & [other]",
            "https://wiki.acorn.example/team/queue/#reply-reset-sent",
        ),
        ("reset-sent", "ru", "<p>[ссылка]</p>", "[ссылка]", "https://wiki.acorn.example/ru/team/queue/#reply-reset-sent"),
    ]


def test_ticket_systems_get_what_their_interfaces_take() -> None:
    zendesk, freshdesk, intercom = (json.loads(FORMATS[form](REPLIES)) for form in ("zendesk", "freshdesk", "intercom"))
    macro = zendesk[1]["macro"]
    assert macro["title"] == "team::Ссылка::ru"
    assert macro["actions"][0] == {"field": "comment_value_html", "value": "<p>[ссылка]</p>"}
    assert freshdesk[1] == {"title": "team::Ссылка::ru", "content_html": "<p>[ссылка]</p>", "visibility": 0}
    assert (intercom[1]["name"], intercom[1]["body"]) == ("team::Ссылка::ru", "<p>[ссылка]</p>")


def test_a_table_that_no_spreadsheet_takes_for_formulas() -> None:
    rows = list(csv.reader(io.StringIO(FORMATS["csv"](REPLIES))))
    assert rows[0] == ["id", "language", "area", "title", "text", "html", "article", "url", "public_url"]
    assert [row[:4] for row in rows[1:]] == [["reset-sent", "en", "team", "'=Reset link sent"], ["reset-sent", "ru", "team", "Ссылка"]]


LINKS = """
[1](../billing/refund.md#steps) [2](../billing/refund.md#secret) [3](roles.md#night) [4](https://acorn.example/a?b=1&c={{x}})
[5](nowhere.md) ![6](plan.png) ![7](../billing/shot.png) [8](../../ru/billing/refund.md) [9](mailto:help@acorn.example) [10](#here)

## Here {#here}
"""


def test_links_of_a_reply_lead_customers_to_absolute_addresses() -> None:
    numbers = [f'<a class="x" href="kb-link:{number}" title="t">{number + 1}</a>' for number in (0, 1, 2, 3, 4, 7, 8, 9)]
    images = ['<img alt="A &lt;plan" src="kb-link:5">', '<img alt="Shot" src="kb-link:6">', '<img src="kb-link:5">']
    public = "Text.\n\n## Steps {#steps}\n"
    made = saved(
        with_reply(article("en/team/queue.md", LINKS, "internal"), "T", " ".join([*numbers, *images]), "T"),
        article("en/billing/refund.md", public + "## Secret {#secret}\n![s](shot.png)", cut=public + "![s](shot.png)"),
        article("ru/billing/refund.md"),
        article("en/team/roles.md", "## Night {#night}", "internal"),
        assets=("en/team/plan.png", "en/billing/shot.png"),
    )
    text = made[0].html
    assert "kb-link" not in text
    hrefs = dict(re.findall(r'<a class="x" href="([^"]*)" title="t">(\d+)</a>', text))
    assert {number: href for href, number in hrefs.items()} == {
        "1": "https://help.acorn.example/billing/refund/#steps",
        "2": "https://help.acorn.example/billing/refund/",
        "3": "https://wiki.acorn.example/team/roles/#night",
        "4": "https://acorn.example/a?b=1&amp;c=%7B%7Bx%7D%7D",
        "8": "https://help.acorn.example/ru/billing/refund/",
        "9": "mailto:help@acorn.example",
        "10": "https://wiki.acorn.example/team/queue/#here",
    }
    assert re.search(r"</a> 5 <a", text), "a link that leads nowhere keeps its text"
    shot = re.search(r'<img alt="Shot" src="(https://help\.acorn\.example/assets/files/[^"]+/shot\.png)">', text)
    assert shot, "an image that customers may see"
    assert text.endswith(f" A &lt;plan {shot[0]} "), "an image of the wiki is its text"


def test_each_comes_with_the_article_that_a_customer_may_be_sent() -> None:
    text = "[ours](../team/roles.md) [theirs](refund.md#x) [more](methods.md)"
    made = saved(
        with_reply(article("en/billing/queue.md", text, "internal"), "T", "T", "T"),
        with_reply(article("ru/billing/queue.md", text, "internal"), "T", "T", "T"),
        with_reply(article("en/billing/refund.md"), "T", "T", "T"),
        with_reply(article("en/team/alone.md", audience="internal"), "T", "T", "T"),
        article("en/billing/methods.md"),
        article("ru/billing/methods.md"),
        article("en/team/roles.md", audience="internal"),
    )
    assert {(each.article, each.language): each.public_url for each in made} == {
        ("billing/queue", "en"): "https://help.acorn.example/billing/refund/",
        ("billing/queue", "ru"): "https://help.acorn.example/ru/billing/methods/",
        ("billing/refund", "en"): "https://help.acorn.example/billing/refund/",
        ("team/alone", "en"): "",
    }
    zendesk, freshdesk, intercom = (json.loads(FORMATS[form](made)) for form in ("zendesk", "freshdesk", "intercom"))
    row = next(csv.DictReader(io.StringIO(FORMATS["csv"](made))))
    assert (row["public_url"], intercom[0]["public_url"]) == (made[0].public_url,) * 2 != ("", "")
    assert zendesk[0]["macro"]["description"].endswith(f"; for customers: {made[0].public_url}")
    assert "for customers" not in zendesk[[each.public_url for each in made].index("")]["macro"]["description"]
    assert set(freshdesk[0]) == {"title", "content_html", "visibility"}, "an unknown field would be refused"


def test_a_reply_of_an_article_that_no_site_shows_keeps_links_to_others_only() -> None:
    made = with_reply(
        article("en/team/queue.md", "[1](roles.md) [2](https://acorn.example/)", "internal"),
        "T",
        '<a href="kb-link:0">1</a> <a href="kb-link:1">2</a>',
        "T",
    )
    nothing = project(corpus(), SETTINGS, DATA)
    assert saved_replies((made,), nothing, SETTINGS)[0].html == '1 <a href="https://acorn.example/">2</a>'


def test_no_ticket_system_finds_a_template_in_a_reply() -> None:
    made = with_reply(
        article("en/team/queue.md", audience="internal", placeholders={"link": '{{ticket.id}} "{% x %}"'}),
        "{{ticket.requester.email}} {%if%}",
        '<p title="{{link}} {{user.id}}">{{link}} {{ Link }} {{{ raw }}} {% if x %}a{%endif%} {<b>{x}</b>}</p>',
        "{{link}} {{ticket.id}} {{{ raw }}} {% if x %}",
    )
    reply = saved(made)[0]
    assert reply.title == "{ {ticket.requester.email} } { %if% }"
    assert reply.text == '[{ {ticket.id} } "{ % x % }"] { {ticket.id} } { { { raw } } } { % if x % }'
    label = "[{ {ticket.id} } &quot;{ % x % }&quot;]"
    rest = "{ { Link } } { { { raw } } } { % if x % }a{ %endif% } { <b>{x} </b>}"
    assert reply.html == f'<p title="{label} {{ {{user.id}} }}">{label} {rest}</p>'
