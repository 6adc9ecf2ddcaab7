"""What does a charge say, in a few words, before any item is known? `15%, at least 0.30`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from feecalc import plan as p
from feecalc.quantity import money_text, percent_text


def described(charge: p.Charge | None, digits: int = 2) -> str:
    """The charge of a card or of one of its rows; amounts in the card's currency, with its minor digits."""
    return "nothing" if charge is None else _WORDS[type(charge)](charge, digits)


def _flat(charge: p.Flat, digits: int) -> str:
    return money_text(charge.amount, digits)


def _percent(charge: p.Percent, _digits: int) -> str:
    of = f" of {charge.of.replace('_', ' ')}" if charge.of_fee else ""
    return percent_text(charge.rate) + of


def _per(charge: p.Per, digits: int) -> str:
    started = "started " if charge.started else ""
    return f"{money_text(charge.rate, digits)} for each {started}{charge.each_text.removeprefix('1 ')}"


def _bands(charge: p.Bands, digits: int) -> str:
    part = "of the part " if charge.marginal else ""
    return ", ".join(f"{described(row.charge, digits)} {part}{row.text}".rstrip() for row in charge.rows)


def _table(charge: p.Table, _digits: int) -> str:
    return f"a table by {charge.by.replace('_', ' ')} and {charge.of.replace('_', ' ')}"


def _season(charge: p.Season, digits: int) -> str:
    return "; ".join(f"{row.mark.name}: {described(row.charge, digits)}" for row in charge.rows)


def _choose(charge: p.Choose, digits: int) -> str:
    if charge.by_category:
        return "by category"
    return "; ".join(f"{row.mark.name or 'otherwise'}: {described(row.charge, digits)}" for row in charge.rows)


def _combine(charge: p.Combine, digits: int) -> str:
    parts = [described(part, digits) for part in charge.parts]
    if charge.how == "sum":
        return " + ".join(parts)
    if len(parts) == 2:
        return f"{parts[0]}, {'at least' if charge.how == 'greatest' else 'at most'} {parts[1]}"
    return f"the {'largest' if charge.how == 'greatest' else 'smallest'} of {', '.join(parts)}"


def _unknown(charge: p.Unknown, _digits: int) -> str:
    return f"not published: {charge.reason}"


def _of_fees(charge: p.OfFees, _digits: int) -> str:
    names = ", ".join(name.replace("_", " ") for name in charge.fees)
    return f"{percent_text(charge.rate)} {'inside' if charge.inside else 'of'} {names}"


def _times(charge: p.Times, digits: int) -> str:
    return f"{charge.of.replace('_', ' ')} x {described(charge.charge, digits)}"


_WORDS: dict[type, Callable[[Any, int], str]] = {
    p.Flat: _flat, p.Percent: _percent, p.Per: _per, p.Bands: _bands, p.Table: _table, p.Season: _season,
    p.Choose: _choose, p.Combine: _combine, p.OfFees: _of_fees, p.Times: _times, p.Unknown: _unknown,
}  # fmt: skip
