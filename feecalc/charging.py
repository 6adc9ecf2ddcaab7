"""One card by itself: which card is meant, what does it ask for, and what does it charge?"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from feecalc.engine.charge import Asked, asked, charge
from feecalc.errors import FeeUnknown, InputError, near
from feecalc.plan import Card
from feecalc.result import Charged
from feecalc.schedule.store import Schedules, subject_of

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def charge_card(schedules: Schedules, name: str, day: dt.date, given: Mapping[str, str]) -> Charged:
    """What the card `platform/folder` (in force that day), or `platform/folder/date`, charges. Raises FeecalcError."""
    card, day = find_card(schedules, name, day)
    return charge(subject_of(schedules, card, day), card, day, given)


def inputs_of(schedules: Schedules, name: str, day: dt.date) -> tuple[Asked, ...]:
    """The inputs that card takes."""
    card, day = find_card(schedules, name, day)
    if card.unknown is not None:
        platform, folder = card.id.split("/")[:2]
        raise FeeUnknown(platform, folder, card.unknown)
    return asked(subject_of(schedules, card, day), card)


def find_card(schedules: Schedules, name: str, day: dt.date) -> tuple[Card, dt.date]:
    """The card, and the day it is asked for. Raises InputError with near names, FeeUnknown when none is in force."""
    platform, _, rest = name.partition("/")
    folder, _, date = rest.partition("/")
    folders = schedules.folders(platform)
    if folder not in folders:
        raise InputError("card", name, f"is no card{near(folder, folders)}; see: feecalc schedules list {platform}")
    if date:
        return _dated(schedules, platform, folder, date, name), max(day, dt.date.fromisoformat(date))
    card = schedules.in_force(platform, folder, day)
    if card is None:
        raise FeeUnknown(platform, folder, f"no table on {day}; the first is of {schedules.dates(platform, folder)[0]}")
    return card, day


def _dated(schedules: Schedules, platform: str, folder: str, date: str, name: str) -> Card:
    dates = {str(known) for known in schedules.dates(platform, folder)}
    if not _DATE.fullmatch(date) or date not in dates:
        raise InputError("card", name, f"has no such date; its dates: {', '.join(sorted(dates))}")
    return schedules.card(platform, folder, dt.date.fromisoformat(date))
