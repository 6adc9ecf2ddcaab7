"""What a charge may say: the pydantic models of conditions and charge words.

Shape only (words and types); what must stand together, order, units, references and gaps are decided in `compile_charge`.
The page docs/schedules.md shows every construct.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PlainValidator,
    Tag,
    ValidationInfo,
    WithJsonSchema,
)

from feecalc.schedule.scalars import (
    AmountScalar,
    BoundScalar,
    ConfidenceScalar,
    FlagScalar,
    Id,
    IdOrCountry,
    MeasureScalar,
    MonthsScalar,
    PercentScalar,
    Subject,
    Text,
    amount_of,
    digits_of,
)


class Model(BaseModel):
    """Unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Sides(Model):
    """Conditions on a quantity; a bound is a scalar or another quantity's name."""

    below: Text | None = None
    up_to: Text | None = None
    above: Text | None = None
    at_least: Text | None = None


class Not(Model):
    """None of these ids."""

    not_: Annotated[list[IdOrCountry], Field(alias="not", min_length=1)]


def by_form(value: object) -> str:
    """Which member of a union a value is meant to be, so that only that one's mistakes are reported."""
    if isinstance(value, dict):
        return "<not>" if "not" in value else "<mapping>"
    return "<list>" if isinstance(value, list) else "<text>"


Ids = Annotated[list[Id], Field(min_length=1)]
_TestIds = Annotated[list[IdOrCountry], Field(min_length=1)]
_Test = (
    Annotated[Sides, Tag("<mapping>")] | Annotated[Not, Tag("<not>")] | Annotated[FlagScalar, Tag("<text>")]
    | Annotated[_TestIds, Tag("<list>")]
)  # fmt: skip
When = dict[Subject, Annotated[_Test, Discriminator(by_form)]]


class PercentOf(Model):
    """A share of a quantity, or of another fee."""

    rate: PercentScalar
    of: Subject | None = None
    of_fee: Id | None = None
    of_fees: Annotated[list[Id], Field(min_length=1)] | None = None
    inside: FlagScalar | None = None


def _percent(value: object) -> object:
    return {"rate": value} if isinstance(value, str) else value


class Per(Model):
    """A rate for each unit of a quantity."""

    rate: AmountScalar
    each: MeasureScalar
    of: Subject
    above: MeasureScalar | None = None
    count: Literal["started", "exact"]


CHARGES = ("flat", "percent", "per", "bands", "table", "season", "choose", "sum", "greatest", "least", "times", "unknown")


class Charge(Model):
    """The closed set of charge words, as keys: exactly one of them is given."""

    flat: AmountScalar | None = None
    percent: Annotated[PercentOf, BeforeValidator(_percent)] | None = None
    per: Per | None = None
    bands: Bands | None = None
    table: Table | None = None
    season: Season | None = None
    choose: Choose | None = None
    sum: Annotated[list[Charge], Field(min_length=1)] | None = None
    greatest: Annotated[list[Charge], Field(min_length=2)] | None = None
    least: Annotated[list[Charge], Field(min_length=2)] | None = None
    times: Times | None = None
    unknown: Text | None = None

    def charge_words(self) -> list[str]:
        """Those that are given."""
        return [word for word in CHARGES if getattr(self, word) is not None]


class Times(Charge):
    """A charge, times a plain number."""

    of: Subject


class Row(Charge):
    """A row that holds a charge, with its own claims."""

    name: Text | None = None
    confidence: ConfidenceScalar | None = None
    warning: Text | None = None


class Band(Row):
    """An upper bound and its charge."""

    up_to: BoundScalar | None = None
    below: BoundScalar | None = None


class Bands(Model):
    """`apply` has no default: whole and marginal are different fees."""

    of: Subject
    apply: Literal["whole", "marginal"]
    rows: Annotated[list[Band], Field(min_length=1)]


class ColumnBound(Model):
    """The bound of one column; the last is open."""

    up_to: BoundScalar | None = None
    below: BoundScalar | None = None
    confidence: ConfidenceScalar | None = None
    warning: Text | None = None


class Columns(Model):
    """What picks the column."""

    of: Subject
    bounds: Annotated[list[ColumnBound], Field(min_length=2)]


def _cell(value: object, info: ValidationInfo) -> Fraction | None:
    if not isinstance(value, str):
        raise ValueError("must be an amount, as in 3.40, or unknown")
    return None if value == "unknown" else amount_of(value, digits_of(info))


_CELL = WithJsonSchema({"type": "string", "pattern": r"^(\d+(\.\d{1,6})?|unknown)$", "examples": ["3.40"]})
Cell = Annotated[Fraction | None, PlainValidator(_cell), _CELL]


class TableRow(Model):
    """One row of a table; `unknown` says why a cell, or the whole row, is."""

    up_to: BoundScalar | None = None
    below: BoundScalar | None = None
    amount: AmountScalar | None = None
    amounts: list[Cell] | None = None
    plus: AmountScalar | None = None
    each: MeasureScalar | None = None
    above: MeasureScalar | None = None
    unknown: Text | None = None
    name: Text | None = None
    confidence: ConfidenceScalar | None = None
    warning: Text | None = None


class Table(Model):
    """Class x quantity -> amount."""

    by: Subject
    of: Subject
    columns: Columns | None = None
    rows: dict[Id, Annotated[list[TableRow], Field(min_length=1)]]


class SeasonRow(Row):
    """The charge of some months."""

    months: MonthsScalar


class Season(Model):
    """All twelve months must be there."""

    over: Literal["stay", "as_of"]
    rows: Annotated[list[SeasonRow], Field(min_length=1)]


class Choice(Row):
    """A row of a choice."""

    when: When | None = None
    categories: list[Id] | None = None
    aliases: dict[Id, list[Text]] = Field(default_factory=dict)
    why: dict[Id, Text] = Field(default_factory=dict)


class Choose(Model):
    """The first row that matches."""

    by: Literal["conditions", "category"]
    rows: Annotated[list[Choice], Field(min_length=1)]
    otherwise: Literal["not_charged"] | None = None
    absent: dict[Id, Text] = Field(default_factory=dict)


Charge.model_rebuild()  # its words are defined below it
