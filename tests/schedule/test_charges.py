"""What each word of the language charges, computed by hand, on an invented card of one fee."""

from __future__ import annotations

import pytest

from .trees import Lab, card

SMALL = {"dims": "5x5x2in", "weight": "8oz", "fulfillment": "own"}  # 50 in3 / 100 = 8 oz
LARGE = {"dims": "12x5x5in", "weight": "1lb", "fulfillment": "own"}  # 300 in3 / 100 = 3 lb
CUBE = {"dims": "12x12x6in", "weight": "10lb", "fulfillment": "own"}  # half a cubic foot
Fields = dict[str, str]


# -- flat, percent -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("written", "amount"), [("0.30", "0.30"), ("0.00", "0.00"), ("0.005", "0.01"), ("1.004999", "1.00")])
def test_flat(lab: Lab, written: str, amount: str) -> None:
    assert lab.amount(f"flat: {written}\n") == amount


@pytest.mark.parametrize(
    ("charge", "item", "amount"),
    [
        ("{rate: 7.5%, of: item_price}", {}, "0.75"),
        ("{rate: 0%, of: item_price}", {}, "0.00"),
        ("{rate: 5%, of: item_price}", {"price": "0.10"}, "0.01"),  # 0.005, half up
        ("{rate: 5%, of: item_price}", {"price": "0.09"}, "0.00"),
        ("{rate: 10%, of: item_price}", {"discount": "1.25"}, "0.88"),  # of 8.75
        ("{rate: 10%, of: item_price}", {"shipping": "2.50", "gift_wrap": "1.00"}, "1.00"),
        ("{rate: 10%, of: buyer_payment}", {"shipping": "2.50", "gift_wrap": "1.00"}, "1.35"),
        ("{rate: 10%, of: buyer_payment_with_sales_tax}", {"shipping": "2.50", "buyer_tax_rate": "8%"}, "1.35"),  # of 13.50
        ("{rate: 10%, of: buyer_payment_without_tax}", {"tax_rate": "25%"}, "0.80"),
        ("{rate: 10%, of: gross_revenue}", {"tax_rate": "25%", "shipping": "2.00"}, "0.96"),  # of 9.60
    ],
)
def test_percent_of_a_quantity(lab: Lab, charge: str, item: Fields, amount: str) -> None:
    assert lab.amount(f"percent: {charge}\n", **item) == amount


def test_percent_of_the_base_of_the_card(lab: Lab) -> None:
    assert lab.amount("base: buyer_payment\npercent: 10%\n", shipping="2.50") == "1.25"


HALF_OF_BASE = "percent: {rate: 50%, of_fee: base}\n"


def test_percent_of_another_fee_takes_its_rounded_line(lab: Lab) -> None:
    """The base fee is 10% of 10.05, 1.005, on its line 1.01. Half of that is 0.505; half of 1.005 would be 0.50."""
    assert {name: str(amount) for name, amount in lab.lines(HALF_OF_BASE, price="10.05").items()} == {
        "base": "1.01", "trial": "0.51",
    }  # fmt: skip


def test_percent_of_the_sellers_own_figure(lab: Lab) -> None:
    assert lab.amount(HALF_OF_BASE, fee="base=3.00") == "1.50"


def test_percent_of_a_fee_that_nobody_knows(lab: Lab) -> None:
    lab.files = {"lab-xx/base/2020-01-01.yaml": card("unknown: nobody knows\n", "base")}
    assert lab.lack(HALF_OF_BASE) == "rests on the base fee, which is not included: --fee trial=AMOUNT"


def test_percent_of_a_fee_that_is_not_charged(lab: Lab) -> None:
    only_tea = "choose: {by: conditions, rows: [{when: {category: [tea]}, flat: 1.00}], otherwise: not_charged}\n"
    lab.files = {"lab-xx/base/2020-01-01.yaml": card(only_tea, "base")}
    assert lab.amount(HALF_OF_BASE) == "0.00"


# -- per ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("charge", "weight", "amount"),
    [
        ("each: 1 lb, count: exact", "2.5lb", "1.00"),
        ("each: 1 lb, count: started", "2.5lb", "1.20"),
        ("each: 1 lb, count: started", "2lb", "0.80"),  # the third is not started
        ("each: 1 lb, count: started", "32.01oz", "1.20"),
        ("each: 1 lb, above: 1 lb, count: exact", "2.5lb", "0.60"),
        ("each: 1 lb, above: 1 lb, count: started", "2.5lb", "0.80"),
        ("each: 1 lb, above: 1 lb, count: started", "1lb", "0.00"),
        ("each: 1 lb, above: 1 lb, count: started", "0.5lb", "0.00"),  # never negative
        ("each: 4 oz, above: 1 lb, count: started", "1.26lb", "0.80"),
        ("each: 500 g, count: started", "1.001kg", "1.20"),
    ],
)
def test_per(lab: Lab, charge: str, weight: str, amount: str) -> None:
    assert lab.amount(f"per: {{rate: 0.40, of: weight, {charge}}}\n", dims="5x5x2in", weight=weight) == amount


def test_per_volume(lab: Lab) -> None:
    assert lab.amount("per: {rate: 0.78, each: 1 ft3, of: volume, count: exact}\n", **CUBE) == "0.39"
    assert lab.amount("per: {rate: 0.78, each: 1 ft3, of: volume, count: started}\n", **CUBE) == "0.78"
    assert lab.amount("per: {rate: 0.01, each: 1 in3, of: volume, count: exact}\n", **CUBE) == "8.64"


def test_per_of_what_is_not_given(lab: Lab) -> None:
    """Never zero for unknown."""
    charge = "per: {rate: 0.40, each: 1 lb, of: weight, count: started}\n"
    assert lab.lack(charge) == "the size of the unit is not given: give --dims and --weight"


# -- bands -------------------------------------------------------------------------------------------------------


def bands(apply: str, side: str = "up_to") -> str:
    rows = f"[{{{side}: 10.00, percent: 5%}}, {{{side}: 20.00, percent: 10%}}, {{percent: 20%}}]"
    return f"base: item_price\nbands: {{of: item_price, apply: {apply}, rows: {rows}}}\n"


@pytest.mark.parametrize(
    ("price", "whole", "marginal"),
    [
        ("9.99", "0.50", "0.50"),
        ("10.00", "0.50", "0.50"),  # included
        ("10.01", "1.00", "0.50"),  # 10% of it all; 0.50 + 10% of the cent
        ("20.00", "2.00", "1.50"),
        ("20.01", "4.00", "1.50"),  # 4.002; 0.50 + 1.00 + 0.002
        ("25.00", "5.00", "2.50"),
    ],
)
def test_whole_and_marginal_are_different_fees(lab: Lab, price: str, whole: str, marginal: str) -> None:
    assert lab.amount(bands("whole"), price=price) == whole
    assert lab.amount(bands("marginal"), price=price) == marginal


@pytest.mark.parametrize(
    ("price", "up_to", "below"),
    [("9.99", "0.50", "0.50"), ("10.00", "0.50", "1.00"), ("10.01", "1.00", "1.00"), ("20.00", "2.00", "4.00")],
)
def test_up_to_includes_its_bound_and_below_does_not(lab: Lab, price: str, up_to: str, below: str) -> None:
    assert lab.amount(bands("whole", "up_to"), price=price) == up_to
    assert lab.amount(bands("whole", "below"), price=price) == below


@pytest.mark.parametrize(
    ("weight", "amount"),
    [
        ("15.99oz", "1.00"), ("16oz", "1.00"), ("1lb", "1.00"), ("0.45359237kg", "1.00"), ("453.59237g", "1.00"),
        ("16.000001oz", "2.00"), ("453.6g", "2.00"),
    ],
)  # fmt: skip
def test_bands_of_a_weight_know_no_unit(lab: Lab, weight: str, amount: str) -> None:
    charge = "bands: {of: weight, apply: whole, rows: [{up_to: 1 lb, flat: 1.00}, {flat: 2.00}]}\n"
    assert lab.amount(charge, dims="5x5x2in", weight=weight) == amount


def test_a_band_may_hold_any_charge(lab: Lab) -> None:
    charge = """\
bands:
  of: item_price
  apply: whole
  rows:
    - {up_to: 5.00, greatest: [{percent: {rate: 10%, of: item_price}}, {flat: 0.30}]}
    - {up_to: 20.00, sum: [{percent: {rate: 10%, of: item_price}}, {flat: 0.30}]}
    - {unknown: dear things have no table}
"""
    assert lab.amount(charge, price="2.00") == "0.30"
    assert lab.amount(charge, price="4.00") == "0.40"
    assert lab.amount(charge, price="10.00") == "1.30"
    assert lab.lack(charge, price="20.01") == "dear things have no table: --fee trial=AMOUNT"


# -- table -------------------------------------------------------------------------------------------------------

TABLE = """\
table:
  by: size_tier
  of: billable_weight
  columns:
    of: item_price
    bounds: [{below: 10.00}, {up_to: 50.00}, {}]
  rows:
    small:
      - {up_to: 8 oz, amounts: [1.00, 1.10, 1.20]}
      - {up_to: 16 oz, amounts: [2.00, unknown, 2.20], unknown: that cell is smudged}
    large:
      - {up_to: 2 lb, amounts: [3.00, 3.10, 3.20]}
      - {up_to: 5 lb, amounts: [4.00, 4.10, 4.20], plus: 0.10, each: 4 oz, above: 2 lb}
"""


@pytest.mark.parametrize(
    ("size", "price", "amount"),
    [
        ({}, "9.99", "1.00"),
        ({}, "10.00", "1.10"),  # below: 10.00 does not hold it
        ({}, "50.00", "1.10"),  # up_to: 50.00 does
        ({}, "50.01", "1.20"),
        ({"weight": "8.01oz"}, "9.99", "2.00"),  # bills 9 oz
        ({"weight": "16oz"}, "50.01", "2.20"),
    ],
)
def test_a_table_has_rows_and_columns(lab: Lab, size: Fields, price: str, amount: str) -> None:
    assert lab.amount(TABLE, **{**SMALL, **size}, price=price) == amount


@pytest.mark.parametrize(
    ("size", "amount"),
    [
        ({"dims": "12x4x4in"}, "3.10"),  # 192 in3 / 100 = 1.92 lb, bills 2 lb
        ({"dims": "12x5x4in"}, "4.50"),  # 2.4 lb, bills 3 lb: 4 steps of 4 oz above 2 lb
        ({"dims": "12x5x5in"}, "4.50"),  # 3 lb
        ({"dims": "12x5x5in", "weight": "4.5lb"}, "5.30"),  # bills 5 lb: 12 steps
    ],
)
def test_a_row_may_add_for_each_started_step(lab: Lab, size: Fields, amount: str) -> None:
    assert lab.amount(TABLE, **{**LARGE, **size}, price="20.00") == amount


def test_a_started_step_counts_whole(lab: Lab) -> None:
    charge = "table: {by: size_tier, of: shipping_weight, rows: {small: [{amount: 1.00}], large: [{amount: 2.00, plus: 0.10, each: 1 lb, above: 3 lb}]}}\n"  # noqa: E501
    for weight, amount in [("3lb", "2.00"), ("3.01lb", "2.10"), ("4lb", "2.10"), ("4.01lb", "2.20")]:
        assert lab.amount(charge, **{**LARGE, "weight": weight}) == amount


def test_a_cell_may_be_unknown(lab: Lab) -> None:
    assert lab.lack(TABLE, **{**SMALL, "weight": "9oz"}, price="10.00") == "that cell is smudged: --fee trial=AMOUNT"


def test_a_table_may_end(lab: Lab) -> None:
    assert lab.lack(TABLE, **{**LARGE, "weight": "6lb"}) == "the table ends below this billable weight: --fee trial=AMOUNT"


def test_a_class_may_have_no_table(lab: Lab) -> None:
    charge = "table: {by: size_tier, of: weight, rows: {small: [{amount: 1.00}], large: [{unknown: none for large ones}]}}\n"
    assert lab.amount(charge, **SMALL) == "1.00"
    assert lab.lack(charge, **LARGE) == "none for large ones: --fee trial=AMOUNT"


def test_a_table_without_a_size(lab: Lab) -> None:
    assert lab.lack(TABLE) == "the size of the unit is not given: give --dims and --weight"


def test_a_table_may_be_by_plan_and_of_a_price(lab: Lab) -> None:
    rows = "{small: [{up_to: 10.00, amount: 1.00}, {amount: 2.00}], big: [{amount: 0.50}]}"
    charge = f"table: {{by: plan, of: item_price, rows: {rows}}}\n"
    assert [lab.amount(charge, price=price) for price in ("10.00", "10.01")] == ["1.00", "2.00"]
    assert lab.amount(charge, plan="big") == "0.50"


# -- season ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "amount"),
    [("2020-01-01", "1.00"), ("2020-09-30", "1.00"), ("2020-10-01", "2.00"), ("2020-12-31", "2.00"), ("2021-01-01", "1.00")],
)
def test_a_season_by_the_month_of_shipping(lab: Lab, day: str, amount: str) -> None:
    charge = "season: {over: as_of, rows: [{months: 1-9, flat: 1.00}, {months: 10-12, flat: 2.00}]}\n"
    assert lab.amount(charge, on=day) == amount


def test_a_season_may_be_in_pieces(lab: Lab) -> None:
    charge = "season: {over: as_of, rows: [{months: '1, 3-11', flat: 1.00}, {months: '2, 12', flat: 2.00}]}\n"
    assert [lab.amount(charge, on=f"2020-{month:02}-15") for month in (1, 2, 3, 11, 12)] == [
        "1.00",
        "2.00",
        "1.00",
        "1.00",
        "2.00",
    ]


STAY = """\
season:
  over: stay
  rows:
    - {months: 1-9, per: {rate: 0.80, each: 1 ft3, of: volume, count: exact}}
    - {months: 10-12, per: {rate: 2.40, each: 1 ft3, of: volume, count: exact}}
"""


@pytest.mark.parametrize(
    ("day", "months", "amount"),
    [
        ("2020-10-01", "1", "0.40"),  # September: half a cubic foot at 0.80
        ("2020-11-01", "1", "1.20"),
        ("2020-11-01", "2", "1.60"),
        ("2020-10-16", "1", "0.78"),  # 15/30 of September, 15/31 of October: 0.20 + 0.580645
        ("2020-10-01", "0", "0.00"),
    ],
)
def test_a_season_over_the_stay(lab: Lab, day: str, months: str, amount: str) -> None:
    assert lab.amount(STAY, folder="by_stay", on=day, storage_months=months, **CUBE) == amount


# -- sum, greatest, least, unknown -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("charge", "price", "amount"),
    [
        ("sum: [{percent: {rate: 15%, of: item_price}}, {flat: 0.30}]", "10.00", "1.80"),
        (
            "sum: [{percent: {rate: 0.4%, of: item_price}}, {percent: {rate: 0.4%, of: item_price}}]",
            "1.00",
            "0.01",
        ),  # 0.008, once
        ("greatest: [{percent: {rate: 15%, of: item_price}}, {flat: 0.30}]", "1.99", "0.30"),
        ("greatest: [{percent: {rate: 15%, of: item_price}}, {flat: 0.30}]", "2.00", "0.30"),
        ("greatest: [{percent: {rate: 15%, of: item_price}}, {flat: 0.30}]", "2.10", "0.32"),  # 0.315
        ("least: [{percent: {rate: 15%, of: item_price}}, {flat: 5.00}]", "33.33", "5.00"),  # 4.9995
        ("least: [{percent: {rate: 15%, of: item_price}}, {flat: 5.00}]", "30.00", "4.50"),
        ("least: [{percent: {rate: 15%, of: item_price}}, {flat: 5.00}]", "99.00", "5.00"),
        ("greatest: [{flat: 1.00}, {flat: 3.00}, {flat: 2.00}]", "1.00", "3.00"),
        ("least: [{flat: 3.00}, {flat: 1.00}, {flat: 2.00}]", "1.00", "1.00"),
    ],
)
def test_several_charges(lab: Lab, charge: str, price: str, amount: str) -> None:
    assert lab.amount(f"{charge}\n", price=price) == amount


@pytest.mark.parametrize("word", ["sum", "greatest", "least"])
def test_an_unknown_part_makes_the_whole_unknown(lab: Lab, word: str) -> None:
    assert lab.lack(f"{word}: [{{flat: 1.00}}, {{unknown: nobody knows}}]\n") == "nobody knows: --fee trial=AMOUNT"


@pytest.mark.parametrize(("word", "amount"), [("sum", "1.00"), ("greatest", "1.00"), ("least", "1.00")])
def test_a_part_that_is_not_charged(lab: Lab, word: str, amount: str) -> None:
    """Nothing in a sum, and not a part at all where parts are compared."""
    part = "{choose: {by: conditions, rows: [{when: {category: [tea]}, flat: 3.00}], otherwise: not_charged}}"
    assert lab.amount(f"{word}: [{{flat: 1.00}}, {part}]\n") == amount
    assert lab.amount(f"{word}: [{part}, {part}]\n") is None


def test_unknown_is_never_zero(lab: Lab) -> None:
    assert lab.lack("unknown: nobody knows\n") == "nobody knows: --fee trial=AMOUNT"
    assert lab.amount("unknown: nobody knows\n") is None
    assert lab.amount("unknown: nobody knows\n", fee="trial=0.40") == "0.40"


def test_times(lab: Lab) -> None:
    charge = "quantities: {layers: {quotient: [longest, 2 in]}}\ntimes: {of: layers, flat: 0.40}\n"
    assert lab.amount(charge, **SMALL) == "1.00"
