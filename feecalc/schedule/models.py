"""What may stand in a file of the schedules: the pydantic models of cards, platforms and cases.

Shape only; order, units, references and gaps are decided in `compile_card` and `compile_charge`.
The page docs/schedules.md shows every construct.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from feecalc.schedule.charges import CHARGES, ChargeWords, Id, Model, Subject, When
from feecalc.schedule.scalars import AmountScalar, ConfidenceScalar, DateScalar, FlagScalar, MeasureScalar, PercentScalar


class Source(Model):
    """Where a table was read."""

    title: str
    url: Annotated[str, Field(pattern=r"^https?://\S+$")] | None = None
    where: str | None = None
    published: str | None = None
    retrieved: DateScalar
    confidence: ConfidenceScalar


class Correction(Model):
    """What was mended in a file that was already published."""

    date: DateScalar
    what: str


class OnReturnRow(Model):
    """What happens to the fee on a return, under conditions."""

    when: When | None = None
    then: Literal["refunded", "kept", "unknown"]
    confidence: ConfidenceScalar | None = None


def _on_return(value: object) -> object:
    return [{"then": value}] if isinstance(value, str) else value


class RoundUp(Model):
    """Values up to the limit are rounded up to a multiple of `to`."""

    up_to: MeasureScalar | None = None
    to: MeasureScalar


class BillableWeight(Model):
    """The weight the fee looks at."""

    of: Subject
    round_up: list[RoundUp] = Field(default_factory=list)


class Tier(Model):
    """One row of a first-match size table."""

    id: Id
    name: str
    size_class: Literal["standard", "oversize"] | None = None
    when: When | None = None
    billable_weight: BillableWeight
    confidence: ConfidenceScalar | None = None
    warning: str | None = None


class RoundUpOf(Model):
    """`{of: weight, to: 1 lb}`."""

    of: str
    to: MeasureScalar


class Quantity(Model):
    """A derived quantity: exactly one operator."""

    sum: list[str] | None = None
    product: list[str] | None = None
    quotient: Annotated[list[str], Field(min_length=2, max_length=2)] | None = None
    difference: Annotated[list[str], Field(min_length=2, max_length=2)] | None = None
    greatest: list[str] | None = None
    least: list[str] | None = None
    times: Annotated[list[str], Field(min_length=2, max_length=2)] | None = None
    round_up: RoundUpOf | None = None

    @model_validator(mode="after")
    def _one(self) -> Quantity:
        given = self.model_dump(exclude_none=True)
        if len(given) != 1:
            raise ValueError(f"write exactly one of {', '.join(OPERATORS)}")
        return self


OPERATORS = ("sum", "product", "quotient", "difference", "greatest", "least", "times", "round_up")


class CategoryFlag(Model):
    """A flag that follows from the category."""

    category: Annotated[list[Id], Field(min_length=1)]


InputKind = Literal["number", "amount", "weight", "length", "volume", "share", "flag"]


class Benchmark(Model):
    """Advertising as a panel saw it."""

    panel: str
    cpc: AmountScalar | None = None
    conversion: PercentScalar | None = None
    ad_share: PercentScalar | None = None
    tacos: PercentScalar | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Benchmark:
        by_click = self.cpc is not None and self.conversion is not None
        if by_click == (self.tacos is not None):
            raise ValueError("write `cpc:` with `conversion:`, or `tacos:`")
        return self


class Card(ChargeWords):
    """One published table from one date: a fee's charge, a size table, or a benchmark."""

    title: str
    fee: Id | None = None
    class_: Literal["size_tier"] | None = Field(default=None, alias="class")
    checked: DateScalar
    confidence: ConfidenceScalar
    sources: Annotated[list[Source], Field(min_length=1)]
    notes: str | None = None
    start: Literal["unknown"] | None = None
    until: DateScalar | None = None
    corrections: list[Correction] = Field(default_factory=list)
    base: Subject | None = None
    on_return: Annotated[list[OnReturnRow], BeforeValidator(_on_return)] = Field(default_factory=list)
    quantities: dict[Subject, Quantity] = Field(default_factory=dict)
    inputs: dict[Subject, InputKind | list[Id] | CategoryFlag] = Field(default_factory=dict)
    credit: FlagScalar = False
    tiers: list[Tier] | None = None
    benchmark: Benchmark | None = None

    @model_validator(mode="after")
    def _content(self) -> Card:
        given = self.charge_words() + [word for word in ("tiers", "benchmark") if getattr(self, word) is not None]
        if len(given) != 1:
            raise ValueError(f"write exactly one of {', '.join(CHARGES)}, tiers, benchmark; found {', '.join(given) or 'none'}")
        if self.fee is None and self.class_ is None and given != ["benchmark"]:
            raise ValueError("say what it is a table of: add `fee:` (or `class: size_tier`)")
        if (given == ["tiers"]) != (self.class_ is not None and given != ["unknown"]):
            raise ValueError("`class: size_tier` and `tiers:` go together")
        return self


class Tax(Model):
    """VAT inside the price, and who hands it on."""

    usual_rate: PercentScalar
    remitted_by: Literal["platform", "seller"]


class Plans(Model):
    """Selling plans."""

    usual: Id
    all: list[Id]


class Way(Model):
    """A way of fulfilment."""

    id: Id
    name: str
    ships: Literal["platform", "seller"]
    from_: DateScalar | None = Field(default=None, alias="from")
    until: DateScalar | None = None


class ChargeCard(Model):
    """A folder of cards that are no part of a unit sale."""

    id: Id
    name: str


class Fee(Model):
    """A fee that the platform charges."""

    id: Id
    name: str
    group: Literal["selling", "fulfillment", "storage", "program", "advertising"]
    each: Literal["unit", "order", "month", "stay", "return"]
    required: FlagScalar = False
    when: When | None = None
    from_: DateScalar | None = Field(default=None, alias="from")
    no_card: str | None = None
    asked_by: list[Subject] = Field(default_factory=list)
    basis: Literal["charged", "allocated", "expected"] | None = None


class Platform(Model):
    """platform.yaml: what does not change with a card."""

    name: str
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")]
    country: Annotated[str, Field(pattern="^[A-Z]{2}$")]
    settlement: Literal["commission", "supply_price"]
    tax: Tax
    notes: list[str] = Field(default_factory=list)
    plans: Plans | None = None
    fulfillment: Annotated[list[Way], Field(min_length=1)]
    sizes: Id | None = None
    advertising: Id | None = None
    fees: Annotated[list[Fee], Field(min_length=1)]
    charges: list[ChargeCard] = Field(default_factory=list)
    own_categories: dict[Id, Id] = Field(default_factory=dict)


class Case(Model):
    """One worked example: an item, and exactly one expectation."""

    item: dict[str, Any] = Field(default_factory=dict)
    inputs: dict[str, str] | None = None
    as_of: DateScalar | None = None
    why: str | None = None
    amount: Annotated[str, Field(pattern=r"^-?\d+\.\d{2,6}$")] | None = None
    refund: Annotated[str, Field(pattern=r"^-?\d+\.\d{2,6}$")] | None = None
    unknown: str | None = None
    not_charged: FlagScalar | None = None
    tier: Id | None = None
    billable_weight: MeasureScalar | None = None

    @model_validator(mode="after")
    def _expectation(self) -> Case:
        if not any(getattr(self, word) is not None for word in EXPECTATIONS):
            raise ValueError(f"say what is expected: one of {', '.join(EXPECTATIONS)}")
        return self


EXPECTATIONS = ("amount", "refund", "unknown", "not_charged", "tier", "billable_weight")


class Cases(Model):
    """The worked examples beside a card."""

    why: str
    defaults: dict[str, Any] = Field(default_factory=dict)
    cases: Annotated[list[Case], Field(min_length=1)]


class Defaults(Model):
    """defaults.yaml."""

    platform: Id
    examples: dict[str, list[str]] = Field(default_factory=dict)
