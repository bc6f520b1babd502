"""Saved replies, in every format."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "audiences"))

from made_articles import SETTINGS, article

from kbgen.exports.replies import FORMATS, saved_replies
from kbgen.model.article import Article
from kbgen.model.playbook import Playbook, Reply, Spot


def with_reply(made: Article, title: str, html: str, text: str) -> Article:
    reply = Reply("reset-sent", title, html, text, ("link",), Spot(made.source.path, 9))
    outline = dataclasses.replace(made.full.outline, playbook=Playbook(replies=(reply,)))
    return dataclasses.replace(made, full=dataclasses.replace(made.full, outline=outline))


ENGLISH = with_reply(
    article("en/team/queue.md", id="KB-AAAA", audience="internal", placeholders={"link": "the link <b>"}),
    "=Reset link sent",
    "<p>Here it is: {{link}} &amp; {{other}}</p>",
    "Here it is: {{link}} & {{other}}",
)
RUSSIAN = with_reply(article("ru/team/queue.md", id="KB-AAAA", placeholders={"link": "ссылка"}), "Ссылка", "<p>{{link}}</p>", "{{link}}")
REPLIES = saved_replies((RUSSIAN, ENGLISH), SETTINGS)


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
    assert rows[0] == ["id", "language", "area", "title", "text", "html", "article", "url"]
    assert [row[:4] for row in rows[1:]] == [["reset-sent", "en", "team", "'=Reset link sent"], ["reset-sent", "ru", "team", "Ссылка"]]
