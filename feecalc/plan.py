"""The compiled schedule: frozen nodes in which every bound, order, unit and side is decided.

An executor only does arithmetic on these; it sees no YAML and no pydantic. Weights and lengths are grams and
millimetres, amounts and rates Fraction. `Mark` says where a node stands in its file and how far it can be trusted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from feecalc.confidence import Confidence
from feecalc.quantity import Dimension


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a row stands, what it is called, and what it claims."""

    line: int
    name: str | None = None
    confidence: Confidence | None = None
    warning: str | None = None


@dataclass(frozen=True, slots=True)
class Bound:
    """An upper bound: `up_to` includes the limit, `below` does not. `text` is as published."""

    limit: Fraction
    inclusive: bool
    text: str


@dataclass(frozen=True, slots=True)
class Test:
    """One condition. `among` for ids, `holds` for yes/no, the four sides for quantities (a limit or a quantity's name)."""

    __test__ = False  # not a pytest class

    subject: str
    among: frozenset[str] | None = None
    negated: bool = False
    holds: bool | None = None
    sides: tuple[tuple[str, Fraction | str], ...] = ()


When = tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Flat:
    """An amount for each unit."""

    amount: Fraction


@dataclass(frozen=True, slots=True)
class Percent:
    """A share of a quantity, or of another fee's rounded line."""

    rate: Fraction
    of: str
    of_fee: bool


@dataclass(frozen=True, slots=True)
class OfFees:
    """A share of the rounded lines of several fees, each rounded on its own; `inside` is the part that the line holds."""

    rate: Fraction
    fees: tuple[str, ...]
    inside: bool

    @property
    def factor(self) -> Fraction:
        """What a line is multiplied by: the rate, or rate / (1 + rate)."""
        return self.rate / (1 + self.rate) if self.inside else self.rate


@dataclass(frozen=True, slots=True)
class Per:
    """A rate for each unit of a quantity (above a start); started units count whole, or exactly."""

    rate: Fraction
    each: Fraction
    each_text: str
    of: str
    above: Fraction | None
    started: bool


@dataclass(frozen=True, slots=True)
class Band:
    """One row of bands; the last is open."""

    bound: Bound | None
    charge: Charge
    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Bands:
    """The row that holds the quantity: its charge on the whole, or each row's rate on its own part."""

    of: str
    marginal: bool
    rows: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    bound: Bound | None
    text: str
    confidence: Confidence | None
    warning: str | None


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table: an amount for each column (None is unknown), and what each started step beyond `above` adds."""

    bound: Bound | None
    amounts: tuple[Fraction | None, ...]
    plus: Fraction
    each: Fraction | None
    each_text: str
    above: Fraction | None
    unknown: str | None
    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Class x quantity -> amount."""

    by: str
    of: str
    column_of: str | None
    columns: tuple[Column, ...]
    rows: Mapping[str, tuple[TableRow, ...]]


@dataclass(frozen=True, slots=True)
class SeasonRow:
    """The charge of some calendar months."""

    months: frozenset[int]
    charge: Charge
    mark: Mark


@dataclass(frozen=True, slots=True)
class Season:
    """By calendar month: of shipping, or each month of the stay in its part."""

    over_stay: bool
    rows: tuple[SeasonRow, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One row of a choice: its conditions, or the categories it serves."""

    when: When
    categories: tuple[str, ...]
    charge: Charge
    mark: Mark
    why: Mapping[str, str] = field(default_factory=dict)  # what is not obvious about serving a category here


@dataclass(frozen=True, slots=True)
class Choose:
    """The first row that matches; `not_charged` when none does and the card says so."""

    by_category: bool
    rows: tuple[Choice, ...]
    absent: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Combine:
    """All, the largest or the smallest of several charges."""

    how: str  # sum | greatest | least
    parts: tuple[Charge, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A fee that applies and that nobody has published."""

    reason: str


@dataclass(frozen=True, slots=True)
class Times:
    """A charge, times a plain number."""

    of: str
    charge: Charge


Charge = Flat | Percent | OfFees | Per | Bands | Table | Season | Choose | Combine | Times | Unknown


@dataclass(frozen=True, slots=True)
class Derived:
    """A derived quantity: an operator on names and constants."""

    name: str
    operator: str
    operands: tuple[str | Fraction, ...]
    dimension: Dimension


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a rounding: values up to the limit are rounded up to a multiple of `to`."""

    limit: Fraction | None
    to: Fraction


@dataclass(frozen=True, slots=True)
class Tier:
    """One row of a first-match size table."""

    id: str
    when: When
    weight_of: str
    steps: tuple[Step, ...]
    mark: Mark
    size_class: str | None = None


@dataclass(frozen=True, slots=True)
class OnReturn:
    """What happens to a fee on a return: `refunded`, `kept` or `unknown`."""

    when: When
    then: str
    confidence: Confidence | None


@dataclass(frozen=True, slots=True)
class Input:
    """What a card looks at that feecalc does not know: its kind, the ids it may be, or the categories that set it."""

    name: str
    kind: str
    ids: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """One published table of one platform from one date. Exactly one of charge, tiers, benchmark, unknown is there."""

    id: str
    file: str
    title: str
    start: dt.date
    until: dt.date | None
    confidence: Confidence
    source: str
    checked: dt.date
    unknown: str | None = None
    charge: Charge | None = None
    on_return: tuple[OnReturn, ...] = ()
    derived: tuple[Derived, ...] = ()
    tiers: tuple[Tier, ...] = ()
    benchmark: Benchmark | None = None
    names: Mapping[str, str] = field(default_factory=dict)  # normalised printed name -> category id
    inputs: tuple[Input, ...] = ()
    credit: bool = False
    line: int = 0  # of its charge


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Advertising as a panel saw it."""

    panel: str
    cpc: Fraction | None
    conversion: Fraction | None
    ad_share: Fraction | None
    tacos: Fraction | None


@dataclass(frozen=True, slots=True)
class FeeSpec:
    """A fee that the platform charges: when it exists, what it is for, where it is summed."""

    id: str
    name: str
    group: str
    each: str  # unit | order | month | stay | return
    required: bool
    when: When
    since: dt.date | None
    no_card: str | None
    asked_by: tuple[str, ...] = ()
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """A way of fulfilment."""

    id: str
    name: str
    ships: str  # platform | seller
    since: dt.date | None = None
    until: dt.date | None = None
    settlement: str = "commission"  # or supply_price: the platform buys the unit and sets the retail price

    @property
    def sells_on(self) -> bool:
        """True where the platform buys the unit: the seller's revenue is the supply price, and nothing is charged by size."""
        return self.settlement == "supply_price"

    def open_on(self, day: dt.date) -> bool:
        """Whether the way was offered that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Platform:
    """One marketplace in one country: what doesn't change with a card."""

    id: str
    name: str
    currency: str
    country: str
    usual_tax_rate: Fraction
    tax_remitted_by: str
    ways: tuple[Way, ...]
    plans: tuple[str, ...]
    usual_plan: str | None
    payment_providers: tuple[str, ...]
    usual_payment_provider: str | None
    sizes: str | None
    advertising: str | None
    fees: tuple[FeeSpec, ...]
    charges: Mapping[str, str]  # folders of cards that are no part of a unit sale, and their names
    own_categories: Mapping[str, str]
    notes: tuple[str, ...]
    file: str


@dataclass(frozen=True, slots=True)
class FeePlan:
    """A fee that exists on the plan's date: its card, or why there is none. `versions` are the cards of a stay's months."""

    spec: FeeSpec
    card: Card | None
    lack: str | None = None
    versions: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything a quote on one platform on one date needs."""

    platform: Platform
    as_of: dt.date
    fees: tuple[FeePlan, ...]
    sizes: Card | None
    sizes_lack: str | None
    advertising: Card | None
    categories: Mapping[str, str]  # feecalc's own ids and the platform's, with what belongs there
    names: Mapping[str, str] = field(default_factory=dict)  # normalised printed name -> category id
    absent: Mapping[str, str] = field(default_factory=dict)

    @property
    def by_category(self) -> bool:
        """True when some fee looks at the category by the names printed on its card."""
        return bool(self.names)


def in_force(cards: tuple[Card, ...], day: dt.date) -> Card | None:
    """The card of that day: the latest start that has not ended. An ended card gives way to the one before it."""
    standing = [card for card in cards if card.start <= day and (card.until is None or day <= card.until)]
    return max(standing, key=lambda card: card.start, default=None)


def normal_name(text: str) -> str:
    """A printed name without letter case, `&`, punctuation and word order: how names are compared."""
    words = "".join(char if char.isalnum() else " " for char in text.lower().replace("&", " and ")).split()
    return " ".join(sorted(words))
