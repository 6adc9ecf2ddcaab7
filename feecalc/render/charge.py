"""What does a charge say, in a few words, before any item is known? `15%, at least 0.30`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from feecalc import plan as p
from feecalc.quantity import money_text, percent_text


def described(charge: p.Charge | None) -> str:
    """The charge of a card or of one of its rows; amounts in the card's currency."""
    return "nothing" if charge is None else _WORDS[type(charge)](charge)


def _flat(charge: p.Flat) -> str:
    return money_text(charge.amount)


def _percent(charge: p.Percent) -> str:
    of = f" of {charge.of.replace('_', ' ')}" if charge.of_fee else ""
    return percent_text(charge.rate) + of


def _per(charge: p.Per) -> str:
    started = "started " if charge.started else ""
    return f"{money_text(charge.rate)} for each {started}{charge.each_text.removeprefix('1 ')}"


def _bands(charge: p.Bands) -> str:
    part = "of the part " if charge.marginal else ""
    return ", ".join(f"{described(row.charge)} {part}{row.text}".rstrip() for row in charge.rows)


def _table(charge: p.Table) -> str:
    return f"a table by {charge.by.replace('_', ' ')} and {charge.of.replace('_', ' ')}"


def _season(charge: p.Season) -> str:
    return "; ".join(f"{row.mark.name}: {described(row.charge)}" for row in charge.rows)


def _choose(charge: p.Choose) -> str:
    if charge.by_category:
        return "by category"
    return "; ".join(f"{row.mark.name or 'otherwise'}: {described(row.charge)}" for row in charge.rows)


def _combine(charge: p.Combine) -> str:
    parts = [described(part) for part in charge.parts]
    if charge.how == "sum":
        return " + ".join(parts)
    if len(parts) == 2:
        return f"{parts[0]}, {'at least' if charge.how == 'greatest' else 'at most'} {parts[1]}"
    return f"the {'largest' if charge.how == 'greatest' else 'smallest'} of {', '.join(parts)}"


def _unknown(charge: p.Unknown) -> str:
    return f"not published: {charge.reason}"


_WORDS: dict[type, Callable[[Any], str]] = {
    p.Flat: _flat, p.Percent: _percent, p.Per: _per, p.Bands: _bands, p.Table: _table, p.Season: _season,
    p.Choose: _choose, p.Combine: _combine, p.Unknown: _unknown,
}  # fmt: skip
