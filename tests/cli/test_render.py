"""The screens, as golden files: look at them as a seller would before you accept a change."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from feecalc.render import compare, listing, markdown, quote, variants
from feecalc.render.text import Ink, cells
from tests.cli.samples import BARE, COMPARED, EDGES, FEES, FULL, SUPPLY, VAT

CHANGED = replace(FULL, profit=Decimal("1.20"), fees=FEES[1:], margin=Decimal("0.0426"), warnings=("It loses",))


@pytest.mark.parametrize("width", [60, 80, 140])
def test_a_quote(golden, width):
    text = quote.table(FULL, width=width, edges=EDGES)
    assert max(map(cells, text.splitlines())) <= width
    golden(f"quote_{width}", text)


@pytest.mark.parametrize("width", [80, 100, 140])
def test_a_comparison(golden, width):
    text = compare.table(COMPARED, width=width, edges=EDGES)
    assert max(map(cells, text.splitlines())) <= width
    golden(f"compare_{width}", text)


def test_other_quotes(golden):
    golden("quote_explained", quote.table(FULL, explain=True))
    golden("quote_without_costs", quote.table(BARE))
    golden("quote_with_vat", quote.table(VAT))
    golden("quote_supply_price", quote.table(SUPPLY))


def test_what_if(golden):
    golden("quote_vs", variants.table(FULL, [("price", "24.99", CHANGED), ("ship_cost", "4.80", BARE)]))
    golden("quote_vs_markdown", markdown.variants_text(FULL, [("price", "24.99", CHANGED)]))


def test_markdown(golden):
    golden("quote_markdown", markdown.quote_text(FULL, edges=EDGES))
    golden("compare_markdown", markdown.comparison_text(COMPARED, edges=EDGES))


def test_colour_changes_nothing_else():
    for made in (FULL, BARE, SUPPLY):
        coloured = quote.table(made, ink=Ink(on=True), edges=EDGES)
        assert "\x1b[" in coloured
        assert _plain(coloured) == quote.table(made, edges=EDGES)


def _plain(text):
    for code in ("1;32", "1;31", "33", "1", "2", "0"):
        text = text.replace(f"\x1b[{code}m", "")
    return text


def test_a_loss_is_red():
    lost = replace(FULL, profit=Decimal("-1.00"))
    line = next(line for line in quote.table(lost, ink=Ink(on=True)).splitlines() if "PROFIT" in line)
    assert "\x1b[1;31m" in line


def test_text_from_elsewhere_cannot_steer_the_terminal():
    nasty = replace(FULL, item={**FULL.item, "sku": "A\x1b[2JB\r\u202eC"}, warnings=("be\x07ep",))
    for text in (quote.table(nasty), compare.table(replace(COMPARED, quotes=(nasty,))), markdown.quote_text(nasty)):
        assert not any(char in text for char in "\x1b\r\x07\u202e")


def test_long_and_wide_names_keep_the_columns():
    long = tuple(replace(line, name="名前" * 30) for line in FEES)
    text = quote.table(replace(FULL, fees=long), width=80)
    assert max(map(cells, text.splitlines())) <= 80
    assert "-13.74" in text


def test_every_fee_and_cost_is_on_the_screen():
    text = quote.table(FULL, width=80)
    assert all(f"{-line.amount:.2f}" in text for line in FULL.fees)
    assert all(f"{-line.amount:.2f}" in text for line in FULL.costs)


def test_a_comparison_says_which_columns_it_left_out():
    narrow = compare.table(COMPARED, width=80)
    wide = compare.table(COMPARED, width=140)
    left_out = next(line for line in narrow.splitlines() if line.startswith("Too narrow for: "))
    heads = wide.splitlines()[1].split()
    assert all(head in heads for head in left_out.split(": ")[1].split(" (")[0].split(", "))
    assert "Too narrow" not in wide


def test_nothing_to_compare():
    assert "No platform could be quoted." in compare.table(replace(COMPARED, quotes=(), profit_in_base={}))
    assert "Skipped" in markdown.comparison_text(replace(COMPARED, quotes=(), profit_in_base={})).title()


def test_a_list_wraps_the_widest_column_and_breaks_no_word():
    rows = [{"id": "one-two-three-four", "what": "some words " * 10, "n": 3}]
    text = listing.table(("id", "what", "n"), rows, width=50, ink=Ink(), numeric=("n",))
    assert max(map(len, text.splitlines())) <= 50
    assert "one-two-three-four" in text
