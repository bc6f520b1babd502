"""``kbgen explain``."""

from __future__ import annotations

import click

from kbgen.rules import RULES
from kbgen.rules.explain import explain as manual


@click.command(short_help="Print the manual page of a finding.")
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Print the manual page of a finding's CODE; without a code, list all of them.

    \b
    Example:
      kbgen explain KB301
    """  # noqa: D301 - click wants the character itself
    if code is None:
        for rule in RULES:
            click.echo(f"{rule.CODE}  {rule.NAME}")
        return
    text = manual(code)
    if text is None:
        raise click.UsageError(f"there is no code '{code}'; kbgen explain lists all")
    click.echo(text)
