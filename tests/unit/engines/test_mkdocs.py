"""The engine, run for real on staged folders."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from staged_folder import HOST, context, edition_json, edition_pages, job, stage, tree

from kbgen.engines import mkdocs, theme_dir
from kbgen.engines.mkdocs import MkdocsEngine

# Of Material 9.8.1 with the scope "/": the only inline scripts a page may have.
SCRIPTS = {
    "exqRXrW/0laiImCrTE8a70vxyyY10FJVIppytLf/dbY=",
    "DrEMJJ29sL7vIloQzly+VUGMxKcBTMII+OfW7Y8AkG4=",
    "10uztYJZm7OLYtHrFaYKCvTOAUfjM17+CoEWk5hLcc4=",
    "/8wPdzX9q0NNJXyA5lzsLojXFpkeaXVxhbfkUOQaWy8=",
}
URLS = ("href", "src", "srcset", "action", "data-search-base", "data-edition-base")
EVIL = "<img src=x onerror=alert(1)></title><script>evil()</script>\"'><b onclick=evil()>{{ 7*7 }}{% raw %}"


class Elements(HTMLParser):
    """Every element with its attributes, and the text of elements one wants to read."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text: dict[str, list[str]] = {"title": [], "h1": [], "script": [], "style": []}
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag in self.text:
            self._open.append(tag)
            self.text[tag].append("")

    def handle_endtag(self, tag):
        if self._open and self._open[-1] == tag:
            self._open.pop()

    def handle_data(self, data):
        if self._open:
            self.text[self._open[-1]][-1] += data


def pages_of(files: dict[str, bytes]) -> dict[str, str]:
    return {path: data.decode() for path, data in files.items() if path.endswith(".html")}


def test_exactly_the_staged_pages_and_what_they_refer_to_are_written(built):
    for key, files in built.items():
        wanted = {f"{address}index.html" for address in edition_pages(*key)} | {"404.html"}
        assert set(pages_of(files)) == wanted
        rest = {path for path in files if not path.endswith(".html")}
        assert all(path.startswith("assets/") for path in rest)
        assert not [path for path in rest if path.endswith((".map", ".json", ".gz")) or "lunr" in path or "worker" in path]


def test_every_local_address_leads_to_a_file(built):
    site = {f"{key[0]}/{'' if key[1] == 'en' else 'ru/'}{path}": data for key, files in built.items() for path, data in files.items()}
    for path, data in site.items():
        if not path.endswith(".html"):
            continue
        name, _, inside = path.partition("/")
        for tag, attributes in Elements(data.decode()).found:
            for attribute in ("href", "src"):
                target = attributes.get(attribute)
                if target is None or urlsplit(target).scheme:
                    continue
                found = urlsplit(urljoin(f"http://site/{inside.removesuffix('index.html')}", urldefrag(target)[0]))
                local = found.path.lstrip("/")
                local += "index.html" if not local or local.endswith("/") else ""
                assert f"{name}/{local}" in site, f"{path}: <{tag} {attribute}={target!r}>"


def test_no_attribute_names_another_host(built):
    allowed = {"https://lumenta.example/contact", "mailto:support@lumenta.example"}
    for (site, _), files in built.items():
        for path, html in pages_of(files).items():
            for tag, attributes in Elements(html).found:
                for name in URLS:
                    value = attributes.get(name) or ""
                    foreign = urlsplit(value).netloc and not (tag == "link" and value.startswith(HOST[site]))
                    assert not foreign or value in allowed, f"{path}: <{tag} {name}={value!r}>"
            assert "site.invalid" not in html


def test_only_the_known_inline_scripts_and_no_inline_style(built):
    for files in built.values():
        for path, html in pages_of(files).items():
            elements = Elements(html)
            assert not elements.text["style"]
            for tag, attributes in elements.found:
                assert "style" not in attributes, f"{path}: <{tag} style>"
                assert not [name for name in attributes if name.startswith("on")], f"{path}: <{tag} on…>"
            scripts = [attributes for tag, attributes in elements.found if tag == "script"]
            for attributes, text in zip(scripts, elements.text["script"], strict=True):
                if "src" not in attributes and attributes.get("type") != "application/json":
                    assert base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() in SCRIPTS, f"{path}: {text[:60]}"


@pytest.fixture(scope="module")
def hostile(render):
    """Every text of every context is hostile, on a wiki edition, which shows the most."""

    def spoil(value):
        if isinstance(value, dict):
            kept = {"kind", "href", "language", "url", "canonical", "icon", "strings", "site", "prefix", "colour", "code"}
            return {key: one if key in kept else spoil(one) for key, one in value.items()}
        if isinstance(value, list):
            return [spoil(one) for one in value]
        return EVIL if isinstance(value, str) else value

    pages = {address: (spoil(value), body) for address, (value, body) in edition_pages("internal", "en").items()}
    settings = edition_json(
        "internal", "en", name=EVIL, tagline=EVIL, colour=EVIL, contact={"url": 'https://x.example/"onclick=evil()', "email": EVIL}
    )
    return pages_of(render(settings, pages))


def test_hostile_texts_are_inert(hostile):
    for path, html in hostile.items():
        elements = Elements(html)
        assert not [tag for tag, _ in elements.found if tag in ("b", "img")], path
        scripts = [attributes for tag, attributes in elements.found if tag == "script"]
        for attributes, text in zip(scripts, elements.text["script"], strict=True):
            # A data block may hold any text, as long as nothing in it can end the block.
            assert "<" not in text if attributes.get("type") == "application/json" else "evil" not in text, path
        assert not [one for _, one in elements.found if any(name.startswith("on") for name in one)], path
        assert len(elements.text["title"]) == 1, path
        assert EVIL in elements.text["title"][0], path
    assert Elements(hostile["billing/refund/index.html"]).text["h1"] == [EVIL]


def test_braces_in_texts_and_bodies_stay_text(hostile, built):
    assert "{{ 7*7 }}{% raw %}" in "".join(Elements(hostile["index.html"]).text["h1"])
    body = built["public", "en"]["billing/refund/index.html"].decode()
    assert "e.g. {{ 7*7 }} or {% raw %}." in body
    assert "49" not in re.sub(r"[0-9a-f]{6,}|<svg.*?</svg>", "", body)


def test_the_body_is_passed_on_byte_for_byte(render):
    body = "<p>one</p>\r\n---\ntitle: no\n---\n# not a heading\n*  *  *\n\n<p>\tlast &amp; least\u2028</p>"
    page = {"a/": (context("public", "en", "article", "a/"), body)}
    assert body.encode() in render(edition_json("public", "en"), page)["a/index.html"]


def test_one_page_alone_has_the_same_bytes(built, render):
    for key in (("public", "ru"), ("internal", "en")):
        alone = render(edition_json(*key), edition_pages(*key), only=["billing/refund/"])
        assert set(pages_of(alone)) == {"billing/refund/index.html", "404.html"}
        assert all(built[key][path] == data for path, data in alone.items())


def test_no_pages_at_all_still_gives_the_404_page_and_the_files(built, render):
    nothing = render(edition_json("public", "en"), {})
    assert set(pages_of(nothing)) == {"404.html"}
    assert all(built["public", "en"][path] == data for path, data in nothing.items())


def test_same_staged_bytes_give_the_same_site(built, tmp_path):
    """Another folder, another working directory, another time zone and language; the hash seed is random in an isolated interpreter."""
    source = stage(tmp_path / "elsewhere" / "staged", edition_json("internal", "en"), edition_pages("internal", "en"))
    command = [sys.executable, "-I", "-c", mkdocs._LAUNCH, str(theme_dir.PACKAGE), str(source), str(tmp_path / "out")]
    environment = {"PATH": os.defpath, "TZ": "Asia/Kolkata", "LANG": "C"}
    subprocess.run(command, cwd="/", env=environment, check=True, capture_output=True)
    assert tree(tmp_path / "out") == built["internal", "en"]


def test_a_copy_of_kbgen_renders_with_its_own_theme(built, tmp_path):
    """Another kbgen is installed; were that one's theme taken, a cache would hold pages under the wrong theme's key."""
    for folder in (theme_dir.PACKAGE, theme_dir.theme_dir()):
        shutil.copytree(folder, tmp_path / "copy" / folder.name, ignore=shutil.ignore_patterns("__pycache__"))
    template = tmp_path / "copy" / "theme" / "kb" / "footer.html"
    template.write_text(template.read_text() + "<p>of the copy</p>")
    source = stage(tmp_path / "staged", edition_json("internal", "en"), edition_pages("internal", "en"))
    command = [sys.executable, "-I", "-c", mkdocs._LAUNCH, str(tmp_path / "copy" / "kbgen"), str(source), str(tmp_path / "out")]
    subprocess.run(command, cwd="/", check=True, capture_output=True)
    copied = pages_of(tree(tmp_path / "out"))
    assert copied.keys() == pages_of(built["internal", "en"]).keys()
    assert all("<p>of the copy</p>" in page for page in copied.values())


def test_a_failure_says_what_is_wrong_and_spares_the_others(tmp_path):
    bad = stage(tmp_path / "bad", edition_json("internal", "en"), {"a/": ({"kind": "../main"}, "")})
    good = stage(tmp_path / "good", edition_json("public", "en"), edition_pages("public", "en"), ["billing/"])
    jobs = [job("internal", "en", bad, tmp_path / "bad-out"), job("public", "en", good, tmp_path / "good-out")]
    (failure,) = MkdocsEngine(2).render(jobs)
    assert failure.edition.key == "internal-en"
    assert "a/index.md: the first line must be a context" in failure.message
    assert (tmp_path / "good-out" / "billing" / "index.html").is_file()


def test_an_engine_that_takes_too_long_is_stopped(tmp_path):
    source = stage(tmp_path / "staged", edition_json("public", "en"), {})
    (failure,) = MkdocsEngine(1, seconds=0.01).render([job("public", "en", source, tmp_path / "out")])
    assert failure.message == "the engine was stopped after 0.01 seconds"


def test_no_code_is_taken_from_the_staged_folder(tmp_path, render):
    source = stage(tmp_path / "staged", edition_json("public", "en"), {})
    for name in ("jinja2.py", "sitecustomize.py", "json.py"):
        (source / name).write_text("raise SystemExit('taken')\n")
        (source / "pages" / name).write_text("raise SystemExit('taken')\n")
    (source / "mkdocs.yml").write_text("hooks: [json.py]\n")
    (source / "pages" / "stray.md").write_text("# stray")
    (source / "pages" / "stray.txt").write_text("stray")
    assert MkdocsEngine(1).render([job("public", "en", source, tmp_path / "out")]) == ()
    assert tree(tmp_path / "out") == render(edition_json("public", "en"), {})


def test_the_public_site_shows_nothing_of_the_wiki(render):
    told = context("public", "en", "article", "a/", owner="Secret team", id="KB-7Q4M", audience="internal")
    html = render(edition_json("public", "en"), {"a/": (told, "<p>x</p>")})["a/index.html"].decode()
    assert "Secret team" not in html
    assert "KB-7Q4M" not in html
    assert "internal" not in html.casefold()
    assert "wiki" not in html.casefold()


def test_the_wiki_says_that_it_is_internal_and_is_not_indexed(built):
    for html in pages_of(built["internal", "ru"]).values():
        assert '<aside class="kb-band" aria-label="Для сотрудников"><strong>Для сотрудников</strong>' in html
        assert '<meta name="robots" content="noindex, nofollow, noarchive">' in html
    unlisted = {"404.html", "search/index.html"}
    assert all("noindex" not in html for path, html in pages_of(built["public", "ru"]).items() if path not in unlisted)
    article = built["internal", "en"]["billing/refund/index.html"].decode()
    for text in ("KB-7Q4M", "Billing team", "1 March 2026", "overdue for review"):
        assert text in article


def test_the_head_names_the_address_and_the_translations(built):
    html = built["public", "ru"]["billing/refund/index.html"].decode()
    assert '<html lang="ru"' in html
    assert '<link rel="canonical" href="https://help.lumenta.example/ru/billing/refund/">' in html
    assert '<link rel=" alternate" hreflang="en" href="https://help.lumenta.example/billing/refund/">' in html
    assert "<title>Вернуть платёж · Справочный центр Lumenta</title>" in html


def test_the_404_page_works_at_any_address(built):
    links = [one.get("href") or one.get("src") for _, one in Elements(built["public", "ru"]["404.html"].decode()).found]
    local = [link for link in links if link and not urlsplit(link).scheme and not link.startswith("#")]
    assert all(link.startswith("/") for link in local)
    assert {"/ru/", "/"} <= set(local)


def test_numbers_of_articles_are_inflected(built):
    text = built["public", "ru"]["index.html"].decode()
    for words in ("9 статей", "21 статья", "3 статьи"):
        assert words in text


def test_icons_have_to_be_plain_names(render):
    area = {"title": "A", "summary": "", "href": "a/", "count": 1, "articles": []}
    names = ["../../../../etc/passwd", "credit-card-outline", "no-such-icon", "", "/etc/passwd", "material/flag"]
    areas = [area | {"icon": name} for name in names]
    home = {"": (context("public", "en", "home", "", areas=areas, articles=[]), "")}
    html = render(edition_json("public", "en"), home)["index.html"].decode()
    assert html.count('<span class="kb-card__icon" aria-hidden="true"><svg') == len(names)


def test_the_key_depends_on_every_file_of_the_theme(tmp_path, monkeypatch):
    copy = tmp_path / "theme"
    shutil.copytree(theme_dir.theme_dir(), copy)
    before = MkdocsEngine().key()
    monkeypatch.setattr(mkdocs, "theme_dir", lambda: copy)
    assert MkdocsEngine().key() == before == MkdocsEngine(7, 5).key()
    path: Path = copy / "strings" / "ru.json"
    path.write_bytes(path.read_bytes() + b"\n")
    assert MkdocsEngine().key() != before
