"""feecalc history: what was taken of the same item through every change of its cards?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from feecalc.cli.app import single
from feecalc.cli.options import Given, Output, item_options, output_options
from feecalc.cli.output import emit, screen
from feecalc.cli.quote import today
from feecalc.errors import InputError

if TYPE_CHECKING:
    from feecalc.result import History

_FROM = typer.Option("--from", metavar="DATE", help="First day (default: the first card).", show_default=False)
_TO = typer.Option("--to", metavar="DATE", help="Last day (default today).", show_default=False)
_PLOT = typer.Option("--plot", metavar="FILE.svg|png", help="Draw the fees and the take rate over time.", show_default=False)


@item_options
@output_options
def history(
    given: Given,
    output: Output,
    first: Annotated[str | None, _FROM] = None,
    last: Annotated[str | None, _TO] = None,
    plot: Annotated[Path | None, _PLOT] = None,
) -> None:
    """The same item through every change of its cards: periods, what changed, take rate; gaps with their reason.

    Each period is quoted on its first day. --as-of has no meaning here.
    """
    from feecalc import history as question
    from feecalc.api import level
    from feecalc.cli.sheet import sheet_of
    from feecalc.fields import date

    item = sheet_of(given, output.schedules).item()
    if len(item.platforms) > 1:
        raise InputError("platform", ", ".join(item.platforms), "history takes one")
    place = item.platforms[0] if item.platforms else output.schedules.default_platform
    days = (date("from", first) if first else None, date("to", last) if last else today())
    asked = question.Asked(output.schedules, item, place, level(output.min_confidence))
    made = question.history(asked, *days)
    if plot is not None:
        _plot(made, plot)
    _show(output, made)


def _plot(made: History, file: Path) -> None:
    from feecalc.render import plot

    plot.history(made, file)


def _show(output: Output, made: History) -> None:
    from feecalc.formats import json, table
    from feecalc.render import history as render

    width, ink = screen(100)
    document = made.to_dict()
    emit(output, {
        "table": lambda: render.table(made, width=width, ink=ink),
        "json": lambda: json.document(document),
        "jsonl": lambda: "\n".join(json.line(entry) for entry in render.entries(made)),
        "csv": lambda: table.csv_text(render.columns(made), render.rows(made)),
        "markdown": lambda: render.markdown(made),
    })  # fmt: skip


APPS = {"history": single("history", history)}
