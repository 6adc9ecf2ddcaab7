"""Random tables, compiled from their YAML text, agree with a few lines of arithmetic at every bound and a step beside it."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from feecalc import Item
from feecalc import plan as p
from feecalc.engine.quote import settle
from feecalc.engine.sale import resolve
from feecalc.engine.traced import exact
from feecalc.schedule.compile_card import compile_card
from feecalc.schedule.reader import read_yaml
from feecalc.schedule.references import Scope
from feecalc.schedule.store import Schedules
from feecalc.vocabulary import BASE_QUANTITIES

from .trees import GOOD, card

DAY = dt.date(2020, 6, 15)
PLAN = Schedules(GOOD).plan("lab-xx", DAY)
SPEC = next(fee.spec for fee in PLAN.fees if fee.spec.id == "trial")
SCOPE = Scope(dict(BASE_QUANTITIES), {"plan": frozenset({"small", "big"})})
BandRows = list[tuple[Fraction | None, str, Fraction]]  # bound, its side, share
TableRows = list[tuple[Fraction | None, str, Fraction, Fraction, Fraction]]  # bound, its side, amount, plus, each
many = settings(max_examples=120, deadline=None)


def compiled(body: str) -> p.Plan:
    """A plan whose only fee has that charge."""
    made = compile_card(read_yaml(card(body), "trial.yaml"), "lab-xx/trial/2020-01-01", DAY, "trial", scope())
    return replace(PLAN, fees=(p.FeePlan(SPEC, made, None),))


def scope() -> Scope:
    """Compiling adds to a scope: each card has its own."""
    return replace(SCOPE, quantities=dict(SCOPE.quantities), ids=dict(SCOPE.ids))


def charged(plan: p.Plan, **item: str) -> Fraction | str:
    """The fee's line, or why it is not included."""
    made, _ = settle(resolve(plan, Item(**{"price": "1.00", "fulfillment": "merchant", **item}), None, "USD"), strict=False)
    return exact(made.lines[0].amount) if made.lines else made.not_included[0].reason


def cents(amount: Fraction) -> Fraction:
    return Fraction(math.floor(amount * 100 + Fraction(1, 2)), 100)


def text(number: Fraction, digits: int = 2) -> str:
    whole = number * 10**digits
    assert whole.denominator == 1
    return f"{whole.numerator // 10**digits}.{whole.numerator % 10**digits:0{digits}}"


def hundredths(low: int, high: int) -> st.SearchStrategy[Fraction]:
    return st.integers(low, high).map(lambda number: Fraction(number, 100))


def rising(most: int, step: st.SearchStrategy[Fraction]) -> st.SearchStrategy[list[Fraction]]:
    """Bounds, each above the one before."""
    return st.lists(step, min_size=0, max_size=most, unique=True).map(sorted)


SIDES = st.sampled_from(["up_to", "below"])


# -- bands -------------------------------------------------------------------------------------------------------


@st.composite
def bands(draw: st.DrawFn) -> BandRows:
    """Rows of (bound, side, share); the last is open."""
    limits: list[Fraction | None] = [*draw(rising(5, hundredths(1, 30_000))), None]
    return [(limit, draw(SIDES), draw(hundredths(0, 4000)) / 100) for limit in limits]


def bands_text(rows: BandRows, apply: str) -> str:
    shown = [
        f"{{{f'{side}: {text(limit)}, ' if limit is not None else ''}percent: {text(rate * 100)}%}}" for limit, side, rate in rows
    ]
    return f"base: item_price\nbands:\n  of: item_price\n  apply: {apply}\n  rows: [{', '.join(shown)}]\n"


def by_hand(rows: BandRows, apply: str, price: Fraction) -> Fraction:
    """The fee, written down once more."""
    total, below = Fraction(0), Fraction(0)
    for limit, side, rate in rows:
        last = limit is None or price < limit or (price == limit and side == "up_to")
        if apply == "whole" and last:
            return price * rate
        upper = price if limit is None else min(price, limit)
        total += rate * max(upper - below, Fraction(0))
        below = upper
    return total


@many
@given(bands(), st.sampled_from(["whole", "marginal"]), hundredths(1, 40_000))
def test_bands_agree_with_arithmetic(rows: BandRows, apply: str, elsewhere: Fraction) -> None:
    plan, cent = compiled(bands_text(rows, apply)), Fraction(1, 100)
    edges = [limit + beside for limit, _, _ in rows if limit is not None for beside in (-cent, Fraction(0), cent)]
    for price in [elsewhere, *(edge for edge in edges if edge > 0)]:
        assert charged(plan, price=text(price)) == cents(by_hand(rows, apply, price))


@many
@given(bands(), hundredths(1, 40_000))
def test_the_side_of_a_bound_is_nothing_to_a_marginal_fee(rows: BandRows, price: Fraction) -> None:
    other = [(limit, "below" if side == "up_to" else "up_to", rate) for limit, side, rate in rows]
    plans = [compiled(bands_text(sides, "marginal")) for sides in (rows, other)]
    for at in [price, *(limit for limit, _, _ in rows if limit is not None)]:
        assert charged(plans[0], price=text(at)) == charged(plans[1], price=text(at))


# -- steps -------------------------------------------------------------------------------------------------------


def ounces(weight: Fraction) -> str:
    return f"{text(weight)}oz"


def steps(quantity: Fraction, each: Fraction, above: Fraction) -> int:
    """How many steps are started above a weight."""
    count = 0
    while quantity > above + count * each:
        count += 1
    return count


@many
@given(hundredths(1, 500), hundredths(50, 1600), hundredths(0, 6400), hundredths(1, 9600), st.booleans())
def test_per_agrees_with_arithmetic(rate: Fraction, each: Fraction, above: Fraction, weight: Fraction, started: bool) -> None:
    count = "started" if started else "exact"
    charge = f"{{rate: {text(rate)}, each: {ounces(each)}, of: weight, above: {ounces(above)}, count: {count}}}"
    plan = compiled(f"per: {charge}\n")
    for at in {weight, above + each, above + 2 * each, above + each + Fraction(1, 100), above or weight}:
        units = steps(at, each, above) if started else max(at - above, Fraction(0)) / each
        assert charged(plan, dims="1x1x1in", weight=ounces(at)) == cents(rate * units)


@st.composite
def tables(draw: st.DrawFn) -> TableRows:
    """Rows of (bound, side, amount, plus, each), each adding above the bound of the row before; the last may be open."""
    limits: list[Fraction | None] = [*draw(rising(4, hundredths(1, 6400)))]
    if not limits or draw(st.booleans()):
        limits.append(None)
    amounts, each = hundredths(0, 5000), hundredths(50, 800)
    return [(limit, draw(SIDES), draw(amounts), draw(hundredths(0, 100)), draw(each)) for limit in limits]


def table_text(rows: TableRows) -> str:
    shown, above = [], Fraction(0)
    for limit, side, amount, plus, each in rows:
        bound = "" if limit is None else f"{side}: {ounces(limit)}, "
        shown.append(f"{{{bound}amount: {text(amount)}, plus: {text(plus)}, each: {ounces(each)}, above: {ounces(above)}}}")
        above = above if limit is None else limit
    lines = ", ".join(shown)
    return f"table:\n  by: plan\n  of: weight\n  rows:\n    small: [{lines}]\n    big: [{{unknown: none}}]\n"


def cell(rows: TableRows, weight: Fraction) -> Fraction | None:
    above = Fraction(0)
    for limit, side, amount, plus, each in rows:
        if limit is None or weight < limit or (weight == limit and side == "up_to"):
            return amount + plus * steps(weight, each, above)
        above = limit
    return None


@many
@given(tables(), hundredths(1, 9600))
def test_tables_agree_with_arithmetic(rows: TableRows, elsewhere: Fraction) -> None:
    plan, least = compiled(table_text(rows)), Fraction(1, 100)
    edges = [limit + beside for limit, *_ in rows if limit is not None for beside in (-least, Fraction(0), least)]
    for weight in [elsewhere, *(edge for edge in edges if edge > 0)]:
        expected = cell(rows, weight)
        found = charged(plan, dims="1x1x1in", weight=ounces(weight))
        lack = "the table ends below this weight: --fee trial=AMOUNT"
        assert found == (lack if expected is None else cents(expected))


@many
@given(tables(), st.integers(1, 4_000))
def test_units_are_nothing_to_a_table(rows: TableRows, sixteenths: int) -> None:
    """So many sixteenths of an ounce, in ounces and in pounds."""
    plan = compiled(table_text(rows))
    in_ounces, in_pounds = text(Fraction(sixteenths, 16), 4), text(Fraction(sixteenths, 256), 8)
    assert charged(plan, dims="1x1x1in", weight=f"{in_ounces}oz") == charged(plan, dims="1x1x1in", weight=f"{in_pounds}lb")
