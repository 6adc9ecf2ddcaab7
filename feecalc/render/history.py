"""How does a history look: a row for each period, a bar for its take rate, and the gaps between?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from feecalc.formats.table import cell, markdown_table
from feecalc.render.text import Ink, bar, grid, hanging, money, percent
from feecalc.result import Gap, History, Period

_GROUPS = ("selling", "fulfillment", "storage", "program", "advertising")
_HEADS = {"selling": "selling", "fulfillment": "fulfil", "storage": "storage", "program": "program", "advertising": "ads"}


def table(made: History, *, width: int, ink: Ink) -> str:
    """Periods and gaps in order of time; a bar as long as the take rate."""
    groups = _used(made)
    head = ["from", "to", *(_HEADS[group] for group in groups), "take", "", "changed"]
    body = [_row(period, groups) for period in made.periods]
    longest = max((_share(period) for period in made.periods), default=Decimal(0))
    room = max(min(20, width - _width([head, *body])), 6)
    for period, row in zip(made.periods, body, strict=True):
        row[-2] = bar(_share(period), longest, room)
    lines = grid([head, *body], rights=range(2, 3 + len(groups)))
    lines[0] = ink.paint(lines[0], "strong")
    first = made.periods[0].quote
    title = (
        f"{first.item.get('sku', '') or first.labels.category or ''}  {made.place}  {first.labels.fulfillment}  {first.currency}"
    )
    notes = [line for gap in made.gaps for line in hanging(f"{gap.start} to {gap.end}  ", gap.reason, width)]
    return "\n".join([title.strip(), *_fitted(lines, width), *(["", "Gaps", *notes] if notes else [])])


def _fitted(lines: list[str], width: int) -> list[str]:
    return [line if len(line) <= width else line[: width - 1] + "…" for line in lines]


def _width(rows: Sequence[Sequence[str]]) -> int:
    return sum(max(len(row[i]) for row in rows) + 2 for i in range(len(rows[0])))


def _used(made: History) -> list[str]:
    """The groups in which some period has a line."""
    return [group for group in _GROUPS if any(line.group == group for period in made.periods for line in period.quote.fees)]


def _row(period: Period, groups: Sequence[str]) -> list[str]:
    digits = period.quote.labels.digits
    sums = [money(_sum(period, group), digits) for group in groups]
    more = ">" if not period.quote.complete else ""
    take = f"{more} {percent(period.quote.take_rate)}".strip()
    return [str(period.start), str(period.end), *sums, take, "", ", ".join(period.changed)]


def _sum(period: Period, group: str) -> Decimal:
    return sum((line.amount for line in period.quote.fees if line.group == group), Decimal(0))


def _share(period: Period) -> Decimal:
    return max(period.quote.take_rate or Decimal(0), Decimal(0))


def entries(made: History) -> Iterator[dict[str, object]]:
    """Periods and gaps in order of time, as JSON Lines has them."""
    everything: list[Period | Gap] = sorted([*made.periods, *made.gaps], key=lambda entry: entry.start)
    for entry in everything:
        yield {"kind": "period" if isinstance(entry, Period) else "gap", **entry.to_dict()}


def columns(made: History) -> tuple[str, ...]:
    """The columns of the CSV: one for each fee that any period has."""
    return ("from", "to", *_fees(made), "platform_fees", "advertising", "take_rate", "profit", "complete", "changed", "gap")


def _fees(made: History) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.fee for period in made.periods for line in period.quote.fees))


def rows(made: History) -> Iterator[dict[str, object]]:
    """A row for each period and each gap, in order of time."""
    everything: list[Period | Gap] = sorted([*made.periods, *made.gaps], key=lambda entry: entry.start)
    for entry in everything:
        dates = {"from": entry.start.isoformat(), "to": entry.end.isoformat()}
        if isinstance(entry, Gap):
            yield {**dates, "gap": entry.reason}
            continue
        quote = entry.quote
        totals = {name: getattr(quote, name) for name in ("platform_fees", "advertising", "take_rate", "profit", "complete")}
        yield {**dates, **{line.fee: line.amount for line in quote.fees}, **totals, "changed": list(entry.changed)}


def markdown(made: History) -> str:
    """The rows as a pipe table."""
    names = columns(made)
    return markdown_table(names, ([cell(row.get(name)) for name in names] for row in rows(made)), right=range(2, len(names) - 3))
