"""MkDocs itself must not build a project of kbgen's."""

from __future__ import annotations

import tomllib

import pytest
from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from kbgen.engines.plugin import REFUSAL, KbgenPlugin


def test_any_settings_are_taken_for_the_refusal_comes_first():
    assert KbgenPlugin().load_config({"sites": {"public": None}, "no such key": object()}) == ([], [])


def test_the_start_of_any_command_is_refused():
    for command in ("build", "serve", "gh-deploy"):
        with pytest.raises(PluginError, match="kbgen build"):
            KbgenPlugin().on_startup(command=command, dirty=False)


def test_a_build_ends_before_it_touches_the_site(tmp_path, caplog):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "secret.md").write_text("# Secret")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "live.html").write_text("live")
    config = MkDocsConfig(config_file_path=str(tmp_path / "mkdocs.yml"))
    config.load_dict({"site_name": "x", "plugins": []})
    assert config.validate() == ([], [])
    config.plugins["kbgen"] = KbgenPlugin()
    with pytest.raises(SystemExit):
        build(config)
    assert REFUSAL in caplog.text
    assert [path.name for path in (tmp_path / "site").iterdir()] == ["live.html"]


def test_mkdocs_finds_it_by_its_name(root):
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["entry-points"]["mkdocs.plugins"] == {"kbgen": f"{KbgenPlugin.__module__}:{KbgenPlugin.__name__}"}
