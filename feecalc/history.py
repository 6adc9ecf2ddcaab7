"""The same item through every change of its cards: what was taken when, what changed, and where nothing is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from feecalc.comparison import quote_on
from feecalc.confidence import Confidence
from feecalc.errors import FeecalcError, InputError, ScheduleError
from feecalc.item import Item
from feecalc.result import Gap, History, Period, Quote
from feecalc.schedule.store import Schedules

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: one item at one place, and the least confidence that counts."""

    schedules: Schedules
    item: Item
    place: str
    least: Confidence


def history(asked: Asked, first: dt.date | None, last: dt.date) -> History:
    """Periods and gaps from `first` (default: the first required card) to `last`, both included.

    A period is quoted on its first day; two neighbours that charge the same are one. Raises InputError for what is wrong
    with the item on every day.
    """
    platform = asked.place.partition(":")[0]
    start = first or first_day(asked.schedules, platform)
    if start > last:
        raise InputError("from", str(start), f"is after {last}")
    periods: list[Period] = []
    gaps: list[Gap] = []
    for begin, end in spans(asked.schedules, platform, start, last):
        try:
            made = quote_on(asked.schedules, asked.item, asked.place, begin, _currency(asked, platform), asked.least)
        except ScheduleError:
            raise
        except FeecalcError as error:
            _add_gap(gaps, Gap(begin, end, str(error)))
        else:
            _add_period(periods, begin, end, made)
    if not periods:
        raise InputError("item", None, f"can't be quoted on any day from {start} to {last}: {gaps[-1].reason}")
    return History(asked.place, tuple(periods), tuple(gaps))


def _currency(asked: Asked, platform: str) -> str:
    return asked.schedules.platform(platform).currency


def first_day(schedules: Schedules, platform: str) -> dt.date:
    """The first day of a required fee's first card: before it there is nothing to quote."""
    required = [fee.id for fee in schedules.platform(platform).fees if fee.required]
    return min(dates[0] for fee in required if (dates := schedules.dates(platform, fee)))


def spans(schedules: Schedules, platform: str, first: dt.date, last: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """The days between two changes of any card of the platform."""
    days = sorted({first, *(day for day in changes(schedules, platform) if first < day <= last)})
    yield from zip(days, [*(day - ONE_DAY for day in days[1:]), last], strict=True)


def changes(schedules: Schedules, platform: str) -> set[dt.date]:
    """Every day on which some card begins, or is over, or some fee or way begins to exist."""
    found = {fee.since for fee in schedules.platform(platform).fees if fee.since}
    for folder in schedules.folders(platform):
        for card in schedules.cards(platform, folder):
            found.add(card.start)
            if card.until is not None:
                found.add(card.until + ONE_DAY)
    return found


def _add_gap(gaps: list[Gap], gap: Gap) -> None:
    if gaps and gaps[-1].reason == gap.reason and gaps[-1].end + ONE_DAY == gap.start:
        gaps[-1] = Gap(gaps[-1].start, gap.end, gap.reason)
    else:
        gaps.append(gap)


def _add_period(periods: list[Period], begin: dt.date, end: dt.date, made: Quote) -> None:
    before = periods[-1] if periods else None
    if before is not None and before.end + ONE_DAY == begin and _charged(before.quote) == _charged(made):
        periods[-1] = Period(before.start, end, before.changed, before.quote)
    else:
        periods.append(Period(begin, end, changed(before.quote, made) if before else (), made))


def _charged(made: Quote) -> tuple[object, ...]:
    return tuple((line.fee, line.amount) for line in made.fees), tuple(entry.fee for entry in made.not_included)


def changed(before: Quote, after: Quote) -> tuple[str, ...]:
    """The fees whose amount differs, or that came or went, in the order of the later quote."""
    old = {line.fee: line.amount for line in before.fees}
    new = {line.fee: line.amount for line in after.fees}
    return tuple(fee for fee in dict.fromkeys([*new, *old]) if old.get(fee) != new.get(fee))
