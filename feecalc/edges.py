"""Where is the nearest edge? A little less weight, or another price, and the fees jump.

Every edge is found from the cards themselves: a weight by asking what the row below would cost, a price by asking at
which price some comparison turns out otherwise. What an edge is worth is quoted, never estimated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from feecalc.engine.breakeven import segments
from feecalc.engine.quote import lowest_price, settle
from feecalc.engine.sale import Sale, resolve
from feecalc.engine.traced import Trace, Traced, exact
from feecalc.errors import FeecalcError
from feecalc.item import Item
from feecalc.plan import Choose, Plan, Table, TableRow
from feecalc.quantity import decimal, plain_text, weight_in
from feecalc.result import Quote
from feecalc.schedule.store import Schedules

WORTH_SAYING = Fraction(5, 100)  # of the minor unit's hundred: an edge below this is noise in a table
NEAR = Fraction(15, 100)  # a price edge further off than this part of the price is no advice


@dataclass(frozen=True, slots=True)
class Edge:
    """One edge: what to change, and what each unit keeps more (or, `saves` negative, loses)."""

    kind: str  # weight | price
    at: str
    saves: Fraction

    @property
    def text(self) -> str:
        """`at 1.25 lb (now 1.5) you keep 0.40 more`."""
        amount = decimal(abs(self.saves), 2)
        return f"at {self.at} you keep {amount} {'more' if self.saves > 0 else 'less'}"


def edges(schedules: Schedules, item: Item, made: Quote, base: str | None = None) -> list[Edge]:
    """The nearest edges of a quote: the next lighter row, and the nearest price on each side at which fees jump.

    `base` is the currency of the item's amounts that carry none (default: the quote's).
    """
    plan = schedules.plan(made.platform, made.as_of)
    try:
        sale = resolve(plan, item.on(made.platform, made.fulfillment), made.fulfillment, base or made.currency)
        return [*_weight_edge(sale), *_price_edges(sale)]
    except FeecalcError:
        return []


def _left(sale: Sale, billable: Fraction | None = None) -> Fraction:
    """What the platform's fees leave of the revenue: edges don't depend on costs."""
    return exact(settle(sale, billable=billable)[1].proceeds)


def _alike(sale: Sale, other: Sale) -> bool:
    """Whether the same fees are missing in both: an edge behind which a fee is unknown is none."""
    missing = [{entry.fee for entry in settle(asked)[0].not_included} for asked in (sale, other)]
    return missing[0] == missing[1]


# -- weight ------------------------------------------------------------------------------------------------------


def _weight_edge(sale: Sale) -> Iterator[Edge]:
    made, totals = settle(sale)
    size = made.context.size
    if size is None:
        return
    lighter = _row_below(sale.plan, size.tier.id, size.billable, made.context.traits)
    if lighter is None:
        return
    saves = _left(sale, lighter) - exact(totals.proceeds)
    if saves >= WORTH_SAYING:
        now, unit = weight_in(size.billable, "lb" if sale.plan.platform.country == "US" else "kg")
        at, at_unit = weight_in(lighter, "lb" if sale.plan.platform.country == "US" else "kg")
        yield Edge("weight", f"{plain_text(at)} {at_unit} (now {plain_text(now)} {unit})", saves)


def _row_below(plan: Plan, tier: str, billable: Fraction, traits: dict[str, str | bool]) -> Fraction | None:
    """The upper bound of the row, or of the started step, below the one that is paid."""
    below: list[Fraction] = []
    for fee in plan.fees:
        table = _table(fee.card.charge if fee.card else None, traits)
        for row in table.rows.get(tier, ()) if table else ():
            below += [limit for limit in _limits(row, billable) if limit < billable]
    return max(below, default=None)


def _limits(row: TableRow, billable: Fraction) -> Iterator[Fraction]:
    if row.bound is not None:
        yield row.bound.limit
    if row.each is not None and row.above is not None and billable > row.above:
        yield row.above + row.each * ((billable - row.above) // row.each)
        yield row.above + row.each * (-(-(billable - row.above) // row.each) - 1)


def _table(charge: object, traits: dict[str, str | bool]) -> Table | None:
    """The table of the row that the item's traits choose."""
    if isinstance(charge, Table):
        return charge if charge.by == "size_tier" else None
    if isinstance(charge, Choose) and not charge.by_category:
        for row in charge.rows:
            tests = [test for test in row.when if test.subject in traits]
            if all(
                traits[t.subject] == t.holds if t.among is None else (traits[t.subject] in t.among) != t.negated for t in tests
            ):
                return _table(row.charge, traits)
    return None


# -- price -------------------------------------------------------------------------------------------------------


def _price_edges(sale: Sale) -> Iterator[Edge]:
    """The nearest prices at which what is left jumps by more than the price itself moved."""
    cent = Fraction(1, 10**sale.digits)
    price = exact(sale.price)
    for at in (_next_up(sale, price, cent), _next_down(sale, price, cent)):
        if at is None or abs(at - price) > NEAR * price or not _alike(sale, replace(sale, price=at)):
            continue
        jump = _left(replace(sale, price=at)) - _left(sale)
        if (at > price and jump <= -WORTH_SAYING) or (at < price and jump >= WORTH_SAYING):
            yield Edge("price", f"{decimal(at, sale.digits)}", jump)


def _trace(sale: Sale, price: Fraction) -> Trace:
    trace = Trace(price)
    settle(replace(sale, price=Traced(price, Fraction(1), Fraction(0), trace)))
    return trace


def _next_up(sale: Sale, price: Fraction, cent: Fraction) -> Fraction | None:
    """The first price above at which fees jump; kinks without a jump are stepped over."""
    for segment in segments(lambda asked: settle(replace(sale, price=asked))[1].proceeds, price, cent):
        if segment.end is None or segment.end > price * (1 + NEAR):
            return None
        following = segment.end + cent
        if _left(replace(sale, price=following)) < _left(replace(sale, price=segment.end)):
            return following
    return None


def _next_down(sale: Sale, price: Fraction, cent: Fraction) -> Fraction | None:
    """The last price below before which fees jump."""
    at = price
    while at > max(price * (1 - NEAR), lowest_price(sale)):
        trace = _trace(sale, at)
        if trace.down is None or trace.down <= 0:
            return None
        at = min((trace.down // cent) * cent, at - cent)
        if at < lowest_price(sale):
            return None
        if _left(replace(sale, price=at)) > _left(replace(sale, price=at + cent)):
            return at
    return None
