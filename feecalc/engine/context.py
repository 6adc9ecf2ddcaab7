"""What a charge may look at: quantities, traits, lines already made. Sizes are decided here.

A lookup of something that was not given raises Lack with the fields that would do; nothing is ever taken as zero.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from feecalc import plan as p
from feecalc.confidence import Confidence
from feecalc.engine.sale import ONE, Sale, by_size
from feecalc.engine.traced import Number, exact
from feecalc.errors import InputError
from feecalc.quantity import ceil_to, plain_text, weight_in
from feecalc.vocabulary import FLAGS, PLAIN_QUANTITIES, SPLITS

_SIDES = ("longest", "median", "shortest")
_SIZES = {"weight": ("weight",), **dict.fromkeys(_SIDES, ("dims",))}


class Lack(Exception):
    """A fee applies and can't be computed: the fields that would do, or the reason that nobody can."""

    def __init__(self, reason: str, fields: tuple[str, ...] = ()) -> None:
        self.reason, self.fields = reason, fields
        super().__init__(reason)


@dataclass(slots=True)
class SizeFound:
    """The tier, the weight the fee looks at, and the claims of the row that decided."""

    tier: p.Tier
    billable: Fraction
    card: p.Card


@dataclass(slots=True)
class Context:
    """Everything the charges of one sale look at. `order` is true while a fee for the whole order is computed."""

    sale: Sale | None
    day: dt.date
    traits: dict[str, str | bool] = field(default_factory=dict)
    quantities: dict[str, Number] = field(default_factory=dict)
    fees: dict[str, Number] = field(default_factory=dict)
    fee_marks: dict[str, Confidence] = field(default_factory=dict)
    by_country: bool = False  # the seller's country decided some charge
    size: SizeFound | None = None
    size_lack: str | None = None
    used_size: bool = False
    taxed_base: bool = False
    order: bool = False
    stay: tuple[tuple[dt.date, Fraction], ...] = ()
    month: int = 0
    card: str = ""  # the card that is being evaluated
    touched: set[tuple[str, str]] = field(default_factory=set)  # (card, row) of every row used

    def number(self, name: str) -> Number:
        """A quantity by its name in the cards. Raises Lack."""
        if name in self.quantities:
            return self.quantities[name]
        if name == "billable_weight":
            return self._sized().billable
        if name in _MONEY and self.sale is not None:
            if name == "buyer_payment_with_sales_tax":
                self.taxed_base = True
            value = _MONEY[name](self.sale)
            return value * self.sale.units_per_order if self.order else value
        if name == "stay_days" and self.sale is not None:
            raise Lack("", ("storage_months",))
        if self.sale is None or name in PLAIN_QUANTITIES:
            raise Lack("" if self.sale else f"{name} is not given", (name,))
        raise Lack("the size of the unit is not given", self._size_fields(name))

    def _size_fields(self, name: str) -> tuple[str, ...]:
        """Where the platform ships, one of the two alone is an error; elsewhere the one that is looked at would do."""
        ships = self.sale is not None and any(way.ships == "platform" for way in self.sale.plan.platform.ways)
        return ("dims", "weight") if ships else _SIZES.get(name, ("dims", "weight"))

    def trait(self, name: str) -> str | bool:
        """An id or a yes-or-no by its name in the cards. Raises Lack."""
        if name in self.traits:
            return self.traits[name]
        if self.sale is not None and name == "size_tier":
            return self._sized().tier.id
        if self.sale is not None and name == "size_class":
            return self._sized().tier.size_class or ""
        raise Lack("" if self.sale else f"{name} is not given", (name,))

    def _sized(self) -> SizeFound:
        if self.size is None:
            if self.size_lack is not None:
                raise Lack(self.size_lack)
            raise Lack("the size of the unit is not given", ("dims", "weight"))
        self.used_size = True
        return self.size

    def holds(self, when: p.When) -> bool:
        """Whether every test of a conjunction holds. One that fails decides; only then is something missing a Lack."""
        lack: Lack | None = None
        for test in when:
            try:
                if not self._test(test):
                    return False
            except Lack as missing:
                lack = lack or missing
        if lack is not None:
            raise lack
        return True

    def _test(self, test: p.Test) -> bool:
        if test.among is not None:
            holds = (self.trait(test.subject) in test.among) != test.negated
            self.by_country |= holds and test.subject == "seller_country"
            return holds
        if test.holds is not None:
            return self.trait(test.subject) == test.holds
        value = self.number(test.subject)
        return all(_side(value, side, self.number(to) if isinstance(to, str) else to) for side, to in test.sides)


_MONEY: dict[str, Callable[[Sale], Number]] = {
    "item_price": lambda sale: sale.item_price,
    "buyer_payment": lambda sale: sale.payment,
    "buyer_payment_without_tax": lambda sale: sale.payment_without_tax,
    "buyer_payment_with_sales_tax": lambda sale: sale.payment * (ONE + sale.buyer_tax_rate),
    "gross_revenue": lambda sale: sale.gross_revenue,
}


def _side(value: Number, side: str, limit: Number) -> bool:
    if side == "below":
        return value < limit
    if side == "up_to":
        return value <= limit
    return value > limit if side == "above" else value >= limit


def context_of(sale: Sale, *, billable: Fraction | None = None) -> Context:
    """The context of a sale; `billable` asks what another weight would cost."""
    item = sale.item
    context = Context(sale, sale.plan.as_of)
    flags = {name: item.flag(name) or False for name in FLAGS if name != "vat_registered"}
    ids = {"category": sale.category, "plan": sale.selling_plan, "fulfillment": sale.way.id}
    ids |= {"inbound_split": _split(sale), "payment_provider": sale.payment_provider, "seller_country": sale.seller_country}
    context.traits = {**flags, "vat_registered": sale.vat_registered, **{k: v for k, v in ids.items() if v is not None}}
    context.quantities = {name: value for name in PLAIN_QUANTITIES if (value := item.number(name)) is not None}
    context.quantities["units_per_order"] = sale.units_per_order
    if item.weight is not None:
        context.quantities["weight"] = item.weight.grams
    if item.dims is not None:
        context.quantities |= dict(zip(_SIDES, item.dims.sides, strict=True))
    if item.dims is not None and item.weight is not None and by_size(sale.plan, sale.way):
        _classify(context, sale)
    if billable is not None and context.size is not None:
        context.size.billable = billable
    context.stay = months_of_stay(sale)
    if context.stay:
        context.quantities["stay_days"] = Fraction((sale.plan.as_of - context.stay[0][0]).days)
    return context


def _split(sale: Sale) -> str | None:
    split = sale.item.text("inbound_split")
    if split is not None and split not in SPLITS:
        raise InputError("inbound_split", split, f"choose {', '.join(SPLITS)}")
    return split


def _classify(context: Context, sale: Sale) -> None:
    card = sale.plan.sizes
    if card is None or card.unknown is not None:
        context.size_lack = sale.plan.sizes_lack
        return
    derive(context, card)
    for tier in card.tiers:
        if context.holds(tier.when):
            billable = _rounded_weight(exact(context.number(tier.weight_of)), tier.steps)
            context.size = SizeFound(tier, billable, card)
            context.touched.add((card.id, f"tier:{tier.mark.line}"))
            return
    context.size_lack = f"fits no size tier of {card.id}"


def derive(context: Context, card: p.Card) -> None:
    """Put the quantities that a card derives into the context. Raises Lack."""
    for derived in card.derived:
        context.quantities[derived.name] = _derive(context, derived)


def _derive(context: Context, derived: p.Derived) -> Fraction:
    given = [exact(context.number(name)) if isinstance(name, str) else name for name in derived.operands]
    if derived.operator == "sum":
        return sum(given, Fraction(0))
    if derived.operator in ("product", "times"):
        return _product(given)
    if derived.operator == "quotient":
        if given[1] == 0:
            raise Lack(f"{derived.name} would divide by zero")
        return given[0] / given[1]
    if derived.operator == "difference":
        return given[0] - given[1]
    if derived.operator == "round_up":
        return ceil_to(given[0], given[1])
    return max(given) if derived.operator == "greatest" else min(given)


def _product(values: Iterable[Fraction]) -> Fraction:
    result = ONE
    for value in values:
        result *= value
    return result


def _rounded_weight(grams: Fraction, steps: tuple[p.Step, ...]) -> Fraction:
    for step in steps:
        if step.limit is None or grams <= step.limit:
            return ceil_to(grams, step.to)
    return grams


def months_of_stay(sale: Sale) -> tuple[tuple[dt.date, Fraction], ...]:
    """The calendar months of the stay that ends on the day of shipping: first day seen of each, and the part of it.

    A part of a month is that part of 30 days, rounded half-up; each month counts days in stay / days in month.
    """
    return stay_of(sale.plan.as_of, sale.item.number("storage_months") or Fraction(0))


def stay_of(end: dt.date, months: Fraction) -> tuple[tuple[dt.date, Fraction], ...]:
    """The same for any number of months that end before a day."""
    start = _months_before(end, int(months)) - dt.timedelta(days=int((months % 1) * 30 + Fraction(1, 2)))
    parts: list[tuple[dt.date, Fraction]] = []
    while start < end:
        length = calendar.monthrange(start.year, start.month)[1]
        after = min(end, start.replace(day=1) + dt.timedelta(days=length))
        parts.append((start, Fraction((after - start).days, length)))
        start = after
    return tuple(parts)


def _months_before(day: dt.date, months: int) -> dt.date:
    index = day.year * 12 + day.month - 1 - months
    if index < 12:
        raise Lack("the stay in storage begins before any table", ("storage_months",))
    year, month = index // 12, index % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def size_steps(context: Context) -> tuple[str, ...]:
    """The derived quantities in words, for --explain."""
    if context.size is None or context.sale is None:
        return ()
    system = "lb" if context.sale.plan.platform.country == "US" else "kg"
    lines = []
    used = _behind(context.size.tier.weight_of, {derived.name: derived for derived in context.size.card.derived})
    for derived in context.size.card.derived:
        if derived.name not in used:
            continue
        if derived.dimension.weight == 1:
            value, unit = weight_in(exact(context.quantities[derived.name]), system)
            lines.append(f"{derived.name.replace('_', ' ')} {plain_text(value)} {unit}")
    return tuple(lines)


def _behind(name: str, derived: Mapping[str, p.Derived]) -> set[str]:
    """A quantity and every quantity it is made of."""
    parts = [part for part in (derived[name].operands if name in derived else ()) if isinstance(part, str)]
    return {name}.union(*(_behind(part, derived) for part in parts))
