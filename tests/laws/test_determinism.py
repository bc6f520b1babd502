"""Same input, same bytes: whatever the folder, locale, time zone, hash seed, order of the files or number of processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from law_projects import AREAS, PIXEL, SETTINGS, TEAMS, Files, article, block, list_of, write
from stage_and_print import digests

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def project() -> Files:
    """Enough texts for several processes; titles that languages sort in their own ways, links, blocks, tags, images."""
    files: Files = {"mkdocs.yml": SETTINGS, "content/_data/areas.yml": list_of(AREAS), "content/_data/teams.yml": list_of(TEAMS)}
    files["content/Ёлка ы.png"] = PIXEL
    letters = ["Äpfel", "apfel", "Zug", "ёж", "Еж", "яма", "Iota", "ıota", "I", "i", "Ω", "naïve"]
    for number in range(48):
        code = ("en", "ru")[number % 2]
        title = f"{letters[number % len(letters)]} {number % 5}"
        after = (number + 2) % 48
        link = f"![a](../../Ёлка%20ы.png) [next](n{after}.md#chast-{after}) w{number % 7}"
        body = f"## Часть {number}\n\n{link}\n\n{block('inside')}"
        audience = "internal" if number % 4 == 3 else "public"
        files[f"content/{code}/billing/n{number}.md"] = article(
            title, audience, body, tags=f"[t{number % 3}, x]", featured=str(number % 6 == 0).lower()
        )
    return files


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    root = tmp_path_factory.mktemp("expected")
    write(root, project())
    return digests(root, 1)


VARIANTS = {
    "another seed, zone, language and umask": (
        2,
        False,
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "LANGUAGE": "ru", "PYTHONUTF8": "0"},
    ),
    "a plain locale, the files written backwards": (1, True, {"PYTHONHASHSEED": "4242", "TZ": "America/Adak", "LC_ALL": "C", "LANG": ""}),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_staged_bytes_are_the_same_elsewhere(name: str, expected: dict[str, str], tmp_path: Path) -> None:
    jobs, backwards, environment = VARIANTS[name]
    root = tmp_path / "Another place, ещё одно"
    root.mkdir()
    files = project()
    write(root, dict(reversed(files.items())) if backwards else files)
    for number, path in enumerate(sorted(files)):
        os.utime(root / path, (number * 1000, number * 1000))
    ran = subprocess.run(
        [sys.executable, str(HERE / "stage_and_print.py"), str(root), str(jobs)],
        cwd=tmp_path,
        env={"PATH": os.defpath, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr.decode(errors="replace")[-2000:]
    assert json.loads(ran.stdout) == expected


def test_the_digests_tell_one_thing_from_another(expected: dict[str, str], tmp_path: Path) -> None:
    files = project()
    files["content/en/billing/n0.md"] += b"\nOne word more.\n"
    write(tmp_path, files)
    found = digests(tmp_path, 1)
    assert {path for path in found if found[path] != expected.get(path)} >= {
        "public/public-en/pages/billing/n0/index.md",
        "internal/internal-en/pages/billing/n0/index.md",
    }
    assert any(path.startswith("public/public-ru/") and found[path] == expected[path] for path in found)
