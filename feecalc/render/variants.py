"""What does one changed field do? The quote as given, each changed one beside it, and the difference."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial

from feecalc.render.quote import footer, header
from feecalc.render.text import Ink, clean, grid, hanging, money, percent, said, words
from feecalc.result import Quote

Variant = tuple[str, str, Quote]  # the field that was changed, its value as given, the quote


def table(base: Quote, variants: Sequence[Variant], *, width: int = 80, ink: Ink | None = None) -> str:
    """A column for each variant. `table(quote, [("price", "24.99", changed)])`."""
    ink = ink or Ink()
    head, *rows = grid(rows_of(base, variants), right_from=1)
    lines = [*header(base, width), "", ink.paint(head, "strong"), *rows, ""]
    for name, value, quote in variants:
        said_only_there = [text for text in quote.warnings if text not in base.warnings]
        lines += [line for text in said_only_there for line in hanging("! ", clean(f"{name} {value}: {text}"), width)]
    return "\n".join([*lines, *footer(base, width, ink)])


def rows_of(base: Quote, variants: Sequence[Variant]) -> list[list[str]]:
    """The head and the lines, without those in which nothing stands."""
    quotes = [base, *(quote for _, _, quote in variants)]
    names = list(dict.fromkeys(line.fee for quote in quotes for line in quote.fees))
    costs = list(dict.fromkeys(line.cost for quote in quotes for line in quote.costs))
    rows = [
        _head(base, variants),
        _amounts("Net revenue", quotes, lambda quote: quote.revenue),
        *(_amounts(f"  {_title(quotes, name)}", quotes, partial(_fee, name)) for name in names),
        _shares("Take rate", quotes, lambda quote: quote.take_rate),
        *(_amounts(f"  {words(name).capitalize()}", quotes, partial(_cost, name)) for name in costs),
        _amounts("PROCEEDS", quotes, lambda quote: quote.proceeds),
        _amounts("PROFIT", quotes, lambda quote: quote.profit),
        _shares("Margin", quotes, lambda quote: quote.margin),
        _shares("ROI", quotes, lambda quote: quote.roi),
        _amounts("Break-even price", quotes, lambda quote: quote.break_even_price),
    ]
    return [row for row in rows if any(text not in ("", "-") for text in row[1:])]


def _head(base: Quote, variants: Sequence[Variant]) -> list[str]:
    known = {"as_of": base.as_of, "fulfillment": base.fulfillment, "platform": base.platform, **base.assumed, **base.item}
    names = list(dict.fromkeys(name for name, _, _ in variants))
    given = f"{words(names[0])} {said(known.get(names[0], 'not given'))}" if len(names) == 1 else "as given"
    head = ["", clean(given)]
    for name, value, quote in variants:
        head += [clean(f"{words(name)} {value}"), "difference" if quote.currency == base.currency else ""]
    return head


def _title(quotes: Sequence[Quote], fee: str) -> str:
    return clean(next(line.name for quote in quotes for line in quote.fees if line.fee == fee))


def _fee(name: str, quote: Quote) -> Decimal | None:
    return next((-line.amount for line in quote.fees if line.fee == name), None)


def _cost(name: str, quote: Quote) -> Decimal | None:
    return next((-line.amount for line in quote.costs if line.cost == name), None)


def _amounts(title: str, quotes: Sequence[Quote], of: Callable[[Quote], Decimal | None]) -> list[str]:
    digits = quotes[0].labels.digits
    return _row(title, quotes, of, lambda value: money(value, digits))


def _shares(title: str, quotes: Sequence[Quote], of: Callable[[Quote], Decimal | None]) -> list[str]:
    return _row(title, quotes, of, percent)


def _row(
    title: str, quotes: Sequence[Quote], of: Callable[[Quote], Decimal | None], say: Callable[[Decimal | None], str]
) -> list[str]:
    base = of(quotes[0])
    cells = [title, say(base)]
    for quote in quotes[1:]:
        value = of(quote)
        both = value is not None and base is not None and quote.currency == quotes[0].currency
        change = value - base if both and value is not None and base is not None else None
        cells += [say(value), "" if not change else f"{'+' if change > 0 else ''}{say(change)}"]
    return cells
