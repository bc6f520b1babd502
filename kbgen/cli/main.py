"""The command ``kbgen``: its subcommands, and what happens when one of them cannot go on."""

from __future__ import annotations

import os
import platform
import sys
import traceback
from pathlib import Path

import click

from kbgen import __version__
from kbgen.cli.build import build
from kbgen.cli.check import check
from kbgen.cli.explain import explain
from kbgen.cli.search import search
from kbgen.cli.serve import serve
from kbgen.cli.stale import stale
from kbgen.cli.verify import verify
from kbgen.errors import KbgenError, SettingsError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="kbgen")
def cli() -> None:
    r"""Build a public help center and a separate internal wiki from one folder of Markdown articles.

    \b
    kbgen build          build both sites into site/
    kbgen serve          look at them, and rebuild on every save
    kbgen check          say what is wrong with the content
    kbgen explain KB301  say what a finding means and how to mend it

    Exit codes: 0 fine; 1 done, with errors or something withheld; 2 wrong usage or settings; 3 the engine failed; 4 a site was refused.
    """


for command in (build, check, explain, search, serve, stale, verify):
    cli.add_command(command)


def main() -> None:
    """Run the command line; every failure becomes a message and an exit code, never a traceback."""
    try:
        code = cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        code = 130
    except click.ClickException as error:
        error.show()
        code = 2
    except KbgenError as error:
        _tell(error)
        code = error.exit_code
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:
        # Somebody closed our output (| head); writing more would only fail again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception:  # a bug of ours: the user gets a sentence, the details go to a file
        code = _bug()
    sys.exit(code if isinstance(code, int) else 0)


def _tell(error: KbgenError) -> None:
    click.echo(f"kbgen: {error.message}", err=True)
    if isinstance(error, SettingsError):
        for problem in error.problems:
            click.echo(f"  {problem}", err=True)
    if error.hint:
        click.echo(f"  help: {error.hint}", err=True)


def _bug() -> int:
    report = Path(".kbgen") / "bug.txt"
    text = f"kbgen {__version__}, Python {platform.python_version()}, {platform.platform()}\n\n{traceback.format_exc()}"
    try:
        report.parent.mkdir(exist_ok=True)
        report.write_text(text, encoding="utf-8")
        where = f"The details are in {report}; please send them to us."
    except OSError:
        where = text
    click.echo(f"kbgen: a bug of kbgen itself; your sites are as they were.\n  help: {where}", err=True)
    return 70
