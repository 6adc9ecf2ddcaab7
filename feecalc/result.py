"""What feecalc answers: quotes and comparisons. Frozen, no methods but `to_dict`, the JSON document.

Amounts are Decimal at the currency's minor digits, shares Decimal at four places; lines add up to totals to the cent.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from feecalc.confidence import Confidence, weakest

QUOTE_SCHEMA = "feecalc/quote/1"
COMPARE_SCHEMA = "feecalc/compare/1"
CHARGE_SCHEMA = "feecalc/charge/1"
HISTORY_SCHEMA = "feecalc/history/1"


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One fee on one unit: the amount and everything needed to defend it."""

    fee: str
    name: str
    group: str
    amount: Decimal
    basis: str  # charged | allocated | expected | assumed | yours
    rule: str  # "17% of 20.01: Clothing and Accessories above 20.00"
    card: str | None
    confidence: Confidence
    source: str | None
    brief: str = ""  # the rule in the few words of a table
    where: str | None = None  # file:line of the row, for --explain
    steps: tuple[str, ...] = ()  # what was looked at on the way, for --explain

    def to_dict(self) -> dict[str, object]:
        """The line as the JSON document has it."""
        return {
            "fee": self.fee, "name": self.name, "group": self.group, "amount": json_number(self.amount),
            "basis": self.basis, "rule": self.rule, "card": self.card, "confidence": self.confidence.word,
            "source": self.source,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class CostLine:
    """One cost of the seller's own. A negative amount comes back (resalable returns)."""

    cost: str
    amount: Decimal
    basis: str
    rule: str = ""

    def to_dict(self) -> dict[str, object]:
        """The line as the JSON document has it."""
        return {"cost": self.cost, "amount": json_number(self.amount), "basis": self.basis}


@dataclass(frozen=True, slots=True)
class NotIncluded:
    """A fee that exists on that date and is not in the total: why, and what would put it in."""

    fee: str
    reason: str
    name: str = ""

    def to_dict(self) -> dict[str, object]:
        """The entry as the JSON document has it."""
        return {"fee": self.fee, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Size:
    """The size tier, and the weight the fee looks at."""

    tier: str
    name: str
    weight: Decimal
    unit: str
    steps: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """The size as the JSON document has it."""
        return {"tier": self.tier, "billable_weight": {"value": json_number(self.weight), "unit": self.unit}}


@dataclass(frozen=True, slots=True)
class Labels:
    """Printed names, for people: not part of the JSON document."""

    platform: str
    fulfillment: str
    category: str | None
    ships: str  # platform | seller
    digits: int
    notes: tuple[str, ...] = ()
    checked: dt.date | None = None
    tax_inside: bool = True  # the price held the tax, so that it is no revenue
    plain_warnings: tuple[str, ...] | None = None  # the warnings without what is said of the break-even price


@dataclass(frozen=True, slots=True)
class Quote:
    """What one platform charges for one item on one date, line by line, and what is left."""

    platform: str
    fulfillment: str
    settlement: str
    as_of: dt.date
    currency: str
    item: dict[str, object]
    assumed: dict[str, object]
    size: Size | None
    fees: tuple[FeeLine, ...]
    costs: tuple[CostLine, ...]
    not_included: tuple[NotIncluded, ...]
    gross_revenue: Decimal
    revenue: Decimal
    platform_fees: Decimal
    advertising: Decimal
    proceeds: Decimal
    landed_cost: Decimal | None
    seller_costs: Decimal | None
    profit: Decimal | None
    take_rate: Decimal | None
    take_rate_before_ads: Decimal | None
    channel_cost_rate: Decimal | None
    margin: Decimal | None
    roi: Decimal | None
    break_even_price: Decimal | None
    max_landed_cost: Decimal | None
    max_cpc: Decimal | None
    break_even_acos: Decimal | None
    warnings: tuple[str, ...]
    labels: Labels
    implied_spread: Decimal | None = None  # only where the platform sets the retail price

    @property
    def complete(self) -> bool:
        """True when every fee that exists on that date is in the total."""
        return not self.not_included

    @property
    def confidence(self) -> Confidence:
        """That of the weakest line."""
        return weakest(line.confidence for line in self.fees)

    def to_dict(self) -> dict[str, object]:
        """The JSON document: every key always there, null where unknown or meaningless."""
        document: dict[str, object] = {
            "schema": QUOTE_SCHEMA, "platform": self.platform, "fulfillment": self.fulfillment,
            "settlement": self.settlement, "as_of": self.as_of.isoformat(), "currency": self.currency,
            "item": {name: json_value(value) for name, value in self.item.items()},
            "assumed": {name: json_value(value) for name, value in self.assumed.items()},
            "size": self.size.to_dict() if self.size else None,
            "fees": [line.to_dict() for line in self.fees],
            "costs": [line.to_dict() for line in self.costs],
            "not_included": [entry.to_dict() for entry in self.not_included],
            "complete": self.complete, "confidence": self.confidence.word,
        }  # fmt: skip
        document.update((name, json_value(getattr(self, name))) for name in TOTALS)
        if self.settlement == "supply_price":
            document["implied_spread"] = json_value(self.implied_spread)
        document["warnings"] = list(self.warnings)
        return document


# The totals of the document, in its order.
TOTALS = (
    "gross_revenue", "revenue", "platform_fees", "advertising", "proceeds", "landed_cost", "seller_costs", "profit",
    "take_rate", "take_rate_before_ads", "channel_cost_rate", "margin", "roi",
    "break_even_price", "max_landed_cost", "max_cpc", "break_even_acos",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Charged:
    """What one card charges by itself."""

    card: str
    inputs: dict[str, str]
    amount: Decimal
    currency: str
    rule: str
    confidence: Confidence
    source: str
    warnings: tuple[str, ...] = ()
    where: str = ""
    charged: bool = True  # False where the card has no charge for such inputs

    def to_dict(self) -> dict[str, object]:
        """The JSON document."""
        return {
            "schema": CHARGE_SCHEMA, "card": self.card, "inputs": dict(self.inputs), "amount": json_number(self.amount),
            "currency": self.currency, "rule": self.rule, "confidence": self.confidence.word, "source": self.source,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Skipped:
    """A platform that could not be quoted, and why."""

    platform: str
    reason: str

    def to_dict(self) -> dict[str, object]:
        """The entry as the JSON document has it."""
        return {"platform": self.platform, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Comparison:
    """One item on several platforms: best profit first, then those without profit by proceeds."""

    as_of: dt.date
    currency: str
    quotes: tuple[Quote, ...]
    skipped: tuple[Skipped, ...]
    profit_in_base: dict[int, Decimal | None] = field(default_factory=dict)  # by position, where currencies differ
    by: str = "profit"  # what the order is by
    rates: dict[str, Fraction] = field(default_factory=dict)  # what other currencies are worth in `currency`

    def to_dict(self) -> dict[str, object]:
        """The JSON document."""
        quotes = [quote.to_dict() for quote in self.quotes]
        for position, profit in self.profit_in_base.items():
            quotes[position]["profit_in_base"] = json_value(profit)
        return {
            "schema": COMPARE_SCHEMA, "as_of": self.as_of.isoformat(), "currency": self.currency,
            "quotes": quotes, "skipped": [entry.to_dict() for entry in self.skipped],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Period:
    """Days, both included, on which the item is charged the same; `changed` names the fees that differ from the one before."""

    start: dt.date
    end: dt.date
    changed: tuple[str, ...]
    quote: Quote

    def to_dict(self) -> dict[str, object]:
        """The entry as the JSON document has it."""
        return {
            "from": self.start.isoformat(), "to": self.end.isoformat(), "changed": list(self.changed),
            "take_rate": json_value(self.quote.take_rate), "quote": self.quote.to_dict(),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gap:
    """Days, both included, on which the item can't be quoted, and why."""

    start: dt.date
    end: dt.date
    reason: str

    def to_dict(self) -> dict[str, object]:
        """The entry as the JSON document has it."""
        return {"from": self.start.isoformat(), "to": self.end.isoformat(), "reason": self.reason}


@dataclass(frozen=True, slots=True)
class History:
    """One item at one place through every change of its cards."""

    place: str
    periods: tuple[Period, ...]
    gaps: tuple[Gap, ...]

    def to_dict(self) -> dict[str, object]:
        """The JSON document."""
        return {
            "schema": HISTORY_SCHEMA, "periods": [period.to_dict() for period in self.periods],
            "gaps": [gap.to_dict() for gap in self.gaps],
        }  # fmt: skip


def json_number(value: Decimal) -> int | float:
    """A Decimal of at most 15 digits as the JSON number with the same text; nothing is computed with it."""
    return int(value) if value == value.to_integral_value() else float(value)


def json_value(value: object) -> object:
    """Decimals as numbers, mappings inside out, everything else as it is."""
    if isinstance(value, Decimal):
        return json_number(value)
    if isinstance(value, dict):
        return {name: json_value(entry) for name, entry in value.items()}
    return value
