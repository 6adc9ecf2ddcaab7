"""feecalc charge: what does one card charge by itself?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from feecalc.cli.app import single
from feecalc.cli.options import Output, output_options
from feecalc.cli.output import emit, emit_rows
from feecalc.cli.quote import today
from feecalc.errors import InputError

if TYPE_CHECKING:
    from feecalc.engine.charge import Asked
    from feecalc.result import Charged

_CARD = typer.Argument(metavar="CARD", help="PLATFORM/CARD, in force on --as-of, or PLATFORM/CARD/DATE.")
_VALUES = typer.Argument(metavar="[NAME=VALUE]...", help="The card's inputs; without any, the inputs it takes are listed.")
_AS_OF = typer.Option("--as-of", metavar="DATE", help="The day that picks the card (default today).", show_default=False)


@output_options
def charge(
    output: Output,
    card: Annotated[str, _CARD],
    values: Annotated[list[str] | None, _VALUES] = None,
    as_of: Annotated[str | None, _AS_OF] = None,
) -> None:
    """One card by itself, also one that is no part of a sale."""
    from feecalc import charging
    from feecalc.api import level
    from feecalc.errors import FeeUnknown
    from feecalc.fields import date

    day = date("as_of", as_of) if as_of else today()
    if not values:
        _inputs(output, charging.inputs_of(output.schedules, card, day))
        return
    made = charging.charge_card(output.schedules, card, day, _given(values))
    if made.confidence > level(output.min_confidence):
        platform, folder = card.split("/")[:2]
        raise FeeUnknown(platform, folder, f"rests on {made.confidence.word} figures, less than {output.min_confidence}")
    _show(output, made)


def _given(values: list[str]) -> dict[str, str]:
    given: dict[str, str] = {}
    for entry in values:
        name, equals, value = entry.partition("=")
        if not (name and equals and value):
            raise InputError("input", entry, "give NAME=VALUE, as in units=1")
        if name in given:
            raise InputError(name, value, "is given twice")
        given[name] = value
    return given


def _inputs(output: Output, inputs: tuple[Asked, ...]) -> None:
    rows: list[dict[str, object]] = [{"input": entry.name, "write": entry.hint} for entry in inputs]
    emit_rows(output, "feecalc/inputs/1", ("input", "write"), rows)


def _show(output: Output, made: Charged) -> None:
    from feecalc.formats import json, table
    from feecalc.render import charged

    document = made.to_dict()
    flat = {**document, "inputs": " ".join(f"{name}={value}" for name, value in made.inputs.items())}
    columns = tuple(name for name in flat if name != "schema")
    emit(output, {
        "table": lambda: charged.table(made),
        "json": lambda: json.document(document),
        "jsonl": lambda: json.line(document),
        "csv": lambda: table.csv_text(columns, [flat]),
        "markdown": lambda: table.markdown_table(columns, [[table.cell(flat[name]) for name in columns]]),
    })  # fmt: skip


APPS = {"charge": single("charge", charge)}
