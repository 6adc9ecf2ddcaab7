"""Asking feecalc the question that the calculator answers, by the public interface alone."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

from feecalc import FeecalcError, FeeUnknown, Item, Quote, Schedules, quote

CARDS = Schedules.shipped()
REFUSED = "refused"


def made(item: Item, day: dt.date, platform: str = "amazon-us:fba") -> Quote:
    return quote(item, platform=platform, as_of=day, schedules=CARDS)


def fee_of(item: Item, fee: str, day: dt.date, platform: str = "amazon-us:fba") -> Decimal | str:
    """The line's amount; `refused` where this very fee is unknown; another error as it reads."""
    try:
        lines = [line for line in made(item, day, platform).fees if line.fee == fee]
    except FeeUnknown as error:
        return REFUSED if error.fee == fee else f"{error}"
    except FeecalcError as error:
        return f"{error}"
    return lines[0].amount if len(lines) == 1 else f"{len(lines)} lines of {fee}"


def tier_of(item: Item, day: dt.date) -> str | None:
    """The size tier, also where the fulfillment fee is unknown: the seller's own figure stands in for it."""
    try:
        size = made(item.but(fee={"fulfillment": "1"}), day).size
    except FeecalcError as error:
        return f"{error}"
    return None if size is None else size.tier


def exact(value: Fraction) -> str:
    """All digits of a decimal fraction."""
    scaled = value * 10**20
    assert scaled.denominator == 1
    return f"{Decimal(scaled.numerator).scaleb(-20):f}".rstrip("0").rstrip(".")
