"""From models to plan nodes: order, units, sides and references are decided here, once.

Every mistake is collected in `Compiler.findings`; nothing is guessed to go on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from feecalc import plan as p
from feecalc.confidence import Confidence
from feecalc.errors import Finding, near
from feecalc.quantity import MONEY, PLAIN, Dimension, money_text, parse_measure
from feecalc.schedule import charges as m
from feecalc.schedule.models import Tier
from feecalc.schedule.reader import Document, Path, path_text
from feecalc.schedule.scalars import Measure, amount_of
from feecalc.vocabulary import FLAGS


@dataclass(slots=True)
class Scope:
    """What a card may refer to: quantities with their dimension, ids by subject, fees that come before."""

    quantities: dict[str, Dimension]
    ids: dict[str, frozenset[str]]
    fees_before: tuple[str, ...] = ()
    categories: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset(FLAGS)


@dataclass(slots=True)
class Compiler:
    """Compiles the charge of one document; collects findings."""

    document: Document
    scope: Scope
    base: str | None = None
    findings: list[Finding] = field(default_factory=list)

    def fault(self, path: Path, remedy: str) -> None:
        """Record one mistake."""
        self.findings.append(Finding(self.document.file, self.document.line(path), path_text(path), remedy))

    def mark(self, path: Path, row: m.Row | m.TableRow | Tier) -> p.Mark:
        """Where the row stands and what it claims; an inferred row always has a warning."""
        warning = row.warning
        if warning is None and row.confidence is Confidence.INFERRED and row.name:
            warning = f"{row.name} is inferred, not published"
        return p.Mark(self.document.line(path), row.name, row.confidence, warning)

    # -- references ---------------------------------------------------------------------------------------------

    def quantity(self, path: Path, name: str, want: Dimension | None = None) -> Dimension | None:
        """The dimension of a quantity that is named; a fault when it is not known or measures something else."""
        found = self.scope.quantities.get(name)
        if found is None:
            self.fault(path, f"{name!r} is no quantity here{near(name, self.scope.quantities)}")
        elif want is not None and found != want:
            self.fault(path, f"{name!r} is a {found.noun}, not a {want.noun}")
        return found

    def bound_value(self, path: Path, bound: Measure | Fraction, of: Dimension | None) -> Fraction:
        """The exact limit; a fault when its unit does not fit the quantity."""
        own = bound.dimension if isinstance(bound, Measure) else MONEY
        if of is not None and own != of:
            self.fault(path, f"is a {own.noun}, but the quantity is a {of.noun}")
        return bound.value if isinstance(bound, Measure) else bound

    def bound(self, path: Path, row: m.Band | m.ColumnBound | m.TableRow, of: Dimension | None) -> p.Bound | None:
        """`up_to` or `below`, at most one."""
        if row.up_to is not None and row.below is not None:
            self.fault(path, "keep one of `up_to` and `below`")
        given = row.up_to if row.up_to is not None else row.below
        if given is None:
            return None
        text = given.text if isinstance(given, Measure) else money_text(given)
        limit = self.bound_value((*path, "up_to" if row.up_to is not None else "below"), given, of)
        return p.Bound(limit, row.up_to is not None, text)

    def ordered(self, path: Path, bounds: Sequence[p.Bound | None], *, open_end: bool) -> None:
        """Bounds must rise, only the last may be open (and must be, when `open_end`)."""
        limits = [bound.limit if bound else None for bound in bounds]
        for position, limit in enumerate(limits[:-1]):
            following = limits[position + 1]
            if limit is None:
                self.fault((*path, position), "has no upper bound; only the last row may be open")
            elif following is not None and following <= limit:
                self.fault((*path, position + 1), "is out of order; upper bounds must rise from row to row")
        if open_end and limits and limits[-1] is not None:
            self.fault((*path, len(limits) - 1), "is the last row and must be open: take its upper bound away")

    # -- conditions ---------------------------------------------------------------------------------------------

    def when(self, path: Path, given: m.When | None) -> p.When:
        """A conjunction of tests."""
        return tuple(self._test((*path, subject), subject, test) for subject, test in (given or {}).items())

    def _test(self, path: Path, subject: str, test: m.Sides | m.Not | bool | list[str]) -> p.Test:
        if isinstance(test, bool):
            if subject not in self.scope.flags:
                self.fault(path, f"{subject!r} is no yes-or-no field{near(subject, self.scope.flags)}")
            return p.Test(subject, holds=test)
        if isinstance(test, m.Sides):
            return p.Test(subject, sides=self._sides(path, subject, test))
        ids = test.not_ if isinstance(test, m.Not) else test
        self._known_ids(path, subject, ids)
        return p.Test(subject, among=frozenset(ids), negated=isinstance(test, m.Not))

    def _known_ids(self, path: Path, subject: str, ids: Sequence[str]) -> None:
        known = self.scope.categories if subject == "category" else self.scope.ids.get(subject)
        if known is None:
            self.fault(path, f"{subject!r} is nothing a list of ids can test{near(subject, self.scope.ids)}")
            return
        for name in ids:
            if name not in known:
                self.fault(path, f"{name!r} is no known {subject}{near(name, known)}")

    def _sides(self, path: Path, subject: str, sides: m.Sides) -> tuple[tuple[str, Fraction | str], ...]:
        of = self.quantity(path, subject)
        given = [(side, getattr(sides, side)) for side in ("below", "up_to", "above", "at_least")]
        compiled = tuple((side, self._side((*path, side), text, of)) for side, text in given if text is not None)
        if not compiled:
            self.fault(path, "write a bound, as in {below: 10.00}")
        return compiled

    def _side(self, path: Path, text: str, of: Dimension | None) -> Fraction | str:
        if text in self.scope.quantities:
            self.quantity(path, text, of)
            return text
        try:
            bound = amount_of(text) if of == MONEY else Measure(text)
        except ValueError as error:
            self.fault(path, str(error))
            return Fraction(0)
        return self.bound_value(path, bound, of)

    # -- charges ------------------------------------------------------------------------------------------------

    def charge(self, path: Path, model: m.ChargeWords) -> p.Charge:
        """The node of whichever word stands there."""
        if model.flat is not None:
            return p.Flat(model.flat)
        if model.percent is not None:
            return self._percent((*path, "percent"), model.percent)
        if model.per is not None:
            return self._per((*path, "per"), model.per)
        if model.bands is not None:
            return self._bands((*path, "bands"), model.bands)
        if model.table is not None:
            return self._table((*path, "table"), model.table)
        if model.season is not None:
            return self._season((*path, "season"), model.season)
        if model.choose is not None:
            return self._choose((*path, "choose"), model.choose)
        if model.times is not None:
            self.quantity((*path, "times", "of"), model.times.of, PLAIN)
            return p.Times(model.times.of, self.charge((*path, "times"), model.times))
        if model.unknown is not None:
            return p.Unknown(model.unknown)
        return self._combine(path, model)

    def _combine(self, path: Path, model: m.ChargeWords) -> p.Charge:
        for how in ("sum", "greatest", "least"):
            parts: list[m.Charge] | None = getattr(model, how)
            if parts is not None:
                return p.Combine(how, tuple(self.charge((*path, how, i), part) for i, part in enumerate(parts)))
        raise AssertionError("the model holds exactly one charge")

    def _percent(self, path: Path, model: m.PercentOf) -> p.Percent:
        if model.of_fee is not None:
            if model.of_fee not in self.scope.fees_before:
                self.fault(path, f"fee {model.of_fee!r} does not come before this one in platform.yaml")
            return p.Percent(model.rate, model.of_fee, of_fee=True)
        of = model.of or self.base
        if of is None:
            self.fault(path, "of what? give the card a `base:`, or write {rate: 15%, of: buyer_payment}")
        else:
            self.quantity(path, of, MONEY)
        return p.Percent(model.rate, of or "", of_fee=False)

    def _per(self, path: Path, model: m.Per) -> p.Per:
        of = self.quantity((*path, "of"), model.of)
        each = self.bound_value((*path, "each"), model.each, of)
        above = None if model.above is None else self.bound_value((*path, "above"), model.above, of)
        return p.Per(model.rate, each, model.each.text, model.of, above, model.count == "started")

    def _bands(self, path: Path, model: m.Bands) -> p.Bands:
        of = self.quantity((*path, "of"), model.of)
        rows, below = [], None
        for i, row in enumerate(model.rows):
            here = (*path, "rows", i)
            bound = self.bound(here, row, of)
            if model.apply == "marginal" and row.percent is None:
                self.fault(here, "a marginal row holds a `percent:`")
            rows.append(p.Band(bound, self.charge(here, row), self.mark(here, row), band_text(below, bound)))
            below = bound
        self.ordered((*path, "rows"), [row.bound for row in rows], open_end=True)
        return p.Bands(model.of, model.apply == "marginal", tuple(rows))

    def _season(self, path: Path, model: m.Season) -> p.Season:
        rows = []
        for i, row in enumerate(model.rows):
            here = (*path, "rows", i)
            rows.append(p.SeasonRow(row.months, self.charge(here, row), self.mark(here, row)))
        for month in range(1, 13):
            times = sum(month in row.months for row in rows)
            if times != 1:
                self.fault((*path, "rows"), f"month {month} stands {times} times; every month stands in one season")
        return p.Season(model.over == "stay", tuple(rows))

    def _choose(self, path: Path, model: m.Choose) -> p.Choose:
        rows = []
        for i, row in enumerate(model.rows):
            here = (*path, "rows", i)
            self._choice_keys(here, model, row, last=i == len(model.rows) - 1)
            when = self.when((*here, "when"), row.when)
            rows.append(p.Choice(when, tuple(row.categories or ()), self.charge(here, row), self.mark(here, row)))
        if model.by == "category":
            self._each_category_once(path, model)
        return p.Choose(model.by == "category", tuple(rows), dict(model.absent))

    def _choice_keys(self, path: Path, model: m.Choose, row: m.Choice, *, last: bool) -> None:
        if model.by == "category":
            if not row.categories or not row.name or row.when is not None:
                self.fault(path, "a row by category has `name:` and `categories:` and no `when:`")
            return
        if row.categories is not None or row.aliases:
            self.fault(path, "`categories:` belongs to a choice `by: category`; write `when: {category: [...]}`")
        is_open = not row.when
        if is_open and not last:
            self.fault(path, "has no `when:`, so the rows below it are never reached")
        if last and is_open == (model.otherwise is not None):
            self.fault(path, "the last row has no `when:`, or the choice says `otherwise: not_charged`")

    def _each_category_once(self, path: Path, model: m.Choose) -> None:
        seen: dict[str, Path] = {}
        for i, row in enumerate(model.rows):
            for name in row.categories or ():
                here = (*path, "rows", i, "categories")
                if name not in self.scope.categories:
                    self.fault(here, f"{name!r} is no category{near(name, self.scope.categories)}")
                if name in seen or name in model.absent:
                    self.fault(here, f"{name!r} stands twice; keep one")
                seen[name] = here
            for name in row.aliases:
                if name not in (row.categories or ()):
                    self.fault((*path, "rows", i, "aliases", name), "is not among the row's categories")
        for name in sorted(self.scope.categories - set(seen) - set(model.absent)):
            self.fault(path, f"category {name!r} is missing; give it a row, or say under `absent:` why it has none")

    # -- tables -------------------------------------------------------------------------------------------------

    def _table(self, path: Path, model: m.Table) -> p.Table:
        of = self.quantity((*path, "of"), model.of)
        columns = self._columns((*path, "columns"), model.columns)
        classes = self.scope.ids.get(model.by, frozenset())
        for name in sorted(classes - set(model.rows)):
            self.fault((*path, "rows"), f"{model.by} {name!r} has no rows; add them, or a row with `unknown:` and why")
        rows: dict[str, tuple[p.TableRow, ...]] = {}
        for name, given in model.rows.items():
            here = (*path, "rows", name)
            if name not in classes:
                self.fault(here, f"is no {model.by}{near(name, classes)}")
            rows[name] = self._class_rows(here, given, of, len(columns))
        column_of = model.columns.of if model.columns else None
        return p.Table(model.by, model.of, column_of, columns, rows)

    def _columns(self, path: Path, model: m.Columns | None) -> tuple[p.Column, ...]:
        if model is None:
            return (p.Column(None, "", None, None),)
        of = self.quantity((*path, "of"), model.of)
        bounds = [self.bound((*path, "bounds", i), bound, of) for i, bound in enumerate(model.bounds)]
        self.ordered((*path, "bounds"), bounds, open_end=True)
        texts = [band_text(below, bound) for below, bound in zip([None, *bounds], bounds, strict=False)]
        given = zip(bounds, texts, model.bounds, strict=True)
        return tuple(p.Column(bound, text, column.confidence, column.warning) for bound, text, column in given)

    def _class_rows(self, path: Path, rows: list[m.TableRow], of: Dimension | None, width: int) -> tuple[p.TableRow, ...]:
        compiled: list[p.TableRow] = []
        for i, row in enumerate(rows):
            below = compiled[-1].bound if compiled else None
            compiled.append(self._table_row((*path, i), row, of, width, below))
        self.ordered(path, [row.bound for row in compiled], open_end=False)
        return tuple(compiled)

    def _table_row(self, path: Path, row: m.TableRow, of: Dimension | None, width: int, below: p.Bound | None) -> p.TableRow:
        bound = self.bound(path, row, of)
        amounts = self._amounts(path, row, width)
        each = None if row.each is None else self.bound_value((*path, "each"), row.each, of)
        above = None if row.above is None else self.bound_value((*path, "above"), row.above, of)
        each_text = row.each.text if row.each is not None else ""
        text = band_text(below, bound)
        return p.TableRow(
            bound, amounts, row.plus or Fraction(0), each, each_text, above, row.unknown, self.mark(path, row), text
        )

    def _amounts(self, path: Path, row: m.TableRow, width: int) -> tuple[Fraction | None, ...]:
        if row.amount is None and row.amounts is None:
            return (None,) * width
        amounts = tuple(row.amounts) if row.amounts is not None else (row.amount,)
        if len(amounts) != width:
            self.fault(path, f"has {len(amounts)} amounts, but the table has {width} columns")
        if None in amounts and row.unknown is None:
            self.fault(path, "an unknown cell needs `unknown:` with the reason on its row")
        return amounts


def band_text(below: p.Bound | None, bound: p.Bound | None) -> str:
    """What a person calls the row between two bounds: `above 20.00`, `1.25 to 1.5 lb`, `up to 4 oz`."""
    if below is None:
        return "" if bound is None else f"{'up to' if bound.inclusive else 'below'} {bound.text}"
    if bound is None:
        return f"{'above' if below.inclusive else 'from'} {below.text}"
    return f"{_without_unit(below.text, bound.text)} to {bound.text}"


def _without_unit(first: str, second: str) -> str:
    same = first.rsplit(" ", maxsplit=1)[-1] == second.rsplit(" ", maxsplit=1)[-1] and " " in first
    return first.split(" ", maxsplit=1)[0] if same else first


def constant(text: str) -> tuple[Fraction, Dimension] | None:
    """A constant among operands: `139 in3/lb`, `0.25 lb`, or a plain number."""
    found = parse_measure(text)
    return found or ((Fraction(text), Dimension()) if text.replace(".", "", 1).isdigit() else None)
