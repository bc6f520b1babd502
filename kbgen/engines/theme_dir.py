"""Where the theme lives: inside the package in a wheel, beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
"""The folder of the package kbgen."""


def theme_dir() -> Path:
    """The folder of templates, styles, scripts and reader-facing words. FileNotFoundError where the installation lacks it."""
    for folder in (PACKAGE / "theme", PACKAGE.parent / "theme"):
        if (folder / "main.html").is_file():
            return folder
    raise FileNotFoundError(f"kbgen's theme is neither in {PACKAGE / 'theme'} nor beside the package; install kbgen again")


def theme_files(folder: Path) -> list[Path]:
    """All files of the theme, in one order on every machine."""
    return sorted((path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.relative_to(folder).as_posix())


def templates() -> dict[str, bytes]:
    """The theme's templates: path in the theme → bytes."""
    folder = theme_dir()
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in theme_files(folder) if path.suffix == ".html"}
