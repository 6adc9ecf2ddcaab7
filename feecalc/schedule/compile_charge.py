"""From models to plan nodes: order, units, sides and references are decided here, once.

Every mistake is collected in `Compiler.findings`; nothing is guessed to go on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from feecalc import plan as p
from feecalc.confidence import Confidence
from feecalc.errors import near
from feecalc.quantity import MONEY, PLAIN, Dimension
from feecalc.schedule import charges as m
from feecalc.schedule.models import Tier
from feecalc.schedule.reader import Path
from feecalc.schedule.references import References, choices


@dataclass(slots=True)
class Compiler(References):
    """Compiles the charge of one document."""

    def mark(self, path: Path, row: m.Row | m.TableRow | Tier) -> p.Mark:
        """Where the row stands and what it claims; an inferred row always has a warning."""
        warning = row.warning
        if warning is None and row.confidence is Confidence.INFERRED and row.name:
            warning = f"{row.name} is inferred, not published"
        return p.Mark(self.document.line(path), row.name, row.confidence, warning)

    # -- charges ------------------------------------------------------------------------------------------------

    def charge(self, path: Path, model: m.Charge) -> p.Charge:
        """The node of whichever word stands there."""
        self.only(path, model, m.CHARGES, "charge")
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
        return self._combine(path, model) or p.Unknown(model.unknown or "")

    def _combine(self, path: Path, model: m.Charge) -> p.Charge | None:
        for how in ("sum", "greatest", "least"):
            parts: list[m.Charge] | None = getattr(model, how)
            if parts is not None:
                return p.Combine(how, tuple(self.charge((*path, how, i), part) for i, part in enumerate(parts)))
        return None

    def _percent(self, path: Path, model: m.PercentOf) -> p.Percent | p.OfFees:
        bases = [word for word in ("of", "of_fee", "of_fees") if getattr(model, word) is not None]
        if len(bases) > 1:
            self.fault(path, f"keep one of {' and '.join(f'`{word}`' for word in bases)}")
        if model.of_fees is not None:
            return self._of_fees(path, model, model.of_fees)
        if model.inside is not None:
            self.fault((*path, "inside"), "is a part of fees; name them under `of_fees:`")
        if model.of_fee is not None:
            if model.of_fee not in self.scope.fees_before:
                remedy = f"{model.of_fee!r} is no fee that comes before this one in platform.yaml"
                self.fault((*path, "of_fee"), remedy + near(model.of_fee, self.scope.fees_before))
            return p.Percent(model.rate, model.of_fee, of_fee=True)
        if model.of is not None:
            self.quantity((*path, "of"), model.of, MONEY)
        elif self.base is None:
            self.fault(path, "of what? give the card a `base:`, or write {rate: 15%, of: buyer_payment}")
        return p.Percent(model.rate, model.of or self.base or "", of_fee=False)

    def _of_fees(self, path: Path, model: m.PercentOf, names: list[str]) -> p.OfFees:
        known = [*self.scope.fees_before, *(f"{fee}_refund" for fee in self.scope.fees_before)]
        for i, name in enumerate(names):
            if name not in known:
                remedy = f"{name!r} is no fee that comes before this one in platform.yaml"
                self.fault((*path, "of_fees", i), remedy + near(name, known))
            if name in names[:i]:
                self.fault((*path, "of_fees", i), f"{name!r} stands twice; keep one")
        return p.OfFees(model.rate, tuple(names), inside=bool(model.inside))

    def _per(self, path: Path, model: m.Per) -> p.Per:
        of = self.quantity((*path, "of"), model.of)
        each = self.step((*path, "each"), model.each, of)
        above = None if model.above is None else self.bound_value((*path, "above"), model.above, of)
        return p.Per(model.rate, each, model.each.text, model.of, above, model.count == "started")

    def _bands(self, path: Path, model: m.Bands) -> p.Bands:
        of = self.quantity((*path, "of"), model.of)
        rows, below = [], None
        for i, row in enumerate(model.rows):
            here = (*path, "rows", i)
            bound, charge = self.bound(here, row, of), self.charge(here, row)
            if model.apply == "marginal":
                self._part_of(here, charge, model.of)
            rows.append(p.Band(bound, charge, self.mark(here, row), band_text(below, bound)))
            below = bound
        self.ordered((*path, "rows"), [row.bound for row in rows], open_end=True)
        return p.Bands(model.of, model.apply == "marginal", tuple(rows))

    def _part_of(self, path: Path, charge: p.Charge, of: str) -> None:
        """A marginal row is a share of its own part of the bands' quantity, and of nothing else."""
        if not isinstance(charge, p.Percent):
            self.fault(path, "a marginal row holds a `percent:`")
        elif charge.of and (charge.of_fee or charge.of != of):
            remedy = f"is a share of {charge.of}, but a marginal row is a share of its part of {of}; let both be the same"
            self.fault((*path, "percent"), remedy)

    def _season(self, path: Path, model: m.Season) -> p.Season:
        rows = []
        for i, row in enumerate(model.rows):
            here = (*path, "rows", i)
            rows.append(p.SeasonRow(row.months, self.charge(here, row), self.mark(here, row)))
        if self.scope.each is not None and (model.over == "stay") != (self.scope.each == "stay"):
            over = "stay" if self.scope.each == "stay" else "as_of"
            self.fault((*path, "over"), f"the fee is for each {self.scope.each}; write `over: {over}`")
        self._each_month_once((*path, "rows"), rows)
        return p.Season(model.over == "stay", tuple(rows))

    def _each_month_once(self, path: Path, rows: Sequence[p.SeasonRow]) -> None:
        for month in range(1, 13):
            stands = [i for i, row in enumerate(rows) if month in row.months]
            if not stands:
                self.fault(path, f"month {month} is missing; every month stands in one season")
            for i in stands[1:]:
                self.fault((*path, i, "months"), f"month {month} stands twice; every month stands in one season")

    def _choose(self, path: Path, model: m.Choose) -> p.Choose:
        rows = []
        for i, row in enumerate(model.rows):
            here = (*path, "rows", i)
            self._choice_keys(here, model, row)
            when = self.when((*here, "when"), row.when)
            charge, mark = self.charge(here, row), self.mark(here, row)
            rows.append(p.Choice(when, tuple(row.categories or ()), charge, mark, dict(row.why)))
        if model.by == "category":
            self._each_category_once(path, model)
        else:
            self._ends(path, model)
        return p.Choose(model.by == "category", tuple(rows), dict(model.absent))

    def _choice_keys(self, path: Path, model: m.Choose, row: m.Choice) -> None:
        if model.by == "category":
            if not row.categories or not row.name or row.when is not None:
                self.fault(path, "a row by category has `name:` and `categories:` and no `when:`")
        elif row.categories is not None or row.aliases or row.why:
            self.fault(path, "`categories:` belongs to a choice `by: category`; write `when: {category: [...]}`")

    def _ends(self, path: Path, model: m.Choose) -> None:
        """A choice by conditions says what happens when none of them holds, once."""
        last = (*path, "rows", len(model.rows) - 1)
        self.reached((*path, "rows"), [not row.when and row.categories is None for row in model.rows])
        if model.absent:
            self.fault((*path, "absent"), "belongs to a choice `by: category`; write a row, or `otherwise: not_charged`")
        if model.rows[-1].when and model.otherwise is None:
            self.fault(last, "has a `when:`; add a row without one below it, or `otherwise: not_charged`")
        if not model.rows[-1].when and model.otherwise is not None:
            self.fault(last, "has no `when:`, so `otherwise:` is never reached; keep one")

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
            for key, names in (("aliases", row.aliases), ("why", row.why)):
                for name in names:
                    if name not in (row.categories or ()):
                        self.fault((*path, "rows", i, key, name), "is not among the row's categories")
        for name in model.absent:
            if name not in self.scope.categories:
                self.fault((*path, "absent", name), f"is no category{near(name, self.scope.categories)}")
        if model.otherwise is not None:
            self.fault((*path, "otherwise"), "belongs to a choice `by: conditions`; write the categories under `absent:`")
        for name in sorted(self.scope.categories - set(seen) - set(model.absent)):
            self.fault(path, f"category {name!r} is missing; give it a row, or say under `absent:` why it has none")

    # -- tables -------------------------------------------------------------------------------------------------

    def _table(self, path: Path, model: m.Table) -> p.Table:
        of = self.quantity((*path, "of"), model.of)
        columns = self._columns((*path, "columns"), model.columns)
        self._each_class((*path, "rows"), (*path, "by"), model)
        rows = {name: self._class_rows((*path, "rows", name), given, of, len(columns)) for name, given in model.rows.items()}
        column_of = model.columns.of if model.columns else None
        return p.Table(model.by, model.of, column_of, columns, rows)

    def _each_class(self, path: Path, by: Path, model: m.Table) -> None:
        """Every class has its rows, and nothing else has."""
        classes = self.scope.ids.get(model.by)
        if classes is None:
            self.fault(by, f"{model.by!r} is no class here{choices(model.by, self.scope.ids)}")
            return
        for name in sorted(classes - set(model.rows)):
            self.fault(path, f"{model.by} {name!r} has no rows; add them, or a row with `unknown:` and why")
        for name in model.rows:
            if name not in classes:
                self.fault((*path, name), f"is no {model.by}{choices(name, classes)}")

    def _columns(self, path: Path, model: m.Columns | None) -> tuple[p.Column, ...]:
        if model is None:
            return (p.Column(None, "", None, None),)
        of = self.quantity((*path, "of"), model.of)
        bounds = [self.bound((*path, "bounds", i), bound, of) for i, bound in enumerate(model.bounds)]
        self.ordered((*path, "bounds"), bounds, open_end=True)
        named = f"{model.of.replace('_', ' ')} " if of == PLAIN else ""  # a bare number says nothing by itself
        texts = [f"{named}{band_text(below, bound)}" for below, bound in zip([None, *bounds], bounds, strict=False)]
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
        if len({row.plus is None, row.each is None, row.above is None}) > 1:
            self.fault(path, "`plus:`, `each:` and `above:` go together")
        each = None if row.each is None else self.step((*path, "each"), row.each, of)
        above = None if row.above is None else self.bound_value((*path, "above"), row.above, of)
        each_text = row.each.text if row.each is not None else ""
        text = band_text(below, bound)
        return p.TableRow(
            bound, amounts, row.plus or Fraction(0), each, each_text, above, row.unknown, self.mark(path, row), text
        )

    def _amounts(self, path: Path, row: m.TableRow, width: int) -> tuple[Fraction | None, ...]:
        if row.amount is None and row.amounts is None:
            if row.unknown is None:
                self.fault(path, "has no amount; write `amount:`, `amounts:`, or `unknown:` with the reason")
            return (None,) * width
        if row.amount is not None and row.amounts is not None:
            self.fault((*path, "amounts"), "stands beside `amount`; keep one")
        amounts = tuple(row.amounts) if row.amounts is not None else (row.amount,)
        if len(amounts) != width:
            remedy = f"{width} columns need `amounts:` with one for each" if width > 1 else "without columns, write `amount:`"
            self.fault(path, f"has {len(amounts)} of {width} amounts; {remedy}")
        if None in amounts and row.unknown is None:
            self.fault(path, "has an unknown cell; say why in `unknown:` on its row")
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
