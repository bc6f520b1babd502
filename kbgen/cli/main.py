"""The command ``kbgen``: its subcommands, and what happens when one of them cannot go on."""

from __future__ import annotations

import io
import sys

import click

from kbgen import __version__
from kbgen.cli.build import build
from kbgen.cli.check import check
from kbgen.cli.drill import drill
from kbgen.cli.escalate import escalate
from kbgen.cli.explain import explain
from kbgen.cli.export import export
from kbgen.cli.messages import tell, tell_bug, tell_system
from kbgen.cli.options import Where
from kbgen.cli.search import search
from kbgen.cli.search_gaps import search_gaps
from kbgen.cli.serve import serve
from kbgen.cli.stale import stale
from kbgen.cli.verify import verify
from kbgen.errors import HandoverError, KbgenError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="kbgen")
def cli() -> None:
    """Build a public help center and a separate internal wiki from one folder of Markdown articles.

    \b
    kbgen build          build both sites into site/
    kbgen serve          look at them, and rebuild on every save
    kbgen check          say what is wrong with the content
    kbgen explain KB301  say what a finding means and how to mend it

    Exit codes: 0 fine; 1 done, with errors or something withheld; 2 wrong usage or settings; 3 the engine failed; 4 a site was refused.
    """  # noqa: D301 - click wants the character itself


for command in (build, check, drill, escalate, explain, export, search, search_gaps, serve, stale, verify):
    cli.add_command(command)


def main() -> None:
    """Run the command line; every failure becomes a message and an exit code, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter is no reason to stop
    sys.exit(_run(Where()))


def _run(where: Where) -> int:
    try:
        # Where somebody closes our output (| head), click ends quietly with exit code 1.
        code = cli.main(standalone_mode=False, obj=where)
        return code if isinstance(code, int) else 0
    except (click.exceptions.Abort, KeyboardInterrupt):
        return 130
    except click.ClickException as error:
        error.show()
        return 2
    except KbgenError as error:
        tell(error)
        return error.exit_code
    except OSError as error:
        tell_system(error)
        return HandoverError.exit_code
    except Exception as error:  # a bug of ours: the user gets a sentence, the details go to a file
        tell_bug(error, where.root)
        return KbgenError.exit_code
