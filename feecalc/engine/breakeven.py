"""The lowest whole-cent price at which the unit does not lose money: exactly, across every band and rounding.

Between two edges the profit is a straight line but for rounding, so only the prices where the line comes within the
rounding of zero are quoted one by one; everything else is stepped over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from feecalc.engine.traced import Number, Trace, Traced, parts
from feecalc.errors import FeecalcError
from feecalc.quantity import ceil_to

Profit = Callable[[Number], Number | None]
MOST_SEGMENTS = 2_000
MOST_SCANNED = 20_000  # cents of one segment: ten thousand times what rounding can blur


@dataclass(frozen=True, slots=True)
class Segment:
    """Prices from `start` to `end` (None: without end) for which no comparison turns out otherwise.

    There the profit is `value` + `slope` x (price - start), give or take `noise`; `value` is None where it is unknown.
    """

    start: Fraction
    end: Fraction | None
    value: Fraction | None
    slope: Fraction
    noise: Fraction
    uncertain: bool


def segments(profit: Profit, start: Fraction, cent: Fraction) -> Iterator[Segment]:
    """All segments from `start` on, in order of price."""
    for _ in range(MOST_SEGMENTS):
        trace = Trace(start)
        value = _quiet(profit, Traced(start, Fraction(1), Fraction(0), trace))
        end = None if trace.up is None else max(start, ceil_to(trace.up, cent) - cent)
        number, slope, noise = parts(value) if value is not None else (None, Fraction(0), Fraction(0))
        yield Segment(start, end, number, slope, noise, trace.uncertain)
        if end is None:
            return
        start = end + cent


def _quiet(profit: Profit, price: Number) -> Number | None:
    """A price at which a fee is unknown has no profit; it is no reason to stop looking."""
    try:
        return profit(price)
    except FeecalcError:
        return None


def break_even(profit: Profit, start: Fraction, cent: Fraction) -> Fraction | None:
    """The lowest price, in whole cents from `start` on, with profit >= 0 when quoted; None when there is none."""
    for segment in segments(profit, start, cent):
        for price in _candidates(segment, cent):
            found = _quiet(profit, price)
            if found is not None and found >= 0:
                return price
    return None


def loses_again(profit: Profit, above: Fraction, cent: Fraction) -> Fraction | None:
    """The first edge above a price from which the unit loses money again, rounding aside."""
    for segment in segments(profit, above + cent, cent):
        if segment.value is not None and segment.value + segment.noise < 0:
            return segment.start
        if segment.value is not None and segment.slope < 0 and segment.end is not None:
            last = segment.value + segment.slope * (segment.end - segment.start)
            if last + segment.noise < 0:
                return segment.end
    return None


def _candidates(segment: Segment, cent: Fraction) -> Iterator[Fraction]:
    """The prices of a segment at which the profit may be the first that is not negative."""
    if segment.value is None:
        return
    price = segment.start
    if not segment.uncertain and segment.value < -segment.noise:
        if segment.slope <= 0:
            return
        price += ceil_to((-segment.noise - segment.value) / segment.slope, cent)
    for _ in range(MOST_SCANNED):
        if segment.end is not None and price > segment.end:
            return
        yield price
        price += cent
        if segment.slope < 0 and segment.value + segment.slope * (price - segment.start) < -segment.noise:
            return
