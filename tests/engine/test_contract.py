"""The figures that were promised: each is a sale that sellers checked by hand."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from feecalc import Item, quote

D = Decimal
SAMPLE = Path(__file__).parent.parent / "data" / "quote_sample.json"


def amounts(made):
    return {line.fee: line.amount for line in made.fees}


def merchant(category, price, day, **more):
    return amounts(quote(Item(category=category, price=price, fulfillment="merchant", **more), platform="amazon-us", as_of=day))


@pytest.mark.parametrize(
    ("day", "price", "shipping", "fee"),
    [
        ("2023-12-31", "14.99", "0", "2.55"),
        ("2024-01-15", "14.99", "0", "0.75"),
        ("2024-01-15", "15.00", "0", "0.75"),
        ("2024-01-15", "15.01", "0", "1.50"),
        ("2024-01-15", "20.00", "0", "2.00"),
        ("2024-01-15", "20.01", "0", "3.40"),
        ("2024-01-15", "14.00", "5.00", "1.90"),
    ],
)
def test_apparel_referral(day, price, shipping, fee):
    assert merchant("apparel", price, day, shipping=shipping)["referral"] == D(fee)


@pytest.mark.parametrize(
    ("category", "price", "fee"),
    [("furniture", "350", "45.00"), ("lawn-mowers", "500.00", "75.00"), ("lawn-mowers", "500.01", "40.00")],
)
def test_other_referrals(category, price, fee):
    assert merchant(category, price, "2024-01-15")["referral"] == D(fee)


OUTDOORS = {"category": "sports", "price": "29.99", "dims": "8.3x5.7x4.3in", "weight": "1.3lb"}


@pytest.mark.parametrize(
    ("day", "fulfillment", "surcharge"),
    [("2026-03-01", "5.42", None), ("2026-07-01", "5.42", "0.19"), ("2026-11-22", "5.73", "0.20")],
)
def test_fba_through_2026(day, fulfillment, surcharge):
    found = amounts(quote(Item(**OUTDOORS), platform="amazon-us", as_of=day))
    assert (found["referral"], found["fulfillment"]) == (D("4.50"), D(fulfillment))
    assert found.get("fuel_surcharge") == (surcharge and D(surcharge))


def test_fba_apparel():
    item = Item(category="apparel", price="19.99", dims="8x6x1in", weight="0.5lb")
    found = amounts(quote(item, platform="amazon-us", as_of="2026-03-01"))
    assert (found["fulfillment"], found["referral"]) == (D("4.50"), D("2.00"))


@pytest.mark.parametrize("weight", ["16oz", "1lb", "453.59237g", "0.45359237kg"])
@pytest.mark.parametrize("dims", ["8.3x5.7x4.3in", "4.3x8.3x5.7in", "21.082x14.478x10.922cm"])
def test_units_and_sides_do_not_matter(weight, dims):
    base = Item(**{**OUTDOORS, "weight": "1lb", "cost": "5"})
    same = base.but(weight=weight, dims=dims)
    assert _but_echo(same) == _but_echo(base)


def _but_echo(item):
    document = quote(item, platform="amazon-us", as_of="2026-11-22").to_dict()
    return {**document, "item": None}


def test_ebay_most_categories():
    made = quote(Item(category="home", price="210.50"), platform="ebay-us", as_of="2026-06-11")
    assert made.platform_fees == D("29.03")


TEE = {"sku": "TEE-1", "category": "apparel", "price": "20.01", "dims": "10x8x0.7in", "weight": "6oz"}
TEXTS = {"name", "rule", "source", "reason"}


def _without_texts(value):
    if isinstance(value, dict):
        return {key: _without_texts(entry) for key, entry in value.items() if key not in TEXTS}
    return [_without_texts(entry) for entry in value] if isinstance(value, list) else value


def test_the_sample_document():
    """Text fields aside; the sample shows three keys of its second fee line only."""
    sample = _without_texts(json.loads(SAMPLE.read_text()))
    made = _without_texts(quote(Item(**TEE, cost="5.00"), platform="amazon-us", as_of="2024-01-15").to_dict())
    second = made["fees"][1]
    made["fees"][1] = {key: second[key] for key in sample["fees"][1]}
    assert made == sample


def test_without_cost_profit_is_unknown():
    made = quote(Item(**TEE), platform="amazon-us", as_of="2024-01-15")
    assert (made.profit, made.margin, made.roi, made.landed_cost, made.break_even_price) == (None,) * 5
    assert made.proceeds == made.max_landed_cost == D("13.03")


PEG = {
    **OUTDOORS, "category": "outdoors", "return_rate": "6%", "resalable_share": "50%", "cost": "7.40", "duty": "25%",
    "inbound_freight": "0.95", "storage_months": "2", "ad_cpc": "0.95", "ad_conversion": "11%", "ad_share": "35%",
}  # fmt: skip


def test_the_first_sketch():
    made = quote(Item(**PEG), platform="amazon-us", as_of="2026-11-22")
    assert amounts(made) == {
        "referral": D("4.50"), "referral_refund": D("-0.27"), "refund_administration": D("0.05"), "fulfillment": D("5.73"),
        "fuel_surcharge": D("0.20"), "storage": D("0.51"), "advertising": D("3.02"),
    }  # fmt: skip
    assert {line.cost: line.amount for line in made.costs} == {
        "goods": D("7.40"), "duty": D("1.85"), "inbound_freight": D("0.95"), "resalable_returns": D("-0.31"),
    }  # fmt: skip
    assert (made.gross_revenue, made.revenue, made.landed_cost) == (D("29.99"), D("28.19"), D("10.20"))
    assert (made.take_rate_before_ads, made.take_rate) == (D("0.3803"), D("0.4874"))
    assert (made.profit, made.margin, made.roi) == (D("4.56"), D("0.1618"), D("0.4471"))
    assert (made.break_even_price, made.max_landed_cost, made.max_cpc) == (D("24.27"), D("14.89"), D("0.83"))
    assert made.break_even_acos == D("0.2528")
    assert "ads: ACOS 28.8% is above break-even: each ad sale loses 1.06" in made.warnings
    assert "inbound_placement" in {entry.fee for entry in made.not_included}
    assert not made.complete


def test_own_shop():
    made = quote(Item(price="100.00"), platform="shopify-us", as_of="2026-11-22")
    assert made.platform_fees == D("3.20")
