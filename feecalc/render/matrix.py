"""How does the map of categories look: a row for each category, a column for each platform whose rate depends on it?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from feecalc import plan as p
from feecalc.mapping import Served, served
from feecalc.quantity import MINOR_DIGITS
from feecalc.render.charge import described
from feecalc.render.text import Ink, cells, hanging, left, right

_LEGEND = (
    "percent of the base, lowest and highest; ? not published, - not sold there. "
    "Names, rules, reasons: feecalc categories PLATFORM"
)


def table(day: dt.date, names: Sequence[str], plans: Mapping[str, p.Plan], *, width: int, ink: Ink) -> str:
    """The matrix in blocks of columns that fit; platforms with the same column share it; those with one rate stand below."""
    maps = {place: served(plan) for place, plan in plans.items()}
    listed = [place for place, found in maps.items() if {entry.state for entry in found.values()} & {"row", "absent", "unknown"}]
    columns = _shared({place: [maps[place][name].rates for name in names] for place in listed})
    lines = [f"Commission by category, ships {day}"]
    for block in _blocks(columns, width - max(map(cells, names))):
        lines += ["", *_block(names, block, ink)]
    lines += ["", *hanging("", _LEGEND, width)]
    rest = {place: found for place, found in maps.items() if place not in listed}
    lines += ["", ink.paint("The same for every category", "strong")] if rest else []
    wide = max(map(cells, rest), default=0)
    return "\n".join([*lines, *(line for place in rest for line in _whole(place, rest[place], plans[place], wide, width))])


_Columns = dict[tuple[str, ...], list[str]]


def _shared(columns: Mapping[str, list[str]]) -> _Columns:
    """Platforms whose columns are equal, together."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for place, column in columns.items():
        groups.setdefault(tuple(column), []).append(place)
    return {_heads(places): list(column) for column, places in groups.items()}


def _heads(places: Sequence[str]) -> tuple[str, ...]:
    """`market-de`, `market-fr` -> `market`, `de`, `fr`: a head of several lines, the platform's name once."""
    by_name: dict[str, list[str]] = {}
    for place in places:
        name, _, country = place.rpartition("-")
        by_name.setdefault(name, []).append(country)
    return tuple(line for name, countries in by_name.items() for line in (name, *countries))


def _blocks(columns: _Columns, room: int) -> list[_Columns]:
    blocks: list[_Columns] = [{}]
    for head, column in columns.items():
        if blocks[-1] and sum(map(_width, blocks[-1], blocks[-1].values())) + _width(head, column) > room:
            blocks.append({})
        blocks[-1][head] = column
    return blocks


def _width(head: tuple[str, ...], column: Sequence[str]) -> int:
    return 2 + max(map(cells, (*head, *column)))


def _block(names: Sequence[str], columns: _Columns, ink: Ink) -> list[str]:
    first, tall = max(map(cells, names)), max(map(len, columns))
    lines = []
    for i in range(tall):
        heads = [right(head[i] if i < len(head) else "", _width(head, column)) for head, column in columns.items()]
        lines.append(ink.paint((" " * first + "".join(heads)).rstrip(), "strong"))
    for i, name in enumerate(names):
        lines.append(left(name, first) + "".join(right(column[i], _width(head, column)) for head, column in columns.items()))
    return lines


def _whole(place: str, found: Mapping[str, Served], plan: p.Plan, wide: int, width: int) -> list[str]:
    entry = next(iter(found.values()))
    text = entry.why or "no table" if entry.state == "own" else described(entry.charge, MINOR_DIGITS[plan.platform.currency])
    return hanging(left(place, wide) + "  ", text, width)
