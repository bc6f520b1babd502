"""The settings: what is taken, and that everything wrong is told at once."""

import os
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbgen.config import consistency
from kbgen.config.load import MAX_BYTES, load_settings, settings_digest
from kbgen.content import header
from kbgen.errors import SettingsError
from kbgen.model.settings import Condition, Settings

# The smallest mkdocs.yml; lines indented by six spaces may be added to kbgen's settings.
BASE = """\
site_name: Lumenta
docs_dir: content
plugins:
  - kbgen:
      sites:
        public: {name: Lumenta Help, audience: public}
        wiki: {name: Wiki, audience: internal}
"""
WIKI = "        wiki: {name: Wiki, audience: internal}\n"
SITES = BASE[BASE.index("      sites") :]
PLUGIN = BASE[BASE.index("  - kbgen") :]


@pytest.fixture
def base():
    return BASE


def problems(path):
    with pytest.raises(SettingsError) as caught:
        load_settings(path)
    assert caught.value.exit_code == 2
    assert caught.value.hint
    return caught.value.problems


def test_every_fault_at_once(golden):
    found = problems(Path(__file__).with_name("faulty.yml"))
    golden("faulty.txt", "".join(f"{line}\n" for line in found))


def test_the_projects_own(root):
    settings = load_settings(root / "mkdocs.yml")
    assert settings.sites["public"].url == "https://help.lumenta.example/"
    assert settings.sites["internal"].colour == "deep-orange"
    assert list(settings.languages) == ["en", "ru"]
    assert settings.review.by_type["runbook"] == "90d"
    assert settings.content_dir == "content"


def test_smallest(write, base):
    settings = load_settings(write(base))
    assert settings == Settings(
        sites={"public": {"name": "Lumenta Help", "audience": "public"}, "wiki": {"name": "Wiki", "audience": "internal"}}
    )


def test_docs_dir_is_the_content_folder(write, base):
    assert load_settings(write(base.replace("docs_dir: content", "docs_dir: kb/articles"))).content_dir == "kb/articles"


def test_short_spellings(write, base):
    settings = load_settings(
        write(
            base
            + "      front_matter:\n"
            + "        map:\n"
            + "          last_reviewed: ms.date\n"
            + "          audience: [{when: {draft: true}, value: internal}]\n"
            + "        ignore: layout\n"
            + "      defaults: [{paths: internal/**, set: {audience: internal, keywords: [a, b], last_reviewed: 2026-01-02}}]\n"
        )
    )
    assert settings.front_matter.map["last_reviewed"] == "ms.date"
    assert settings.front_matter.map["audience"] == (Condition(when={"draft": True}, value="internal"),)
    assert settings.front_matter.ignore == ("layout",)
    assert settings.defaults[0].paths == ("internal/**",)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        # the file
        (("site_name: Lumenta", "- a"), "mkdocs.yml:2:1: this line does not fit the lines above"),
        (("Lumenta Help", "!ENV X"), "mkdocs.yml:6:24: tags such as !ENV are not allowed"),
        (("Lumenta Help", "!!python/name:os.system x"), "tags such as !!python/name:os.system are not allowed"),
        (("docs_dir: content", "docs_dir: &a content"), "mkdocs.yml:2:11: anchors and aliases"),
        (("docs_dir: content", "site_name: Lumenta"), "mkdocs.yml:2:1: the key 'site_name' stands twice (first on line 1)"),
        # the top level
        (("docs_dir", "docs_dri"), "mkdocs.yml:2:1: docs_dri: unknown key, did you mean 'docs_dir'?"),
        (("docs_dir: content", "INHERIT: base.yml"), "mkdocs.yml:2:1: INHERIT: kbgen reads one settings file only"),
        (("docs_dir: content", "nav: []"), "mkdocs.yml:2:1: nav: kbgen makes the navigation"),
        (("docs_dir: content", "theme: mkdocs"), "mkdocs.yml:2:1: theme: has to be 'material', not 'mkdocs'"),
        (("docs_dir: content", "theme: {custom_dir: theme}"), "mkdocs.yml:2:1: theme.name: is missing"),
        (
            ("docs_dir: content", "theme: {name: material, custom_dir: ../x}"),
            "mkdocs.yml:2:25: theme.custom_dir: has to be 'theme', not '../x'",
        ),
        (("docs_dir: content", "theme: {name: material, custom-dir: theme}"), "did you mean 'custom_dir'?"),
        (("docs_dir: content", "theme: 5"), "mkdocs.yml:2:1: theme: has to be 'material', or a mapping"),
        (("site_name: Lumenta", "site_name: 5"), "mkdocs.yml:1:1: site_name: has to be a text"),
        # where the articles are
        (("content", "/content"), "mkdocs.yml:2:1: docs_dir: '/content' has to be a plain folder inside the project"),
        (("content", "a/../b"), "'a/../b' has to be a plain folder"),
        (("content", "./content"), "'./content' has to be a plain folder"),
        (("content", "."), "'.' has to be a plain folder"),
        (("content", ".kbgen"), "'.kbgen' has to be a plain folder"),
        (("content", "site/public"), "'site/public' is kbgen's own folder"),
        (("docs_dir: content", "docs_dir: 5"), "mkdocs.yml:2:1: docs_dir: has to be a text"),
        # the plugins
        (("- kbgen:", "- kbgne:"), "mkdocs.yml:4:5: plugins[0].kbgne: unknown plugin, did you mean 'kbgen'?"),
        (("  - kbgen:", "  - search\n  - kbgen:"), "mkdocs.yml:4:5: plugins[0]: the plugin 'search' would not run"),
        (("  - kbgen:", "  - kbgen\n  - kbgen:"), "mkdocs.yml:4:5: plugins[0]: kbgen stands twice among the plugins"),
        ((PLUGIN, "  []"), "mkdocs.yml:3:1: plugins: has no entry '- kbgen:'"),
        (("  - kbgen:", "  - 5\n  - kbgen:"), "mkdocs.yml:4:5: plugins[0]: has to be the name of a plugin"),
        (("  - kbgen:", "  kbgen:"), "mkdocs.yml:3:1: plugins: has to be a list"),
        (
            (SITES, "      5"),
            "kbgen: has to be followed by its settings",
        ),
        # kbgen's own settings
        ((SITES, ""), "mkdocs.yml:4:5: sites: is missing"),
        ((SITES, "      sites: {}\n"), "mkdocs.yml:5:7: sites: has to name at least one site"),
        (("public: {", "Public: {"), "mkdocs.yml:6:9: sites.Public: a site's name is the name of its folder"),
        (("public: {", "..: {"), "mkdocs.yml:6:9: sites.'..': a site's name is the name of its folder"),
        (("public}", "publc}"), "sites.public.audience: unknown audience 'publc', did you mean 'public'?"),
        (("public}", "public, colur: red}"), "mkdocs.yml:6:56: sites.public.colur: unknown key, did you mean 'colour'?"),
        (("public}", "public, url: 'https://help.lumenta.example/?a'}"), "is no plain address such as https://help.example.com/"),
        (("public}", "public, url: 'https://a@b.example/'}"), "is no plain address"),
        (("public}", "public, url: 'https://[b.example/'}"), "is no plain address"),
        (("Lumenta Help", "''"), "sites.public.name: is empty"),
        (("Lumenta Help", "{xx: Help}"), "sites.public.name.xx: unknown language (possible: en)"),
        (("Lumenta Help", "{en: 5}"), "mkdocs.yml:6:25: sites.public.name.en: has to be a text"),
        (("Lumenta Help", "5"), "sites.public.name: has to be a mapping (lines of 'key: value') or a text"),
    ],
)
def test_one_fault_one_problem(write, base, change, expected):
    old, new = change
    assert old in base
    found = problems(write(base.replace(old, new, 1)))
    assert len(found) == 1, found
    assert expected in found[0]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("audiences: [internal, public]", "audiences: have to start with 'public'"),
        ("audiences: public", "audiences: have to start with 'public' and to hold 'internal'"),
        ("audiences: [public, 5]", "audiences[1]: has to be a text"),
        ("audiences: {a: b}", "audiences: has to be a list"),
        ("content_dir: x", "content_dir: is set by docs_dir"),
        ("languages: {}", "languages: has to name at least one language"),
        ("languages: {english: {name: English}}\n      default_language: english", "languages.english: is no language code"),
        ("languages: {en: {name: English, folder: _data}}", "languages.en.folder: '_data' has to be a plain folder"),
        ("languages: {en: {name: English}, ru: {name: Russian, folder: .}}", "languages.ru.folder: '.' (the content folder itself)"),
        ("languages: {en: {name: English}, ru: {name: Russian, folder: en}}", "'en' is not apart from the folder of 'en', 'en'"),
        ("languages: {en: {name: English, foldr: en}}", "languages.en.foldr: unknown key, did you mean 'folder'?"),
        ("review: 90d", "review: has to be a mapping"),
        ("review: {every: 0d}", "review.every: '0d': an interval is a whole number and d, w, m or y, e.g. 90d or 6m"),
        ("review: {due_within: -1}", "review.due_within: has to be at least 0"),
        ("review: {due_within: '30'}", "review.due_within: has to be a whole number, without quotes"),
        ("review: {due_within: soon}", "review.due_within: has to be a whole number"),
        ("front_matter: {map: {tags: {a: b}}}", "front_matter.map.tags: has to be a text or a list"),
        ("front_matter: {map: {tags: []}}", "front_matter.map.tags: has no condition"),
        ("front_matter: {map: {tags: [{when: {}, value: [a]}]}}", "front_matter.map.tags[0].when: names no key"),
        ("front_matter: {map: {featured: [{when: {a: b}, value: 5}]}}", "front_matter.map.featured[0].value: has to be true or false"),
        (
            "front_matter: {map: {featured: [{when: {draft: true}, value: true}]}}",
            "front_matter.map.featured: 'draft' hides pages elsewhere",
        ),
        ("front_matter: {map: {featured: hidden}}", "front_matter.map.featured: 'hidden' hides pages elsewhere; map it to an audience too"),
        ("front_matter: {ignore: [Hidden]}", "front_matter.ignore[0]: 'Hidden' hides pages elsewhere"),
        ("defaults: [{paths: [], set: {}}]", "defaults[0].paths: names no path"),
        ("defaults: [{paths: a/../../b, set: {}}]", "defaults[0].paths[0]: 'a/../../b' has to be a path from the content folder"),
        ("defaults: [{paths: a, set: {id: KB-1}}]", "defaults[0].set.id: belongs to one article"),
        ("defaults: [{paths: a, set: {audience: secret}}]", "defaults[0].set.audience: unknown audience 'secret'"),
        ("defaults: [{paths: a, set: {last_reviewed: '2026-01-01'}}]", "defaults[0].set.last_reviewed: has to be a date like 2026-10-01"),
        ("defaults: [5]", "defaults[0]: has to be a mapping"),
        ("severity: {'**': {KB301: info}}", "severity.'**'.KB301: faults of reading (0xx) and of audiences (3xx) are always errors"),
        ("severity: {'**': {KB001: warning}}", "severity.'**'.KB001: faults of reading (0xx)"),
        ("severity: {'../**': {KB401: info}}", "severity.'../**': has to be a path"),
        ("contact: {url: '//evil.example'}", "contact.url: '//evil.example': an address starts with https://"),
        ("contact: {url: 'https://{query}.example/'}", "contact.url: 'https://{query}.example/' fills in the host"),
        ("limits: {files: 0}", "limits.files: has to be at least 1"),
        ("limits: {files: 10000001}", "limits.files: has to be at most 10000000"),
        ("limits: {article_bytes: 100000001}", "limits.article_bytes: has to be at most 100000000"),
        ("limits: {header_bytes: 9000000000}", "limits.header_bytes: has to be at most 1000000"),
        ("limits: {asset_bytes: 9000000000}", "limits.asset_bytes: has to be at most 1000000000"),
        ("limits: {article_bytes: 1000000000000000000000}", "'1000000000000000000000' is too large a number; put it in quotes"),
        ("limits: {article_bytes: '1000000000000000000000'}", "limits.article_bytes: has to be a whole number, without quotes"),
        ("limits: {article_bytes: 1.0e+30}", "limits.article_bytes: has to be a whole number"),
        ("limits: {article_bytes: .inf}", "limits.article_bytes: has to be a whole number"),
        ("review: {due_within: 3651}", "review.due_within: has to be at most 3650"),
    ],
)
def test_one_fault_in_an_added_setting(write, base, lines, expected):
    found = problems(write(base + f"      {lines}\n"))
    assert len(found) == 1, found
    assert found[0].startswith("mkdocs.yml:8:")
    assert expected in found[0]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("internal}", "public}"), "mkdocs.yml:5:7: sites: no site is for 'internal'"),
        ((WIKI, WIKI + "      audiences: [public, internal, secret]\n"), "mkdocs.yml:5:7: sites: no site is for 'secret', the narrowest"),
        # What is misspelt or missing may be the narrowest audience: that is told once.
        (("internal}", "intenral}"), "mkdocs.yml:7:28: sites.wiki.audience: unknown audience 'intenral', did you mean 'internal'?"),
        ((", audience: internal}", "}"), "mkdocs.yml:7:9: sites.wiki.audience: is missing"),
        (("wiki: {name: Wiki, audience: internal}", "wiki: 5"), "mkdocs.yml:7:9: sites.wiki: has to be a mapping"),
    ],
)
def test_a_site_has_the_narrowest_audience(write, base, change, expected):
    assert change[0] in base
    (found,) = problems(write(base.replace(*change)))
    assert expected in found


def test_a_help_center_may_stand_alone(write, base):
    assert list(load_settings(write(base.replace(WIKI, ""))).sites) == ["public"]


def test_the_narrowest_audience_may_be_another(write, base):
    secret = "        vault: {name: Vault, audience: secret}\n      audiences: [public, internal, secret]\n"
    assert load_settings(write(base + secret)).is_narrowest("vault")


def test_two_sites_with_one_address(write, base):
    text = base.replace("public}", "public, url: 'https://a.example'}").replace("internal}", "internal, url: 'https://a.example/'}")
    assert problems(write(text)) == ("mkdocs.yml:7:48: sites.wiki.url: is the address of the site 'public' too; each site needs its own",)


def test_a_broken_part_is_told_once(write, base):
    """What looks a word up in a broken list keeps silent: the audience may well be in it once it is mended."""
    found = problems(write(base.replace("public}", "partner}") + "      audiences: 5\n"))
    assert found == ("mkdocs.yml:8:7: audiences: has to be a list",)


def test_a_missing_value_is_told_once(write, base):
    """What stands in for it is judged no more."""
    found = problems(write(base.replace(", audience: public}", "}") + "      audiences: [all, internal]\n"))
    assert [line.split(": ", 1)[1] for line in found] == [
        "sites.public.audience: is missing",
        "audiences: have to start with 'public' and to hold 'internal'; others may be added after 'public'",
    ]


def test_content_dir_is_told_once(write, base):
    found = problems(write(base.replace("docs_dir: content\n", "") + "      content_dir: 5\n"))
    assert found == ("mkdocs.yml:7:7: content_dir: is set by docs_dir at the top level of the file; write it there",)


def test_a_hiding_key_may_be_read_for_the_audience_and_more(write, base):
    conditions = "audience: [{when: {draft: true}, value: internal}], featured: [{when: {draft: true}, value: false}]"
    assert len(load_settings(write(base + f"      front_matter: {{map: {{{conditions}}}}}\n")).front_matter.map) == 2


def test_hiding_keys_are_those_of_the_door():
    """The two packages may not import each other; what the settings let be ignored, the door must not miss."""
    assert consistency.HIDING is header.HIDING


def test_sorted_by_place_as_numbers(write, base):
    found = problems(write(base + "\n" * 5 + "      zeta: 1\n" + "\nalpha: 2\nbeta: 3\n"))
    assert [line.split(": ")[0] for line in found] == ["mkdocs.yml:13:7", "mkdocs.yml:15:1", "mkdocs.yml:16:1"]


def test_missing_file(tmp_path):
    with pytest.raises(SettingsError, match="there is no settings file") as caught:
        load_settings(tmp_path / "mkdocs.yml")
    assert "mkdocs.yml" in caught.value.hint
    assert caught.value.problems == ()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\xef\xbb\xbfsite_name: x", "mkdocs.yml:1:1: it starts with a byte order mark"),
        ("a: ж\nb: é".encode() + b"\xff", "mkdocs.yml:2:5: it is not UTF-8 from here on"),
        (b"#" * (MAX_BYTES + 1), f"mkdocs.yml:1:1: it is larger than {MAX_BYTES} bytes"),
        (b"", "mkdocs.yml:1:1: the file has to hold 'key: value' lines"),
        (b"a: \x00", "mkdocs.yml:1:4: the character #x0000 is not allowed"),
    ],
)
def test_unreadable(write, data, expected):
    (found,) = problems(write(data))
    assert found.startswith(expected)


def test_not_a_regular_file(tmp_path):
    folder, pipe = tmp_path / "folder.yml", tmp_path / "pipe.yml"
    folder.mkdir()
    os.mkfifo(pipe)
    assert problems(folder) == ("folder.yml:1:1: it is not a regular file",)
    assert problems(pipe) == ("pipe.yml:1:1: it is not a regular file",)


class TestDigest:
    def digest(self, write, text):
        return settings_digest(load_settings(write(text)))

    def test_same_settings_same_digest(self, write, base):
        spelled = base.replace("{name: Lumenta Help, audience: public}", "{audience: 'public', name: \"Lumenta Help\"}")
        assert self.digest(write, base) == self.digest(write, f"# a comment\n{spelled}")
        assert len(self.digest(write, base)) == 64

    def test_every_value_counts(self, write, base):
        others = [
            base.replace("Lumenta Help", "Lumenta help"),
            base + "      review: {due_within: 29}\n",
            base + "      defaults: [{paths: a, set: {last_reviewed: 2026-01-02}}]\n",
            base + "      front_matter: {map: {last_reviewed: [{when: {a: 2026-01-02}, value: 2026-01-02}]}}\n",
            base + "      front_matter: {map: {last_reviewed: [{when: {a: '2026-01-02'}, value: 2026-01-02}]}}\n",
        ]
        assert len({self.digest(write, text) for text in (base, *others)}) == len(others) + 1

    def test_order_of_sites_counts(self, write, base):
        assert self.digest(write, base) != self.digest(write, base.replace(WIKI, "").replace("        public", WIKI + "        public"))


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 400) | st.text(string.ascii_letters + "./:*й ", max_size=8) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*Settings.model_fields, "public", "en", "set"]), inner),
    max_leaves=8,
)


@given(name=st.sampled_from([*Settings.model_fields, "plugins", "theme"]), value=_VALUES)
def test_total(tmp_path_factory, name, value):
    """Whatever stands there: settings, or a SettingsError with at least one problem, each with a place."""
    import yaml

    own = {"sites": {"public": {"name": "x", "audience": "public"}}}
    top = {"site_name": "x", "plugins": [{"kbgen": own}]}
    (own if name in Settings.model_fields else top)[name] = value
    path = tmp_path_factory.mktemp("law") / "mkdocs.yml"
    path.write_text(yaml.safe_dump(top, allow_unicode=True, sort_keys=False), encoding="utf-8")
    try:
        settings_digest(load_settings(path))
    except SettingsError as error:
        assert error.problems
        assert all(line.startswith("mkdocs.yml:") and line.split(":")[1].isdigit() for line in error.problems)
