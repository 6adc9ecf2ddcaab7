"""Referral fees of six categories, 2016 to 2026, against a table read from the published changes a second time."""

import datetime as dt
import random
from decimal import Decimal
from fractions import Fraction

import pytest

from feecalc import Item

from .asking import REFUSED, fee_of
from .calculator import half_up

FIRST, LAST = dt.date(2016, 1, 1), dt.date(2026, 11, 22)
SALES = 500
ALL = None
UNKNOWN = "unknown"

# From a day on: the lowest fee; how the rates apply; (up to and including, rate) in turn.
# A band's rate is for the whole price, a portion's for its slice.
Rates = tuple[str, str, str, list[tuple[str | None, str]]]
TABLE: dict[str, list[Rates]] = {
    "apparel": [
        ("2016-01-01", "1.00", "band", [(ALL, "15%")]),
        ("2018-04-15", "1.00", "band", [(ALL, "17%")]),
        ("2019-02-19", "0.30", "band", [(ALL, "17%")]),
        ("2024-01-15", "0.30", "band", [("15", "5%"), ("20", "10%"), (ALL, "17%")]),
    ],
    "home": [
        ("2016-01-01", "1.00", "band", [(ALL, "15%")]),
        ("2019-02-19", "0.30", "band", [(ALL, "15%")]),
    ],
    "furniture": [
        ("2016-01-01", "1.00", "band", [(ALL, "15%")]),
        ("2019-02-19", "0.30", "portion", [("200", "15%"), (ALL, "10%")]),
    ],
    "jewelry": [
        ("2016-01-01", "2.00", "band", [(ALL, "20%")]),
        ("2018-02-22", "2.00", "portion", [("250", "20%"), (ALL, "5%")]),
        ("2019-02-19", "0.30", "portion", [("250", "20%"), (ALL, "5%")]),
    ],
    "grocery": [
        ("2016-01-01", "0", "band", [(ALL, "15%")]),
        ("2017-10-15", "0", "band", [("15", "8%"), (ALL, "15%")]),
    ],
    "watches": [
        ("2016-01-01", "2.00", "band", [(ALL, "15%")]),
        ("2017-03-01", "", UNKNOWN, []),  # 15% became 16% and 3% on a day that nobody wrote down
        ("2018-04-15", "2.00", "portion", [("1500", "16%"), (ALL, "3%")]),
        ("2019-02-19", "0.30", "portion", [("1500", "16%"), (ALL, "3%")]),
    ],
}
PRICES = tuple(str(Decimal(edge) + Decimal(cents) / 100) for edge in (1, 2, 10, 15, 20, 200, 250, 1500) for cents in (-1, 0, 1))


@pytest.mark.parametrize("category", TABLE)
def test_the_referral_fee_agrees(category: str):
    draw = random.Random(f"referral {category}")
    differ = [
        f"{price} on {day}: {got}, not {fee}"
        for price, day in ((some_price(draw), some_day(draw, category)) for _ in range(SALES))
        if (got := charged(category, price, day)) != (fee := expected(category, price, day))
    ]
    assert not differ, f"{len(differ)} differ:\n" + "\n".join(differ[:10])


def charged(category: str, price: str, day: dt.date) -> Decimal | str:
    return fee_of(Item(category=category, price=price), "referral", day, "amazon-us:merchant")


def expected(category: str, price: str, day: dt.date) -> Decimal | str:
    _, lowest, how, rates = next(row for row in reversed(TABLE[category]) if row[0] <= day.isoformat())
    if how == UNKNOWN:
        return REFUSED
    amount = banded(Fraction(price), rates) if how == "band" else by_portion(Fraction(price), rates)
    return half_up(max(amount, Fraction(lowest)))


def banded(price: Fraction, rates: list[tuple[str | None, str]]) -> Fraction:
    return price * next(share(rate) for edge, rate in rates if edge is None or price <= Fraction(edge))


def by_portion(price: Fraction, rates: list[tuple[str | None, str]]) -> Fraction:
    total = below = Fraction(0)
    for edge, rate in rates:
        upto = price if edge is None else min(price, Fraction(edge))
        total += max(Fraction(0), upto - below) * share(rate)
        below = upto
    return total


def share(rate: str) -> Fraction:
    return Fraction(rate.removesuffix("%")) / 100


def some_price(draw: random.Random) -> str:
    if draw.random() < 0.5:
        return draw.choice(PRICES)
    return f"{draw.choice((5, 30, 400, 4000)) * draw.random() + 0.01:.2f}"


def some_day(draw: random.Random, category: str) -> dt.date:
    """Any day; one time in three the first of a change, or the day before it."""
    if draw.random() < 1 / 3:
        first = dt.date.fromisoformat(draw.choice(TABLE[category])[0])
        return max(FIRST, first - dt.timedelta(days=draw.randint(0, 1)))
    return FIRST + dt.timedelta(days=draw.randint(0, (LAST - FIRST).days))
