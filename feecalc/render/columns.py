"""Which columns does a comparison have: one row for each quote, what is taken off the price and what is left?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from feecalc.difference import group, ship_cost
from feecalc.quantity import MINOR_DIGITS
from feecalc.render.text import bar, clean, money, percent, said
from feecalc.result import Comparison, Quote

BAR = 8  # cells of the longest bar


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head and one cell for each quote. Those with the lowest `keep` go first when the screen is narrow."""

    head: str
    cells: tuple[str, ...]
    keep: int
    numeric: bool = True


def columns(comparison: Comparison, ranked: Sequence[int]) -> list[Column]:
    """The columns for the quotes at those positions; a column in which nothing stands is left out."""
    quotes = [comparison.quotes[position] for position in ranked]
    unknown = any(quote.profit is None for quote in quotes)

    def made(head: str, keep: int, say: Callable[[Quote], str], *, numeric: bool = True, shown: bool = True) -> list[Column]:
        return [Column(head, tuple(say(quote) for quote in quotes), keep, numeric)] if shown else []

    def amount(head: str, keep: int, of: Callable[[Quote], Decimal | None], *, always: bool = False) -> list[Column]:
        return made(head, keep, lambda quote: _amount(quote, of(quote)), shown=always or any(of(quote) for quote in quotes))

    return [
        *made("platform", 99, lambda quote: quote.platform, numeric=False),
        *made("by", 99, lambda quote: quote.labels.fulfillment, numeric=False),
        *made("price", 99, lambda quote: _price(quote, comparison.currency)),
        *made("revenue", 5, lambda quote: money(quote.revenue, quote.labels.digits), shown=any(map(_differs, quotes))),
        *amount("selling", 12, lambda quote: group(quote, "selling"), always=True),
        *amount("fulfil", 11, lambda quote: group(quote, "fulfillment")),
        *amount("storage", 8, lambda quote: group(quote, "storage")),
        *amount("program", 7, lambda quote: group(quote, "program")),
        *amount("ads", 10, lambda quote: quote.advertising),
        *made("proceeds", 13, lambda quote: money(quote.proceeds, quote.labels.digits), shown=unknown),
        *amount("ship", 9, ship_cost),
        *amount("landed", 1, lambda quote: quote.landed_cost),
        *amount("other", 2, other_costs),
        _profits(comparison, ranked),
        *_bars(comparison, ranked),
        *made("margin", 14, lambda quote: percent(quote.margin, 0), shown=any(quote.margin is not None for quote in quotes)),
        *made("ROI", 4, lambda quote: percent(quote.roi, 0), shown=any(quote.roi is not None for quote in quotes)),
        *made("take", 99, lambda quote: percent(quote.take_rate, 0)),
        *made("channel", 6, lambda quote: percent(quote.channel_cost_rate, 0)),
    ]  # fmt: skip


def _amount(quote: Quote, value: Decimal | None) -> str:
    return money(value, quote.labels.digits) if value else "-"


def _price(quote: Quote, base: str) -> str:
    """`USD 19.99`: an amount without a currency is in that of the first platform."""
    price = quote.item.get("price")
    if isinstance(price, Decimal | int):
        return f"{base} {money(Decimal(price), quote.labels.digits)}"
    amount, _, currency = said(price or "-").partition(" ")
    return f"{currency} {amount}".strip()


def _differs(quote: Quote) -> bool:
    return quote.item.get("price") != quote.revenue


def other_costs(quote: Quote) -> Decimal | None:
    """The seller's costs that are neither goods nor shipping; what comes back is in it."""
    if quote.seller_costs is None or quote.landed_cost is None:
        return None
    return quote.seller_costs - quote.landed_cost - ship_cost(quote)


def _profits(comparison: Comparison, ranked: Sequence[int]) -> Column:
    shown = [profit_of(comparison, position) for position in ranked]
    cells = (money(profit, MINOR_DIGITS[comparison.currency]) for profit in shown)
    return Column("PROFIT", tuple("unknown" if cell == "-" else clean(cell) for cell in cells), 99)


def _bars(comparison: Comparison, ranked: Sequence[int]) -> list[Column]:
    """A bar for the number that orders the rows, the longest for the largest; a loss has none."""
    values = [max(_measure(comparison, position) or Decimal(0), Decimal(0)) for position in ranked]
    longest = max(values, default=Decimal(0))
    if len(ranked) < 2 or longest == 0:
        return []
    return [Column("", tuple(bar(value, longest, BAR) for value in values), 3, numeric=False)]


def _measure(comparison: Comparison, position: int) -> Decimal | None:
    by: str = comparison.by
    found: Decimal | None = getattr(comparison.quotes[position], by)
    return profit_of(comparison, position) if by == "profit" else found


def profit_of(comparison: Comparison, position: int) -> Decimal | None:
    """The profit that ranks: in the comparison's currency."""
    own = comparison.quotes[position].profit
    return comparison.profit_in_base.get(position, own)
