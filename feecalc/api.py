"""The library: quote one item, compare several platforms. No clock is read: the day must be given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from feecalc import comparison
from feecalc.confidence import LEVELS, Confidence
from feecalc.engine.sale import require_date
from feecalc.errors import InputError
from feecalc.fields import date
from feecalc.item import Item
from feecalc.result import Comparison, Quote
from feecalc.schedule.store import Schedules

_shipped: list[Schedules] = []


def shipped() -> Schedules:
    """The schedules that came with feecalc, read once."""
    if not _shipped:
        _shipped.append(Schedules.shipped())
    return _shipped[0]


def quote(
    item: Item,
    *,
    platform: str | None = None,
    as_of: str | dt.date | None = None,
    schedules: Schedules | None = None,
    min_confidence: str = "inferred",
) -> Quote:
    """What one platform charges for one item on one day, line by line, and what is left.

    `platform` is an id, perhaps with a way of fulfilment (`id:way`); default: the item's, else the schedules' default.
    `as_of` is the day of shipping (default: the item's). Amounts of the result are Decimal in `quote.currency`.
    Raises InputError, MissingInput or FeeUnknown; ScheduleError when a card is broken.

    >>> quote(Item(category="apparel", price="20.01", fulfillment="merchant"), as_of="2024-01-15").platform_fees
    Decimal('3.40')
    """
    store = schedules or shipped()
    named = (platform,) if platform else item.platforms
    if len(named) > 1:
        raise InputError("platform", ";".join(named), "a quote is for one platform; compare takes several")
    place = named[0] if named else store.default_platform
    base = store.platform(place.partition(":")[0]).currency
    return comparison.quote_on(store, item, place, day_of(item, as_of), base, level(min_confidence))


def compare(
    item: Item,
    *,
    platforms: Sequence[str] = (),
    as_of: str | dt.date | None = None,
    by: str = "profit",
    schedules: Schedules | None = None,
    min_confidence: str = "inferred",
) -> Comparison:
    """One item on several platforms, best profit first; on all of them, in every way of fulfilment, when none is named.

    `by` orders otherwise: margin, roi, take_rate or channel_cost_rate.

    Raises InputError for what is wrong with the item itself; a platform that can't be quoted is in `skipped`.

    >>> compare(Item(category="apparel", price="20.01"), as_of="2026-06-01").quotes[0].currency
    'USD'
    """
    store = schedules or shipped()
    return comparison.compare(store, item, platforms, day_of(item, as_of), level(min_confidence), by)


def day_of(item: Item, as_of: str | dt.date | None) -> dt.date:
    """The day of shipping, from the argument or the item. Raises MissingInput."""
    return require_date(item, None if as_of is None else date("as_of", as_of))


def level(word: str) -> Confidence:
    """One of the four words. Raises InputError."""
    if word not in LEVELS:
        raise InputError("min_confidence", word, f"choose one of {', '.join(LEVELS)}")
    return Confidence[word.upper()]
