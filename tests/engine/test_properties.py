"""What must hold for any item on any platform on any day."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from feecalc import FeecalcError, Item, compare, quote
from feecalc.comparison import ORDERS, places, quote_on
from feecalc.confidence import Confidence
from feecalc.engine.quote import lowest_price, profit_at
from feecalc.engine.sale import resolve
from feecalc.formats.json import document
from feecalc.formats.schema import quote_schema
from feecalc.quantity import MINOR_DIGITS

from .strategies import DAYS, PLATFORMS, STORE, items

few = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])


def quoted(fields, platform, day):
    try:
        return quote(Item(**fields), platform=platform, as_of=day, schedules=STORE)
    except FeecalcError:
        assume(False)


@few
@given(items(), st.sampled_from(PLATFORMS), st.sampled_from(DAYS))
def test_lines_add_up_to_totals(fields, platform, day):
    made = quoted(fields, platform, day)
    groups = {group: sum((line.amount for line in made.fees if line.group == group), Decimal(0)) for group in
              ("selling", "fulfillment", "storage", "program", "advertising")}  # fmt: skip
    assert made.advertising == groups.pop("advertising")
    assert made.platform_fees == sum(groups.values())
    assert made.proceeds == made.revenue - made.platform_fees - made.advertising
    if made.profit is not None:
        assert made.seller_costs == sum(cost.amount for cost in made.costs)
        assert made.profit == made.proceeds - made.seller_costs
    for number in (made.revenue, made.proceeds, *(line.amount for line in made.fees)):
        assert -number.as_tuple().exponent == MINOR_DIGITS[made.currency]


@few
@given(items(), st.sampled_from(PLATFORMS), st.sampled_from(DAYS))
def test_a_line_says_where_it_comes_from(fields, platform, day):
    made = quoted(fields, platform, day)
    for line in made.fees:
        assert line.rule
        if line.basis != "yours":
            assert line.card and line.source and line.confidence.word != "yours"
    assert made.complete == (not made.not_included)
    assert all(entry.reason for entry in made.not_included)


VALIDATE = Draft202012Validator(quote_schema()).validate


@few
@given(items(), st.sampled_from(PLATFORMS), st.sampled_from(DAYS))
def test_the_schema_knows_every_document(fields, platform, day):
    made = quoted(fields, platform, day)
    VALIDATE(json.loads(document(made.to_dict())))


@few
@given(items(), st.sampled_from(PLATFORMS), st.sampled_from(DAYS))
def test_a_quote_is_pure(fields, platform, day):
    first = quoted(fields, platform, day)
    assert quote(Item(**fields), platform=platform, as_of=day) == first


@few
@given(items(), st.sampled_from(PLATFORMS), st.sampled_from(DAYS))
def test_order_of_sides_and_units_do_not_matter(fields, platform, day):
    assume("dims" in fields)
    made = quoted(fields, platform, day)
    sides = fields["dims"].removesuffix("in").split("x")
    centimetres = "x".join(f"{Decimal(side) * Decimal('2.54'):f}" for side in reversed(sides)) + "cm"
    number, unit = (fields["weight"][:-2], fields["weight"][-2:])
    grams = Decimal(number) * (Decimal("453.59237") if unit == "lb" else Decimal("28.349523125"))
    same = quote(Item(**{**fields, "dims": centimetres, "weight": f"{grams:f}g"}), platform=platform, as_of=day)
    assert [(line.fee, line.amount) for line in same.fees] == [(line.fee, line.amount) for line in made.fees]


def first_price(sale, most):
    """By quoting every cent: what the search must find."""
    cent = Fraction(1, 10**sale.digits)
    price = lowest_price(sale)
    while price <= most:
        try:
            profit = profit_at(sale, price)
        except FeecalcError:
            profit = None
        if profit is not None and profit >= 0:
            return price
        price += cent
    return None


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(items(), st.sampled_from(PLATFORMS), st.sampled_from(DAYS), st.integers(1, 1500))
def test_break_even_is_the_lowest_price_that_pays(fields, platform, day, cents):
    fields = {**fields, "cost": str(Decimal(cents).scaleb(-2)), "ship_cost": "1.00"}
    fields.pop("pack_of", None)
    made = quoted(fields, platform, day)
    assume(made.settlement == "commission" and made.profit is not None)
    assume(made.break_even_price is None or made.break_even_price < 25)
    sale = resolve(STORE.plan(platform, day), Item(**fields), None, made.currency)
    most = Fraction(25) if made.break_even_price is None else Fraction(made.break_even_price)
    assert first_price(sale, most) == (None if made.break_even_price is None else Fraction(made.break_even_price))


@few
@given(items(), st.sampled_from(PLATFORMS), st.sampled_from(DAYS))
def test_at_the_break_even_price_nothing_is_lost(fields, platform, day):
    made = quoted({**fields, "cost": "3.17", "ship_cost": "2.20"}, platform, day)
    assume(made.break_even_price is not None)
    again = quote(
        Item(**{**fields, "cost": "3.17", "ship_cost": "2.20", "price": str(made.break_even_price)}), platform=platform, as_of=day
    )
    assert again.profit >= 0
    assert again.break_even_price == made.break_even_price


FX = ["GBP=1.27", "EUR=1.0837", "CAD=0.73", "JPY=0.0067", "CNY=0.14", "BRL=0.18"]


@settings(max_examples=60, deadline=None)
@given(items(), st.sampled_from(DAYS), st.sampled_from(sorted(ORDERS)))
def test_compare_gives_the_same_quotes(fields, day, by):
    """On a mixed list of platforms, in whatever order: the quotes are those of each place alone, and nothing is lost."""
    item = Item(**fields, fx=FX)
    found = compare(item, as_of=day, schedules=STORE, by=by)
    for made in found.quotes:
        place = f"{made.platform}:{made.fulfillment}"
        assert quote_on(STORE, item, place, day, found.currency, Confidence.INFERRED) == made
        if made.currency == found.currency:
            assert quote(item, platform=place, as_of=day, schedules=STORE) == made
    for entry in found.skipped:
        with pytest.raises(FeecalcError) as refused:
            quote_on(STORE, item, entry.platform, day, found.currency, Confidence.INFERRED)
        assert str(refused.value) == entry.reason
    assert len(found.quotes) + len(found.skipped) == len(places(STORE, item, (), day))
    profits = [found.profit_in_base.get(i, made.profit) for i, made in enumerate(found.quotes)]
    asked = profits if by == "profit" else [getattr(made, by) for made in found.quotes]
    known = [value for value in asked if value is not None]
    assert known == sorted(known, reverse=ORDERS[by] < 0) and asked[: len(known)] == known


@settings(max_examples=30, deadline=None)
@given(items(), st.sampled_from(DAYS))
def test_nothing_is_taken_one_to_one(fields, day):
    """Without a rate for its currency a platform is skipped, and says which rate would do."""
    found = compare(Item(**fields), as_of=day, schedules=STORE)
    assert {made.currency for made in found.quotes} <= {found.currency}
    foreign = [entry for entry in found.skipped if STORE.platform(entry.platform.partition(":")[0]).currency != found.currency]
    assert foreign and all("--" in entry.reason or "is no" in entry.reason or "has none" in entry.reason for entry in foreign)
