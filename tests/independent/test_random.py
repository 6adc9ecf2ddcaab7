"""Random items on random days, crowded at the bounds: feecalc and the calculator agree to the cent, or both don't know."""

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache

import pytest

from feecalc import FeecalcError, Item

from .asking import REFUSED, exact, fee_of, made, tier_of
from .calculator import FIRST_DAY, LAST_DAY, Answer, Parcel, Row, calculate, fee_rows, period, size_rows, sizes_on

ITEMS = 10_000
CHUNKS = 40
HAIR = Fraction(1, 10_000)
NUDGES = (Fraction(0), Fraction(0), -HAIR, HAIR)
PRICES = ("0.01", "9.99", "10", "10.01", "49.99", "50", "50.01", "299.99", "300", "300.01")
KINDS = {"home": "other", "apparel": "apparel", "books": "media"}
LENGTHS = {"in": Fraction(1), "cm": Fraction(254, 100)}
WEIGHTS = {"lb": Fraction(1), "oz": Fraction(16), "g": Fraction("453.59237"), "kg": Fraction("0.45359237")}


@dataclass(frozen=True)
class Case:
    """One question, as feecalc reads it and as the calculator does."""

    item: Item
    parcel: Parcel
    day: dt.date


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_calculator_agrees(chunk: int):
    differ = [text for case in cases(chunk) if (text := difference(case))]
    assert not differ, f"{len(differ)} differ:\n" + "\n".join(differ[:10])


def test_the_items_reach_every_tier_and_every_card():
    answers = [(case, calculate(case.parcel, case.day)) for chunk in range(8) for case in cases(chunk)]
    few = len(answers) / 100
    tiers = Counter(answer.tier for _, answer in answers)
    assert set(tiers) == {row["size_tier"] for row in size_rows()}
    assert min(tiers.values()) > few
    for first, after in periods():
        assert sum(first <= case.day < after for case, _ in answers) > few
    assert 50 * few < sum(answer.fee is not None for _, answer in answers) < 90 * few


def difference(case: Case) -> str | None:
    expected = calculate(case.parcel, case.day)
    got = answer_of(case, expected)
    want = (expected.tier, REFUSED if expected.fee is None else expected.fee)
    return None if got == want else f"{case.item} on {case.day}: {got}, not {want} at {float(expected.shipping_weight)} lb"


def answer_of(case: Case, expected: Answer) -> tuple[str | None, Decimal | str]:
    """One quote where a fee is expected; where none is, the refusal, and the tier with the seller's own figure."""
    if expected.fee is None:
        return tier_of(case.item, case.day), fee_of(case.item, "fulfillment", case.day)
    try:
        found = made(case.item, case.day)
    except FeecalcError as error:
        return None, f"{error}"
    amounts = [line.amount for line in found.fees if line.fee == "fulfillment"]
    return found.size.tier if found.size else None, amounts[0] if len(amounts) == 1 else f"{len(amounts)} lines"


# Making the items


def cases(chunk: int) -> Iterator[Case]:
    draw = random.Random(f"feecalc {chunk}")
    return (case(draw) for _ in range(ITEMS // CHUNKS))


def case(draw: random.Random) -> Case:
    day = some_day(draw)
    category = draw.choices(list(KINDS), (6, 5, 1))[0]
    dangerous = draw.random() < (0.1 if category == "apparel" else 0.3)
    sides = some_sides(draw, day)
    weight = some_weight(draw)
    price = some_price(draw)
    length, mass = draw.choices(list(LENGTHS), (3, 1))[0], draw.choices(list(WEIGHTS), (3, 3, 1, 1))[0]
    item = Item(
        category=category,
        price=price,
        dims="x".join(exact(side * LENGTHS[length]) for side in sides) + length,
        weight=exact(weight * WEIGHTS[mass]) + mass,
        dangerous_goods=dangerous,
    )
    return Case(item, Parcel(sides, weight, Fraction(price), KINDS[category], dangerous), day)


@cache
def periods() -> list[tuple[dt.date, dt.date]]:
    return sorted({period(row["effective_from"], row["effective_to_exclusive"]) for row in fee_rows()})


def some_day(draw: random.Random) -> dt.date:
    """Any day of any card, one time in three its first day, its last or the day after."""
    first, after = draw.choice(periods())
    day = first + dt.timedelta(days=draw.randrange((after - first).days))
    if draw.random() < 1 / 3:
        day = draw.choice((first, after - dt.timedelta(days=1), after))
    return min(max(day, FIRST_DAY), LAST_DAY)


def some_price(draw: random.Random) -> str:
    if draw.random() < 0.5:
        return draw.choice(PRICES)
    return f"{draw.choice((15, 60, 600)) * draw.random() + 0.01:.2f}"


def some_weight(draw: random.Random) -> Fraction:
    """Half of them at a row's end or a tier's limit, or a hair beside it, before packaging."""
    if draw.random() < 0.5:
        return Fraction(f"{10 ** draw.uniform(-2, 2.4):.4f}")
    packaging = draw.choice((Fraction(0), Fraction(1, 8), Fraction(1, 4), Fraction(1)))
    end = draw.choice(weight_ends()) - packaging
    return max(end + draw.choice(NUDGES), HAIR)


@cache
def weight_ends() -> list[Fraction]:
    columns = ("weight_up_to_lb_inclusive", "per_unit_over_lb")
    ends = {Fraction(row[name]) for row in fee_rows() for name in columns if row[name]}
    steps = {Fraction(3) + Fraction(quarter, 4) for quarter in range(9)}
    return sorted(ends | steps | {Fraction(3, 4), Fraction(14, 16)})


def some_sides(draw: random.Random, day: dt.date) -> tuple[Fraction, Fraction, Fraction]:
    make = draw.choice((anyhow, anyhow, at_limits, at_limits, at_girth, at_dimensional_weight, thin))
    sides = [max(side, HAIR) for side in make(draw, draw.choice(sizes_on(day)))]
    draw.shuffle(sides)
    return sides[0], sides[1], sides[2]


def limits(row: Row) -> list[Fraction]:
    names = ("max_longest_in_inclusive", "max_median_in_inclusive", "max_shortest_in_inclusive")
    given = [Fraction(row[name]) if row[name] else None for name in names]
    return [limit or spare for limit, spare in zip(given, map(Fraction, (70, 36, 20)), strict=True)]


def tenths(draw: random.Random, largest: Fraction) -> Fraction:
    return Fraction(draw.randint(1, max(1, int(largest * 10))), 10)


def anyhow(draw: random.Random, row: Row) -> list[Fraction]:
    return [tenths(draw, limit * draw.choice((1, 1, Fraction(6, 5)))) for limit in limits(row)]


def at_limits(draw: random.Random, row: Row) -> list[Fraction]:
    """Each side at its limit or a hair beside it, now and then anywhere below."""
    return [limit + draw.choice(NUDGES) if draw.random() < 0.6 else tenths(draw, limit) for limit in limits(row)]


def at_girth(draw: random.Random, row: Row) -> list[Fraction]:
    """Length and girth at the limit of the tier, or at 130."""
    target = Fraction(row["max_length_plus_girth_in_inclusive"] or 130) + draw.choice(NUDGES)
    longest = Fraction(draw.randint(200, 600 if target < 140 else 1080), 10)
    both = (target - longest) / 2
    shortest = both * Fraction(draw.randint(1, 50), 100)
    return [longest, both - shortest, shortest]


def at_dimensional_weight(draw: random.Random, row: Row) -> list[Fraction]:
    """A side of 13.9 (16.6) inches times 10 times s has a dimensional weight of s pounds."""
    divisor = Fraction(row["dim_divisor"])
    pounds = draw.choice((Fraction(draw.randint(1, 32), 4), Fraction(draw.choice((50, 70, 90, 150))))) + draw.choice(NUDGES)
    if pounds <= 8:
        return [divisor / 10, Fraction(10), pounds]
    return [divisor / 5, Fraction(25), pounds / 5]


def thin(draw: random.Random, row: Row) -> list[Fraction]:
    """Where a 2-inch minimum tells."""
    longest, median, _ = limits(row)
    return [tenths(draw, longest), tenths(draw, median), Fraction(draw.randint(1, 25), 10)]
