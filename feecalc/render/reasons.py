"""What differs between the rows of a comparison, and why: one line for each platform, and what would turn the order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from feecalc.difference import Part, Tie, differences, group, in_base, ship_cost, ties
from feecalc.quantity import MINOR_DIGITS
from feecalc.render.text import money, percent
from feecalc.result import Comparison, Quote

_MOST_PARTS = 3
_NAMES = {
    "selling": "selling fees", "storage": "storage", "program": "programs", "advertising": "ads", "costs": "your other costs",
}  # fmt: skip


def why(comparison: Comparison, ranked: Sequence[int]) -> list[tuple[str, str]]:
    """For each row with a profit: how far it is from the most profitable, and the parts that make the difference."""
    quotes = [comparison.quotes[position] for position in ranked]
    known = [(in_base(comparison, quote, quote.profit), quote) for quote in quotes if quote.profit is not None]
    if len(known) < 2:
        return []
    most, best = max(known, key=lambda entry: entry[0])
    return [(place(quote), _line(comparison, best, quote, profit - most)) for profit, quote in known if quote is not best]


def place(quote: Quote) -> str:
    """`market-us FBA`: where, and who ships."""
    return f"{quote.platform} {quote.labels.fulfillment}"


def _line(comparison: Comparison, best: Quote, quote: Quote, gap: Decimal) -> str:
    digits = best.labels.digits
    found = differences(comparison, best, quote)
    shown = [f"{_reason(best, quote, part)} ({part.more:+,.{digits}f})" for part in found[:_MOST_PARTS]]
    head = f"{money(-gap, digits)} less than {place(best)}" if gap else f"as much as {place(best)}"
    return ": ".join(part for part in (head, ", ".join(shown)) if part)


def _reason(best: Quote, quote: Quote, part: Part) -> str:
    amount = money(part.amount, quote.labels.digits)
    own = "" if quote.currency == best.currency else f" {quote.currency}"
    if part.name == "shipping":
        return _shipping(best, quote, own)
    if part.name == "revenue":
        return f"revenue {amount}{own}{_after_tax(quote)}"
    return f"{_NAMES[part.name]} {amount}{own}"


def _after_tax(quote: Quote) -> str:
    tax = quote.item.get("tax_rate", quote.assumed.get("tax_rate"))
    return f" after {percent(Decimal(str(tax)), 0)} VAT" if tax and quote.labels.tax_inside else ""


def _shipping(best: Quote, quote: Quote, own: str) -> str:
    digits = quote.labels.digits
    if quote.labels.ships == "platform":
        return f"{quote.labels.fulfillment} ships it at {money(group(quote, 'fulfillment'), digits)}{own}"
    at = f"you ship at {money(ship_cost(quote), digits)}{own}"
    return f"no fulfillment included: {at}" if best.labels.ships == "platform" else at


def shipping(comparison: Comparison, ranked: Sequence[int]) -> list[tuple[str, str]]:
    """At which shipping cost it makes no difference who ships; and how to read rows of both kinds fairly."""
    quotes = [comparison.quotes[position] for position in ranked]
    lines = [(tie.platform, _tie(tie)) for tie in ties(quotes)]
    return [*lines, *(("all", text) for text in _fairness(quotes))]


def _tie(tie: Tie) -> str:
    if tie.ship_cost <= 0:
        return f"{tie.way} leaves more, whatever your shipping costs"
    digits = MINOR_DIGITS[tie.currency]
    now = "" if tie.now is None else f"; now {money(tie.now, digits)}"
    more = "" if tie.complete else " or more, as some of its fees are not included"
    return f"your shipping ties with {tie.way} at {money(tie.ship_cost, digits)} {tie.currency}{more}{now}"


def _fairness(quotes: Sequence[Quote]) -> Iterator[str]:
    if {quote.labels.ships for quote in quotes} == {"platform", "seller"}:
        yield "some rows hold the platform's shipping, some yours: channel counts both, take only what the platform charges"
