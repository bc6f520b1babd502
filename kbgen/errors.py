"""The errors that end a command, each with its exit code.

Everything a writer can mend inside content is a :class:`kbgen.model.finding.Finding`, not an exception. An exception says that the
command as a whole cannot go on; it still says what happened, where, and what to do.
"""

from __future__ import annotations


class KbgenError(Exception):
    """A command cannot go on.

    Attributes:
        message: what happened, one sentence.
        hint: what to do about it, one sentence; empty where there is nothing to say.
        exit_code: the process' exit code.
    """

    exit_code = 70

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class SettingsError(KbgenError):
    """The settings or the command's words are wrong. ``problems`` holds every one of them, as ``place: text`` lines."""

    exit_code = 2

    def __init__(self, message: str, hint: str = "", problems: tuple[str, ...] = ()) -> None:
        super().__init__(message, hint)
        self.problems = problems


class EngineError(KbgenError):
    """The engine that renders pages failed; no site was touched."""

    exit_code = 3


class HandoverError(KbgenError):
    """The finished site could not be put in place (full disk, rights, another build at work); the old one stays whole."""

    exit_code = 4
