"""Widths, wrapping and numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from feecalc.render.text import cells, clean, hanging, money, percent, said, spread, wrap


@pytest.mark.parametrize("width", range(1, 30))
def test_wrapped_lines_fit_and_lose_nothing(width):
    text = "a bc def ghij klmnopqrstuvwxyz 0123456789 end"
    lines = wrap(text, width)
    assert all(cells(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_wide_characters_count_two():
    assert cells("名前") == 4
    assert cells("e\u0301") == 1
    assert all(cells(line) <= 5 for line in wrap("名前名前名前", 5))


def test_what_fits_keeps_its_spaces():
    assert wrap("a   b", 10) == ["a   b"]


def test_hanging_and_spread():
    assert hanging("! ", "one two three", 8) == ["! one", "  two", "  three"]
    assert spread("left", "right", 20) == ["left           right"]
    assert spread("left", "right", 10) == ["left", "     right"]


def test_numbers():
    assert money(Decimal("1234.5"), 2) == "1,234.50"
    assert money(Decimal("-0.001"), 2) == "0.00"
    assert money(None, 2) == "-"
    assert percent(Decimal("0.3485")) == "34.9%"
    assert percent(Decimal("0.125"), 0) == "13%"
    assert said({"a": True, "b": Decimal("1.50")}) == "a yes, b 1.50"


def test_control_characters_are_shown_as_question_marks():
    assert clean("a\nb\x1b[0m\u200bc") == "a?b?[0m?c"
