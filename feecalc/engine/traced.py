"""Numbers that know how they depend on the price: which prices are worth quoting when one is looked for?

Between two edges every amount of a quote is a straight line in the price, but for rounding. A Traced number carries its
value at one price, its slope, and the most by which roundings may have moved it; its Trace collects the next prices, up
and down, at which some comparison would turn out otherwise. The engine computes with it as with a Fraction.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from feecalc.quantity import half_up


@dataclass(slots=True)
class Trace:
    """What was compared on the way: the nearest edges around `price`, and whether rounding made one of them uncertain."""

    price: Fraction
    up: Fraction | None = None
    down: Fraction | None = None
    uncertain: bool = False

    def crossing(self, at: Fraction) -> None:
        """Some comparison turns out otherwise beyond `at`."""
        if at >= self.price and (self.up is None or at < self.up):
            self.up = at
        if at <= self.price and (self.down is None or at > self.down):
            self.down = at


class Traced:
    """A Fraction with a slope. Comparisons answer for the value and note where the answer changes."""

    __slots__ = ("noise", "slope", "trace", "value")

    def __init__(self, value: Fraction, slope: Fraction, noise: Fraction, trace: Trace) -> None:
        self.value, self.slope, self.noise, self.trace = value, slope, noise, trace

    def _make(self, value: Fraction, slope: Fraction, noise: Fraction) -> Number:
        if slope == 0 and noise == 0:
            return value
        return Traced(value, slope, noise, self.trace)

    def __add__(self, other: Number | int) -> Number:
        value, slope, noise = parts(other)
        return self._make(self.value + value, self.slope + slope, self.noise + noise)

    __radd__ = __add__

    def __neg__(self) -> Number:
        return self._make(-self.value, -self.slope, self.noise)

    def __sub__(self, other: Number | int) -> Number:
        value, slope, noise = parts(other)
        return self._make(self.value - value, self.slope - slope, self.noise + noise)

    def __rsub__(self, other: Fraction | int) -> Number:
        return self._make(other - self.value, -self.slope, self.noise)

    def __mul__(self, other: Fraction | int) -> Number:
        return self._make(self.value * other, self.slope * other, self.noise * abs(Fraction(other)))

    __rmul__ = __mul__

    def __truediv__(self, other: Fraction | int) -> Number:
        return self * (1 / Fraction(other))

    def _against(self, other: Number | int) -> Fraction:
        """The difference, noting where it changes its sign."""
        value, slope, noise = parts(other)
        difference, tilt, band = self.value - value, self.slope - slope, self.noise + noise
        if abs(difference) <= band and band:
            self.trace.uncertain = True
        if tilt:
            for edge in {-difference - band, -difference + band}:
                self.trace.crossing(self.trace.price + edge / tilt)
        return difference

    def __lt__(self, other: Number | int) -> bool:
        return self._against(other) < 0

    def __le__(self, other: Number | int) -> bool:
        return self._against(other) <= 0

    def __gt__(self, other: Number | int) -> bool:
        return self._against(other) > 0

    def __ge__(self, other: Number | int) -> bool:
        return self._against(other) >= 0

    def rounded(self, digits: int) -> Number:
        """Not rounded, but as far off as rounding could have moved it."""
        return Traced(self.value, self.slope, self.noise + Fraction(1, 2 * 10**digits), self.trace)


Number = Fraction | Traced


def parts(number: Number | int) -> tuple[Fraction, Fraction, Fraction]:
    """Value, slope and noise of any number."""
    if isinstance(number, Traced):
        return number.value, number.slope, number.noise
    return Fraction(number), Fraction(0), Fraction(0)


def rounded(number: Number, digits: int) -> Number:
    """Half-up to the minor unit: what every line and every total goes through."""
    return number.rounded(digits) if isinstance(number, Traced) else half_up(number, digits)


def exact(number: Number) -> Fraction:
    """The value, as shown on a line."""
    return number.value if isinstance(number, Traced) else number
