"""The calculator against examples that Amazon printed, and one fee that a seller was charged."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

from .calculator import Parcel, calculate


@pytest.mark.parametrize(
    ("day", "sides", "weight", "price", "kind", "tier", "fee"),
    [
        ("2018-06-01", "8.5 4.8 1", "0.35", "20", "apparel", "large_standard", "3.59"),
        ("2018-06-01", "24 7.5 6", "7.9", "60", "other", "small_oversize", "10.79"),
        ("2018-06-01", "54 35 3.5", "41", "200", "other", "large_oversize", "73.18"),
        ("2025-06-01", "24 7.5 6", "7.9", "60", "other", "large_bulky", "12.27"),
        ("2025-11-01", "24 7.5 6", "7.9", "60", "other", "large_bulky", "13.31"),
        ("2026-08-01", "14 8 4", "4.5", "60", "other", "large_standard", "7.71"),
    ],
)
def test_printed_examples(day: str, sides: str, weight: str, price: str, kind: str, tier: str, fee: str):
    longest, median, shortest = map(Fraction, sides.split())
    parcel = Parcel((longest, median, shortest), Fraction(weight), Fraction(price), kind)
    answer = calculate(parcel, dt.date.fromisoformat(day))
    assert (answer.tier, answer.fee) == (tier, Decimal(fee))


def test_the_monitor_of_2018_ships_at_its_volume():
    monitor = Parcel((Fraction(54), Fraction(35), Fraction("3.5")), Fraction(41), Fraction(200))
    assert 48 < calculate(monitor, dt.date(2018, 6, 1)).shipping_weight <= 49
