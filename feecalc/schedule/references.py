"""What a card refers to: quantities with their units, bounds, conditions, ids. Every mistake is collected as a finding."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from pydantic import BaseModel

from feecalc import plan as p
from feecalc.errors import Finding, near
from feecalc.quantity import LENGTH, MONEY, PLAIN, WEIGHT, Dimension, money_text, parse_measure, parse_number
from feecalc.schedule import charges as m
from feecalc.schedule.reader import Document, Path, path_text
from feecalc.schedule.scalars import Measure, amount_of
from feecalc.schedule.validate import consequence
from feecalc.vocabulary import FLAGS


@dataclass(slots=True)
class Scope:
    """What a card may refer to: quantities with their dimension, ids by subject, fees that come before.

    `kind` is what its folder holds: `fee`, `class` or `benchmark`; `each` what the fee is for, None when it is in no sale.
    """

    quantities: dict[str, Dimension]
    ids: dict[str, frozenset[str]]
    fees_before: tuple[str, ...] = ()
    categories: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset(FLAGS)
    kind: str = "fee"
    each: str | None = None
    digits: int = 2


@dataclass(slots=True)
class References:
    """Resolves what one document refers to; collects findings. Nothing is guessed to go on."""

    document: Document
    scope: Scope
    base: str | None = None
    findings: list[Finding] = field(default_factory=list)
    doubtful: frozenset[Path] = frozenset()
    unsure: set[str] = field(default_factory=set)  # quantities whose dimension is a mistake of their own

    def fault(self, path: Path, remedy: str) -> None:
        """Record one mistake, unless it may only come from what could not be read."""
        if not consequence(path, self.doubtful):
            self.findings.append(Finding(self.document.file, self.document.line(path), path_text(path), remedy))

    def only(self, path: Path, model: BaseModel, words: Sequence[str], noun: str) -> list[str]:
        """The keys among some of which exactly one must be given, in the order of the file; a fault otherwise."""
        given = [word for word in words if getattr(model, word) is not None]
        if not given:
            self.fault(path, f"has no {noun}; write one of {', '.join(words)}")
        if len(given) > 1:
            places = {at: position for position, at in enumerate(self.document.lines)}
            given.sort(key=lambda word: places.get((*path, word), 0))
        for word in given[1:]:
            self.fault((*path, word), f"stands beside `{given[0]}`; keep one")
        return given

    # -- references ---------------------------------------------------------------------------------------------

    def quantity(self, path: Path, name: str, want: Dimension | None = None) -> Dimension | None:
        """The dimension of a quantity that is named; a fault when it is not known or measures something else."""
        found = self.scope.quantities.get(name)
        if name in self.unsure:
            return None
        if found is None:
            self.fault(path, f"{name!r} is no quantity here{near(name, self.scope.quantities)}")
        elif want is not None and found != want:
            self.fault(path, f"{name!r} is {a(found)}, not {a(want)}")
        return found

    def bound_value(self, path: Path, bound: Measure | Fraction, of: Dimension | None) -> Fraction:
        """The exact limit; a fault when its unit does not fit the quantity."""
        own = bound.dimension if isinstance(bound, Measure) else MONEY
        if own == PLAIN and of == MONEY and self.scope.digits == 0:
            own = MONEY  # yen are written without decimals
        if of is not None and own != of:
            self.fault(path, _misfit(own, of))
        return bound.value if isinstance(bound, Measure) else bound

    def step(self, path: Path, step: Measure | Fraction, of: Dimension | None) -> Fraction:
        """What is counted or rounded by: the same, and more than nothing."""
        value = self.bound_value(path, step, of)
        if value == 0:
            self.fault(path, "must be more than 0")
        return value or Fraction(1)

    def bound(self, path: Path, row: m.Band | m.ColumnBound | m.TableRow, of: Dimension | None) -> p.Bound | None:
        """`up_to` or `below`, at most one."""
        if row.up_to is not None and row.below is not None:
            self.fault(path, "keep one of `up_to` and `below`")
        given = row.up_to if row.up_to is not None else row.below
        if given is None:
            return None
        text = given.text if isinstance(given, Measure) else money_text(given, self.scope.digits)
        limit = self.bound_value((*path, "up_to" if row.up_to is not None else "below"), given, of)
        return p.Bound(limit, row.up_to is not None, text)

    def ordered(self, path: Path, bounds: Sequence[p.Bound | None], *, open_end: bool) -> None:
        """Bounds must rise, only the last may be open (and must be, when `open_end`)."""
        self.rising(path, [bound.limit if bound else None for bound in bounds], open_end=open_end)

    def rising(self, path: Path, limits: Sequence[Fraction | None], *, open_end: bool) -> None:
        """The same of plain limits."""
        for position, limit in enumerate(limits[:-1]):
            following = limits[position + 1]
            if limit is None:
                self.fault((*path, position), "has no upper bound; only the last may be open")
            elif following is not None and following <= limit:
                self.fault((*path, position + 1), "is out of order; upper bounds must rise from one to the next")
        if open_end and limits and limits[-1] is not None:
            self.fault((*path, len(limits) - 1), "is the last and must be open: take its upper bound away")

    def reached(self, path: Path, is_open: Sequence[bool]) -> None:
        """Of rows of which the first that holds counts, only the last may be open."""
        for position in [i for i, always in enumerate(is_open[:-1]) if always]:
            self.fault((*path, position), "has no `when:`, so what stands below it is never reached")

    # -- conditions ---------------------------------------------------------------------------------------------

    def when(self, path: Path, given: m.When | None) -> p.When:
        """A conjunction of tests."""
        return tuple(self._test((*path, subject), subject, test) for subject, test in (given or {}).items())

    def _test(self, path: Path, subject: str, test: m.Sides | m.Not | bool | list[str]) -> p.Test:
        if isinstance(test, bool):
            if subject not in self.scope.flags:
                self.fault(path, f"{subject!r} is no yes-or-no field{choices(subject, self.scope.flags)}")
            return p.Test(subject, holds=test)
        if isinstance(test, m.Sides):
            return p.Test(subject, sides=self._sides(path, subject, test))
        ids = test.not_ if isinstance(test, m.Not) else test
        self._known_ids(path, subject, ids)
        return p.Test(subject, among=frozenset(ids), negated=isinstance(test, m.Not))

    def _known_ids(self, path: Path, subject: str, ids: Sequence[str]) -> None:
        if subject == "seller_country":
            self._countries(path, ids)
            return
        known = self.scope.categories if subject == "category" else self.scope.ids.get(subject)
        if known is None:
            subjects = ("category", "seller_country", *self.scope.ids)
            self.fault(path, f"{subject!r} is nothing a list of ids can test{choices(subject, subjects)}")
            return
        for name in ids:
            if name not in known:
                self.fault(path, f"{name!r} is no known {subject}{choices(name, known)}")

    def _countries(self, path: Path, ids: Sequence[str]) -> None:
        for name in ids:
            if not (len(name) == 2 and name.isupper()):
                self.fault(path, f"{name!r} is no country; write its two capital letters, as in GB")

    def _sides(self, path: Path, subject: str, sides: m.Sides) -> tuple[tuple[str, Fraction | str], ...]:
        of = self.quantity(path, subject)
        if of is None:
            return ()
        given = [(side, getattr(sides, side)) for side in ("below", "up_to", "above", "at_least")]
        compiled = tuple((side, self._side((*path, side), text, of)) for side, text in given if text is not None)
        if not compiled:
            self.fault(path, "write a bound, as in {below: 10.00}")
        return compiled

    def _side(self, path: Path, text: str, of: Dimension) -> Fraction | str:
        if text in self.scope.quantities:
            self.quantity(path, text, of)
            return text
        try:
            bound = amount_of(text, self.scope.digits) if of == MONEY else Measure(text)
        except ValueError as error:
            self.fault(path, str(error))
            return Fraction(0)
        return self.bound_value(path, bound, of)


def constant(text: str) -> tuple[Fraction, Dimension] | None:
    """A constant among operands: `139 in3/lb`, `0.25 lb`, or a plain number."""
    number = parse_number(text)
    return parse_measure(text) if number is None else (number, PLAIN)


_WRITTEN = {MONEY: "its decimals, as in 15.00", WEIGHT: "its unit, as in 6 oz", LENGTH: "its unit, as in 15 in"}


def _misfit(own: Dimension, of: Dimension) -> str:
    if own == PLAIN:
        return f"is a bare number; write the {of.noun} with {_WRITTEN.get(of, 'its unit, as in 1 ft3')}"
    return f"is {a(own)}, but the quantity is {a(of)}"


def a(dimension: Dimension) -> str:
    """`an amount`, `a weight`."""
    return f"{'an' if dimension.noun[0] in 'aeiou' else 'a'} {dimension.noun}"


def choices(name: str, known: Collection[str]) -> str:
    """Near names, or all of them when they are few."""
    return near(name, known) or (f"; known: {', '.join(sorted(known))}" if 0 < len(known) <= 12 else "")
