"""Every command and every option says what it does, and the examples in their help are real."""

from __future__ import annotations

import re
import shlex
from inspect import cleandoc

import click
import pytest

from kbgen.cli.main import cli
from kbgen.rules import RULES

COMMANDS = sorted(cli.commands.items())
# In the help of a command examples are indented; in kbgen's own each has its explanation beside it.
EXAMPLES = [line for command in cli.commands.values() for line in re.findall(r"^  kbgen .+$", cleandoc(command.help or ""), re.MULTILINE)]
EXAMPLES += re.findall(r"^kbgen .+?\s{2,}.+$", cleandoc(cli.help or ""), re.MULTILINE)
by_name = pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])


@by_name
def test_a_command_says_what_it_does_and_gives_an_example(name: str, command: click.Command) -> None:
    text = command.help or ""
    assert text.split("\n")[0].endswith("."), "the first line is a sentence"
    assert re.search(rf"\n *Examples?:\n +kbgen {name}\b", text)


@pytest.mark.parametrize("command", [cli, *cli.commands.values()], ids=lambda command: command.name)
def test_examples_stand_on_their_own_lines(command: click.Command) -> None:
    shown = [line.strip() for line in command.get_help(click.Context(command, max_content_width=110, terminal_width=110)).splitlines()]
    written = [
        line.strip() for line in cleandoc(command.help or "").splitlines() if line.strip() in [example.strip() for example in EXAMPLES]
    ]
    assert [line for line in written if line not in shown] == []
    assert "\\b" not in "".join(shown), "click's mark for lines that stay as they are was taken for text"


@by_name
def test_every_option_says_what_it_does(name: str, command: click.Command) -> None:
    silent = [option.name for option in command.params if isinstance(option, click.Option) and not option.help]
    assert silent == []


def _arguments(line: str) -> list[str]:
    """The words after ``kbgen`` of a line of help or shell; what follows two spaces or a ``#`` explains it."""
    return shlex.split(re.split(r"\s{2,}|\s#\s", line.strip())[0])[1:]


@pytest.mark.parametrize("line", EXAMPLES)
def test_an_example_is_understood(line: str) -> None:
    name, *rest = _arguments(line)
    with cli.commands[name].make_context(name, rest):
        pass


def test_codes_in_help_exist() -> None:
    known = [rule.CODE for rule in RULES]
    named = {
        code for command in [cli, *cli.commands.values()] for code in re.findall(r"\bKB\d+\b", command.get_help(click.Context(command)))
    }
    assert named, "at least one example names a code"
    assert all(any(code.startswith(name) for code in known) for name in named)
