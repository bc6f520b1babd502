"""The theme's words and templates, read as files."""

from __future__ import annotations

import json
import re
from typing import get_args

import pytest

from kbgen.engines.theme_dir import theme_dir
from kbgen.engines.words import Words
from kbgen.model.meta import ArticleType

THEME = theme_dir()
WORDS = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted((THEME / "strings").glob("*.json"))}
TEMPLATES = {path.relative_to(THEME).as_posix(): path.read_text("utf-8") for path in sorted(THEME.rglob("*.html"))}
PLURAL = re.compile(r"\.(zero|one|two|few|many|other)$")
# What may be printed without `| e`: the finished body, numbers, JSON …
UNESCAPED = re.compile(r"\| (e|safe|int|forceescape|tojson)$|^super\(\)$")
# … and a choice between words that stand in the template.
CHOICE = re.compile(r"""^(["'])[\w -]*\1 if .* else (["'])[\w -]*\2$""")


def test_there_are_both_languages():
    assert set(WORDS) == {"en", "ru"}


@pytest.mark.parametrize("language", WORDS)
def test_every_language_has_every_word(language):
    def singular(words):
        return {PLURAL.sub("", key) for key in words}

    assert singular(WORDS[language]) == singular(WORDS["en"])
    assert all(isinstance(text, str) and text.strip() == text != "" for text in WORDS[language].values())


@pytest.mark.parametrize("language", WORDS)
def test_every_type_and_audience_has_a_name(language):
    assert {f"type.{name}" for name in get_args(ArticleType)} <= set(WORDS[language])
    assert {"audience.public", "audience.internal"} <= set(WORDS[language])


def test_every_plural_form_is_there():
    forms = {Words(language, THEME, {}).articles(count) for language in WORDS for count in range(25)}
    assert not [form for form in forms if "{" in form or not re.match(r"\d+ [a-zа-я]+$", form)]
    assert {"1 article", "2 articles", "1 статья", "2 статьи", "5 статей", "21 статья"} <= forms


def test_every_word_a_template_uses_exists():
    used = {key for text in TEMPLATES.values() for key in re.findall(r"""\bt\(["']([a-z0-9.-]+)["'][,)]""", text)}
    assert len(used) > 30
    assert used <= set(WORDS["en"])


def test_templates_escape_what_they_print():
    for name, text in TEMPLATES.items():
        for printed in re.findall(r"\{\{-?(.*?)-?\}\}", text, re.DOTALL):
            assert UNESCAPED.search(printed.strip()) or CHOICE.match(printed.strip()), f"{name}: {{{{{printed}}}}}"


def test_only_the_body_is_printed_as_it_is():
    raw = [printed.strip() for text in TEMPLATES.values() for printed in re.findall(r"\{\{(.*?)\}\}", text) if "safe" in printed]
    assert set(raw) == {"page.content | safe"}


def test_styles_and_scripts_name_no_other_host():
    for path in [*THEME.rglob("*.css"), *(THEME / "javascripts").glob("kbgen.js"), *THEME.rglob("*.html")]:
        addresses = set(re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", path.read_text("utf-8")))
        assert addresses <= {"http://www.w3.org"}, path.name


def test_braces_of_styles_are_balanced():
    for path in (THEME / "stylesheets").glob("*.css"):
        text = re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", path.read_text("utf-8"), flags=re.DOTALL)
        assert text.count("{") == text.count("}"), path.name
