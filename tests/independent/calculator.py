"""Amazon US fulfilment fees by a second way: straight from two flat tables of facts, standard library only.

It has neither code nor cards in common with feecalc. What the tables leave to prose is a named rule below.
"""

import csv
import datetime as dt
import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent.parent / "data" / "amazon-us"
FIRST_DAY = dt.date(2016, 9, 28)
LAST_DAY = dt.date(2027, 1, 14)

Row = dict[str, str]

CLOTHING_ADDS = Fraction(40, 100)
CLOTHING_TABLE_BEGINS = dt.date(2020, 2, 18)
DANGEROUS_GOODS_TABLE_BEGINS = dt.date(2019, 2, 19)
ONE_FEE_BEGINS = dt.date(2017, 2, 22)
MEDIA_RULES_END = dt.date(2018, 2, 22)
FEBRUARY_CARD_OF_2024 = (dt.date(2024, 2, 5), dt.date(2024, 4, 15))
PEAKS_BELOW_TEN_BY_RULE = ((dt.date(2024, 10, 15), dt.date(2025, 1, 15)), (dt.date(2025, 10, 15), dt.date(2026, 1, 15)))
BELOW_TEN_LESS = Fraction(77, 100)
ORDER_HANDLING = Fraction(1)
# The table says unit weight, after texts of 2019 that call dimensional weight new; but Amazon's own example of 2018, a monitor
# of 54 x 35 x 3.5 in and 41 lb, ships at 49 lb: 47.6 lb by volume and 1 lb of packaging.
LARGE_OVERSIZE_OF_2018 = ("large_oversize", "2018-02-22")
STANDARD = ("small_standard", "large_standard")
BANDS: dict[str, Callable[[Fraction], bool]] = {
    "all": lambda price: True,
    "<10": lambda price: price < 10,
    ">=10": lambda price: price >= 10,
    "10-50": lambda price: 10 <= price <= 50,
    ">50": lambda price: price > 50,
    "<300": lambda price: price < 300,
}


@dataclass(frozen=True)
class Parcel:
    """What is charged: sides in inches, weight in pounds, price in dollars; `kind` is apparel, media or other."""

    sides: tuple[Fraction, Fraction, Fraction]
    weight: Fraction
    price: Fraction
    kind: str = "other"
    dangerous: bool = False

    @property
    def longest_first(self) -> list[Fraction]:
        return sorted(self.sides, reverse=True)


@dataclass(frozen=True)
class Answer:
    """A fee of None is unknown."""

    tier: str
    shipping_weight: Fraction
    fee: Decimal | None


def calculate(parcel: Parcel, day: dt.date) -> Answer:
    """The size tier, the shipping weight and the fee on a day."""
    size = size_row(parcel, day)
    weight = shipping_weight(parcel, size, day)
    fee = exact_fee(parcel, size["size_tier"], weight, day)
    return Answer(size["size_tier"], weight, None if fee is None else half_up(fee))


def half_up(amount: Fraction) -> Decimal:
    return Decimal(math.floor(amount * 100 + Fraction(1, 2))).scaleb(-2)


# The two tables


@cache
def fee_rows() -> tuple[Row, ...]:
    return _read("fba-fulfillment.csv")


@cache
def size_rows() -> tuple[Row, ...]:
    return tuple(sorted(_read("size-tiers.csv"), key=lambda row: (row["effective_from"], int(row["order"]))))


def _read(name: str) -> tuple[Row, ...]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def period(row_from: str, row_to: str) -> tuple[dt.date, dt.date]:
    """First day, and first day after."""
    first = FIRST_DAY if row_from.startswith("UNKNOWN") else dt.date.fromisoformat(row_from)
    return first, dt.date.fromisoformat(row_to) if row_to else LAST_DAY + dt.timedelta(days=1)


def in_force(row: Row, day: dt.date) -> bool:
    first, after = period(row["effective_from"], row["effective_to_exclusive"])
    return first <= day < after


@cache
def number(text: str) -> Fraction:
    return Fraction(text)


# Size tier


@cache
def sizes_on(day: dt.date) -> tuple[Row, ...]:
    return tuple(row for row in size_rows() if in_force(row, day))


def size_row(parcel: Parcel, day: dt.date) -> Row:
    return next(row for row in sizes_on(day) if fits(parcel, row, day))


def fits(parcel: Parcel, row: Row, day: dt.date) -> bool:
    longest, median, shortest = parcel.longest_first
    measured = {
        "max_longest_in_inclusive": longest,
        "max_median_in_inclusive": median,
        "max_shortest_in_inclusive": shortest,
        "max_length_plus_girth_in_inclusive": longest + 2 * (median + shortest),
    }
    return all(not row[name] or side <= number(row[name]) for name, side in measured.items()) and (
        tested_weight(parcel, row) <= heaviest(parcel, row, day)
    )


def tested_weight(parcel: Parcel, row: Row) -> Fraction:
    if row["tier_weight_basis"] == "unit":
        return parcel.weight
    return max(parcel.weight, dimensional_weight(parcel, row))


def heaviest(parcel: Parcel, row: Row, day: dt.date) -> Fraction | float:
    """The weight limit; the last tier takes what is left, and small media once had a limit of its own."""
    limit = row["max_weight_lb_inclusive"]
    if not limit or limit.startswith("("):
        return math.inf
    if is_media(parcel, day) and row["size_tier"] == "small_standard":
        return Fraction(14, 16)
    return number(limit)


def is_media(parcel: Parcel, day: dt.date) -> bool:
    return parcel.kind == "media" and day < MEDIA_RULES_END


# Weight


def dimensional_weight(parcel: Parcel, row: Row) -> Fraction:
    """The 2-inch minimum counts only where the table says 2 and nothing else: large standard in 2026 is disputed, and off."""
    longest, median, shortest = parcel.longest_first
    if row["dim_min_width_height_in"] == "2":
        median, shortest = max(median, Fraction(2)), max(shortest, Fraction(2))
    return longest * median * shortest / number(row["dim_divisor"])


def dimensional_above(row: Row, *, apparel: bool, media: bool) -> Fraction | float:
    """The unit weight above which dimensional weight counts: 0 is always, infinity never."""
    if (row["size_tier"], row["effective_from"]) == LARGE_OVERSIZE_OF_2018:
        return 0
    basis = row["fee_weight_basis"]
    if "apparel: unit up to 0.75 lb" in basis and apparel:
        return Fraction(3, 4)
    if basis.startswith("greater of unit and dimensional"):
        return 0
    if "say unit up to 0.75 lb, trusted" in basis:
        return Fraction(3, 4)
    if basis.startswith("unit up to 1 lb"):
        return math.inf if media and "(and media)" in basis else 1
    return math.inf


def shipping_weight(parcel: Parcel, row: Row, day: dt.date) -> Fraction:
    """With packaging. Rounding it up to whole ounces or pounds, as some years did, meets no other row: their ends are whole."""
    media = is_media(parcel, day)
    above = dimensional_above(row, apparel=parcel.kind == "apparel", media=media)
    weight = max(parcel.weight, dimensional_weight(parcel, row)) if parcel.weight > above else parcel.weight
    packaging = Fraction(1, 8) if media and row["size_tier"] in STANDARD else number(row["packaging_weight_added_lb"])
    return weight + packaging


# Fee


def exact_fee(parcel: Parcel, tier: str, weight: Fraction, day: dt.date) -> Fraction | None:
    if day < ONE_FEE_BEGINS:
        return components_of_2016(parcel, tier, weight, day)
    if parcel.dangerous and day >= DANGEROUS_GOODS_TABLE_BEGINS:
        if parcel.kind == "apparel":
            return None  # nobody knows which of the two tables goes first
        return table_fee("dangerous_goods", parcel.price, tier, weight, day)
    if parcel.kind == "apparel":
        return apparel_fee(parcel.price, tier, weight, day)
    return table_fee("non_apparel", parcel.price, tier, weight, day)


def apparel_fee(price: Fraction, tier: str, weight: Fraction, day: dt.date) -> Fraction | None:
    """First an addition, later a table for standard sizes; larger ones pay as the rest does, where nothing else is said."""
    if day < CLOTHING_TABLE_BEGINS:
        core = table_fee("non_apparel", price, tier, weight, day)
        return None if core is None else core + CLOTHING_ADDS
    rows = rows_on(day, "apparel", price)
    if tier in STANDARD or any(row["size_tier"] in (tier, "all") for row in rows):
        return table_fee("apparel", price, tier, weight, day)
    if FEBRUARY_CARD_OF_2024[0] <= day < FEBRUARY_CARD_OF_2024[1]:
        return None  # the whole apparel card of these weeks is unknown
    return table_fee("non_apparel", price, tier, weight, day)


def components_of_2016(parcel: Parcel, tier: str, weight: Fraction, day: dt.date) -> Fraction | None:
    """The rows are sums of three components; from 300 dollars only order handling is left, which media never pays."""
    media = parcel.kind == "media"
    if parcel.price >= 300:
        return ORDER_HANDLING if tier in STANDARD and not media else Fraction(0)
    if media and tier in STANDARD:
        return standard_media_of_2016(tier, weight)
    core = table_fee("non_apparel", parcel.price, tier, weight, day)
    return core + CLOTHING_ADDS if core is not None and parcel.kind == "apparel" else core


def standard_media_of_2016(tier: str, weight: Fraction) -> Fraction:
    pick_and_pack = Fraction("1.06")
    if tier == "small_standard":
        return pick_and_pack + Fraction("0.50")
    if weight <= 1:
        return pick_and_pack + Fraction("0.85")
    return pick_and_pack + Fraction("1.24") + Fraction("0.41") * max(0, math.ceil(weight - 2))


def table_fee(kind: str, price: Fraction, tier: str, weight: Fraction, day: dt.date) -> Fraction | None:
    """By the row; the peaks of 2024 and 2025 print no rows below 10 dollars for larger sizes, but the rule: 0.77 less."""
    row = row_for(rows_on(day, kind, price), tier, weight)
    if row is not None:
        return None if row["base_fee_usd"] == "UNKNOWN" else row_fee(row, weight)
    if price < 10 and any(first <= day < after for first, after in PEAKS_BELOW_TEN_BY_RULE):
        core = table_fee(kind, Fraction(10), tier, weight, day)
        return None if core is None else core - BELOW_TEN_LESS
    return None


def rows_on(day: dt.date, kind: str, price: Fraction) -> list[Row]:
    """The rows of a class on a day at a price: those of a peak alone, where there are any."""
    rows = [row for row in class_rows_on(day, kind) if BANDS[row["price_band"]](price)]
    return [row for row in rows if row["programme"] == "peak"] or rows


@cache
def class_rows_on(day: dt.date, kind: str) -> tuple[Row, ...]:
    return tuple(
        row
        for row in fee_rows()
        if row["category_class"] == kind and row["programme"] != "small_and_light" and in_force(row, day)
    )


def row_for(rows: list[Row], tier: str, weight: Fraction) -> Row | None:
    """The row that holds a weight; what pays by a weight below its tier's first row is on that row."""
    own = sorted((row for row in rows if row["size_tier"] == tier), key=lower)
    for place, row in enumerate(own):
        if (lower(row) < weight or place == 0) and weight <= upper(row):
            return row
    return None


def lower(row: Row) -> Fraction:
    return number(row["weight_over_lb"] or "0")


def upper(row: Row) -> Fraction | float:
    return number(row["weight_up_to_lb_inclusive"]) if row["weight_up_to_lb_inclusive"] else math.inf


def row_fee(row: Row, weight: Fraction) -> Fraction:
    base = number(row["base_fee_usd"])
    if not row["per_unit_usd"]:
        return base
    steps = math.ceil((weight - number(row["per_unit_over_lb"])) / number(row["per_unit_size_lb"]))
    return base + number(row["per_unit_usd"]) * max(0, steps)
