"""The command as a process of its own, with the real engine: pipes, terminals, signals, surroundings."""

from __future__ import annotations

import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from workshop import AREAS, TEAMS, Workshop, article, articles

Process = Callable[..., subprocess.CompletedProcess[str]]
DAY = ("--today", "2026-10-10")


def project(root: Path) -> Workshop:
    shop = Workshop(root)
    shop.root.mkdir(parents=True)
    shop.settings()
    shop.fill({"_data/areas.yml": AREAS, "_data/teams.yml": TEAMS, **articles()})
    return shop


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, process: Process) -> Workshop:
    """A project that the real command has built. Tests that change it take a copy."""
    shop = project(tmp_path_factory.mktemp("built") / "project")
    ran = process(shop.root, "build", *DAY, env={**os.environ, "LC_ALL": "C", "TZ": "Pacific/Apia", "PYTHONHASHSEED": "1"})
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "\x1b" not in ran.stdout
    assert ran.stdout.startswith("site/public/  4 articles, 12 pages rendered; files: ")
    return shop


@pytest.fixture
def copy(built: Workshop, tmp_path: Path) -> Workshop:
    shutil.copytree(built.root, tmp_path / "copy")
    return Workshop(tmp_path / "copy")


def test_the_sites_depend_on_nothing_but_the_content(built: Workshop, process: Process, tmp_path: Path) -> None:
    other = project(tmp_path / "with a space/проект")
    surroundings = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "ru", "TZ": "America/St_Johns", "PYTHONHASHSEED": "2", "COLUMNS": "40"}
    ran = process(tmp_path, "build", "--project", str(other.root), "--jobs", "1", *DAY, env=surroundings)
    assert (ran.returncode, ran.stderr) == (0, "")
    for name in ("public", "internal"):
        assert other.site(name) == built.site(name), name


def test_verify_finds_a_leak_in_a_copied_site(copy: Workshop, process: Process) -> None:
    assert process(copy.root, "verify", *DAY).returncode == 0
    page = copy.root / "site/public/index.html"
    secret = "<p>The shift lead decides whether the whole region goes into the emergency plan tonight.</p></body>"
    page.write_text(page.read_text(encoding="utf-8").replace("</body>", secret), encoding="utf-8")
    ran = process(copy.root, "verify", *DAY)
    assert ran.returncode == 4
    assert "site/public/index.html:1:1: KB902 error" in ran.stdout
    assert ran.stderr == ""


def test_a_reader_who_goes_away_early(copy: Workshop) -> None:
    command = f"{sys.executable} -m kbgen explain | head -1; exit ${{PIPESTATUS[0]}}"
    ran = subprocess.run(["bash", "-c", command], cwd=copy.root, capture_output=True, text=True, timeout=60, check=False)
    assert (ran.stdout, ran.stderr) == ("KB001  encoding\n", "")
    command = f"{sys.executable} -m kbgen build --clean --explain {' '.join(DAY)} 2>&1 | head -1"
    ran = subprocess.run(["bash", "-c", command], cwd=copy.root, capture_output=True, text=True, timeout=60, check=False)
    assert re.fullmatch(r"site/public/ .*\n", ran.stdout)
    assert ran.stderr == ""


def test_a_terminal_that_lacks_letters(copy: Workshop, process: Process) -> None:
    ran = process(copy.root, "search", "возврат", "--language", "ru", env={**os.environ, "PYTHONIOENCODING": "latin-1"})
    assert (ran.returncode, ran.stderr) == (0, "")
    assert r"\u041a\u0430\u043a" in ran.stdout


def on_terminal(folder: Path, *words: str, **surroundings: str) -> str:
    """What a command writes to a terminal."""
    master, slave = pty.openpty()
    environment = {**{name: value for name, value in os.environ.items() if name != "NO_COLOR"}, "TERM": "xterm", **surroundings}
    command = [sys.executable, "-m", "kbgen", *words]
    with subprocess.Popen(command, cwd=folder, stdin=slave, stdout=slave, stderr=slave, env=environment) as running:
        os.close(slave)
        written = b""
        while True:
            try:
                piece = os.read(master, 65536)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            written += piece
        running.wait(timeout=60)
    os.close(master)
    return written.decode("utf-8")


def test_colours_and_progress_on_a_terminal(copy: Workshop) -> None:
    copy.write("en/billing/refund.md", article("Ask for a refund", "See [who does what](../team/roles.md)."))
    shown = on_terminal(copy.root, "check", *DAY)
    assert "\x1b[31mKB301 error\x1b[0m" in shown
    assert re.search(r"(reading|converting|deciding who sees what|checking) …", shown)
    plain = on_terminal(copy.root, "check", *DAY, NO_COLOR="1")
    assert "\x1b[31m" not in plain
    assert "KB301 error" in plain
    assert "\x1b" not in on_terminal(copy.root, "check", *DAY, TERM="dumb")
    assert "…" not in on_terminal(copy.root, "build", "-q", *DAY)


def test_mkdocs_itself_refuses(copy: Workshop) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(copy.root / "out")]
    ran = subprocess.run(command, cwd=copy.root, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 1
    assert "Nothing was built. Run `kbgen build` (or `kbgen serve`) instead." in ran.stdout + ran.stderr
    assert "Traceback" not in ran.stderr
    assert not (copy.root / "out").exists()


def test_an_interrupted_build_says_nothing_odd_and_leaves_the_sites(copy: Workshop) -> None:
    before = copy.site("public")
    for path in ("en/billing/refund.md", "ru/billing/refund.md"):
        copy.write(path, article("Another title", "Another text."))
    command = [sys.executable, "-m", "kbgen", "build", "--clean", *DAY]
    with subprocess.Popen(command, cwd=copy.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        _until((copy.project.work / "staging").is_dir, "the engine begins")
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)
    assert (running.returncode, out) == (130, "")
    assert "Traceback" not in err
    assert copy.site("public") == before


@contextmanager
def serving(folder: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
    """``kbgen serve`` on free ports: the process, and the address of each site. It is ended in any case."""
    command = [sys.executable, "-m", "kbgen", "serve", "--port", "0", *words]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        try:
            urls: dict[str, str] = {}
            assert running.stdout is not None
            for line in running.stdout:
                found = re.fullmatch(r"(public|internal): (http://127\.0\.0\.1:\d+/)\n", line)
                urls |= {found[1]: found[2]} if found else {}
                if len(urls) == 2:
                    break
            if "--no-build" not in words:
                assert running.stdout.readline() == "Watching for changes; stop with Ctrl-C.\n"
            yield running, urls
        finally:
            if running.poll() is None:
                running.terminate()
            try:
                running.wait(timeout=20)
            except subprocess.TimeoutExpired:
                running.kill()


def fetch(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.read().decode("utf-8")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode("utf-8")


def _until(holds: Callable[[], bool], what: str, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"{what}: not within {seconds} seconds"
        time.sleep(0.05)


def test_serve_shows_both_sites_rebuilds_on_save_and_stops(copy: Workshop) -> None:
    with serving(copy.root, *DAY) as (running, urls):
        assert fetch(urls["public"])[0] == fetch(urls["internal"])[0] == 200
        assert fetch(urls["public"] + "team/roles/")[0] == 404
        assert fetch(urls["internal"] + "team/roles/")[0] == 200
        page = urls["public"] + "billing/refund/"
        copy.write("en/billing/refund.md", article("Ask for a refund", "A text that was just saved."))
        _until(lambda: "A text that was just saved." in fetch(page)[1], "the edit is served")
        # A fault is said, and serving goes on with what was there.
        copy.settings("plugins: nonsense\n")
        time.sleep(1.5)
        assert "A text that was just saved." in fetch(page)[1]
        copy.settings()
        copy.delete("ru/billing/invoices.md")
        _until(lambda: fetch(urls["public"] + "ru/billing/invoices/")[0] == 410, "the deleted page is gone")
        running.send_signal(signal.SIGTERM)
        out, err = running.communicate(timeout=20)
    assert running.returncode == 0
    assert "Traceback" not in err
    assert re.search(r"^kbgen: (a problem|\d+ problems) in mkdocs.yml$", err, re.MULTILINE)
    assert out.count("freshness:") == 2, "two builds since the servers began"
    with pytest.raises(urllib.error.URLError):
        fetch(urls["public"])


def test_serve_as_it_stands(copy: Workshop) -> None:
    with serving(copy.root, "--no-build") as (running, urls):
        assert fetch(urls["internal"] + "ru/team/roles/")[0] == 200
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=20)
    assert (running.returncode, err) == (0, "")
    assert "Watching" not in out
    assert "freshness" not in out
