"""What does one changed field do? The quote as given, each changed one beside it, and the difference."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial

from feecalc.render.quote import footer, header, missing
from feecalc.render.statement import at_least, at_most, cost_name, missing_costs
from feecalc.render.text import Ink, cells, clean, grid, hanging, money, percent, rounded, said, words
from feecalc.result import Quote

Variant = tuple[str, str, Quote]  # the field that was changed, its value ("" takes it away), the quote
UNKNOWN = "unknown"
_NOTHING = ("", "-", UNKNOWN)


def table(base: Quote, variants: Sequence[Variant], *, width: int = 80, ink: Ink | None = None) -> str:
    """A column for each variant. `table(quote, [("price", "24.99", changed)])`."""
    ink = ink or Ink()
    lines = [*header(base, width), ""]
    for head, *rows in _blocks(base, variants, width):
        lines += [ink.paint(head, "strong"), *rows, ""]
    for text in remarks(base, variants):
        lines += [ink.paint(line, "warn") for line in hanging("! ", clean(text), width)]
    return "\n".join([*lines, *footer(base, width, ink)])


def _blocks(base: Quote, variants: Sequence[Variant], width: int) -> list[list[str]]:
    """As many variants beside each other as fit on the screen; the next ones below."""
    fitting, count = grid(rows_of(base, variants), right_from=1), len(variants)
    while count > 1 and max(map(cells, fitting)) > width:
        count -= 1
        fitting = grid(rows_of(base, variants[:count]), right_from=1)
    return [fitting, *(_blocks(base, variants[count:], width) if variants[count:] else [])]


def remarks(base: Quote, variants: Sequence[Variant]) -> list[str]:
    """The warnings and gaps of the quote, and those that only a variant has."""
    known = _remarks(base)
    texts = list(known)
    for name, value, quote in variants:
        texts += [f"{_named(name, value)}: {text}" for text in _remarks(quote) if text not in known]
    return texts


def _remarks(quote: Quote) -> list[str]:
    unknown = [f"PROFIT unknown: give {missing_costs(quote)}"] if quote.profit is None else []
    return [*unknown, *quote.warnings, *(missing(entry) for entry in quote.not_included)]


def rows_of(base: Quote, variants: Sequence[Variant]) -> list[list[str]]:
    """The head and the lines, without those in which nothing stands."""
    quotes = [base, *(quote for _, _, quote in variants)]
    names = list(dict.fromkeys(line.fee for quote in quotes for line in quote.fees))
    costs = list(dict.fromkeys(line.cost for quote in quotes for line in quote.costs))
    lines = [
        _amounts("Net revenue", quotes, lambda quote: quote.revenue),
        *(_amounts(f"  {_title(quotes, name)}", quotes, partial(_fee, name)) for name in names),
        _shares("Take rate", quotes, lambda quote: quote.take_rate, at_least),
        _amounts("PROCEEDS", quotes, lambda quote: quote.proceeds),
        *(_amounts(f"  {cost_name(name)}", quotes, partial(_cost, name)) for name in costs),
        _amounts("PROFIT", quotes, lambda quote: quote.profit),
        _shares("Margin", quotes, lambda quote: quote.margin, at_most),
        _shares("ROI", quotes, lambda quote: quote.roi, at_most),
        _amounts("Break-even price", quotes, lambda quote: quote.break_even_price),
    ]
    return [
        _head(base, variants),
        *(line for line in lines if line[0] == "PROFIT" or any(text not in _NOTHING for text in line[1:])),
    ]


def _head(base: Quote, variants: Sequence[Variant]) -> list[str]:
    known = {"as_of": base.as_of, "fulfillment": base.fulfillment, "platform": base.platform, **base.assumed, **base.item}
    names = list(dict.fromkeys(name for name, _, _ in variants))
    given = f"{words(names[0])} {said(known.get(names[0], 'not given'))}" if len(names) == 1 else "as given"
    head = ["", clean(given)]
    for name, value, quote in variants:
        head += [_named(name, value), "difference" if quote.currency == base.currency else ""]
    return head


def _named(name: str, value: str) -> str:
    return clean(f"{words(name)} {value}" if value else f"no {words(name)}")


def _title(quotes: Sequence[Quote], fee: str) -> str:
    return clean(next(line.name for quote in quotes for line in quote.fees if line.fee == fee))


def _fee(name: str, quote: Quote) -> Decimal | None:
    """What the fee takes: nothing where it isn't charged, None where it is not included."""
    if any(entry.fee == name for entry in quote.not_included):
        return None
    return sum((-line.amount for line in quote.fees if line.fee == name), Decimal(0))


def _cost(name: str, quote: Quote) -> Decimal | None:
    return sum((-line.amount for line in quote.costs if line.cost == name), Decimal(0))


def _amounts(title: str, quotes: Sequence[Quote], of: Callable[[Quote], Decimal | None]) -> list[str]:
    digits = quotes[0].labels.digits
    return _row(title, quotes, of, lambda value, _: money(value, digits) if value else UNKNOWN if value is None else "-")


def _shares(
    title: str, quotes: Sequence[Quote], of: Callable[[Quote], Decimal | None], sign: Callable[[Quote], str]
) -> list[str]:
    def shown(quote: Quote) -> Decimal | None:
        value = of(quote)
        return None if value is None else rounded(value, 3)  # as shown, so that the difference is that of what is seen

    return _row(title, quotes, shown, lambda value, quote: "-" if value is None else sign(quote) + percent(value))


def _row(
    title: str, quotes: Sequence[Quote], of: Callable[[Quote], Decimal | None], say: Callable[[Decimal | None, Quote], str]
) -> list[str]:
    base, first = of(quotes[0]), quotes[0]
    line = [title, say(base, first)]
    for quote in quotes[1:]:
        value = of(quote)
        change = value - base if value is not None and base is not None and quote.currency == first.currency else None
        line += [say(value, quote), "" if not change else _change(title, change, quote)]
    return line


def _change(title: str, change: Decimal, quote: Quote) -> str:
    share = title in ("Take rate", "Margin", "ROI")
    return ("+" if change > 0 else "") + (f"{percent(change)[:-1]} pt" if share else money(change, quote.labels.digits))
