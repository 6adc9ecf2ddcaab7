"""feecalc compare: what does each platform leave of the same item?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from feecalc.cli.app import single
from feecalc.cli.options import Given, Output, item_options, output_options
from feecalc.cli.output import Views, as_csv, as_json, as_lines, emit, screen
from feecalc.cli.quote import edge_texts, shipped_today, today

if TYPE_CHECKING:
    from feecalc.cli.sheet import Sheet
    from feecalc.result import Comparison


Order = Literal["profit", "margin", "roi", "take_rate", "channel_cost_rate"]
_BY = typer.Option("--by", help="What the rows are ordered by: the highest profit, margin or ROI, or the lowest rate.")
_CHART = typer.Option(
    "--chart", metavar="FILE.svg|png", help="Draw what each platform takes and what is left.", show_default=False
)
_EXPLAIN = typer.Option("--explain", help="Show everything the platforms' own files say a seller should know.")


@item_options
@output_options
def compare(
    given: Given,
    output: Output,
    by: Annotated[Order, _BY] = "profit",
    chart: Annotated[Path | None, _CHART] = None,
    explain: Annotated[bool, _EXPLAIN] = False,  # noqa: FBT002 - Typer's way of a flag
) -> None:
    """One item on every platform (and way of fulfilment) named, or on all; best profit first.

    A platform that can't be quoted is listed with the reason. Amounts without a currency are in the first platform's.
    """
    from feecalc import api
    from feecalc.cli.sheet import sheet_of

    sheet = sheet_of(given, output.schedules)
    item = sheet.item()
    found = api.compare(
        item,
        platforms=item.platforms,
        as_of=item.as_of or today(),
        by=by,
        schedules=output.schedules,
        min_confidence=output.min_confidence,
    )
    if item.as_of is None:
        found = replace(found, quotes=tuple(shipped_today(quote) for quote in found.quotes))
    if chart is not None:
        _draw(found, chart)
    emit(output, _views(found, lambda: _best_edges(sheet, output, found), explain=explain))


def _draw(found: Comparison, file: Path) -> None:
    from feecalc.render import plot

    plot.comparison(found, file)


def _best_edges(sheet: Sheet, output: Output, found: Comparison) -> list[str]:
    """The edges of the best quote, with its place."""
    best = found.quotes[:1]
    return [
        f"{made.platform} {made.labels.fulfillment}: {text}"
        for made in best
        for text in edge_texts(sheet, output, made, found.currency)
    ]


def _views(found: Comparison, edges: Callable[[], Sequence[str]], *, explain: bool) -> Views:
    return {
        "table": lambda: _table(found, edges(), explain=explain),
        "json": lambda: as_json(found.to_dict()),
        "jsonl": lambda: as_lines(_documents(found)),
        "csv": lambda: as_csv(found.quotes),
        "markdown": lambda: _markdown(found, edges()),
    }


def _table(found: Comparison, edges: Sequence[str], *, explain: bool) -> str:
    from feecalc.render import compare as render

    width, ink = screen(100)
    return render.table(found, width=width, ink=ink, edges=edges, explain=explain)


def _markdown(found: Comparison, edges: Sequence[str]) -> str:
    from feecalc.render import markdown

    return markdown.comparison_text(found, edges=edges)


def _documents(found: Comparison) -> list[object]:
    quotes = found.to_dict()["quotes"]
    return list(quotes) if isinstance(quotes, list) else []


APPS = {"compare": single("compare", compare)}
