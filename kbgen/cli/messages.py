"""What commands say to people besides findings."""

from __future__ import annotations

import platform
import traceback
from pathlib import Path

import click

from kbgen import __version__
from kbgen.errors import KbgenError, SettingsError

_UNHARMED = "your articles and your sites are unharmed"


def tell(error: KbgenError) -> None:
    """Say why a command cannot go on, and what to do about it."""
    click.echo(f"kbgen: {error.message}", err=True)
    if isinstance(error, SettingsError):
        for problem in error.problems:
            click.echo(f"  {problem}", err=True)
    if error.hint:
        click.echo(f"  help: {error.hint}", err=True)


def tell_system(error: OSError) -> None:
    """Say what the system refused: a full disk, missing rights, and the like."""
    where = f": {error.filename}" if error.filename else ""
    click.echo(f"kbgen: {error.strerror or error}{where}; {_UNHARMED}.", err=True)
    click.echo("  help: Look for a full disk or missing rights, then run the command again.", err=True)


def tell_bug(error: Exception, root: Path) -> None:
    """Say that it is a fault of kbgen's own. The details go into a file of the project; where there is no project, one line has to do."""
    click.echo(f"kbgen: this is a bug of kbgen itself; {_UNHARMED}.", err=True)
    report = root / ".kbgen" / "bug.txt"
    text = f"kbgen {__version__}, Python {platform.python_version()}, {platform.platform()}\n\n"
    text += "".join(traceback.format_exception(error))
    try:
        if not (root / "mkdocs.yml").is_file():
            raise FileNotFoundError
        report.parent.mkdir(exist_ok=True)
        report.write_text(text, encoding="utf-8", errors="backslashreplace")
    except OSError:
        click.echo(f"  help: Please report it with this line: {_in_a_line(error)}", err=True)
    else:
        click.echo(f"  help: Please report it with the file {report}; it may quote your articles, so look at it first.", err=True)


def _in_a_line(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"kbgen {__version__}, {type(error).__name__}{place}: {' '.join(str(error).split())[:200]}"


def counted(number: int, one: str, many: str = "") -> str:
    """A number and its noun: ``1 article``, ``1,200 articles``; ``many`` where it is not simply ``one`` with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
