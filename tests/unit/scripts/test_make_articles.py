"""scripts/make-articles: the tree is the same for the same words, and kbgen's own schemas accept it."""

from __future__ import annotations

import hashlib
import posixpath
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from kbgen.model.data import ProductArea, Team
from kbgen.model.meta import Header
from kbgen.model.settings import Settings

ROOT = Path(__file__).resolve().parents[3]
LINK = re.compile(r"\]\(([^)]+)\)")
BLOCK = re.compile(r"^/// internal\n\n(.*?)\n\n///\n", re.MULTILINE | re.DOTALL)


def make(out: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts" / "make-articles"), "--out", str(out), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def digest(tree: Path) -> str:
    files = sorted(path for path in tree.rglob("*") if path.is_file())
    return hashlib.sha256(b"".join(str(path.relative_to(tree)).encode() + path.read_bytes() for path in files)).hexdigest()


def header_and_body(text: str) -> tuple[Header, str]:
    _, header, body = text.split("---\n", 2)
    values = yaml.safe_load(header)
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
    return Header.model_validate(values), body


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("articles") / "tree"
    done = make(out, "--count", "60", "--seed", "7", "--internal-share", "0.3")
    assert done.returncode == 0, done.stderr
    return out


def articles(tree: Path, language: str) -> dict[str, tuple[Header, str]]:
    folder = tree / "content" / language
    return {str(path.relative_to(folder)): header_and_body(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.md"))}


def test_same_words_same_bytes(tree: Path, tmp_path: Path) -> None:
    make(tmp_path / "again", "--count", "60", "--seed", "7", "--internal-share", "0.3")
    make(tmp_path / "other", "--count", "60", "--seed", "8", "--internal-share", "0.3")
    assert digest(tmp_path / "again") == digest(tree)
    assert digest(tmp_path / "other") != digest(tree)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_counts_audiences_and_size(tree: Path, language: str) -> None:
    made = articles(tree, language)
    assert len(made) == 60
    assert sum(header.audience == "internal" for header, _ in made.values()) == 18
    assert {header.audience for header, _ in made.values()} == {"public", "internal"}
    assert all(header.last_reviewed is not None for header, _ in made.values())
    average = sum(len(body.encode()) for _, body in made.values()) / len(made)
    assert 5500 < average < 8500


def test_ids_are_in_the_original_only_and_differ(tree: Path) -> None:
    ids = [header.id for header, _ in articles(tree, "en").values()]
    assert None not in ids
    assert len(set(ids)) == 60
    assert {header.id for header, _ in articles(tree, "ru").values()} == {None}


@pytest.mark.parametrize("language", ["en", "ru"])
def test_links_lead_somewhere_and_public_ones_to_public_articles(tree: Path, language: str) -> None:
    made = articles(tree, language)
    seen = 0
    for path, (header, body) in made.items():
        for target in LINK.findall(body if header.audience == "internal" else BLOCK.sub("", body)):
            resolved = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
            assert resolved in made, f"{path} links to {target}"
            assert header.audience == "internal" or made[resolved][0].audience == "public", f"{path} links to internal {target}"
            seen += 1
    assert seen > 100


def test_some_public_articles_hold_an_internal_block(tree: Path) -> None:
    assert any(BLOCK.search(body) for header, body in articles(tree, "en").values() if header.audience == "public")


def test_settings_areas_and_teams_are_valid(tree: Path) -> None:
    configuration = yaml.safe_load((tree / "mkdocs.yml").read_text(encoding="utf-8"))
    (plugin,) = configuration["plugins"]
    settings = Settings.model_validate(plugin["kbgen"])
    assert tuple(settings.languages) == ("en", "ru")
    data = tree / "content" / "_data"
    teams = {Team.model_validate(team).id for team in yaml.safe_load((data / "teams.yml").read_text(encoding="utf-8"))}
    areas = [ProductArea.model_validate(area) for area in yaml.safe_load((data / "areas.yml").read_text(encoding="utf-8"))]
    assert {area.owner for area in areas} <= teams
    assert {path.split("/")[0] for path in articles(tree, "en")} <= {area.id for area in areas}


def test_one_language_and_one_audience(tmp_path: Path) -> None:
    assert make(tmp_path / "ru", "--count", "3", "--languages", "ru", "--internal-share", "0").returncode == 0
    assert not (tmp_path / "ru" / "content" / "en").exists()
    assert {header.audience for header, _ in articles(tmp_path / "ru", "ru").values()} == {"public"}


@pytest.mark.parametrize(
    ("words", "said"),
    [(("--languages", "en,xx"), "--languages"), (("--count", "0"), "--count"), (("--internal-share", "2"), "--internal-share")],
)
def test_wrong_words(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    done = make(tmp_path / "none", *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert not (tmp_path / "none").exists()


def test_a_folder_with_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert make(tmp_path).returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
