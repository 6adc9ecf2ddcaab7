"""Why does one place leave more than another, and when would it not? Everything is read from finished quotes.

A quote's profit is the sum of its parts; two quotes differ by the differences of their parts, in one currency.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from feecalc.quantity import MINOR_DIGITS, decimal
from feecalc.result import Comparison, Quote

SHIP = "ship"  # the cost line of the seller's own shipping
_GROUPS = ("selling", "fulfillment", "storage", "program", "advertising")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a profit: what it comes to there, in that quote's currency, and how much more it leaves than the best's."""

    name: str  # revenue | selling | shipping | storage | program | advertising | costs
    amount: Decimal
    more: Decimal  # in the comparison's currency; negative takes away


@dataclass(frozen=True, slots=True)
class Tie:
    """The own shipping cost at which shipping a unit oneself leaves as much as the platform's own way."""

    platform: str
    way: str
    by_seller: str
    ship_cost: Decimal
    now: Decimal | None  # the shipping cost that was given
    currency: str
    complete: bool


def in_base(comparison: Comparison, quote: Quote, value: Decimal) -> Decimal:
    """An amount of that quote in the comparison's currency."""
    if quote.currency == comparison.currency:
        return value
    return decimal(Fraction(value) * comparison.rates[quote.currency], MINOR_DIGITS[comparison.currency])


def group(quote: Quote, name: str) -> Decimal:
    """What the fees of a group come to."""
    return sum((line.amount for line in quote.fees if line.group == name), Decimal(0))


def ship_cost(quote: Quote) -> Decimal:
    """The seller's own shipping."""
    return sum((line.amount for line in quote.costs if line.cost == SHIP), Decimal(0))


def parts(quote: Quote) -> dict[str, Decimal]:
    """What adds up to the profit. Whoever ships, it is one part: `shipping`."""
    found = {"revenue": quote.revenue, **{name: -group(quote, name) for name in _GROUPS}}
    found["shipping"] = found.pop("fulfillment") - ship_cost(quote)
    found["costs"] = ship_cost(quote) - sum((line.amount for line in quote.costs), Decimal(0))
    return found


def differences(comparison: Comparison, best: Quote, other: Quote) -> list[Part]:
    """How the parts of two quotes differ, the largest difference first; equal parts are left out."""
    mine, theirs = parts(other), parts(best)
    found = [
        Part(name, abs(mine[name]), in_base(comparison, other, mine[name]) - in_base(comparison, best, theirs[name]))
        for name in mine
    ]
    return sorted((part for part in found if part.more), key=lambda part: -abs(part.more))


def ties(quotes: Sequence[Quote]) -> Iterator[Tie]:
    """For each platform that offers both: at which shipping cost does it make no difference who ships?"""
    for own in quotes:
        if own.labels.ships != "platform" or own.settlement == "supply_price":
            continue
        for mine in quotes:
            if mine.platform == own.platform and mine.labels.ships == "seller":
                yield _tie(own, mine)


def _tie(own: Quote, mine: Quote) -> Tie:
    given = [line.amount for line in mine.costs if line.cost == SHIP]
    at = _left(mine) - _left(own)
    return Tie(
        own.platform, own.labels.fulfillment, mine.labels.fulfillment, at, given[0] if given else None, own.currency,
        complete=own.complete or len(own.not_included) == len(mine.not_included),
    )  # fmt: skip


def _left(quote: Quote) -> Decimal:
    """What is left before the seller's own shipping."""
    return quote.proceeds - sum((line.amount for line in quote.costs if line.cost != SHIP), Decimal(0))
