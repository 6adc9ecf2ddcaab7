"""Every row of the flat tables with a known fee is charged at both its ends, on its first day and its last."""

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby

import pytest

from feecalc import FeecalcError, Item, quote

from .asking import exact, fee_of
from .calculator import Row, fee_rows, half_up, in_force, lower, number, period, row_fee, size_rows, upper

# Small enough that their dimensional weight stays below most rows.
SHAPES = {
    "small_standard": (3, 2, "0.5"),
    "large_standard": (3, 2, 1),
    "small_bulky": (19, 2, 2),
    "large_bulky": (38, 2, 2),
    "extra_large_0_50": (60, 2, 2),
    "extra_large_50_70": (60, 2, 2),
    "extra_large_70_150": (60, 2, 2),
    "extra_large_150_plus": (60, 2, 2),
    "small_oversize": (19, 2, 2),
    "medium_oversize": (61, 2, 2),
    "large_oversize": (108, 10, 2),
    "special_oversize": (109, 2, 2),
    "small_and_light (16x9x4 in or less)": (3, 2, 1),
}
PRICES = {
    "<10": ("0.50", "9.99"),
    ">=10": ("10", "500"),
    "10-50": ("10", "50"),
    ">50": ("50.01", "500"),
    "<300": ("12", "299.99"),
    "all": ("5", "500"),
    "<=12": ("5", "12"),
    "<7": ("5", "6.99"),
    "UNKNOWN": ("5", "6.99"),
}
KINDS = {
    "non_apparel": {"category": "home"},
    "apparel": {"category": "apparel"},
    "dangerous_goods": {"category": "home", "dangerous_goods": True},
    "all": {"category": "home"},
}
HEAVIEST = Fraction(400)
HAIR = Fraction(1, 10_000)


def card_of(row: Row) -> str:
    columns = ("effective_from", "programme", "category_class", "price_band")
    return " ".join(row[name] for name in columns)


def known_rows() -> list[Row]:
    return [row for row in fee_rows() if row["base_fee_usd"] != "UNKNOWN"]


CARDS = {card: list(rows) for card, rows in groupby(sorted(known_rows(), key=card_of), key=card_of)}


@pytest.mark.parametrize("card", CARDS)
def test_every_row_is_charged(card: str):
    differ = [
        f"{item} on {day}: {got}, not {fee}"
        for row in CARDS[card]
        for item, day, fee in questions(row)
        if (got := fee_of(item, "fulfillment", day, platform_for(row))) != fee
    ]
    assert not differ, f"{len(differ)} differ:\n" + "\n".join(differ[:10])


def test_no_row_is_left_out():
    assert sum(map(len, CARDS.values())) == sum(row["base_fee_usd"] != "UNKNOWN" for row in fee_rows()) == 1415
    assert all(any(questions(row)) for row in known_rows())


@pytest.mark.parametrize(
    ("day", "price", "dims", "weight"),
    [
        ("2023-03-01", "12.01", "3x2x1in", "8oz"),
        ("2023-03-01", "5", "18.1x3x2in", "8oz"),
        ("2023-03-01", "5", "3x2x1in", "3.01lb"),
        ("2023-08-29", "5", "3x2x1in", "8oz"),
        ("2022-03-01", "5", "3x2x1in", "8oz"),
        ("2021-07-01", "7", "3x2x1in", "8oz"),
        ("2021-07-01", "5", "3x2x1in", "12.01oz"),
        ("2020-07-01", "5", "16.1x3x2in", "8oz"),
        ("2020-07-01", "5", "3x2x1in", "10oz"),
    ],
)
def test_small_and_light_has_no_fee_outside_its_rows(day: str, price: str, dims: str, weight: str):
    thing = Item(category="home", price=price, dims=dims, weight=weight, fulfillment="small_and_light")
    with pytest.raises(FeecalcError):
        quote(thing, platform="amazon-us", as_of=day)


def platform_for(row: Row) -> str:
    return "amazon-us:small_and_light" if row["programme"] == "small_and_light" else "amazon-us:fba"


def questions(row: Row) -> Iterator[tuple[Item, dt.date, object]]:
    """Items inside a row, with the fee that the row gives them."""
    first, after = period(row["effective_from"], row["effective_to_exclusive"])
    days = (first, after - dt.timedelta(days=1))
    for day, price in zip(days, PRICES[row["price_band"]], strict=True):
        size = size_for(row, day)
        for weight in unit_weights(row, size):
            yield item(row, price, weight), day, half_up(row_fee(row, weight + packaging(row, size)))


def item(row: Row, price: str, weight: Fraction) -> Item:
    dims = "x".join(map(str, SHAPES[row["size_tier"]])) + "in"
    return Item(price=price, dims=dims, weight=f"{exact(weight)}lb", **KINDS[row["category_class"]])


def size_for(row: Row, day: dt.date) -> Row | None:
    return next((size for size in size_rows() if size["size_tier"] == row["size_tier"] and in_force(size, day)), None)


def packaging(row: Row, size: Row | None) -> Fraction:
    """Small and Light names no packaging weight."""
    return number(size["packaging_weight_added_lb"]) if size and row["programme"] != "small_and_light" else Fraction(0)


def unit_weights(row: Row, size: Row | None) -> list[Fraction]:
    """A row's upper end, its middle and a hair above its lower end, where a parcel of that tier and shape can weigh that."""
    extra = packaging(row, size)
    top = min(upper(row), HEAVIEST, tier_limit(size) + extra)
    if row["price_band"] == "UNKNOWN":
        top -= HAIR  # Small and Light of 2020: "less than"
    wanted = {top - extra, (lower(row) + top) / 2 - extra, lower(row) + HAIR - extra}
    return sorted(weight for weight in wanted if weight >= lightest(row))


def tier_limit(size: Row | None) -> Fraction:
    limit = size["max_weight_lb_inclusive"] if size else ""
    return number(limit) if limit and not limit.startswith("(") else HEAVIEST


def lightest(row: Row) -> Fraction:
    """Nothing weighs less than its shape's dimensional weight, so that unit weight is what counts."""
    longest, median, shortest = (Fraction(side) for side in SHAPES[row["size_tier"]])
    return longest * max(median, Fraction(2)) * shortest / 139 if lower(row) or upper(row) > 1 else Fraction(1, 100)
