"""What is the item, from its file, the options, and what is set for one platform alone?

Options win over the file field by field; what they say of every platform also wins over what the file says of one.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from feecalc.cli.options import Given
from feecalc.errors import InputError, near
from feecalc.fields import FIELD, Field, text
from feecalc.formats.items import read_item
from feecalc.item import Item

if TYPE_CHECKING:
    from feecalc.schedule.store import Schedules

Fields = dict[str, object]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The fields as given, not yet read: for every platform, and for single ones."""

    fields: Fields
    alone: dict[str, Fields]

    def item(self) -> Item:
        """The item they make. Raises InputError."""
        return Item(platforms=self.alone, **self.fields)

    def with_value(self, name: str, value: object) -> Sheet:
        """The same with one field changed for every platform; None takes it away."""
        others = {key: {own: part for own, part in fields.items() if own != name} for key, fields in self.alone.items()}
        fields = {key: part for key, part in self.fields.items() if key != name}
        return Sheet(fields if value is None else {**fields, name: value}, {key: own for key, own in others.items() if own})

    def with_alone(self, place: str, name: str, value: object) -> Sheet:
        """The same with one field set for one platform alone."""
        return replace(self, alone={**self.alone, place: {**self.alone.get(place, {}), name: value}})


def sheet_of(given: Given, schedules: Schedules) -> Sheet:
    """The item file, and over it the options. Raises InputError."""
    sheet = Sheet({}, {})
    if given.file is not None:
        sheet = Sheet(*read_item(given.file, sys.stdin.buffer))
        for place in sheet.alone:
            check_place("platforms", place, schedules)
        for name in (name for fields in (sheet.fields, *sheet.alone.values()) for name in fields):
            if name not in FIELD:
                raise InputError(given.file, None, f"{name} is no field of an item{near(name, FIELD)}")
    for name, values in given.options.items():
        sheet = _with_option(sheet, FIELD[name], values, schedules)
    return sheet


def _with_option(sheet: Sheet, field: Field, values: list[str], schedules: Schedules) -> Sheet:
    """All values of one option: first those for every platform, then those for one alone."""
    split: dict[str | None, list[str]] = {}
    for value in values:
        place, rest = _split(field, _valid(field.name, value), schedules)
        split.setdefault(place, []).append(rest)
    for place in sorted(split, key=lambda place: place or ""):
        several = split[place]
        if len(several) > 1 and not field.repeated:
            raise InputError(field.name, several[1], "is given twice")
        new = several if field.repeated else several[0]
        sheet = sheet.with_value(field.name, new) if place is None else sheet.with_alone(place, field.name, new)
    return sheet


def _valid(name: str, value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:  # bytes that are no UTF-8 reach Python as lone surrogates
        raise InputError(name, ascii(value), "is not UTF-8 text") from None
    return value


def _split(field: Field, value: str, schedules: Schedules) -> tuple[str | None, str]:
    """`ID=REST` as the platform and its value. Where values are NAME=VALUE themselves, it takes two signs: `ID=NAME=VALUE`."""
    head, equals, rest = value.partition("=")
    pairs = field.repeated and field.name != "platform"
    if not equals or field.name == "platform" or (pairs and "=" not in rest):
        return None, value
    if head.partition(":")[0] in schedules.platform_ids():
        check_place(field.name, head, schedules)
        return head, rest
    if field.parse is text:
        return None, value
    raise InputError(field.name, value, f"{head!r} is no platform{near(head, schedules.platform_ids())}")


def check_place(field: str, place: str, schedules: Schedules) -> None:
    """Refuse an unknown platform or way of fulfilment in `ID` or `ID:WAY`."""
    platform_id, colon, way = place.partition(":")
    known = schedules.platform_ids()
    if platform_id not in known:
        raise InputError(field, place, f"is no platform{near(platform_id, known) or '; see: feecalc platforms'}")
    ways = [entry.id for entry in schedules.platform(platform_id).ways] if colon else []
    if colon and way not in ways:
        raise InputError(field, place, f"{platform_id} has no such way; its ways: {', '.join(ways)}")


def changed(sheet: Sheet, change: str) -> tuple[str, str, Sheet]:
    """`FIELD=VALUE` of --vs: the field's name, the value, and the sheet with it. An empty value takes the field away."""
    name, equals, value = change.partition("=")
    name = name.strip().lstrip("-").replace("-", "_")
    if not equals:
        raise InputError("vs", change, "give FIELD=VALUE, as in price=24.99")
    if name not in FIELD:
        raise InputError("vs", name, f"is no field of an item{near(name, FIELD)}")
    new = [_valid(name, value)] if FIELD[name].repeated else _valid(name, value)
    return name, value, sheet.with_value(name, new if value else None)
