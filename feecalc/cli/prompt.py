"""What is still missing? Asked for on standard error, when a person sits at the terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer

from feecalc.cli.sheet import Sheet
from feecalc.errors import InputError
from feecalc.fields import FIELD, Field


def somebody_there() -> bool:
    """True when a question can be seen and answered."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def asked(sheet: Sheet, fields: Sequence[str]) -> Sheet:
    """The sheet with the answers. Raises typer.Abort when there is none."""
    for name in fields:
        sheet = sheet.with_value(name, _answer(FIELD[name]))
    return sheet


def _answer(field: Field) -> str:
    """Asked again until it can be read."""
    while True:
        answer = str(typer.prompt(f"{field.name.replace('_', ' ')} ({field.help.rstrip('.')})", err=True))
        try:
            field.parse(field.name, answer)
        except InputError as error:
            typer.echo(str(error), err=True)
        else:
            return answer
