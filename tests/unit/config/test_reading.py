"""Files are read below the root without following symbolic links."""

import os
from pathlib import Path

import pytest

from kbgen.config.reading import read_file, read_inside


@pytest.fixture
def project(tmp_path):
    (tmp_path / "content" / "_data").mkdir(parents=True)
    (tmp_path / "secret.yml").write_text("secret", encoding="utf-8")
    return tmp_path


PATH = "content/_data/areas.yml"


def test_reads(project):
    (project / PATH).write_text("привет", encoding="utf-8")
    assert read_inside(project, PATH, 100).text == "привет"


@pytest.mark.parametrize("size", [12, 13])
def test_limit_in_bytes(project, size):
    (project / PATH).write_bytes("привет".encode() + b"!" * (size - 12))
    reading = read_inside(project, PATH, 12)
    assert (reading.text is None) is (size > 12)


def test_absent(project):
    for path in (PATH, "content/none/areas.yml", "none/x"):
        assert read_inside(project, path, 100) == read_file(project / "none.yml", 100)
        assert read_inside(project, path, 100).fault is None


def test_link_to_a_file(project):
    (project / PATH).symlink_to(project / "secret.yml")
    assert "symbolic link" in read_inside(project, PATH, 100).fault.message


def test_link_to_a_folder(project):
    (project / "elsewhere").mkdir()
    (project / "elsewhere" / "areas.yml").write_text("secret", encoding="utf-8")
    (project / "content" / "_data").rmdir()
    (project / "content" / "_data").symlink_to(project / "elsewhere")
    reading = read_inside(project, PATH, 100)
    assert reading.text is None
    assert "symbolic link" in reading.fault.message


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_not_regular(project, make):
    make(project / PATH)
    assert read_inside(project, PATH, 100).fault.message == "it is not a regular file"


def test_no_descriptor_is_left_open(project):
    before = len(list(Path("/proc/self/fd").iterdir()))
    test_absent(project)
    os.mkfifo(project / PATH)
    read_inside(project, PATH, 100)
    read_inside(project, "secret.yml/x/y", 100)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_the_person_who_runs_it_may_link(project):
    (project / "mkdocs.yml").symlink_to(project / "secret.yml")
    assert read_file(project / "mkdocs.yml", 100).text == "secret"
