"""One item on several platforms: which leaves the most?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from feecalc.confidence import Confidence
from feecalc.engine.quote import quote
from feecalc.engine.sale import by_size
from feecalc.errors import FeecalcError, FeeUnknown, InputError, MissingInput, ScheduleError
from feecalc.item import Item
from feecalc.plan import normal_name
from feecalc.quantity import MINOR_DIGITS, decimal
from feecalc.result import Comparison, Quote, Skipped
from feecalc.schedule.store import Schedules

# what a comparison can be ordered by: -1 the highest first, 1 the lowest
ORDERS = {"profit": -1, "margin": -1, "roi": -1, "take_rate": 1, "channel_cost_rate": 1}


def quote_on(
    schedules: Schedules, item: Item, place: str, day: dt.date, base: str, least: Confidence, *, break_even: bool = True
) -> Quote:
    """The item on one `platform` or `platform:way`. Raises FeecalcError; FeeUnknown when a fee rests on less than `least`."""
    platform, _, way = place.partition(":")
    made = quote(schedules.plan(platform, day), item.on(platform, way or None), way or None, base, break_even=break_even)
    for line in made.fees:
        if line.confidence > least:
            raise FeeUnknown(platform, line.fee, f"rests on {line.confidence.word} figures, less than {least.word}")
    return made


def places(schedules: Schedules, item: Item, named: Sequence[str], day: dt.date) -> list[str]:
    """Every `platform:way` that is meant: all ways of what is named, of all platforms when none is."""
    found: list[str] = []
    for name in named or item.platforms or schedules.platform_ids():
        platform, colon, _ = name.partition(":")
        ways = [name] if colon or "fulfillment" in item.on(platform) else _ways(schedules, item, platform, day)
        found += [place for place in ways if place not in found]
    return found


def _ways(schedules: Schedules, item: Item, platform: str, day: dt.date) -> list[str]:
    """The ways that can be quoted: one that is charged by size needs it, and one line says so when nothing else is left."""
    plan = schedules.plan(platform, day)
    sized = "dims" in item.on(platform) and "weight" in item.on(platform)
    ways = [way for way in plan.platform.ways if way.open_on(day) and (sized or not by_size(plan, way))]
    return [f"{platform}:{way.id}" for way in ways] or [platform]


def base_currency(schedules: Schedules, named: Sequence[str]) -> str:
    """The currency of amounts that carry none: the first platform's that is named, else the default platform's."""
    first = named[0].partition(":")[0] if named else schedules.default_platform
    return schedules.platform(first).currency


def compare(
    schedules: Schedules, item: Item, named: Sequence[str], day: dt.date, least: Confidence, by: str = "profit"
) -> Comparison:
    """Quotes on every place named, the best first. A place that can't be quoted is skipped with its reason.

    Raises InputError for what is wrong with the item itself: an unknown platform, a missing price.
    """
    if by not in ORDERS:
        raise InputError("by", by, f"choose one of {', '.join(ORDERS)}")
    where = places(schedules, item, named, day)
    shared = _shared_category(schedules, item, where, day)
    base = base_currency(schedules, named or item.platforms)
    quotes, skipped = [], []
    for place in where:
        schedules.platform(place.partition(":")[0])
        try:
            made = quote_on(schedules, _translated(schedules, item, place, day, shared), place, day, base, least)
            _comparable(item, made, base)
            quotes.append(made)
        except ScheduleError:
            raise
        except FeecalcError as error:
            if isinstance(error, MissingInput) and set(error.fields) & {"price", "category"}:
                raise
            skipped.append(Skipped(place, str(error)))
    ordered = sorted(quotes, key=lambda made: _rank(item, made, base, by))
    return Comparison(day, base, tuple(ordered), tuple(skipped), _in_base(item, ordered, base), by, item.fx)


def _comparable(item: Item, made: Quote, base: str) -> None:
    """Amounts may carry that currency themselves; beside others they need a rate all the same."""
    if made.currency != base and made.currency not in item.fx:
        remedy = f"{made.currency} can't be put beside {base}: give --fx {made.currency}=RATE (its worth in {base})"
        raise InputError("fx", None, remedy)


def _shared_category(schedules: Schedules, item: Item, where: Sequence[str], day: dt.date) -> str | None:
    """feecalc's own category behind a name that only one platform prints, so that the others understand it too."""
    given = item.text("category")
    if given is None or given in schedules.categories:
        return given
    for place in where:
        plan = schedules.plan(place.partition(":")[0], day)
        found = given if given in plan.categories else plan.names.get(normal_name(given))
        if found is not None:
            return plan.platform.own_categories.get(found, found)
    return None


def _translated(schedules: Schedules, item: Item, place: str, day: dt.date, shared: str | None) -> Item:
    """The item with the shared category where the platform does not know the name that was given."""
    plan = schedules.plan(place.partition(":")[0], day)
    given = item.on(*place.partition(":")[::2]).text("category")
    if given is None or shared is None or given in plan.categories or normal_name(given) in plan.names:
        return item
    return item.but(category=shared)


def _rank(item: Item, made: Quote, base: str, by: str) -> tuple[bool, Decimal, bool, Decimal]:
    """By the number that is asked for, those without it last; then by profit, then by proceeds."""
    asked: Decimal | None = None if by == "profit" else getattr(made, by)
    value = made.proceeds if made.profit is None else made.profit
    profit = -_converted(item, value, made.currency, base)
    return by != "profit" and asked is None, (asked or Decimal(0)) * ORDERS[by], made.profit is None, profit


def _converted(item: Item, value: Decimal, currency: str, base: str) -> Decimal:
    if currency == base:
        return value
    return decimal(Fraction(value) * item.fx[currency], MINOR_DIGITS[base])


def _in_base(item: Item, quotes: Sequence[Quote], base: str) -> dict[int, Decimal | None]:
    """Profits in one currency, where the quotes have several: totals converted once."""
    if all(made.currency == base for made in quotes):
        return {}
    return {
        position: None if made.profit is None else _converted(item, made.profit, made.currency, base)
        for position, made in enumerate(quotes)
    }
