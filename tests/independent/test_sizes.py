"""Every limit of every size tier: an item at the limit is inside, a hair above it is not, on its first day and its last."""

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction

import pytest

from feecalc import Item

from .asking import exact, tier_of
from .calculator import Parcel, Row, number, period, size_row, size_rows
from .test_rows import HAIR, SHAPES

LIMITS = {
    "longest": "max_longest_in_inclusive",
    "median": "max_median_in_inclusive",
    "shortest": "max_shortest_in_inclusive",
    "length and girth": "max_length_plus_girth_in_inclusive",
    "weight": "max_weight_lb_inclusive",
}
LIGHT = Fraction(1, 100)
SPARE_LONGEST = Fraction(59)
# What comes near these limits weighs more than the tier's 50 lb by volume.
OUT_OF_REACH = [("small_bulky", "shortest"), ("small_bulky", "length and girth"), ("large_bulky", "shortest")]


def limits() -> Iterator[tuple[Row, str]]:
    for row in size_rows():
        for limit, column in LIMITS.items():
            if row[column] and not row[column].startswith("("):
                yield row, limit


CASES = {f"{row['effective_from']} {row['size_tier']} {limit}": (row, limit) for row, limit in limits()}


@pytest.mark.parametrize("case", CASES)
def test_every_limit_holds(case: str):
    row, limit = CASES[case]
    first, after = period(row["effective_from"], row["effective_to_exclusive"])
    for day in (first, after - dt.timedelta(days=1)):
        inside, outside = (parcel(row, limit, nudge) for nudge in (Fraction(0), HAIR))
        tiers = [size_row(each, day)["size_tier"] for each in (inside, outside)]
        assert [tier_of(item(each), day) for each in (inside, outside)] == tiers
        if (row["size_tier"], limit) not in OUT_OF_REACH:
            assert tiers[0] == row["size_tier"] != tiers[1]


def parcel(row: Row, limit: str, nudge: Fraction) -> Parcel:
    """As small as can be in all but the one measure."""
    value = number(row[LIMITS[limit]]) + nudge
    if limit == "weight":
        longest, median, shortest = (Fraction(side) for side in SHAPES[row["size_tier"]])
        return Parcel((longest, median, shortest), value, Fraction(20))
    return Parcel(sides(row, limit, value), LIGHT, Fraction(20))


def sides(row: Row, limit: str, value: Fraction) -> tuple[Fraction, Fraction, Fraction]:
    thin = Fraction(1, 2)
    if limit == "longest":
        return value, around(row, value), thin
    if limit == "median":
        return value, value, thin
    if limit == "shortest":
        return value, value, value
    longest = number(row["max_longest_in_inclusive"]) if row["max_longest_in_inclusive"] else SPARE_LONGEST
    both = (value - longest) / 2
    median = min(both - thin, number(row["max_median_in_inclusive"] or "100"))
    return longest, median, both - median


def around(row: Row, longest: Fraction) -> Fraction:
    """A median side that keeps a large oversize item above 130 in of length and girth, so that it is no smaller tier."""
    return Fraction(12) if row["size_tier"] == "large_oversize" else Fraction(1)


def item(each: Parcel) -> Item:
    dims = "x".join(exact(side) for side in each.sides) + "in"
    return Item(category="home", price="20", dims=dims, weight=f"{exact(each.weight)}lb")
