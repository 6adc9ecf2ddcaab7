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


# -- choose ------------------------------------------------------------------------------------------------------


def choice(when: str) -> str:
    return f"choose: {{by: conditions, rows: [{{when: {when}, flat: 1.00}}, {{flat: 0.50}}]}}\n"


@pytest.mark.parametrize(
    ("when", "holds", "fails"),
    [
        ("{category: [toys, tea]}", {"category": "tea"}, {"category": "books"}),
        ("{category: {not: [toys, tea]}}", {"category": "books"}, {"category": "tea"}),
        ("{plan: [big]}", {"plan": "big"}, {}),
        ("{fulfillment: [own]}", SMALL, {}),
        ("{size_tier: [small]}", SMALL, LARGE),
        ("{dangerous_goods: true}", {"dangerous_goods": "true"}, {}),
        ("{dangerous_goods: false}", {}, {"dangerous_goods": "true"}),
        ("{vat_registered: false}", {"vat_registered": "false"}, {}),
        ("{item_price: {below: 10.00}}", {"price": "9.99"}, {"price": "10.00"}),
        ("{item_price: {up_to: 10.00}}", {"price": "10.00"}, {"price": "10.01"}),
        ("{item_price: {above: 10.00}}", {"price": "10.01"}, {"price": "10.00"}),
        ("{item_price: {at_least: 10.00}}", {"price": "10.00"}, {"price": "9.99"}),
        ("{item_price: {above: 5.00, below: 10.00}}", {"price": "9.99"}, {"price": "5.00"}),
        ("{buyer_payment: {above: item_price}}", {"shipping": "0.01"}, {}),
        ("{shipping_weight: {above: weight}}", LARGE, SMALL),
        ("{weight: {up_to: 8 oz}, longest: {below: 6 in}}", SMALL, {**SMALL, "dims": "6x5x2in"}),
        ("{category: [toys], item_price: {below: 5.00}}", {"price": "4.99"}, {"price": "4.99", "category": "tea"}),
    ],
)
def test_conditions(lab: Lab, when: str, holds: Fields, fails: Fields) -> None:
    assert lab.amount(choice(when), **holds) == "1.00"
    assert lab.amount(choice(when), **fails) == "0.50"


def test_the_first_row_that_holds_counts(lab: Lab) -> None:
    rows = "[{when: {item_price: {up_to: 5.00}}, flat: 1.00}, {when: {item_price: {up_to: 10.00}}, flat: 2.00}, {flat: 3.00}]"
    amounts = [lab.amount(f"choose: {{by: conditions, rows: {rows}}}\n", price=price) for price in ("5.00", "5.01", "10.01")]
    assert amounts == ["1.00", "2.00", "3.00"]


def test_otherwise_makes_no_line(lab: Lab) -> None:
    charge = "choose: {by: conditions, rows: [{when: {category: [tea]}, flat: 1.00}], otherwise: not_charged}\n"
    assert lab.amount(charge, category="tea") == "1.00"
    assert lab.amount(charge) is None
    assert lab.lack(charge) is None, "and it is not missing either"


def test_a_condition_on_what_is_not_given(lab: Lab) -> None:
    """Never zero for unknown; but another test of the same row that fails decides without it."""
    assert lab.lack(choice("{size_tier: [small]}")) == "the size of the unit is not given: give --dims and --weight"
    assert lab.amount(choice("{size_tier: [small], category: [tea]}")) == "0.50"


CATEGORIES = """\
choose:
  by: category
  rows:
    - {name: Tea, categories: [tea], flat: 1.00}
    - {name: Toys, categories: [toys, board-games], unknown: no table of toys}
    - {name: All else, categories: [records, home, other], flat: 0.50}
  absent:
    books: not sold here
    garden: not sold in winter
"""


def test_by_category(lab: Lab) -> None:
    assert lab.amount(CATEGORIES, category="tea") == "1.00"
    assert lab.amount(CATEGORIES, category="home") == "0.50"
    assert lab.lack(CATEGORIES, category="board-games") == "no table of toys: --fee trial=AMOUNT"


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
