"""feecalc platforms, feecalc categories: what can be asked for, and how well is it covered?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from feecalc.cli.app import single
from feecalc.cli.options import Output, output_options
from feecalc.cli.output import emit, emit_rows, screen

if TYPE_CHECKING:
    import datetime as dt

    from feecalc import plan as p
    from feecalc.coverage import Span
    from feecalc.mapping import Served
    from feecalc.schedule.store import Schedules

Row = dict[str, object]
_PLATFORM = typer.Argument(metavar="[PLATFORM]", help="A platform's id; all when none is given.")
_PLATFORM_COLUMNS = ("platform", "name", "currency", "ways", "cards", "first", "last", "weakest")
_COVERAGE_COLUMNS = ("fee", "from", "to", "confidence", "weakest", "unknown", "what")
_CATEGORY_COLUMNS = ("category", "printed", "rule", "why")
_AS_OF = typer.Option("--as-of", metavar="DATE", help="The day whose cards are shown (default today).")


@output_options
def platforms(output: Output, platform: Annotated[str | None, _PLATFORM] = None) -> None:
    """Which platforms there are and how well each is covered; of one, every fee, period and confidence."""
    store = output.schedules
    if platform is None:
        rows = [_platform(store, name) for name in store.platform_ids()]
        emit_rows(output, "feecalc/platforms/1", _PLATFORM_COLUMNS, rows, numeric=("cards",))
    else:
        emit_rows(output, "feecalc/coverage/1", _COVERAGE_COLUMNS, coverage(store, platform))


def _platform(store: Schedules, platform_id: str) -> Row:
    platform = store.platform(platform_id)
    cards = [card for folder in store.folders(platform_id) for card in store.cards(platform_id, folder)]
    starts = sorted(card.start for card in cards)
    return {
        "platform": platform_id, "name": platform.name, "currency": platform.currency,
        "ways": [way.id for way in platform.ways], "cards": len(cards),
        "first": starts[0].isoformat() if starts else None, "last": starts[-1].isoformat() if starts else None,
        "weakest": max(card.confidence for card in cards).word if cards else None,
    }  # fmt: skip


def coverage(store: Schedules, platform_id: str) -> list[Row]:
    """Every period of every fee: from when until when, on what ground, and what is known to be missing."""
    from feecalc.coverage import spans

    folders = store.folders(platform_id)
    bare = (fee for fee in store.platform(platform_id).fees if fee.id not in folders)
    return [*map(_period, spans(store, platform_id)), *map(_bare, bare)]


def _period(span: Span) -> Row:
    card = span.card
    what = "no table" if card is None else f"unknown: {card.unknown}" if card.unknown else card.title
    weakest = span.weakest
    return {
        "fee": span.fee, "from": span.start.isoformat(), "to": span.end.isoformat() if span.end else None,
        "confidence": None if card is None or card.unknown else card.confidence.word,
        "weakest": weakest.word if weakest else None, "unknown": span.unknown_rows or None, "what": what,
    }  # fmt: skip


def _bare(fee: p.FeeSpec) -> Row:
    since = fee.since.isoformat() if fee.since else None
    return {
        "fee": fee.id,
        "from": since,
        "to": None,
        "confidence": None,
        "weakest": None,
        "unknown": None,
        "what": f"no card: {fee.no_card or 'none is published here'}",
    }


@output_options
def categories(
    output: Output, platform: Annotated[str | None, _PLATFORM] = None, as_of: Annotated[str | None, _AS_OF] = None
) -> None:
    """Which platform serves which category at which rate; of one platform, the printed name, the rule and the reason for each."""
    from feecalc.cli.quote import today
    from feecalc.fields import date

    day = date("as_of", as_of) if as_of else today()
    if platform is None:
        _matrix(output, day)
        return
    emit_rows(output, "feecalc/categories/1", _CATEGORY_COLUMNS, printed(output.schedules.plan(platform, day)))


def _matrix(output: Output, day: dt.date) -> None:
    """Every category on every platform. The table shows rates; the other forms hold names, rules and reasons."""
    from feecalc.formats import json, table
    from feecalc.render import matrix as render

    store = output.schedules
    plans = {name: store.plan(name, day) for name in store.platform_ids()}
    width, ink = screen(140)
    rows = [_category(name, what, plans) for name, what in store.categories.items()]
    columns = ("category", "what", *plans)
    flat = [{**row, **dict(_cells(row))} for row in rows]
    emit(output, {
        "table": lambda: render.table(day, list(store.categories), plans, width=width, ink=ink),
        "json": lambda: json.document({"schema": "feecalc/categories/1", "as_of": day.isoformat(), "categories": rows}),
        "jsonl": lambda: "\n".join(json.line(row) for row in rows),
        "csv": lambda: table.csv_text(columns, flat),
        "markdown": lambda: table.markdown_table(columns, [[table.cell(row.get(name)) for name in columns] for row in flat]),
    })  # fmt: skip


def _category(name: str, what: str, plans: Mapping[str, p.Plan]) -> Row:
    return {"category": name, "what": what, "platforms": {place: _entry(name, plan) for place, plan in plans.items()}}


def _entry(name: str, plan: p.Plan) -> Row:
    from feecalc.mapping import served

    found = served(plan)[name]
    return {"state": found.state, "printed": found.printed, "rates": found.rates, "why": found.why}


def _cells(row: Row) -> Iterator[tuple[str, object]]:
    """`Clothing and Accessories: 5-17`, one for each platform."""
    entries = row["platforms"]
    assert isinstance(entries, dict)
    for place, entry in entries.items():
        yield place, ": ".join(str(part) for part in (entry["printed"], entry["rates"]) if part)


def printed(plan: p.Plan) -> list[Row]:
    """Each category with the name printed on the card in force, the commission's rule in words, and why it stands there."""
    from feecalc.mapping import served
    from feecalc.quantity import MINOR_DIGITS
    from feecalc.render.charge import described

    digits = MINOR_DIGITS[plan.platform.currency]

    def rule(found: Served) -> str:
        if found.state in ("absent", "own"):
            return f"none: {found.why or 'no row'}"
        return described(found.charge, digits)

    return [
        {"category": name, "printed": found.printed, "rule": rule(found), "why": found.why if found.state == "row" else None}
        for name, found in served(plan).items()
    ]


APPS = {"platforms": single("platforms", platforms), "categories": single("categories", categories)}
