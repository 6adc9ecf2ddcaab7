"""What the item means on one platform: defaults taken and noted, currencies converted, shares read.

A Sale holds exact numbers in the platform's currency. `price` may be a Traced number: then a price is being looked for.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from feecalc.engine.traced import Number, exact, rounded
from feecalc.errors import InputError, MissingInput, near
from feecalc.fields import check_minor_digits
from feecalc.item import Item
from feecalc.plan import Plan, Way, normal_name
from feecalc.quantity import MINOR_DIGITS, Amount, Share, decimal, plain_text

ONE, ZERO = Fraction(1), Fraction(0)


@dataclass(frozen=True, slots=True)
class Sale:
    """One unit of the item on one platform on one day."""

    item: Item
    plan: Plan
    way: Way
    digits: int
    category: str | None
    selling_plan: str | None
    payment_provider: str | None
    seller_country: str
    price: Number
    discount: Amount | Share | None
    extras: Fraction  # shipping and gift wrap charged to the buyer
    tax_rate: Fraction
    vat_registered: bool
    buyer_tax_rate: Fraction
    units_per_order: Fraction
    return_rate: Fraction
    resalable_share: Fraction
    supply_price: Fraction | None
    assumed: dict[str, object]
    warnings: tuple[str, ...]
    base_currency: str

    @property
    def item_price(self) -> Number:
        """List price less discount, to the minor unit: what the buyer pays for the unit itself."""
        if self.discount is None:
            return self.price
        if isinstance(self.discount, Share):
            return rounded(self.price * (ONE - self.discount.value), self.digits)
        return self.price - self.money("discount", self.discount)

    @property
    def payment(self) -> Number:
        """What the buyer pays, the tax inside the price included."""
        return self.item_price + self.extras

    @property
    def gross_revenue(self) -> Number:
        """The payment without the tax that is handed on; the supply price where the platform buys the unit."""
        if self.supply_price is not None:
            return self.supply_price
        return rounded(self.payment_without_tax, self.digits)

    @property
    def payment_without_tax(self) -> Number:
        """The payment less the tax inside it."""
        return self.payment / (ONE + self.tax_rate) if self.taxed else self.payment

    @property
    def taxed(self) -> bool:
        """Whether the price holds tax: not that of a seller who is not registered, unless the platform hands it on."""
        return self.vat_registered or self.plan.platform.tax_remitted_by == "platform"

    def money(self, field: str, amount: Amount) -> Fraction:
        """That amount in the platform's currency."""
        return convert(self.item, field, amount, self.base_currency, self.plan.platform.currency)

    def own(self, field: str) -> Fraction | None:
        """A money field in the platform's currency; None when not given."""
        amount = self.item.amount(field)
        return None if amount is None else self.money(field, amount)


def convert(item: Item, field: str, amount: Amount, base: str, into: str) -> Fraction:
    """Exactly, by the seller's own rates; never one to one. Raises InputError that names the missing rate."""
    have = amount.currency or base
    value = Fraction(amount.value)
    return value if have == into else value * _worth(item, field, have, base) / _worth(item, field, into, base)


def _worth(item: Item, field: str, currency: str, base: str) -> Fraction:
    if currency == base:
        return ONE
    rate = item.fx.get(currency)
    if rate is None:
        raise InputError("fx", None, f"{field} needs a rate for {currency}: give --fx {currency}=RATE (its worth in {base})")
    return rate


def resolve(plan: Plan, item: Item, way: str | None, base_currency: str) -> Sale:
    """The item on that platform. Raises InputError or MissingInput, naming the field."""
    assumed: dict[str, object] = {}
    warnings: list[str] = []
    platform = plan.platform
    digits = MINOR_DIGITS[platform.currency]
    chosen = choose_way(plan, item, way)
    selling_plan = _selling_plan(plan, item, assumed)
    supply = _supply_price(plan, item, base_currency, chosen)
    sale = Sale(
        item=item, plan=plan, way=chosen, digits=digits, category=resolve_category(plan, item), selling_plan=selling_plan,
        payment_provider=_payment_provider(plan, item, assumed), seller_country=item.text("seller_country") or platform.country,
        price=_price(plan, item, base_currency, digits, chosen), discount=item.part("discount"),
        extras=_optional(item, "shipping", base_currency, plan) + _optional(item, "gift_wrap", base_currency, plan),
        tax_rate=_tax_rate(plan, item, assumed), vat_registered=item.flag("vat_registered") is not False,
        buyer_tax_rate=item.number("buyer_tax_rate") or ZERO, units_per_order=_units_per_order(item),
        return_rate=item.number("return_rate") or ZERO, resalable_share=_resalable_share(item, warnings),
        supply_price=supply, assumed=assumed, warnings=tuple(warnings), base_currency=base_currency,
    )  # fmt: skip
    if exact(sale.item_price) < 0:
        raise InputError("discount", None, "is more than the price")
    return sale


def choose_way(plan: Plan, item: Item, way: str | None) -> Way:
    """The way of fulfilment: as named, else the platform's own where size and weight are given, else the seller's."""
    ways = plan.platform.ways
    own = _own_way(plan)
    named = way or item.text("fulfillment")
    if named is None:
        return _bought(plan, item) or _way_by_size(plan, item, own)
    if named == "platform" and own is None:
        raise InputError("fulfillment", named, f"{plan.platform.id} ships nothing itself; its ways: {_ids(ways)}")
    found = own if named == "platform" else next((entry for entry in ways if entry.id == named), None)
    if found is None:
        open_ways = tuple(entry for entry in ways if entry.open_on(plan.as_of))
        raise InputError("fulfillment", named, f"is no way of {plan.platform.id}; its ways: {_ids(open_ways)}")
    if not found.open_on(plan.as_of):
        offered_when = f"from {found.since or 'the start'} to {found.until or 'today'}"
        raise InputError("fulfillment", found.id, f"was offered {offered_when}, not on {plan.as_of}")
    missing = tuple(name for name in ("dims", "weight") if name not in item)
    if by_size(plan, found) and missing and "fulfillment" not in {fee.name for fee in item.own_fees}:
        raise MissingInput(missing, f"{found.name} charges by size and weight")
    return found


def by_size(plan: Plan, way: Way) -> bool:
    """Whether that way is charged by the size and weight of the unit."""
    return way.ships == "platform" and not way.sells_on and plan.platform.sizes is not None


def _own_way(plan: Plan) -> Way | None:
    """The platform's own way of shipping a unit that the seller sells."""
    shipping = [way for way in plan.platform.ways if way.ships == "platform" and not way.sells_on and way.open_on(plan.as_of)]
    return min(shipping, key=lambda way: way.until is not None, default=None)


def _bought(plan: Plan, item: Item) -> Way | None:
    """Where a supply price is given, the platform is taken to buy the unit; also where it does nothing else."""
    bought = next((way for way in plan.platform.ways if way.sells_on and way.open_on(plan.as_of)), None)
    alone = all(way.sells_on for way in plan.platform.ways)
    return bought if alone or "supply_price" in item else None


def _way_by_size(plan: Plan, item: Item, own: Way | None) -> Way:
    ways = tuple(way for way in plan.platform.ways if not way.sells_on)
    given = [name for name in ("dims", "weight") if name in item]
    if len(given) == 1 and own is not None:
        missing = "dims" if given == ["weight"] else "weight"
        raise MissingInput((missing,), f"{given[0]} is given without {missing}")
    by_seller = next((entry for entry in ways if entry.ships == "seller"), None)
    chosen = own if own and given else by_seller or own
    assert chosen is not None, "a platform has at least one way"
    if chosen is own and not given and by_size(plan, chosen):
        raise MissingInput(("dims", "weight"), f"{chosen.name} charges by size and weight")
    return chosen


def _ids(ways: tuple[Way, ...]) -> str:
    return ", ".join(way.id for way in ways)


def resolve_category(plan: Plan, item: Item) -> str | None:
    """The category's id: own ids first, then names printed on the card in force. Never a fuzzy pick."""
    given = item.text("category")
    if given is None:
        if plan.by_category and not any(fee.name == "referral" for fee in item.own_fees):
            raise MissingInput(("category",), "the commission depends on the category, which is never guessed")
        return None
    own = next((name for name in (given, given.lower().replace(" ", "-")) if name in plan.categories), None)
    if own is not None:
        return _present(plan, own, given)
    found = plan.names.get(normal_name(given))
    if found is None:
        known = [*plan.categories, *plan.names]
        raise InputError("category", given, f"is no category of {plan.platform.id}{near(given, known)}; see: feecalc categories")
    return _present(plan, found, given)


def _present(plan: Plan, category: str, given: str) -> str:
    if category in plan.absent:
        raise InputError("category", given, f"{plan.platform.id} has none on {plan.as_of}: {plan.absent[category]}")
    return category


def _selling_plan(plan: Plan, item: Item, assumed: dict[str, object]) -> str | None:
    given, known = item.text("plan"), plan.platform.plans
    if given is None:
        if plan.platform.usual_plan:
            assumed["plan"] = plan.platform.usual_plan
        return plan.platform.usual_plan
    if given not in known:
        raise InputError("plan", given, f"is no plan of {plan.platform.id}; its plans: {', '.join(known) or 'none'}")
    return given


def _payment_provider(plan: Plan, item: Item, assumed: dict[str, object]) -> str | None:
    given, platform = item.text("payment_provider"), plan.platform
    if not platform.payment_providers:
        return None
    if given is None:
        assumed["payment_provider"] = platform.usual_payment_provider
        return platform.usual_payment_provider
    if given not in platform.payment_providers:
        known = ", ".join(platform.payment_providers)
        raise InputError("payment_provider", given, f"is no payment provider of {platform.id}; its providers: {known}")
    return given


def _tax_rate(plan: Plan, item: Item, assumed: dict[str, object]) -> Fraction:
    given = item.number("tax_rate")
    if given is None:
        assumed["tax_rate"] = decimal(plan.platform.usual_tax_rate, 4).normalize()
    return plan.platform.usual_tax_rate if given is None else given


def _price(plan: Plan, item: Item, base: str, digits: int, way: Way) -> Fraction:
    amount = item.amount("price")
    if amount is None:
        if way.sells_on:
            return ZERO
        raise MissingInput(("price",), "there is no quote without a price")
    return _buyer_amount(plan, item, "price", amount, base, digits)


def _buyer_amount(plan: Plan, item: Item, field: str, amount: Amount, base: str, digits: int) -> Fraction:
    """Buyers pay whole minor units: a converted price is rounded, an entered one must fit."""
    if (amount.currency or base) == plan.platform.currency:
        check_minor_digits(field, amount, digits, plan.platform.currency)
    found = rounded(convert(item, field, amount, base, plan.platform.currency), digits)
    return exact(found)


def _optional(item: Item, field: str, base: str, plan: Plan) -> Fraction:
    amount = item.amount(field)
    digits = MINOR_DIGITS[plan.platform.currency]
    return ZERO if amount is None else _buyer_amount(plan, item, field, amount, base, digits)


def _supply_price(plan: Plan, item: Item, base: str, way: Way) -> Fraction | None:
    if not way.sells_on:
        return None
    amount = item.amount("supply_price")
    if amount is None:
        raise MissingInput(("supply_price",), f"{plan.platform.id} {way.name} buys the unit and sets the retail price itself")
    currency = plan.platform.currency
    return exact(rounded(convert(item, "supply_price", amount, base, currency), MINOR_DIGITS[currency]))


def _units_per_order(item: Item) -> Fraction:
    units = item.number("units_per_order")
    if units is not None and units < 1:
        raise InputError("units_per_order", plain_text(units), "an order holds at least 1 unit")
    return ONE if units is None else units


def _resalable_share(item: Item, warnings: list[str]) -> Fraction:
    share = item.number("resalable_share")
    if share is None and item.number("return_rate"):
        warnings.append("resalable_share is not given: no returned unit is counted as sold again")
    return ZERO if share is None else share


def require_date(item: Item, as_of: dt.date | None) -> dt.date:
    """The day the unit ships. Raises MissingInput: the library never reads a clock."""
    day = as_of or item.as_of
    if day is None:
        raise MissingInput(("as_of",), "the day of shipping picks every card")
    return day
