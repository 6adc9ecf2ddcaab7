"""Where the fields of an item come from, and which wins."""

from __future__ import annotations

import json

import pytest

FILE = """
sku: TEE
price: 25
cost: 5
weight: 12oz
dims: 10x8x1in
fee: {referral: 10%}
platforms:
  market-us: {price: 21.00}
  market-us:merchant: {ship_cost: 4}
"""


@pytest.fixture
def item(tmp_path):
    file = tmp_path / "item.yaml"
    file.write_text(FILE)
    return str(file)


def echoed(sold, *args, stdin=b""):
    ran = sold("quote", *args, "--json", stdin=stdin)
    assert ran.code == 0, ran.err
    return json.loads(ran.out)["item"]


def test_the_file_and_what_it_says_of_one_platform(sold, item):
    assert echoed(sold, item)["price"] == 21
    assert echoed(sold, item, "--platform", "market-us:merchant")["ship_cost"] == 4
    assert "ship_cost" not in echoed(sold, item)


def test_options_win_field_by_field(sold, item):
    found = echoed(sold, item, "--price", "30", "--fee", "fulfillment=2")
    assert (found["price"], found["cost"], found["fee"]) == (30, 5, {"fulfillment": 2})
    assert echoed(sold, item, "--price", "30", "--price", "market-us=28")["price"] == 28
    assert echoed(sold, item, "--price", "market-de=28")["price"] == 21


def test_a_way_wins_over_its_platform(sold, item):
    both = ("--price", "market-us=28", "--price", "market-us:merchant=27")
    assert echoed(sold, item, *both)["price"] == 28
    assert echoed(sold, item, *both, "--platform", "market-us:merchant")["price"] == 27


def test_pairs_for_one_platform_take_two_signs(sold, item):
    assert echoed(sold, item, "--fee", "market-us=referral=12%")["fee"] == {"referral": "12%"}
    assert echoed(sold, item, "--other-cost", "market-us=0.40")["other_cost"] == {"market-us": 0.4}
    assert echoed(sold, item, "--other-cost", "box=0.40", "--other-cost", "gift=1%")["other_cost"] == {"box": 0.4, "gift": "1%"}
    assert echoed(sold, item, "--fee", "+insurance:program=0.40")["fee"] == {"+insurance:program": 0.4}


def test_a_text_may_hold_an_equals_sign(sold, item):
    assert echoed(sold, item, "--sku", "a=b")["sku"] == "a=b"
    assert echoed(sold, item, "--sku", "market-us=b")["sku"] == "b"


def test_yes_or_no_may_stand_alone(sold, item):
    assert echoed(sold, item, "--sipp", "--lithium", "false", "--dangerous-goods=true")["sipp"] is True
    assert echoed(sold, "--sipp", item)["sipp"] is True
    assert echoed(sold, item, "--sipp", "market-us=false")["sipp"] is False
    assert echoed(sold, item, "--sipp") == echoed(sold, item, "--sipp", "true")


def test_a_pipe(sold):
    assert echoed(sold, "-", stdin=FILE.encode())["sku"] == "TEE"
    assert echoed(sold, "-", stdin=b'{"price": 22.50, "weight": "12oz", "dims": "10x8x1in"}')["price"] == 22.5


def test_vs_wins_over_what_is_set_for_one_platform(sold, item):
    ran = sold("quote", item, "--vs", "price=30", "--json")
    assert json.loads(ran.out)["vs"][0]["quote"]["item"]["price"] == 30
