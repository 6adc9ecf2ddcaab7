"""What one charge costs in one context, and the words that say why.

The amount is exact and unrounded: a line is rounded once, by the code that makes it. `how` is the arithmetic,
`which` the rows it came from; both are made here, by the code that computes the amount.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from feecalc import plan as p
from feecalc.confidence import Confidence
from feecalc.engine.context import Context, Lack, derive
from feecalc.engine.traced import Number, exact, rounded
from feecalc.quantity import money_text, percent_text, plain_text


@dataclass(frozen=True, slots=True)
class Outcome:
    """The unrounded amount of a charge, why, and how far it can be trusted."""

    amount: Number
    how: str
    which: tuple[str, ...]
    confidence: Confidence
    warnings: tuple[str, ...] = ()
    line: int = 0  # of the innermost row
    tabular: bool = False  # from the cell of a table: the row says more than the arithmetic
    inherited: bool = False  # no more can be said for it than for the fee it is a share of, which says why itself

    @property
    def rule(self) -> str:
        """The whole sentence: `17% of 20.01: Clothing and Accessories above 20.00`."""
        return ": ".join(part for part in (self.how, " ".join(self.which)) if part)


@dataclass(slots=True)
class Evaluator:
    """Evaluates the charge of one card. Raises Lack; a Lack from an unknown row carries the card's own words."""

    context: Context
    digits: int

    def charge(self, charge: p.Charge, mark: Confidence) -> Outcome | None:
        """The outcome, or None when nothing is charged. `mark` is the confidence unless a row says otherwise."""
        handler: Callable[[Evaluator, Any, Confidence], Outcome | None] = _HANDLERS[type(charge)]
        return handler(self, charge, mark)

    def touch(self, line: int, column: int | None = None) -> None:
        """Note that a row was used, for the coverage of the cases."""
        self.context.touched.add((self.context.card, str(line) if column is None else f"{line}:{column}"))

    def money(self, number: Number) -> str:
        """An amount in words."""
        return money_text(exact(number), self.digits)

    def flat(self, charge: p.Flat, mark: Confidence) -> Outcome:
        """An amount."""
        return Outcome(charge.amount, self.money(charge.amount), (), mark)

    def percent(self, charge: p.Percent, mark: Confidence) -> Outcome:
        """A share of a quantity or of another fee's rounded line."""
        if charge.of_fee:
            return self._percent_of_fee(charge, mark)
        base = self.context.number(charge.of)
        return Outcome(charge.rate * base, f"{percent_text(charge.rate)} of {self.money(base)}", (), mark)

    def _percent_of_fee(self, charge: p.Percent, mark: Confidence) -> Outcome:
        base = self.context.fees.get(charge.of)
        if base is None:
            raise Lack(f"rests on the {charge.of} fee, which is not included")
        how = f"{percent_text(charge.rate)} of {self.money(base)}"
        theirs = self.context.fee_marks[charge.of]
        return Outcome(charge.rate * base, how, (), max(mark, theirs), inherited=theirs > mark)

    def of_fees(self, charge: p.OfFees, mark: Confidence) -> Outcome | None:
        """A share of several lines, each rounded on its own. A fee without a line adds nothing; without any, no charge."""
        lines = {name: self.context.fees[name] for name in charge.fees if self.context.fees.get(name, 0) != 0}
        if not lines:
            return None
        total: Number = sum((rounded(line * charge.factor, self.digits) for line in lines.values()), Fraction(0))
        weakest = max(self.context.fee_marks[name] for name in lines)
        within = " inside" if charge.inside else " of"
        parts = ", ".join(f"{name.replace('_', ' ')} {self.money(line)}" for name, line in lines.items())
        return Outcome(total, f"{percent_text(charge.rate)}{within} {parts}", (), max(mark, weakest), inherited=weakest > mark)

    def per(self, charge: p.Per, mark: Confidence) -> Outcome:
        """A rate for each unit, started or exact."""
        quantity = exact(self.context.number(charge.of))
        units = max(quantity - (charge.above or 0), Fraction(0)) / charge.each
        if charge.started:
            units = Fraction(-(-units.numerator // units.denominator))
        one = charge.each_text.startswith("1 ")
        shown = f"{plain_text(units)}{' ' if one else ' x '}{charge.each_text.removeprefix('1 ')} at {self.money(charge.rate)}"
        return Outcome(charge.rate * units, shown, (), mark)

    def bands(self, charge: p.Bands, mark: Confidence) -> Outcome | None:
        """The row that holds the quantity, or the parts below each bound."""
        quantity = self.context.number(charge.of)
        if charge.marginal:
            return self._marginal(charge, quantity, mark)
        row = next(row for row in charge.rows if within(quantity, row.bound))
        return self._row(row.charge, row.mark, mark, row.text)

    def _marginal(self, charge: p.Bands, quantity: Number, mark: Confidence) -> Outcome:
        total: Number = Fraction(0)
        words, marks, line, below = [], [mark], 0, Fraction(0)
        for row in charge.rows:
            assert isinstance(row.charge, p.Percent)
            open_end = row.bound is None or quantity <= row.bound.limit
            part = quantity - below if row.bound is None or open_end else row.bound.limit - below
            total = total + row.charge.rate * part
            words.append(f"{percent_text(row.charge.rate)} of {self.money(part)}")
            marks.append(row.mark.confidence or mark)
            line = row.mark.line
            self.touch(line)
            if row.bound is None or open_end:
                break
            below = row.bound.limit
        return Outcome(total, " + ".join(words), (), max(marks), (), line)

    def table(self, charge: p.Table, mark: Confidence) -> Outcome:
        """The cell of the class's row that holds the quantity, in the column that holds the price."""
        row_of = str(self.context.trait(charge.by))
        rows = charge.rows.get(row_of)
        if rows is None:
            raise Lack(f"the table has no row for {row_of}")
        column = self._column(charge)
        if rows[0].bound is None and rows[0].unknown is not None and all(amount is None for amount in rows[0].amounts):
            self.touch(rows[0].mark.line, column)
            raise Lack(rows[0].unknown)
        quantity = exact(self.context.number(charge.of))
        row = next((row for row in rows if within(quantity, row.bound)), None)
        if row is None:
            raise Lack(f"the table ends below this {charge.of.replace('_', ' ')}")
        amount = row.amounts[column]
        self.touch(row.mark.line, column)
        if amount is None:
            raise Lack(row.unknown or "the cell is unknown")
        return self._cell(charge, row, column, amount, quantity, mark)

    def _column(self, charge: p.Table) -> int:
        if charge.column_of is None:
            return 0
        price = self.context.number(charge.column_of)
        return next(i for i, column in enumerate(charge.columns) if within(price, column.bound))

    def _cell(
        self, charge: p.Table, row: p.TableRow, column: int, amount: Fraction, quantity: Fraction, mark: Confidence
    ) -> Outcome:
        how = self.money(amount)
        if row.each is not None and row.above is not None:
            steps = max(-(-(quantity - row.above) // row.each), 0)
            amount += row.plus * steps
            how = f"{how} + {steps} x {self.money(row.plus)}" if steps else how
        chosen = charge.columns[column]
        confidence = max(row.mark.confidence or mark, chosen.confidence or Confidence.YOURS)
        tier = self.context.size.tier.mark.name if self.context.size and charge.by == "size_tier" else None
        which = tuple(filter(None, (f"{tier}," if tier else None, _and(row.text, chosen.text))))
        warnings = tuple(filter(None, (row.mark.warning, chosen.warning)))
        return Outcome(amount, how, which, confidence, warnings, row.mark.line, tabular=True)

    def season(self, charge: p.Season, mark: Confidence) -> Outcome | None:
        """The charge of the month of shipping, or of one month of a stay (whose part the line multiplies)."""
        month = self.context.month or self.context.day.month
        row = next(row for row in charge.rows if month in row.months)
        return self._row(row.charge, row.mark, mark, "")

    def choose(self, charge: p.Choose, mark: Confidence) -> Outcome | None:
        """The first row that matches."""
        category = self.context.trait("category") if charge.by_category else None
        for row in charge.rows:
            if category in row.categories if charge.by_category else self.context.holds(row.when):
                named = charge.by_category or bool(row.when)  # "all other products" says nothing
                return self._row(row.charge, row.mark, mark, row.mark.name if named and row.mark.name else "")
        if charge.by_category:
            raise Lack(charge.absent.get(str(category), "the table has no row for this category"))
        return None

    def _row(self, charge: p.Charge, row: p.Mark, mark: Confidence, text: str) -> Outcome | None:
        """The outcome of a row as that of the choice it stands in: its words in front, its claims added."""
        self.touch(row.line)
        inner = self.charge(charge, row.confidence or mark)
        if inner is None:
            return None
        which = tuple(filter(None, (text, *inner.which)))
        warnings = (*filter(None, (row.warning,)), *inner.warnings)
        return replace(inner, which=which, warnings=warnings, line=inner.line or row.line)

    def combine(self, charge: p.Combine, mark: Confidence) -> Outcome | None:
        """All, the largest or the smallest. A part that is not charged counts as nothing in a sum, and not at all otherwise."""
        parts = [part for entry in charge.parts if (part := self.charge(entry, mark)) is not None]
        if not parts:
            return None
        confidence = max(part.confidence for part in parts)
        warnings = tuple(text for part in parts for text in part.warnings)
        if charge.how == "sum":
            total: Number = sum((part.amount for part in parts), Fraction(0))
            words = " + ".join(part.how for part in parts)
            return Outcome(total, words, parts[0].which, confidence, warnings, parts[0].line)
        best = _best(parts, largest=charge.how == "greatest")
        how = self._limited(charge, parts, best)
        line, inherited = best.line or parts[0].line, any(part.inherited for part in parts)
        return Outcome(best.amount, how, best.which or parts[0].which, confidence, warnings, line, inherited=inherited)

    def _limited(self, charge: p.Combine, parts: list[Outcome], best: Outcome) -> str:
        """`minimum 0.30 (15% of 1.00 is 0.15)` when a limit decides, else the arithmetic of what does."""
        others = [part for part in parts if part is not best]
        if "%" in best.how or not others or "%" not in others[0].how:
            return best.how
        word = "minimum" if charge.how == "greatest" else "at most"
        return f"{word} {best.how} ({others[0].how} is {self.money(others[0].amount)})"

    def times(self, charge: p.Times, mark: Confidence) -> Outcome | None:
        """A charge, times a plain number."""
        count = exact(self.context.number(charge.of))
        inner = self.charge(charge.charge, mark)
        shown = percent_text(count) if charge.of.endswith(("_share", "_rate")) else plain_text(count)
        return inner and replace(inner, amount=inner.amount * count, how=f"{shown} x {inner.how}")

    def unknown(self, charge: p.Unknown, _mark: Confidence) -> Outcome:
        """Never zero for unknown."""
        raise Lack(charge.reason)


def card_charge(context: Context, card: p.Card, digits: int) -> Outcome | None:
    """What a card charges in a context, a credit as a negative amount; None when nothing is charged. Raises Lack."""
    if card.charge is None:
        raise Lack(card.unknown or f"{card.id} is no table of charges")
    context.card = card.id
    category = context.traits.get("category")
    for entry in card.inputs:
        if entry.categories:
            given = context.traits.get(entry.name, False)
            context.traits[entry.name] = given if category is None else category in entry.categories
    derive(context, card)
    outcome = Evaluator(context, digits).charge(card.charge, card.confidence)
    return replace(outcome, amount=-outcome.amount) if outcome and card.credit else outcome


def within(quantity: Number, bound: p.Bound | None) -> bool:
    """Whether a quantity is on the lower side of an upper bound; an open end holds everything."""
    if bound is None:
        return True
    return quantity <= bound.limit if bound.inclusive else quantity < bound.limit


def _best(parts: list[Outcome], *, largest: bool) -> Outcome:
    best = parts[0]
    for part in parts[1:]:
        if part.amount > best.amount if largest else part.amount < best.amount:
            best = part
    return best


def _and(row: str, column: str) -> str:
    return ", ".join(text for text in (row, column) if text)


_HANDLERS: dict[type, Callable[[Evaluator, Any, Confidence], Outcome | None]] = {
    p.Flat: Evaluator.flat, p.Percent: Evaluator.percent, p.OfFees: Evaluator.of_fees, p.Per: Evaluator.per,
    p.Bands: Evaluator.bands, p.Table: Evaluator.table, p.Season: Evaluator.season, p.Choose: Evaluator.choose,
    p.Combine: Evaluator.combine, p.Times: Evaluator.times, p.Unknown: Evaluator.unknown,
}  # fmt: skip
