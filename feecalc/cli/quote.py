"""feecalc quote: what does one platform charge for one item, and what is left?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from feecalc.cli.app import single
from feecalc.cli.options import Given, Output, item_options, output_options
from feecalc.cli.output import Views, as_csv, as_json, as_lines, emit, screen

if TYPE_CHECKING:
    from feecalc.cli.sheet import Sheet
    from feecalc.result import Quote

Variant = tuple[str, str, "Quote"]

_VS = typer.Option("--vs", metavar="FIELD=VALUE", help="Show the same with this field changed beside it. Repeatable.")
_EXPLAIN = typer.Option("--explain", help="Show each line's whole rule, its steps, its card and its source.")


@item_options
@output_options
def quote(
    given: Given,
    output: Output,
    vs: Annotated[list[str] | None, _VS] = None,
    explain: Annotated[bool, _EXPLAIN] = False,  # noqa: FBT002 - Typer's way of a flag
) -> None:
    """What one platform charges for one item, line by line, and what is left.

    Any field can be set for one platform alone: --price ID=18.99. Fields not given are not taken as zero.
    """
    from feecalc.cli.sheet import changed, sheet_of

    sheet, base = complete(sheet_of(given, output.schedules), lambda sheet: quoted(sheet, output))
    variants: list[Variant] = []
    for change in vs or ():
        name, value, other = changed(sheet, change)
        variants.append((name, value, quoted(other, output)))
    emit(
        output, _views_vs(base, variants) if variants else _views(base, lambda: edge_texts(sheet, output, base), explain=explain)
    )


def quoted(sheet: Sheet, output: Output) -> Quote:
    """The quote on the platform named, or on the default one; shipping today unless a day is given."""
    from feecalc import api
    from feecalc.errors import InputError

    item = sheet.item()
    if len(item.platforms) > 1:
        raise InputError("platform", ", ".join(item.platforms), "quote takes one; for several: feecalc compare")
    platform = item.platforms[0] if item.platforms else None
    day = item.as_of or today()
    found = api.quote(item, platform=platform, as_of=day, schedules=output.schedules, min_confidence=output.min_confidence)
    return found if item.as_of else shipped_today(found)


def today() -> dt.date:
    """The only clock of the program: the day the unit ships when none is given."""
    return dt.datetime.now().astimezone().date()


def shipped_today(quote: Quote) -> Quote:
    """The quote with its day among what was assumed."""
    return replace(quote, assumed={"as_of": quote.as_of.isoformat(), **quote.assumed})


def complete(sheet: Sheet, ask: Callable[[Sheet], Quote]) -> tuple[Sheet, Quote]:
    """The quote; what it lacks is asked for when a person sits at the terminal, and an error otherwise."""
    from feecalc.cli.prompt import asked, somebody_there
    from feecalc.errors import MissingInput

    while True:
        try:
            return sheet, ask(sheet)
        except MissingInput as missing:
            if not somebody_there():
                raise
            typer.echo(f"feecalc: {missing}", err=True)
            sheet = asked(sheet, missing.fields)


def edge_texts(sheet: Sheet, output: Output, made: Quote, base: str | None = None) -> list[str]:
    """The nearest prices and weights at which the fees change; `base` is the currency of amounts that carry none."""
    from feecalc.edges import edges

    return [edge.text for edge in edges(output.schedules, sheet.item(), made, base)]


def _views(base: Quote, edges: Callable[[], Sequence[str]], *, explain: bool) -> Views:
    return {
        "table": lambda: _table(base, edges(), explain=explain),
        "json": lambda: as_json(base.to_dict()),
        "jsonl": lambda: as_lines([base.to_dict()]),
        "csv": lambda: as_csv([base]),
        "markdown": lambda: _markdown(base, edges()),
    }


def _table(base: Quote, edges: Sequence[str], *, explain: bool) -> str:
    from feecalc.render import quote as render

    width, ink = screen(80)
    return render.table(base, width=width, ink=ink, edges=edges, explain=explain)


def _markdown(base: Quote, edges: Sequence[str]) -> str:
    from feecalc.render import markdown

    return markdown.quote_text(base, edges=edges)


def _views_vs(base: Quote, variants: list[Variant]) -> Views:
    first = {"quote": base.to_dict()}
    others = [{"changed": {name: value or None}, "quote": quote.to_dict()} for name, value, quote in variants]
    return {
        "table": lambda: _table_vs(base, variants),
        "json": lambda: as_json({**first, "vs": others}),
        "jsonl": lambda: as_lines([first, *others]),
        "csv": lambda: as_csv([base, *(quote for _, _, quote in variants)]),
        "markdown": lambda: _markdown_vs(base, variants),
    }


def _table_vs(base: Quote, variants: list[Variant]) -> str:
    from feecalc.render import variants as render

    width, ink = screen(80)
    return render.table(base, variants, width=width, ink=ink)


def _markdown_vs(base: Quote, variants: list[Variant]) -> str:
    from feecalc.render import markdown

    return markdown.variants_text(base, variants)


APPS = {"quote": single("quote", quote)}
