"""One card by itself."""

import datetime as dt
from decimal import Decimal

import pytest

from feecalc import FeecalcError, InputError
from feecalc.charging import charge_card, inputs_of

from .strategies import STORE

ASKED = [
    ("removal", {"weight": "1.5lb", "size_class": "standard", "units": "1"}, "2026-06-01", "2.27"),
    ("coupon", {"coupons": "1", "coupon_sales": "4200"}, "2025-06-15", "110.00"),
    ("deal", {"deal": "lightning", "event": "true"}, "2025-10-08", "500.00"),
    ("refund_administration", {"referral": "4.50", "media": "false"}, "2026-06-01", "0.90"),
    ("refund_administration", {"referral": "4.50", "media": "true"}, "2026-06-01", "0.00"),
    ("storage", {"volume": "0.12ft3", "size_class": "standard", "units": "100", "months": "1"}, "2026-03-01", "9.36"),
    ("referral", {"category": "Clothing & Accessories", "buyer_payment": "20.01"}, "2024-01-15", "3.40"),
]


@pytest.mark.parametrize(("card", "inputs", "day", "amount"), ASKED)
def test_charge(card, inputs, day, amount):
    made = charge_card(STORE, f"amazon-us/{card}", dt.date.fromisoformat(day), inputs)
    assert made.amount == Decimal(amount)
    assert made.to_dict()["inputs"] == inputs
    assert made.source and made.rule and made.currency == "USD"


NAMES = {
    "removal": {"weight", "size_class", "units"},
    "liquidation": {"weight", "size_class", "units"},
    "aged_inventory": {"age_days", "volume", "units"},
    "storage": {"volume", "size_class", "units", "months", "dangerous_goods"},
    "low_inventory": {"days_of_supply_90", "days_of_supply_30", "size_tier", "weight", "units"},
    "coupon": {"coupons", "coupon_sales"},
    "deal": {"deal", "days", "deal_sales", "event"},
    "refund_administration": {"referral", "media"},
}


@pytest.mark.parametrize("card", NAMES)
def test_inputs_are_listed(card):
    found = {entry.name for entry in inputs_of(STORE, f"amazon-us/{card}", dt.date(2026, 6, 1))}
    assert NAMES[card] <= found
    assert all(entry.hint for entry in inputs_of(STORE, f"amazon-us/{card}", dt.date(2026, 6, 1)))


def test_every_card_says_what_it_takes():
    for platform in STORE.platform_ids():
        for folder in STORE.folders(platform):
            for date in STORE.dates(platform, folder):
                if STORE.card(platform, folder, date).unknown is None:
                    inputs_of(STORE, f"{platform}/{folder}/{date}", date)


def test_units_are_multiplied_before_rounding():
    one = charge_card(STORE, "amazon-us/storage", dt.date(2026, 3, 1), {**ASKED[5][1], "units": "1", "volume": "0.01ft3"})
    many = charge_card(STORE, "amazon-us/storage", dt.date(2026, 3, 1), {**ASKED[5][1], "units": "1000", "volume": "0.01ft3"})
    assert (one.amount, many.amount) == (Decimal("0.01"), Decimal("7.80"))


@pytest.mark.parametrize(
    ("card", "inputs", "words"),
    [
        ("amazon-us/nothing", {}, "is no card"),
        ("nowhere/removal", {}, "is unknown"),
        ("amazon-us/removal", {"wieght": "1lb"}, "is no input of amazon-us/removal/"),
        ("amazon-us/removal", {"weight": "1"}, "give a weight with its unit"),
        ("amazon-us/removal", {"weight": "1lb"}, "size_class"),
        ("amazon-us/removal", {"weight": "1lb", "size_class": "huge"}, "standard or oversize"),
        ("amazon-us/referral/2024-01-16", {"category": "home"}, "has no such date"),
        ("amazon-us/fulfillment", {"size_tier": "small"}, "near: small"),
    ],
)
def test_refused(card, inputs, words):
    with pytest.raises(FeecalcError, match=words) as refused:
        charge_card(STORE, card, dt.date(2026, 6, 1), inputs)
    assert "\n" not in str(refused.value)


def test_special_handling_counts_as_oversize():
    inputs = {"weight": "30lb", "units": "1"}
    day = dt.date(2026, 6, 1)
    special = charge_card(STORE, "amazon-us/removal", day, {**inputs, "size_class": "special_handling"})
    assert special.amount == charge_card(STORE, "amazon-us/removal", day, {**inputs, "size_class": "oversize"}).amount


def test_a_day_before_the_first_card_is_an_error():
    with pytest.raises(InputError.__base__, match="no table on 1999-01-01"):
        charge_card(STORE, "amazon-us/storage", dt.date(1999, 1, 1), {"volume": "1ft3"})
