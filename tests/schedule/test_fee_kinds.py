"""What a fee is for (a unit, an order, a month, a stay, a return), and what comes back of it when units come back."""

from __future__ import annotations

import pytest

from .test_charges import SMALL, Fields
from .trees import Lab

# -- what a fee is for -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("charge", "price", "units", "amount"),
    [
        ("flat: 0.30", "10.00", "1", "0.30"),
        ("flat: 0.30", "10.00", "2", "0.15"),
        ("flat: 0.30", "10.00", "3", "0.10"),
        ("flat: 0.40", "10.00", "3", "0.13"),
        ("percent: {rate: 5%, of: item_price}", "3.33", "2", "0.17"),  # 5% of 6.66 is 0.33 on the order, 0.165 on the unit
        ("percent: {rate: 5%, of: item_price}", "3.33", "3", "0.17"),  # 0.4995: 0.50, a third
        ("bands: {of: item_price, apply: whole, rows: [{up_to: 10.00, flat: 0.30}, {flat: 0.40}]}", "5.00", "2", "0.15"),
        ("bands: {of: item_price, apply: whole, rows: [{up_to: 10.00, flat: 0.30}, {flat: 0.40}]}", "5.01", "2", "0.20"),
        ("bands: {of: item_price, apply: whole, rows: [{up_to: 10.00, flat: 0.30}, {flat: 0.40}]}", "3.34", "3", "0.13"),
    ],
)
def test_a_fee_for_the_order(lab: Lab, charge: str, price: str, units: str, amount: str) -> None:
    """The whole order picks the row, its fee is rounded, and each unit bears its part of it."""
    assert lab.amount(f"{charge}\n", folder="by_order", price=price, units_per_order=units) == amount


def test_a_fee_for_the_month(lab: Lab) -> None:
    assert lab.amount("flat: 39.99\n", folder="by_month", account_monthly_units="100") == "0.40"
    assert lab.amount("flat: 39.99\n", folder="by_month", account_monthly_units="1") == "39.99"
    assert lab.lack("flat: 39.99\n", folder="by_month") == "39.99 a month: give --account-monthly-units"


def test_a_fee_for_the_stay(lab: Lab) -> None:
    assert lab.amount("flat: 0.50\n", folder="by_stay", on="2020-08-01", storage_months="2", **SMALL) == "1.00"
    assert lab.lack("flat: 0.50\n", folder="by_stay", **SMALL) == "give --storage-months"
    assert lab.lack("flat: 0.50\n", folder="by_stay") is None, "where the seller stores it there is none"


def test_a_fee_for_the_return(lab: Lab) -> None:
    assert lab.amount("flat: 5.00\n", folder="by_return", return_rate="6%") == "0.30"
    assert lab.amount("flat: 5.00\n", folder="by_return", return_rate="0.1%") == "0.01"  # 0.005
    assert lab.amount("flat: 5.00\n", folder="by_return") is None
    assert lab.lack("flat: 5.00\n", folder="by_return") is None


# -- what happens on a return ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on_return", "item", "refund"),
    [
        ("refunded", {}, "-0.11"),  # 10% of 1.05
        ("kept", {}, None),
        ("unknown", {}, None),
        ("[{when: {category: [toys]}, then: refunded}, {then: kept}]", {}, "-0.11"),
        ("[{when: {category: [toys]}, then: refunded}, {then: kept}]", {"category": "tea"}, None),
        ("[{when: {item_price: {below: 10.00}}, then: refunded}, {then: kept}]", {}, None),
        ("[{when: {item_price: {up_to: 10.00}}, then: refunded}, {then: kept}]", {}, "-0.11"),
    ],
)
def test_on_return(lab: Lab, on_return: str, item: Fields, refund: str | None) -> None:
    made = lab.lines(f"flat: 1.05\non_return: {on_return}\n", return_rate="10%", **item)
    assert (str(made["trial_refund"]) if "trial_refund" in made else None) == refund
    assert str(made["trial"]) == "1.05"


def test_nothing_comes_back_where_nothing_is_returned(lab: Lab) -> None:
    assert "trial_refund" not in lab.lines("flat: 1.05\non_return: refunded\n")


@pytest.mark.parametrize(("word", "warned"), [("unknown", True), ("kept", False), ("refunded", False)])
def test_an_unknown_return_is_counted_as_kept_and_said(lab: Lab, word: str, warned: bool) -> None:
    warnings = lab.quote(f"flat: 1.05\non_return: {word}\n", return_rate="10%").warnings
    expected = "whether Trial fee comes back on a return is not published: counted as kept"
    assert (expected in warnings) == warned
