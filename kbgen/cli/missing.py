"""What commands say of files that are not in what they print."""

from __future__ import annotations

from collections.abc import Iterable

import click

from kbgen.app.left_out import Missing
from kbgen.cli.options import coloured
from kbgen.reports.findings_text import place_line


def tell_missing(files: Iterable[Missing]) -> int:
    """Write a line for each file to standard error; the answer is the command's exit code: 1 where there is any."""
    code = 0
    for each in files:
        finding = each.finding
        line = place_line(finding, coloured("stderr")) if finding else f"{each.path}: left out; kbgen check says why"
        click.echo(line, err=True)
        code = 1
    return code
