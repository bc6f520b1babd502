"""The README's section "Commands" and the command line say the same: every command and every option, and nothing that is not there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from kbgen.cli.main import cli
from kbgen.errors import EngineError, HandoverError, KbgenError, SettingsError

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
SECTION = README.partition("\n## Commands\n")[2].partition("\n## ")[0]
PROSE = "\n".join(line for line in SECTION.splitlines() if not line.startswith("|"))


def _all(group: click.Group, before: str = "") -> dict[str, click.Command]:
    """Every command that does something, by its words, e.g. ``export alerts``."""
    found: dict[str, click.Command] = {}
    for name, command in group.commands.items():
        found |= _all(command, f"{before}{name} ") if isinstance(command, click.Group) else {before + name: command}
    return found


COMMANDS = _all(cli)
NAMES = sorted(COMMANDS)
ROWS = {name: line for line in SECTION.splitlines() for name in NAMES if re.match(rf"\| `kbgen {name}(?![\w-])", line)}


def _options(command: click.Command) -> dict[str, set[str]]:
    """The options of a command: their names in full and in short."""
    return {max(option.opts, key=len): set(option.opts) for option in command.params if isinstance(option, click.Option)}


def _named(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", " ".join(re.findall(r"`([^`]*)`", text))))


def test_every_command_is_in_the_readme_and_the_reverse() -> None:
    assert sorted(ROWS) == NAMES
    assert len(ROWS) == len([line for line in SECTION.splitlines() if line.startswith("| `kbgen ")])


@pytest.mark.parametrize("name", NAMES)
def test_every_option_is_in_the_readme(name: str) -> None:
    named = _named(ROWS[name]) | _named(PROSE)
    missing = [option for option in _options(COMMANDS[name]) if option not in named]
    assert missing == []


@pytest.mark.parametrize("name", NAMES)
def test_every_option_in_the_readme_is_there(name: str) -> None:
    known = set().union(*_options(COMMANDS[name]).values())
    assert _named(ROWS[name]) - known == set()


def test_the_options_for_all_are_there() -> None:
    known = {option for command in COMMANDS.values() for names in _options(command).values() for option in names}
    assert _named(PROSE) - known - {"--version", "--help"} == set()
    assert all("--project" in _options(command) for name, command in COMMANDS.items() if name != "explain")


def test_the_commands_that_stand_alone_on_a_line_are_understood() -> None:
    fenced = "\n".join(re.findall(r"^```\n(.*?)^```$", README, re.MULTILINE | re.DOTALL))
    lines = [line.split("#")[0] for line in fenced.splitlines() if re.match(r"(\.venv/bin/)?kbgen\s", line)]
    assert lines, "the README shows at least one command"
    for line in lines:
        name, *rest = shlex.split(line)[1:]
        command = cli.commands[name]
        if isinstance(command, click.Group):
            command, rest = command.commands[rest[0]], rest[1:]
        with command.make_context(name, rest):
            pass


def test_every_exit_code_is_in_the_readme() -> None:
    said = {int(code) for code in re.findall(r"(?:Exit codes:|·)\s+(\d+) ", PROSE)}
    assert said == {0, 1, *(error.exit_code for error in (SettingsError, EngineError, HandoverError, KbgenError))}
