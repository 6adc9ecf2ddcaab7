"""Exact quantities: money, weight, length, volume, share. No float, no locale, one rounding.

Weights are grams, lengths millimetres, both as Fraction, so that 16 oz, 1 lb and 453.59237 g are one number.
Money is Fraction while it is computed and Decimal once it stands on a line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

NUMBER = re.compile(r"(?:\d{1,15}(?:\.\d{1,12})?|\.\d{1,12})")
_AMOUNT = re.compile(r"([+-]?)(\d{1,15}(?:\.\d{1,12})?|\.\d{1,12})(?:\s*([A-Z]{3}))?")
_MEASURE = re.compile(r"(\d{1,15}(?:\.\d{1,12})?|\.\d{1,12})\s*([a-z][a-z0-9]*(?:/[a-z]+)?)")

GRAM_PER_LB = Fraction("453.59237")
MM_PER_IN = Fraction("25.4")

# unit -> (power of weight, power of length, how many grams and millimetres it is)
UNITS: dict[str, tuple[int, int, Fraction]] = {
    "oz": (1, 0, GRAM_PER_LB / 16),
    "lb": (1, 0, GRAM_PER_LB),
    "g": (1, 0, Fraction(1)),
    "kg": (1, 0, Fraction(1000)),
    "in": (0, 1, MM_PER_IN),
    "ft": (0, 1, MM_PER_IN * 12),
    "mm": (0, 1, Fraction(1)),
    "cm": (0, 1, Fraction(10)),
    "m": (0, 1, Fraction(1000)),
    "in3": (0, 3, MM_PER_IN**3),
    "ft3": (0, 3, (MM_PER_IN * 12) ** 3),
    "cm3": (0, 3, Fraction(1000)),
    "m3": (0, 3, Fraction(1000) ** 3),
    "in3/lb": (-1, 3, MM_PER_IN**3 / GRAM_PER_LB),
    "cm3/kg": (-1, 3, Fraction(1)),
}
WEIGHT_UNITS = ("oz", "lb", "g", "kg")
LENGTH_UNITS = ("in", "ft", "mm", "cm", "m")

# ISO 4217 minor digits; a code that is not here is refused rather than guessed.
MINOR_DIGITS: dict[str, int] = {
    "USD": 2, "EUR": 2, "GBP": 2, "CAD": 2, "AUD": 2, "CNY": 2, "HKD": 2, "SGD": 2, "INR": 2, "MXN": 2,
    "BRL": 2, "PLN": 2, "SEK": 2, "DKK": 2, "NOK": 2, "CZK": 2, "CHF": 2, "TRY": 2, "AED": 2, "SAR": 2,
    "THB": 2, "PHP": 2, "MYR": 2, "TWD": 2, "IDR": 2, "ZAR": 2, "JPY": 0, "KRW": 0, "VND": 0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dimension:
    """What a quantity measures: `money`, or powers of weight and length. Two are compatible when equal."""

    weight: int = 0
    length: int = 0
    money: bool = False

    @property
    def noun(self) -> str:
        """The word for it in a message: `weight`, `length`, `volume`, `amount`."""
        return _NOUNS.get(self, "number")


MONEY = Dimension(money=True)
WEIGHT = Dimension(weight=1)
LENGTH = Dimension(length=1)
VOLUME = Dimension(length=3)
DIVISOR = Dimension(weight=-1, length=3)
PLAIN = Dimension()
_NOUNS = {MONEY: "amount", WEIGHT: "weight", LENGTH: "length", VOLUME: "volume", DIVISOR: "divisor"}


@dataclass(frozen=True, slots=True)
class Amount:
    """Money as entered; `currency` is None when it is the platform's own."""

    value: Decimal
    currency: str | None = None

    def echo(self) -> Decimal | str:
        """As the JSON document shows it: a number, or text when it carries its own currency."""
        return self.value if self.currency is None else f"{self.value} {self.currency}"


@dataclass(frozen=True, slots=True)
class Share:
    """A part of another amount, as in `duty: 25%`."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Weight:
    """A weight as entered, and in grams."""

    text: str
    grams: Fraction


@dataclass(frozen=True, slots=True)
class Dims:
    """Three sides as entered, and in millimetres, longest first."""

    text: str
    sides: tuple[Fraction, Fraction, Fraction]


def parse_number(text: str) -> Fraction | None:
    """A plain non-negative decimal (no sign, exponent, NaN or separators), or None."""
    return Fraction(text) if NUMBER.fullmatch(text) else None


def parse_amount(text: str) -> Amount | None:
    """`22.5`, `-3.40`, `22.5 CNY`; None when it is anything else. Unknown currencies are None too."""
    found = _AMOUNT.fullmatch(text)
    if not found or (found[3] and found[3] not in MINOR_DIGITS):
        return None
    value = Decimal(found[2])
    return Amount(-value if found[1] == "-" else value, found[3])


def parse_percent(text: str) -> Fraction | None:
    """`15%` -> 3/20; None without the sign."""
    number = parse_number(text[:-1].rstrip()) if text.endswith("%") else None
    return None if number is None else number / 100


def parse_measure(text: str) -> tuple[Fraction, Dimension] | None:
    """`1.25 lb` -> grams, `15 in` -> millimetres, `139 in3/lb` -> mm3/g; None without a known unit."""
    found = _MEASURE.fullmatch(text.strip().lower())
    if not found or found[2] not in UNITS:
        return None
    weight, length, factor = UNITS[found[2]]
    return Fraction(found[1]) * factor, Dimension(weight, length)


def half_up(value: Fraction, digits: int) -> Fraction:
    """Rounded half away from zero to that many decimals, exactly. `half_up(Fraction("1.005"), 2) == Fraction("1.01")`."""
    scale = 10**digits
    whole, rest = divmod(abs(value.numerator) * scale, value.denominator)
    whole += 2 * rest >= value.denominator
    return Fraction(whole if value >= 0 else -whole, scale)


def floor_to(value: Fraction, digits: int) -> Fraction:
    """Rounded down (towards minus infinity) to that many decimals."""
    scale = 10**digits
    return Fraction((value.numerator * scale) // value.denominator, scale)


def ceil_to(value: Fraction, step: Fraction) -> Fraction:
    """The smallest multiple of `step` that is not below `value`."""
    return -(-value // step) * step


def decimal(value: Fraction, digits: int) -> Decimal:
    """Half-up to that many decimals, as the Decimal that stands on a line."""
    rounded = half_up(value, digits)
    return Decimal(rounded.numerator * (10**digits // rounded.denominator)).scaleb(-digits)


def money_text(value: Fraction | Decimal, digits: int = 2) -> str:
    """`1234.5` -> `1234.50`. More decimals are kept when the value has them (a rate of 0.0005)."""
    exact = value if isinstance(value, Fraction) else Fraction(value)
    while digits < 6 and (exact * 10**digits).denominator != 1:
        digits += 1
    return f"{decimal(exact, digits):f}"


def percent_text(share: Fraction) -> str:
    """`Fraction(17, 100)` -> `17%`; up to four decimals."""
    return f"{plain_text(share * 100, 4)}%"


def plain_text(value: Fraction, digits: int = 4) -> str:
    """A number with at most that many decimals and no trailing zeros."""
    text = f"{decimal(value, digits):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def weight_in(grams: Fraction, system: str) -> tuple[Fraction, str]:
    """The number and unit a person expects: ounces up to a pound, then pounds; grams up to a kilogram, then kilograms."""
    small, large, turn = ("oz", "lb", UNITS["lb"][2]) if system == "lb" else ("g", "kg", UNITS["kg"][2])
    unit = small if grams < turn else large
    return grams / UNITS[unit][2], unit
