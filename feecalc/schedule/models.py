"""What may stand in a file of the schedules: the pydantic models of cards, platforms and cases.

Shape only; what must stand together, order, units, references and gaps are decided in `compile_card` and `compile_charge`.
The page docs/schedules.md shows every construct.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, RootModel, Tag

from feecalc.schedule.charges import Charge, Ids, Model, When, by_form
from feecalc.schedule.scalars import (
    AmountScalar,
    ConfidenceScalar,
    CountryCode,
    CurrencyCode,
    DateScalar,
    FlagScalar,
    Id,
    MeasureScalar,
    PercentScalar,
    SignedAmount,
    Subject,
    Text,
    Url,
)


class Source(Model):
    """Where a table was read."""

    title: Text
    url: Url | None = None
    where: Text | None = None
    published: Text | None = None
    retrieved: DateScalar
    confidence: ConfidenceScalar


class Correction(Model):
    """What was mended in a file that was already published."""

    date: DateScalar
    what: Text


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
    name: Text
    size_class: Literal["standard", "oversize"] | None = None
    when: When | None = None
    billable_weight: BillableWeight
    confidence: ConfidenceScalar | None = None
    warning: Text | None = None


class RoundUpOf(Model):
    """`{of: weight, to: 1 lb}`."""

    of: Text
    to: MeasureScalar


Operands = Annotated[list[Text], Field(min_length=2)]
TwoOperands = Annotated[list[Text], Field(min_length=2, max_length=2)]


class Quantity(Model):
    """A derived quantity: exactly one operator."""

    sum: Operands | None = None
    product: Operands | None = None
    quotient: TwoOperands | None = None
    difference: TwoOperands | None = None
    greatest: Operands | None = None
    least: Operands | None = None
    times: TwoOperands | None = None
    round_up: RoundUpOf | None = None


OPERATORS = ("sum", "product", "quotient", "difference", "greatest", "least", "times", "round_up")


class CategoryFlag(Model):
    """A flag that follows from the category."""

    category: Ids


InputKind = Literal["number", "amount", "weight", "length", "volume", "share", "flag"]
AnyInput = (
    Annotated[InputKind, Tag("<text>")] | Annotated[Ids, Tag("<list>")] | Annotated[CategoryFlag, Tag("<mapping>")]
)  # fmt: skip


class Benchmark(Model):
    """Advertising as a panel saw it."""

    panel: Text
    cpc: AmountScalar | None = None
    conversion: PercentScalar | None = None
    ad_share: PercentScalar | None = None
    tacos: PercentScalar | None = None


class Card(Charge):
    """One published table from one date: a fee's charge, a size table, or a benchmark."""

    title: Text
    fee: Id | None = None
    class_: Literal["size_tier"] | None = Field(default=None, alias="class")
    checked: DateScalar
    confidence: ConfidenceScalar
    sources: Annotated[list[Source], Field(min_length=1)]
    notes: Text | None = None
    start: Literal["unknown"] | None = None
    until: DateScalar | None = None
    corrections: list[Correction] = Field(default_factory=list)
    base: Subject | None = None
    on_return: Annotated[list[OnReturnRow], Field(min_length=1), BeforeValidator(_on_return)] = Field(default_factory=list)
    quantities: dict[Subject, Quantity] = Field(default_factory=dict)
    inputs: dict[Subject, Annotated[AnyInput, Discriminator(by_form)]] = Field(default_factory=dict)
    credit: FlagScalar = False
    tiers: list[Tier] | None = None
    benchmark: Benchmark | None = None


class Tax(Model):
    """VAT inside the price, and who hands it on."""

    usual_rate: PercentScalar
    remitted_by: Literal["platform", "seller"]


class Plans(Model):
    """Selling plans, or providers of payment: all there are, and the one that is meant when none is named."""

    usual: Id
    all: Ids


class Way(Model):
    """A way of fulfilment."""

    id: Id
    name: Text
    ships: Literal["platform", "seller"]
    settlement: Literal["commission", "supply_price"] | None = None
    from_: DateScalar | None = Field(default=None, alias="from")
    until: DateScalar | None = None


class ChargeCard(Model):
    """A folder of cards that are no part of a unit sale."""

    id: Id
    name: Text


class Fee(Model):
    """A fee that the platform charges."""

    id: Id
    name: Text
    group: Literal["selling", "fulfillment", "storage", "program", "advertising"]
    each: Literal["unit", "order", "month", "stay", "return"]
    required: FlagScalar = False
    when: When | None = None
    from_: DateScalar | None = Field(default=None, alias="from")
    no_card: Text | None = None
    asked_by: list[Subject] = Field(default_factory=list)
    basis: Literal["charged", "allocated", "expected"] | None = None


class Platform(Model):
    """platform.yaml: what does not change with a card."""

    name: Text
    currency: CurrencyCode
    country: CountryCode
    settlement: Literal["commission", "supply_price"]
    tax: Tax
    notes: list[Text] = Field(default_factory=list)
    plans: Plans | None = None
    payment_providers: Plans | None = None
    fulfillment: Annotated[list[Way], Field(min_length=1)]
    sizes: Id | None = None
    advertising: Id | None = None
    fees: Annotated[list[Fee], Field(min_length=1)]
    charges: list[ChargeCard] = Field(default_factory=list)
    own_categories: dict[Id, Id] = Field(default_factory=dict)


class Case(Model):
    """One worked example: an item, and what is expected of it."""

    item: dict[str, Any] = Field(default_factory=dict)
    inputs: dict[str, str] | None = None
    as_of: DateScalar | None = None
    why: Text | None = None
    amount: SignedAmount | None = None
    refund: SignedAmount | None = None
    unknown: Text | None = None
    not_charged: Literal["true"] | None = None
    tier: Id | None = None
    billable_weight: MeasureScalar | None = None


class Cases(Model):
    """The worked examples beside a card."""

    why: Text
    defaults: dict[str, Any] = Field(default_factory=dict)
    cases: Annotated[list[Case], Field(min_length=1)]


class Categories(RootModel[dict[Id, Text]]):
    """categories.yaml: id to what belongs there."""


class Defaults(Model):
    """defaults.yaml."""

    platform: Id
    examples: dict[str, list[str]] = Field(default_factory=dict)
