"""What a charge may say: the pydantic models of conditions and charge words.

Shape only (words, types, exactly one charge); order, units, references and gaps are decided in `compile_charge`.
The page docs/schedules.md shows every construct.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from feecalc.schedule.scalars import (
    AmountScalar,
    BoundScalar,
    ConfidenceScalar,
    MeasureScalar,
    MonthsScalar,
    PercentScalar,
    amount_of,
)

Words = dict[str, str]
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
Subject = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class Model(BaseModel):
    """Unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Sides(Model):
    """Conditions on a quantity; a bound is a scalar or another quantity's name."""

    below: str | None = None
    up_to: str | None = None
    above: str | None = None
    at_least: str | None = None


class Not(Model):
    """None of these ids."""

    not_: list[Id] = Field(alias="not")


def _test(value: object) -> object:
    if isinstance(value, dict) and "not" in value:
        return Not.model_validate(value)
    if isinstance(value, dict):
        return Sides.model_validate(value)
    if isinstance(value, str):
        if value not in ("true", "false"):
            raise ValueError("write a list of ids, true, false, or a mapping such as {below: 10.00}")
        return value == "true"
    return value


When = dict[Subject, Annotated[Sides | Not | bool | list[Id], BeforeValidator(_test)]]


class PercentOf(Model):
    """A share of a quantity, or of another fee."""

    rate: PercentScalar
    of: Subject | None = None
    of_fee: Id | None = None

    @model_validator(mode="after")
    def _one_base(self) -> PercentOf:
        if self.of and self.of_fee:
            raise ValueError("keep one of `of` and `of_fee`")
        return self


def _percent(value: object) -> object:
    return {"rate": value} if isinstance(value, str) else value


class Per(Model):
    """A rate for each unit of a quantity."""

    rate: AmountScalar
    each: MeasureScalar
    of: Subject
    above: MeasureScalar | None = None
    count: Literal["started", "exact"]


CHARGES = ("flat", "percent", "per", "bands", "table", "season", "choose", "sum", "greatest", "least", "unknown")


class ChargeWords(Model):
    """The closed set of charge words, as keys."""

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
    unknown: str | None = None

    def charge_words(self) -> list[str]:
        """Those that are given."""
        return [word for word in CHARGES if getattr(self, word) is not None]


class Charge(ChargeWords):
    """Exactly one of them."""

    @model_validator(mode="after")
    def _exactly_one(self) -> Charge:
        given = self.charge_words()
        if len(given) != 1:
            found = "none of the charge words stands here" if not given else f"{' and '.join(given)} stand together"
            raise ValueError(f"{found}; write exactly one of {', '.join(CHARGES)}")
        return self


class Row(Charge):
    """A row that holds a charge, with its own claims."""

    name: str | None = None
    confidence: ConfidenceScalar | None = None
    warning: str | None = None


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
    warning: str | None = None


class Columns(Model):
    """What picks the column."""

    of: Subject
    bounds: Annotated[list[ColumnBound], Field(min_length=2)]


def _cell(value: object) -> object:
    if value == "unknown":
        return None
    if not isinstance(value, str):
        raise ValueError("write an amount, as in 3.40, or unknown")
    return amount_of(value)


class TableRow(Model):
    """One row of a table; `unknown` says why a cell, or the whole row, is."""

    up_to: MeasureScalar | None = None
    below: MeasureScalar | None = None
    amount: AmountScalar | None = None
    amounts: list[Annotated[Any, BeforeValidator(_cell)]] | None = None
    plus: AmountScalar | None = None
    each: MeasureScalar | None = None
    above: MeasureScalar | None = None
    unknown: str | None = None
    name: str | None = None
    confidence: ConfidenceScalar | None = None
    warning: str | None = None

    @model_validator(mode="after")
    def _shape(self) -> TableRow:
        if self.amount is not None and self.amounts is not None:
            raise ValueError("keep one of `amount` and `amounts`")
        if self.amount is None and self.amounts is None and self.unknown is None:
            raise ValueError("write `amount:`, `amounts:` or `unknown:` with the reason")
        if len({self.plus is None, self.each is None, self.above is None}) > 1:
            raise ValueError("`plus`, `each` and `above` go together")
        return self


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
    aliases: dict[Id, list[str]] = Field(default_factory=dict)


class Choose(Model):
    """The first row that matches."""

    by: Literal["conditions", "category"]
    rows: Annotated[list[Choice], Field(min_length=1)]
    otherwise: Literal["not_charged"] | None = None
    absent: Words = Field(default_factory=dict)


ChargeWords.model_rebuild()  # its words are defined below it
