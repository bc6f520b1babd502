"""Saved replies side by side, and all of them on one page. The articles are read from text, so that the blocks are the real ones."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path

import pytest

from kbgen.app.project import Project, gather
from kbgen.engines.words import strings
from kbgen.model.staged import StagedEdition
from kbgen.staging.replies import moved
from kbgen.staging.searching import search_documents
from kbgen.staging.stage import stage

TODAY = datetime.date(2026, 10, 10)
WORDS = {code: strings(code) for code in ("en", "ru")}
SETTINGS = """\
site_name: Replies
theme: material
plugins:
  - kbgen:
      sites:
        public: { audience: public, name: Help, url: "https://help.acorn.example/" }
        internal: { audience: internal, name: Wiki }
      languages: { en: { name: English }, ru: { name: Русский } }
"""


def article(title: str, audience: str, body: str, **keys: str) -> str:
    more = "".join(f"{key}: {value}\n" for key, value in keys.items())
    return f"---\ntitle: {title}\naudience: {audience}\nlast_reviewed: 2026-10-01\n{more}---\n\n{body}\n"


def reply(name: str, text: str, title: str = "") -> str:
    option = f"    title: {title}\n" if title else ""
    return f"/// reply {name}\n{option}\n{text}\n\n///\n"


FILES = {
    "en/account/guide.md": article("A guide & more", "public", "## Steps\n\nText."),
    "ru/account/guide.md": article("Руководство", "public", "## Steps\n\nТекст."),
    "en/team/secret.md": article("Secret", "internal", "Text."),
    "en/team/book.md": article(
        "Runbook",
        "internal",
        "See [ours](secret.md) and [theirs](../account/guide.md).\n\n"
        + reply(
            "sorry",
            "## Sorry {#sorry}\n\nDear {{customer}}, see [this](../account/guide.md#steps), not [that](secret.md).",
            "We <are> sorry",
        )
        + "\n"
        + reply("thanks", "Thank you.\n\n<section>So much.</section>", "Thanks"),
        placeholders="{ customer: name }",
    ),
    "ru/team/book.md": article(
        "Инструкция",
        "internal",
        "[Для клиентов](../account/guide.md).\n\n"
        + reply(
            "sorry", "## Извините {#sorry}\n\n{{customer}}, вот [ответ](../account/guide.md#steps). ![Схема](../../plan.png)", "Извинение"
        ),
        placeholders="{ customer: имя }",
    ),
}
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@pytest.fixture
def made(tmp_path: Path) -> dict[str, StagedEdition]:
    return staged(tmp_path, FILES)


def staged(root: Path, files: dict[str, str]) -> dict[str, StagedEdition]:
    (root / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    for path, text in files.items():
        (root / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "content" / path).write_text(text, encoding="utf-8")
    (root / "content/plan.png").write_bytes(PIXEL)
    read = gather(Project(root), TODAY)
    assert not [problem for each in read.corpus.articles for problem in each.problems]
    editions = stage(read.projection, read.corpus, read.settings, read.data, read.staleness, words=WORDS, live={})
    return {each.edition.key: each for each in editions}


def section(html: str, name: str) -> str:
    return html[html.index(f'data-kb-reply="{name}"') :].split('data-kb-reply="', 2)[1]


def test_a_reply_stands_beside_the_same_reply_in_other_languages(made: dict[str, StagedEdition]) -> None:
    html = made["internal-en"].pages["team/book/"].html
    found = section(html, "sorry")
    assert re.findall(r'<div class="kb-reply__text" lang="(\w+)">', found) == ["en", "ru"], "the page's own language first"
    assert "Извините" in found and "Sorry" in found
    assert '<span class="kb-fill" data-kb-fill="customer">{{customer}}</span>, вот' in found, "placeholders are filled in both"
    assert html.count(' id="sorry"') == 1, "ids stay ids"
    assert section(made["internal-ru"].pages["team/book/"].html, "sorry").index("Извините") < section(
        made["internal-ru"].pages["team/book/"].html, "sorry"
    ).index("Dear")


def test_a_title_tells_replies_apart(made: dict[str, StagedEdition]) -> None:
    html = made["internal-en"].pages["team/book/"].html
    assert 'data-kb-word="reply">Saved reply <span class="kb-reply__title">We &lt;are&gt; sorry</span></p>' in html


def test_links_in_a_reply_lead_to_what_customers_see(made: dict[str, StagedEdition]) -> None:
    found = section(made["internal-en"].pages["team/book/"].html, "sorry")
    assert 'href="https://help.acorn.example/account/guide/#steps"' in found
    assert 'href="https://help.acorn.example/ru/account/guide/#steps"' in found
    assert 'not <a href="../secret/">that</a>' in found, "what customers don't see stays where it is"
    assert 'rel="noreferrer"' in found
    (image,) = re.findall(r'src="([^"]+)"', found)
    assert image.startswith("../../ru/assets/files/"), "images of the other edition are found from here"
    assert image.removeprefix("../../ru/") in made["internal-ru"].files


def test_the_article_for_the_customer(made: dict[str, StagedEdition]) -> None:
    found = section(made["internal-en"].pages["team/book/"].html, "sorry")
    assert re.findall(r'<p class="kb-reply__link" lang="(\w+)"><a href="([^"]+)"[^>]*>([^<]*)</a></p>', found) == [
        ("en", "https://help.acorn.example/account/guide/", "A guide &amp; more"),
        ("ru", "https://help.acorn.example/ru/account/guide/", "Руководство"),
    ]


def test_a_reply_of_a_public_article_goes_with_that_article(tmp_path: Path) -> None:
    inner = f"Text, see [more](guide.md).\n\n/// internal\n\nFor us.\n\n///\n\n{reply('own', 'Dear customer.')}"
    made = staged(tmp_path, {"en/account/guide.md": FILES["en/account/guide.md"], "en/account/own.md": article("Own", "public", inner)})
    assert '<a href="https://help.acorn.example/account/own/" rel="noreferrer">Own</a>' in made["internal-en"].pages["account/own/"].html
    assert "kb-reply__link" not in made["public-en"].pages["account/own/"].html
    assert "desk/replies/" not in made["public-en"].pages


def test_a_section_inside_a_reply_does_not_end_it(made: dict[str, StagedEdition]) -> None:
    found = made["internal-en"].pages["team/book/"].html
    thanks = found[found.index('data-kb-reply="thanks"') :]
    assert thanks.index("So much.") < thanks.index("kb-reply__link")
    assert found.count("<section") == found.count("</section>")


def test_all_replies_on_one_page(made: dict[str, StagedEdition]) -> None:
    page = made["internal-en"].pages["desk/replies/"]
    assert re.findall(r"<h3>(.*?)</h3>", page.html) == ["Thanks", "We &lt;are&gt; sorry"]
    assert '<a href="../../team/book/#reply-sorry">Runbook</a>' in page.html
    assert page.html.count("kb-reply__text") == 3
    assert page.html.count("data-kb-group") == 1
    assert json.loads(page.context)["fills"] == [{"name": "customer", "label": "name"}]
    russian = made["internal-ru"].pages["desk/replies/"].html
    assert re.findall(r"<h3>(.*?)</h3>", russian) == ["Thanks", "Извинение"], "one without a translation is told as it is"
    assert '<a href="../../../team/book/#reply-thanks">Runbook</a>' in russian


def test_search_finds_each_reply(tmp_path: Path) -> None:
    staged(tmp_path, FILES)
    read = gather(Project(tmp_path), TODAY)
    plan = next(plan for plan in read.projection.plans if plan.edition.key == "internal-en")
    (page,) = [each for each in search_documents(plan, read.settings, read.data, WORDS["en"]) if each.address == "desk/replies/"]
    assert [(part.id, part.heading) for part in page.sections] == [("reply-sorry", "We <are> sorry"), ("reply-thanks", "Thanks")]
    assert "Thank you." in page.sections[1].text


@pytest.mark.parametrize(
    ("href", "start", "target", "expected"),
    [
        ("../b/", "ru/x/a/", "desk/replies/", "../../ru/x/b/"),
        ("../b/#c", "ru/x/a/", "x/a/", "../../ru/x/b/#c"),
        ("#c", "x/a/", "desk/replies/", "../../x/a/#c"),
        ("./", "x/a/", "desk/replies/", "../../x/a/"),
        ("../../", "x/a/", "ru/x/a/", "../../../"),
        ("../../assets/files/1/a%20b.png", "ru/x/a/", "x/a/", "../../ru/assets/files/1/a%20b.png"),
        ("https://o.example/?a#b", "x/a/", "y/", "https://o.example/?a#b"),
        ("mailto:a@b.example", "x/a/", "y/", "mailto:a@b.example"),
        ("../b/", "x/a/", "x/a/", "../b/"),
    ],
)
def test_an_address_is_moved_to_another_page(href: str, start: str, target: str, expected: str) -> None:
    assert moved(href, start, target) == expected
