"""Where does the answer go? Data on standard output, in the form that was asked for, as wide as the screen."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from feecalc.cli.options import Output
from feecalc.errors import InputError
from feecalc.render.text import Ink

if TYPE_CHECKING:
    from feecalc.result import Quote

WIDEST, NARROWEST = 140, 60

Views = Mapping[str, Callable[[], str]]


def emit(output: Output, views: Views) -> None:
    """Print the view of the form that was asked for; the others are never made."""
    write(views[output.format]())


def write(text: str) -> None:
    """Print data, now, so that a full disk or a closed pipe is met here. Raises InputError, BrokenPipeError."""
    import typer

    try:
        typer.echo(text, nl=not text.endswith("\n"), color=True)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError("standard output", None, f"can't be written: {error.strerror or error}") from None


def as_json(document: object) -> str:
    """A document as indented JSON."""
    from feecalc.formats import json

    return json.document(document)


def as_lines(documents: Iterable[object]) -> str:
    """Documents as JSON Lines."""
    from feecalc.formats import json

    return "\n".join(json.line(document) for document in documents)


def as_csv(quotes: Sequence[Quote]) -> str:
    """One row for each quote, in the columns of `batch`."""
    from feecalc.formats import table

    return table.quotes_csv(quotes)


def screen(default: int) -> tuple[int, Ink]:
    """How many columns there are (`default` when the output is no terminal and COLUMNS is not set), and the colours."""
    terminal = sys.stdout is not None and sys.stdout.isatty()
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal() and int(said) > 0:
        columns = int(said)
    else:
        columns = shutil.get_terminal_size((default, 24)).columns if terminal else default
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return max(min(columns, WIDEST), NARROWEST), Ink(colour)


def emit_rows(
    output: Output, schema: str, columns: Sequence[str], rows: Sequence[dict[str, object]], *, numeric: Sequence[str] = ()
) -> None:
    """Print a plain list in any form; as JSON it is `{"schema": "feecalc/platforms/1", "platforms": [...]}`."""
    from feecalc.formats import json, table
    from feecalc.render import listing

    width, ink = screen(100)
    name = schema.split("/")[1]
    emit(output, {
        "table": lambda: listing.table(columns, rows, width=width, ink=ink, numeric=numeric),
        "json": lambda: json.document({"schema": schema, name: list(rows)}),
        "jsonl": lambda: "\n".join(json.line(row) for row in rows),
        "csv": lambda: table.csv_text(columns, rows),
        "markdown": lambda: table.markdown_table(columns, [[table.cell(row.get(name)) for name in columns] for row in rows]),
    })  # fmt: skip
