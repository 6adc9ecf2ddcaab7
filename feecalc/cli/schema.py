"""feecalc schema: what may stand in an item, a quote, a card?"""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from feecalc.cli.app import single
from feecalc.cli.options import Output, output_options
from feecalc.cli.output import write
from feecalc.errors import InputError

_WHAT = typer.Argument(metavar="item|quote|card", help="The kind of document.")


@output_options
def schema(what: Annotated[Literal["item", "quote", "card"], _WHAT], output: Output) -> None:
    """JSON Schema (2020-12) of an item file, of a quote, or of a rate card; always JSON."""
    from feecalc.formats import json
    from feecalc.formats import schema as schemas

    if output.format not in ("table", "json", "jsonl"):
        raise InputError("--format", output.format, "a JSON Schema is JSON; choose json or jsonl")
    made = {"item": schemas.item_schema, "quote": schemas.quote_schema, "card": schemas.card_schema}[what]()
    write(json.line(made) if output.format == "jsonl" else json.document(made))


APPS = {"schema": single("schema", schema)}
