"""The item: what a seller knows of one SKU, parsed and frozen.

Not given is None, never zero: what a missing field means is decided where a number is made of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from feecalc.errors import InputError, near
from feecalc.fields import FIELD, FIELDS, OwnFee
from feecalc.quantity import Amount, Dims, Share, Weight, decimal, percent_text

# Chosen with the item but not part of what it is: the document shows them elsewhere.
_NOT_ECHOED = {"platform", "as_of", "fulfillment"}
_AD_WAYS = (("ad_cpc", "ad_conversion"), ("acos",), ("tacos",), ("ads",))


class Item:
    """One SKU. `Item(category="apparel", price="20.01", dims="10x8x0.7in", weight="6oz", cost="5")`.

    Fields are those of `feecalc schema item`; amounts are text, int or Decimal (a float is refused: it is not exact).
    `platforms={"some-id": {"price": "18.99"}}` sets fields for one platform alone.
    Raises InputError, naming field, value and what would do.
    """

    __slots__ = ("_fields", "_overrides")

    def __init__(self, *, platforms: Mapping[str, Mapping[str, object]] | None = None, **given: object) -> None:
        self._fields: Mapping[str, object] = MappingProxyType(_parse(given))
        overrides = {name: MappingProxyType(_parse(fields)) for name, fields in (platforms or {}).items()}
        self._overrides: Mapping[str, Mapping[str, object]] = MappingProxyType(overrides)
        for fields in (self._fields, *({**self._fields, **own} for own in overrides.values())):
            _check_together(fields)

    @classmethod
    def _of(cls, fields: Mapping[str, object], overrides: Mapping[str, Mapping[str, object]]) -> Item:
        item = cls.__new__(cls)
        item._fields, item._overrides = MappingProxyType(dict(fields)), overrides
        return item

    def on(self, platform: str, way: str | None = None) -> Item:
        """The item as it is sold there: the fields set for that platform (and way) alone put in."""
        merged = dict(self._fields)
        for name in (platform, f"{platform}:{way}"):
            merged.update(self._overrides.get(name, {}))
        return Item._of(merged, MappingProxyType({}))

    def but(self, **changed: object) -> Item:
        """The same item with some fields changed; None takes a field away."""
        parsed = _parse({name: value for name, value in changed.items() if value is not None})
        kept = {name: value for name, value in self._fields.items() if name not in changed}
        merged = {**kept, **parsed}
        _check_together(merged)
        return Item._of(merged, self._overrides)

    @property
    def overridden(self) -> tuple[str, ...]:
        """The platforms for which some field is set alone."""
        return tuple(self._overrides)

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __contains__(self, name: str) -> bool:
        return name in self._fields

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Item) and (self._fields, self._overrides) == (other._fields, other._overrides)

    def __hash__(self) -> int:
        return hash(tuple(sorted(self._fields)))

    def __repr__(self) -> str:
        return f"Item({', '.join(f'{name}={value!r}' for name, value in self.echo().items())})"

    def _get(self, name: str) -> object:
        return self._fields.get(name)

    # One typed reader for each shape of value, so that callers need no casts.
    def text(self, name: str) -> str | None:
        """An id or a text."""
        value = self._get(name)
        return value if isinstance(value, str) else None

    def amount(self, name: str) -> Amount | None:
        """Money."""
        value = self._get(name)
        return value if isinstance(value, Amount) else None

    def part(self, name: str) -> Amount | Share | None:
        """Money or a share of something."""
        value = self._get(name)
        return value if isinstance(value, Amount | Share) else None

    def number(self, name: str) -> Fraction | None:
        """A share or a plain number."""
        value = self._get(name)
        return value if isinstance(value, Fraction) else None

    def flag(self, name: str) -> bool | None:
        """True, false or not given."""
        value = self._get(name)
        return value if isinstance(value, bool) else None

    @property
    def as_of(self) -> dt.date | None:
        """The day the unit ships."""
        value = self._get("as_of")
        return value if isinstance(value, dt.date) else None

    @property
    def dims(self) -> Dims | None:
        """Sides of the packed unit."""
        value = self._get("dims")
        return value if isinstance(value, Dims) else None

    @property
    def weight(self) -> Weight | None:
        """Weight of the packed unit."""
        value = self._get("weight")
        return value if isinstance(value, Weight) else None

    @property
    def platforms(self) -> tuple[str, ...]:
        """Platform ids named, each perhaps with `:way`."""
        value = self._get("platform")
        return value if isinstance(value, tuple) else ()

    @property
    def own_fees(self) -> tuple[OwnFee, ...]:
        """The seller's own figures for fees."""
        value = self._get("fee")
        return value if isinstance(value, tuple) else ()

    @property
    def other_costs(self) -> tuple[tuple[str, Amount | Share], ...]:
        """The seller's own costs."""
        value = self._get("other_cost")
        return value if isinstance(value, tuple) else ()

    @property
    def fx(self) -> dict[str, Fraction]:
        """Currency to its worth in the first platform's currency."""
        value = self._get("fx")
        return dict(value) if isinstance(value, tuple) else {}

    def echo(self, currency: str | None = None) -> dict[str, object]:
        """The fields that were given, as the JSON document shows them (keys in the order of the field table).

        Amounts that carry no currency of their own get `currency`, where one is given.
        """
        shown = (field.name for field in FIELDS if field.name in self._fields and field.name not in _NOT_ECHOED)
        return {name: _echo(_carrying(self._fields[name], currency)) for name in shown}


def _parse(given: Mapping[str, object]) -> dict[str, object]:
    unknown = [name for name in given if name not in FIELD]
    if unknown:
        raise InputError(unknown[0], None, f"is no field of an item{near(unknown[0], FIELD)}")
    return {name: FIELD[name].parse(name, raw) for name, raw in given.items() if raw is not None}


def _check_together(fields: Mapping[str, object]) -> None:
    ways = [names for names in _AD_WAYS if any(name in fields for name in names)]
    if len(ways) > 2 or (len(ways) == 2 and not {"ad_cpc", "ads"} <= {names[0] for names in ways}):
        both = " and ".join(names[0] for names in ways)
        raise InputError("ads", None, f"{both} are two ways of giving ads; keep one of ad_cpc, acos, tacos, ads")
    if "tacos" in fields and "ad_share" in fields:
        raise InputError("ad_share", None, "tacos already counts all sales; leave ad_share out")
    if ("ad_cpc" in fields) != ("ad_conversion" in fields) and "ads" not in fields:
        missing, given = ("ad_conversion", "ad_cpc") if "ad_cpc" in fields else ("ad_cpc", "ad_conversion")
        raise InputError(missing, None, f"{given} is given, so is needed: cost per click and orders per click go together")
    if "ad_share" in fields and not ways:
        raise InputError("ad_share", None, "needs a cost of ads: give ad_cpc and ad_conversion, acos, or ads")


def _carrying(value: object, currency: str | None) -> object:
    own = isinstance(value, Amount) and value.currency is None and currency is not None
    return Amount(value.value, currency) if own and isinstance(value, Amount) else value


def _echo(value: object) -> object:
    if isinstance(value, Amount):
        return value.echo()
    if isinstance(value, Share):
        return percent_text(value.value)
    if isinstance(value, Weight | Dims):
        return value.text
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else _exact_decimal(value)
    if isinstance(value, tuple):
        return _echo_pairs(value)
    return value


def _exact_decimal(value: Fraction) -> Decimal:
    return decimal(value, 12).normalize()


def _echo_pairs(pairs: tuple[object, ...]) -> dict[str, object]:
    shown: dict[str, object] = {}
    for pair in pairs:
        if isinstance(pair, OwnFee):
            shown[f"+{pair.name}:{pair.group}" if pair.group else pair.name] = _echo(pair.value)
        elif isinstance(pair, tuple):
            shown[str(pair[0])] = _echo(pair[1])
    return shown
