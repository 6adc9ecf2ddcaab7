"""(plan, item) -> quote: the one function everything else asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from feecalc import plan as p
from feecalc.engine.bill import Bill, Line, bill
from feecalc.engine.breakeven import break_even, loses_again
from feecalc.engine.context import Context, size_steps
from feecalc.engine.economics import Totals, advertise, total
from feecalc.engine.sale import Sale, resolve
from feecalc.engine.traced import Number, exact
from feecalc.item import Item
from feecalc.plan import Plan
from feecalc.quantity import Amount, decimal, floor_to, money_text, percent_text, weight_in
from feecalc.result import CostLine, FeeLine, Labels, Quote, Size

STALE_AFTER = dt.timedelta(days=90)


def quote(plan: Plan, item: Item, way: str | None = None, base_currency: str | None = None, *, break_even: bool = True) -> Quote:
    """What the plan's platform charges for the item, and what is left.

    `way` is a way of fulfilment's id; amounts of the item are in `base_currency` (default: the platform's). Without
    `break_even` no price is looked for, which is most of the work.
    Raises InputError, MissingInput or FeeUnknown.
    """
    sale = resolve(plan, item, way, base_currency or plan.platform.currency)
    made, totals = settle(sale)
    even = _break_even(sale, totals) if break_even else None
    again = _loses_again(sale, even)
    return _quote(sale, made, totals, even, (_warnings(sale, made, totals), again))


def settle(sale: Sale, *, billable: Fraction | None = None, strict: bool = True) -> tuple[Bill, Totals]:
    """The lines and totals of a sale, whose price may be one that is being looked for."""
    made = bill(sale, billable=billable, strict=strict)
    advertise(sale, made)
    return made, total(sale, made)


def profit_at(sale: Sale, price: Number) -> Number | None:
    """The profit at another price, all else as entered."""
    return settle(replace(sale, price=price))[1].profit


def lowest_price(sale: Sale) -> Fraction:
    """The lowest price that can be asked: one minor unit, or what a fixed discount takes off."""
    cent = Fraction(1, 10**sale.digits)
    fixed = sale.money("discount", sale.discount) if isinstance(sale.discount, Amount) else Fraction(0)
    return max(cent, fixed)


def _break_even(sale: Sale, totals: Totals) -> Fraction | None:
    if totals.profit is None or sale.supply_price is not None:
        return None
    return break_even(lambda price: profit_at(sale, price), lowest_price(sale), Fraction(1, 10**sale.digits))


# -- warnings ----------------------------------------------------------------------------------------------------


def _warnings(sale: Sale, made: Bill, totals: Totals) -> list[str]:
    return [*made.warnings, *_ad_warning(sale, totals), *_age_warning(sale, made)]


def _loses_again(sale: Sale, even: Fraction | None) -> list[str]:
    """A warning about the break-even price, of no use where that is not shown."""
    if even is None:
        return []
    again = loses_again(lambda price: profit_at(sale, price), even, Fraction(1, 10**sale.digits))
    return [] if again is None else [f"above the break-even price {_text(even, sale)}, {_text(again, sale)} loses money again"]


def _ad_warning(sale: Sale, totals: Totals) -> list[str]:
    """Each sale won by an ad costs CPC / conversion: more than the unit leaves before ads?"""
    cpc, conversion = _click(sale)
    if totals.profit is None or not cpc or not conversion or totals.gross_revenue == 0:
        return []
    cost = cpc / (conversion * sale.units_per_order)
    left = exact(totals.profit) + exact(totals.advertising)
    if cost <= left:
        return []
    acos = percent_text(Fraction(decimal(cost / exact(totals.gross_revenue) * 100, 1)) / 100)
    return [f"ads: ACOS {acos} is above break-even: each ad sale loses {_text(cost - left, sale)}"]


def _click(sale: Sale) -> tuple[Fraction | None, Fraction | None]:
    """Cost per click and orders per click: the item's, else the benchmark's where ads come from it."""
    card = sale.plan.advertising if sale.item.text("ads") else None
    found = card.benchmark if card else None
    cpc, conversion = sale.own("ad_cpc"), sale.item.number("ad_conversion")
    return (found.cpc if cpc is None and found else cpc), (found.conversion if conversion is None and found else conversion)


def _age_warning(sale: Sale, made: Bill) -> list[str]:
    checked = _checked(made)
    if checked is None or sale.plan.as_of - checked <= STALE_AFTER:
        return []
    return [f"the cards were last checked on {checked}; newer tables may be in force on {sale.plan.as_of}"]


def _checked(made: Bill) -> dt.date | None:
    return min((line.card.checked for line in made.lines if line.card), default=None)


def _text(value: Fraction, sale: Sale) -> str:
    return money_text(decimal(value, sale.digits), sale.digits)


# -- the document ------------------------------------------------------------------------------------------------


def _quote(sale: Sale, made: Bill, totals: Totals, even: Fraction | None, warnings: tuple[list[str], list[str]]) -> Quote:
    def money(value: Number | None) -> Decimal | None:
        return None if value is None else decimal(exact(value), sale.digits)

    def amount(value: Number) -> Decimal:
        return decimal(exact(value), sale.digits)

    rates = _rates(sale, totals)
    return Quote(
        platform=sale.plan.platform.id, fulfillment=sale.way.id, settlement=sale.way.settlement,
        as_of=sale.plan.as_of, currency=sale.plan.platform.currency, item=_echo(sale), assumed=_assumed(sale, made),
        size=_size(made.context, sale.plan), fees=tuple(_fee_line(line, sale) for line in made.lines),
        costs=tuple(CostLine(cost.cost, amount(cost.amount), cost.basis, cost.rule) for cost in totals.costs),
        not_included=tuple(made.not_included), gross_revenue=amount(totals.gross_revenue), revenue=amount(totals.revenue),
        platform_fees=amount(totals.platform_fees), advertising=amount(totals.advertising), proceeds=amount(totals.proceeds),
        landed_cost=money(totals.landed_cost), seller_costs=money(totals.seller_costs), profit=money(totals.profit),
        take_rate=rates["take_rate"], take_rate_before_ads=rates["take_rate_before_ads"],
        channel_cost_rate=rates["channel_cost_rate"], margin=rates["margin"], roi=rates["roi"],
        break_even_price=money(even), max_landed_cost=_max_landed_cost(sale, totals), max_cpc=_max_cpc(sale, totals),
        break_even_acos=rates["break_even_acos"], warnings=(*warnings[0], *warnings[1]), labels=_labels(sale, made, warnings[0]),
        implied_spread=_spread(sale),
    )  # fmt: skip


def _assumed(sale: Sale, made: Bill) -> dict[str, object]:
    """What was taken because it was not given; the seller's country where some fee looked at it."""
    country = made.context.by_country and "seller_country" not in sale.item
    return {**sale.assumed, **({"seller_country": sale.seller_country} if country else {})}


def _echo(sale: Sale) -> dict[str, object]:
    """The fields given; an amount in another currency than the platform's says which."""
    foreign = sale.base_currency if sale.base_currency != sale.plan.platform.currency else None
    echoed = sale.item.echo(foreign)
    if sale.category is not None:
        echoed["category"] = sale.category
    return echoed


def _ratio(part: Number | None, whole: Number | None) -> Decimal | None:
    if part is None or whole is None or exact(whole) == 0:
        return None
    return decimal(exact(part) / exact(whole), 4)


def _rates(sale: Sale, totals: Totals) -> dict[str, Decimal | None]:
    """Shares of net revenue; those that mean nothing where the platform sets the price are null."""
    fees = totals.platform_fees + totals.advertising
    shipped = fees + (totals.ship_cost or Fraction(0))
    unknown_ship = sale.way.ships == "seller" and totals.ship_cost is None
    before_ads = None if totals.profit is None else max(exact(totals.profit) + exact(totals.advertising), Fraction(0))
    rates = {
        "take_rate": _ratio(fees, totals.revenue),
        "take_rate_before_ads": _ratio(totals.platform_fees, totals.revenue),
        "channel_cost_rate": None if unknown_ship else _ratio(shipped, totals.revenue),
        "break_even_acos": _ratio(before_ads, totals.gross_revenue),
    }
    if sale.supply_price is not None:
        rates = dict.fromkeys(rates)
    return {**rates, "margin": _ratio(totals.profit, totals.revenue), "roi": _ratio(totals.profit, totals.landed_cost)}


def _max_landed_cost(sale: Sale, totals: Totals) -> Decimal | None:
    """(proceeds - other costs) / (1 - share that goes back to stock), rounded down."""
    kept = 1 - sale.return_rate * sale.resalable_share
    if totals.fixed_costs is None or kept == 0:
        return None
    left = exact(totals.proceeds) - exact(totals.fixed_costs)
    return decimal(floor_to(left / kept, sale.digits), sale.digits)


def _max_cpc(sale: Sale, totals: Totals) -> Decimal | None:
    conversion = _click(sale)[1]
    if totals.profit is None or conversion is None or sale.supply_price is not None:
        return None
    left = exact(totals.profit) + exact(totals.advertising)
    return decimal(floor_to(left * conversion * sale.units_per_order, sale.digits), sale.digits)


def _spread(sale: Sale) -> Decimal | None:
    """(retail without tax - supply) / retail without tax, where the retail price is known: shown, never subtracted."""
    if sale.supply_price is None or exact(sale.payment) == 0:
        return None
    retail = exact(sale.payment) / (1 + sale.tax_rate)
    return decimal((retail - sale.supply_price) / retail, 4)


def _fee_line(line: Line, sale: Sale) -> FeeLine:
    card = line.card
    own = line.basis == "yours"
    return FeeLine(
        fee=line.fee, name=line.name, group=line.group, amount=decimal(exact(line.amount), sale.digits), basis=line.basis,
        rule=line.rule, card=card.id if card and not own else None, confidence=line.confidence,
        source=card.source if card and not own else None, brief=line.brief,
        where=f"{card.file}:{line.line}" if card and line.line and not own else None,
    )  # fmt: skip


def _size(context: Context, plan: Plan) -> Size | None:
    if context.size is None:
        return None
    tier, imperial = context.size.tier, plan.platform.country == "US"
    value, unit = weight_in(context.size.billable, "lb" if imperial else "kg")
    return Size(tier.id, tier.mark.name or tier.id, decimal(value, 4).normalize(), unit, size_steps(context))


def _labels(sale: Sale, made: Bill, plain: Sequence[str]) -> Labels:
    platform = sale.plan.platform
    return Labels(
        platform=platform.name, fulfillment=sale.way.name, category=category_name(sale, made), ships=sale.way.ships,
        digits=sale.digits, notes=platform.notes, checked=_checked(made), tax_inside=sale.taxed,
        plain_warnings=tuple(plain),
    )  # fmt: skip


def category_name(sale: Sale, made: Bill) -> str | None:
    """The name printed on the card in force for the item's category; its id where no card names it."""
    for line in made.lines:
        charge = line.card.charge if line.card else None
        if isinstance(charge, p.Choose) and charge.by_category:
            return next((row.mark.name for row in charge.rows if sale.category in row.categories), sale.category)
    return sale.category
