"""feecalc platforms, feecalc categories: what can be asked for, and how well is it covered?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from feecalc.cli.app import single
from feecalc.cli.options import Output, output_options
from feecalc.cli.output import emit_rows

if TYPE_CHECKING:
    from feecalc import plan as p
    from feecalc.coverage import Span
    from feecalc.schedule.store import Schedules

Row = dict[str, object]
_PLATFORM = typer.Argument(metavar="[PLATFORM]", help="A platform's id; all when none is given.")
_PLATFORM_COLUMNS = ("platform", "name", "currency", "ways", "cards", "first", "last", "weakest")
_COVERAGE_COLUMNS = ("fee", "from", "to", "confidence", "weakest", "unknown", "what")
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
    """Which categories there are; of one platform, the name printed on its card and the rule for each."""
    from feecalc.cli.quote import today
    from feecalc.fields import date

    store = output.schedules
    if platform is None:
        rows: list[Row] = [{"category": name, "what": what} for name, what in store.categories.items()]
        emit_rows(output, "feecalc/categories/1", ("category", "what"), rows)
        return
    plan = store.plan(platform, date("as_of", as_of) if as_of else today())
    emit_rows(output, "feecalc/categories/1", ("category", "printed", "rule"), printed(plan))


def printed(plan: p.Plan) -> list[Row]:
    """Each category with the name printed on the card in force, and the commission's rule in words."""
    from feecalc import plan as p
    from feecalc.render.charge import described

    charges = [fee.card.charge for fee in plan.fees if fee.card is not None]
    rows: dict[str, Row] = {}
    for choose in (charge for charge in charges if isinstance(charge, p.Choose) and charge.by_category):
        for row in choose.rows:
            for name in row.categories:
                rows.setdefault(name, {"category": name, "printed": row.mark.name, "rule": described(row.charge)})
    first = next((charge for charge in charges if charge is not None), None)
    for name in plan.categories:
        missing = (
            f"none: {plan.absent[name]}" if name in plan.absent else "none" if rows and plan.by_category else described(first)
        )
        rows.setdefault(name, {"category": name, "printed": None, "rule": missing})
    return [rows[name] for name in plan.categories]


APPS = {"platforms": single("platforms", platforms), "categories": single("categories", categories)}
