"""What is left: advertising, the seller's costs, and the totals made of lines. docs/economics.md shows each formula."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from feecalc.confidence import Confidence
from feecalc.engine.bill import Bill, Line
from feecalc.engine.sale import ONE, ZERO, Sale
from feecalc.engine.traced import Number, exact, rounded
from feecalc.errors import InputError, MissingInput
from feecalc.plan import Card
from feecalc.quantity import Share, money_text, percent_text, plain_text

FEE_GROUPS = ("selling", "fulfillment", "storage", "program")


@dataclass(frozen=True, slots=True)
class Cost:
    """One cost of the seller's own."""

    cost: str
    amount: Number
    basis: str
    rule: str


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals of one sale, each a sum of rounded lines. None where an input is missing."""

    gross_revenue: Number
    revenue: Number
    platform_fees: Number
    advertising: Number
    proceeds: Number
    costs: tuple[Cost, ...]
    landed_cost: Number | None
    fixed_costs: Number | None  # seller_costs without the landed cost and what comes back of it
    seller_costs: Number | None
    profit: Number | None
    ship_cost: Number | None


# -- advertising -------------------------------------------------------------------------------------------------


def advertise(sale: Sale, made: Bill) -> None:
    """Add the advertising line, if ads are given. Raises InputError."""
    line = _advertising(sale, made)
    if line is not None:
        made.lines.append(line)


def _advertising(sale: Sale, made: Bill) -> Line | None:
    item = sale.item
    if item.text("ads") is not None:
        return _benchmark(sale, made)
    if (cpc := sale.own("ad_cpc")) is not None:
        return _by_click(sale, cpc, _conversion(sale), _share(sale, made), None)
    if (tacos := item.number("tacos")) is not None:
        return _of_sales(sale, tacos, ONE, "tacos", None)
    if (acos := item.number("acos")) is not None:
        return _of_sales(sale, acos, _share(sale, made), "acos", None)
    return None


def _conversion(sale: Sale) -> Fraction:
    conversion = sale.item.number("ad_conversion")
    if conversion is None:
        raise MissingInput(("ad_conversion",), "a cost per click needs the orders per click")
    return conversion


def _share(sale: Sale, made: Bill) -> Fraction:
    share = sale.item.number("ad_share")
    if share is None:
        made.warn("ad_share is not given: every unit is counted as sold through ads")
    return ONE if share is None else share


def _benchmark(sale: Sale, made: Bill) -> Line:
    card = sale.plan.advertising
    if card is None or card.benchmark is None:
        why = card.unknown if card and card.unknown else "there is no card"
        raise InputError("ads", "benchmark", f"{sale.plan.platform.id} has no benchmark on {sale.plan.as_of}: {why}")
    found = card.benchmark
    if card.confidence is Confidence.INFERRED:
        made.warn(f"the advertising benchmark is inferred: {found.panel}")
    if found.tacos is not None:
        return _of_sales(sale, found.tacos, ONE, "tacos", card)
    cpc, conversion = sale.own("ad_cpc"), sale.item.number("ad_conversion")
    share = found.ad_share if "ad_share" not in sale.item and found.ad_share is not None else _share(sale, made)
    cpc = found.cpc if cpc is None else cpc
    conversion = found.conversion if conversion is None else conversion
    assert cpc is not None and conversion is not None, "a benchmark carries both, or a tacos"
    return _by_click(sale, cpc, conversion, share, card)


def _by_click(sale: Sale, cpc: Fraction, conversion: Fraction, share: Fraction, card: Card | None) -> Line:
    if conversion == 0:
        raise InputError("ad_conversion", "0", "no click ever becomes an order; give more than 0")
    per_unit = conversion * sale.units_per_order
    how = f"{percent_text(share)} of units x {money_text(cpc, sale.digits)} CPC / {percent_text(conversion)}"
    return _ad_line(sale, share * cpc / per_unit, how, card)


def _of_sales(sale: Sale, rate: Fraction, share: Fraction, word: str, card: Card | None) -> Line:
    part = "" if share == 1 else f"{percent_text(share)} of sales x "
    how = f"{part}{percent_text(rate)} {word.upper()} of {money_text(exact(sale.gross_revenue), sale.digits)}"
    return _ad_line(sale, share * rate * sale.gross_revenue, how, card)


def _ad_line(sale: Sale, amount: Number, how: str, card: Card | None) -> Line:
    basis = "assumed" if card else "yours"
    rule = f"{how}: {card.benchmark.panel}" if card and card.benchmark else f"{how}: your figures"
    confidence = card.confidence if card else Confidence.YOURS
    return Line("advertising", "Advertising", "advertising", rounded(amount, sale.digits), basis, rule, how, confidence, card)


# -- costs -------------------------------------------------------------------------------------------------------


def total(sale: Sale, made: Bill) -> Totals:
    """The totals of the lines."""
    gross = sale.gross_revenue
    revenue = rounded(gross * (ONE - sale.return_rate), sale.digits)
    fees, ads = made.total(*FEE_GROUPS), made.total("advertising")
    proceeds = revenue - fees - ads
    goods = _landed(sale)
    landed = sum((cost.amount for cost in goods), ZERO) if goods else None
    ship, fixed = _fixed(sale, gross)
    fixed_costs = None if ship is None and sale.way.ships == "seller" else sum((cost.amount for cost in fixed), ZERO)
    back = _resalable(sale, landed)
    seller_costs = None if landed is None or fixed_costs is None else landed + fixed_costs + (back.amount if back else ZERO)
    profit = None if seller_costs is None else proceeds - seller_costs
    costs = (*goods, *fixed, *((back,) if back else ()))
    return Totals(gross, revenue, fees, ads, proceeds, costs, landed, fixed_costs, seller_costs, profit, ship)


def _landed(sale: Sale) -> tuple[Cost, ...]:
    """Goods, duty, freight and prep of the unit sold; nothing while the cost is not given."""
    cost = sale.own("cost")
    if cost is None:
        return ()
    pieces = sale.item.number("pack_of") or ONE
    duty = sale.item.part("duty")
    amounts = {"goods": cost, "inbound_freight": sale.own("inbound_freight"), "prep": sale.own("prep")}
    if duty is not None:
        amounts["duty"] = cost * duty.value if isinstance(duty, Share) else sale.money("duty", duty)
    order = ("goods", "duty", "inbound_freight", "prep")
    return tuple(_landed_cost(sale, name, amounts.get(name), pieces, duty) for name in order if amounts.get(name) is not None)


def _landed_cost(sale: Sale, name: str, amount: Fraction | None, pieces: Fraction, duty: object) -> Cost:
    assert amount is not None
    text = f"{percent_text(duty.value)} of the cost" if name == "duty" and isinstance(duty, Share) else ""
    many = f"{plain_text(pieces)} x {money_text(amount, sale.digits)}" if pieces != 1 else ""
    return Cost(name, rounded(amount * pieces, sale.digits), "yours", text or many)


def _fixed(sale: Sale, gross: Number) -> tuple[Number | None, tuple[Cost, ...]]:
    """Own shipping (None when not given), other costs, and the handling of returns."""
    costs: list[Cost] = []
    given = sale.own("ship_cost") if sale.way.ships == "seller" else None
    ship = None if given is None else rounded(given, sale.digits)
    if ship is not None:
        costs.append(Cost("ship", ship, "yours", ""))
    for name, value in sale.item.other_costs:
        amount = gross * value.value if isinstance(value, Share) else sale.money(f"other_cost {name}", value)
        rule = f"{percent_text(value.value)} of {money_text(exact(gross), sale.digits)}" if isinstance(value, Share) else ""
        costs.append(Cost(name, rounded(amount, sale.digits), "yours", rule))
    handling = sale.own("return_cost")
    if handling and sale.return_rate:
        rule = f"{percent_text(sale.return_rate)} of units x {money_text(handling, sale.digits)}"
        costs.append(Cost("returns", rounded(handling * sale.return_rate, sale.digits), "expected", rule))
    return ship, tuple(costs)


def _resalable(sale: Sale, landed: Number | None) -> Cost | None:
    part = sale.return_rate * sale.resalable_share
    if landed is None or part == 0:
        return None
    rates = f"{percent_text(sale.return_rate)} x {percent_text(sale.resalable_share)}"
    rule = f"{rates} x {money_text(exact(landed), sale.digits)}"
    return Cost("resalable_returns", rounded(-landed * part, sale.digits), "expected", rule)
