"""feecalc compare: what does each platform leave of the same item?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from feecalc.cli.app import single
from feecalc.cli.options import Given, Output, item_options, output_options
from feecalc.cli.output import Views, emit, screen
from feecalc.cli.quote import shipped_today, today

if TYPE_CHECKING:
    from feecalc.result import Comparison


@item_options
@output_options
def compare(given: Given, output: Output) -> None:
    """One item on every platform (and way of fulfilment) named, or on all; best profit first.

    A platform that can't be quoted is listed with the reason. Amounts without a currency are in the first platform's.
    """
    from feecalc import api
    from feecalc.cli.sheet import sheet_of

    item = sheet_of(given, output.schedules).item()
    found = api.compare(
        item,
        platforms=item.platforms,
        as_of=item.as_of or today(),
        schedules=output.schedules,
        min_confidence=output.min_confidence,
    )
    if item.as_of is None:
        found = replace(found, quotes=tuple(shipped_today(quote) for quote in found.quotes))
    emit(output, _views(found))


def _views(found: Comparison, edges: Sequence[str] = ()) -> Views:
    from feecalc.formats import json, table
    from feecalc.render import compare as render
    from feecalc.render import markdown

    width, ink = screen(100)
    return {
        "table": lambda: render.table(found, width=width, ink=ink, edges=edges),
        "json": lambda: json.document(found.to_dict()),
        "jsonl": lambda: "\n".join(json.line(quote) for quote in _documents(found)),
        "csv": lambda: table.quotes_csv(found.quotes),
        "markdown": lambda: markdown.comparison_text(found, edges=edges),
    }


def _documents(found: Comparison) -> list[object]:
    quotes = found.to_dict()["quotes"]
    return list(quotes) if isinstance(quotes, list) else []


APPS = {"compare": single("compare", compare)}
