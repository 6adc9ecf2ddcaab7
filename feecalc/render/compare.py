"""How does a comparison look: one row for each platform, best profit first, what differs in the notes below?"""

from __future__ import annotations

from collections.abc import Sequence

from feecalc.render.columns import Column, columns, profit_of
from feecalc.render.quote import name_of
from feecalc.render.reasons import shipping, why
from feecalc.render.statement import amount_of, missing_costs, share_of
from feecalc.render.text import Ink, cells, clean, hanging, left, money, percent, right, said, spread
from feecalc.result import Comparison, Quote


def table(
    comparison: Comparison, *, width: int = 100, ink: Ink | None = None, edges: Sequence[str] = (), explain: bool = False
) -> str:
    """The comparison in at most `width` columns. `print(table(compare(item), width=140))`."""
    ink = ink or Ink()
    ranked, supplied = ranks(comparison)
    notes = Notes(comparison, ranked)
    lines = heading(comparison, width)
    lines += _rows(columns(comparison, ranked), notes.letters, width, ink) if ranked else []
    lines += [] if comparison.quotes else ["No platform could be quoted."]
    bought = [(comparison.quotes[i].platform, supply_text(comparison, i)) for i in supplied]
    lines += [""] if notes.texts else []
    lines += [line for letter, text in notes.texts.items() for line in hanging(f"{letter} ", clean(text), width)]
    lines += _block("Supply price, not ranked by rate", bought, width, ink)
    lines += _block("Why", why(comparison, ranked), width, ink)
    lines += _block("Who ships", shipping(comparison, ranked), width, ink)
    lines += _block("Skipped", skipped(comparison), width, ink)
    lines += _block(*_to_know(platform_notes(comparison), explain=explain), width, ink)
    lines += [""] if edges else []
    lines += [line for edge in edges for line in hanging("Edge  ", clean(edge), width)]
    return "\n".join(lines)


def ranks(comparison: Comparison) -> tuple[list[int], list[int]]:
    """Positions of the quotes that are ranked, and of those where the platform sets the retail price."""
    supplied = [i for i, quote in enumerate(comparison.quotes) if quote.settlement == "supply_price"]
    return [i for i in range(len(comparison.quotes)) if i not in supplied], supplied


_ORDERS = {
    "profit": "best profit first", "margin": "best margin first", "roi": "best ROI first", "take_rate": "lowest take rate first",
    "channel_cost_rate": "lowest channel cost rate first",
}  # fmt: skip


def heading(comparison: Comparison, width: int) -> list[str]:
    """What is compared, and on which day."""
    first = comparison.quotes[0] if comparison.quotes else None
    today = " (today)" if first and "as_of" in first.assumed else ""
    parts = [said(first.item[name]) for name in ("sku", "category") if name in first.item] if first else []
    parts.append(f"ships {comparison.as_of}{today}")
    same = next((quote for quote in comparison.quotes if quote.currency == comparison.currency), None)
    if same and same.landed_cost is not None:
        parts.append(f"landed {money(same.landed_cost, same.labels.digits)} {same.currency}")
    order = _ORDERS[comparison.by] + (f", in {comparison.currency}" if comparison.profit_in_base else "")
    return spread("  ".join(parts), f"per unit, {order}", width)


class Notes:
    """Footnotes: the same text has one letter, whichever rows it stands behind."""

    def __init__(self, comparison: Comparison, ranked: Sequence[int]) -> None:
        found = [notes_of(comparison, position) for position in ranked]
        known = list(dict.fromkeys(text for texts in found for text in texts))
        letter = {text: _letter(i) for i, text in enumerate(known)}
        self.texts = {letter[text]: text for text in known}
        self.letters = [",".join(sorted(letter[text] for text in texts)) for texts in found]


def _letter(position: int) -> str:
    """a, b … z, aa, ab …"""
    lead, own = divmod(position, 26)
    return (_letter(lead - 1) if lead else "") + "abcdefghijklmnopqrstuvwxyz"[own]


def notes_of(comparison: Comparison, position: int) -> list[str]:
    """What a reader of that row must know beside its numbers."""
    quote = comparison.quotes[position]
    notes = []
    if quote.profit is None:
        notes.append(f"profit unknown: give {missing_costs(quote)}")
    if not quote.complete:
        names = ", ".join(name_of(entry) for entry in quote.not_included)
        notes.append(f"not included: {names}; profit is at most this")
    return [*notes, *_money_note(comparison, quote), *quote.warnings]


def _money_note(comparison: Comparison, quote: Quote) -> list[str]:
    parts = []
    tax = quote.item.get("tax_rate", quote.assumed.get("tax_rate"))
    if tax and quote.labels.tax_inside:
        parts.append(f"after {share_of(tax)} VAT ({'assumed' if 'tax_rate' in quote.assumed else 'yours'})")
    if quote.currency != comparison.currency and quote.profit is not None:
        rates = quote.item.get("fx")
        rate = rates.get(quote.currency) if isinstance(rates, dict) else None
        at = f" at {said(rate)} (yours)" if rate is not None else ""
        parts.append(f"PROFIT in {comparison.currency}{at}")
    return [f"{quote.currency} {', '.join(parts)}"] if parts else []


def _rows(table: list[Column], letters: Sequence[str], width: int, ink: Ink) -> list[str]:
    notes = max(map(cells, letters), default=0)
    shown, gap = _fitting(table, width - (notes + 1 if notes else 0))
    looks = [""] * len(letters)
    profits = next(column for column in shown if column.head.startswith("PROFIT"))
    lines = [ink.paint(_line(shown, gap, None), "strong")]
    for i, letter in enumerate(letters):
        looks[i] = "bad" if profits.cells[i].startswith("-") else ""
        lines.append(ink.paint(f"{_line(shown, gap, i)} {letter}".rstrip(), looks[i]))
    dropped = [column.head for column in table if column not in shown and column.head]
    return lines + ([f"Too narrow for: {', '.join(dropped)} (--json has all)"] if dropped else [])


def _fitting(table: list[Column], width: int) -> tuple[list[Column], int]:
    """The columns that fit and the gap between them; what matters least goes first."""
    shown = list(table)
    while _total(shown, 1) > width and min(column.keep for column in shown) < 99:
        shown.remove(min(shown, key=lambda column: column.keep))
    return shown, 2 if _total(shown, 2) <= width else 1


def _total(table: list[Column], gap: int) -> int:
    return sum(_width(column) for column in table) + gap * (len(table) - 1)


def _width(column: Column) -> int:
    return max(map(cells, (column.head, *column.cells)))


def _line(table: list[Column], gap: int, position: int | None) -> str:
    texts = [(column.head if position is None else column.cells[position], column) for column in table]
    return (" " * gap).join((right if column.numeric else left)(text, _width(column)) for text, column in texts)


def supply_text(comparison: Comparison, position: int) -> str:
    """One platform that buys the unit: `7.00: profit 1.80, ROI 35%, spread on 19.99 retail 65%`."""
    quote = comparison.quotes[position]
    digits = quote.labels.digits
    profit = profit_of(comparison, position)
    parts = ["profit unknown: give --cost" if profit is None else f"profit {money(profit, digits)}"]
    parts += [f"ROI {percent(quote.roi, 0)}"] if quote.roi is not None else []
    parts.append("take rate n/a")
    if quote.implied_spread is not None:
        parts.append(f"spread on {amount_of(quote.item.get('price'), digits)} retail {percent(quote.implied_spread, 0)}")
    return f"{money(quote.gross_revenue, digits)} {quote.currency}: {', '.join(parts)}"


def skipped(comparison: Comparison) -> list[tuple[str, str]]:
    """Places that could not be quoted; ways of one platform with the same reason stand together."""
    ways: dict[tuple[str, str], list[str]] = {}
    for entry in comparison.skipped:
        platform, _, way = entry.platform.partition(":")
        ways.setdefault((platform, entry.reason.removeprefix(f"{platform} ")), []).append(way)
    return [(":".join(filter(None, (name, ",".join(found)))), reason) for (name, reason), found in ways.items()]


def platform_notes(comparison: Comparison) -> list[tuple[str, str]]:
    """What the platforms' own files say a seller should know; what several say stands once, with all of them named."""
    places: dict[str, dict[str, None]] = {}
    for quote in comparison.quotes:
        for note in quote.labels.notes:
            places.setdefault(note, {})[quote.platform] = None
    found = {(next(iter(names)), _also(note, list(names)[1:])) for note, names in places.items()}
    order = {quote.platform: i for i, quote in reversed(list(enumerate(comparison.quotes)))}
    at = {_also(note, list(names)[1:]): i for i, (note, names) in enumerate(places.items())}
    return sorted(found, key=lambda entry: (order[entry[0]], at[entry[1]]))


def _also(note: str, others: Sequence[str]) -> str:
    return f"{note} (also {', '.join(others)})" if others else note


def _to_know(notes: list[tuple[str, str]], *, explain: bool) -> tuple[str, list[tuple[str, str]]]:
    """The first note of each platform, which is the one it puts first; all of them when asked."""
    first = dict(reversed(notes))
    if explain or len(first) == len(notes):
        return "Good to know", notes
    return f"Good to know (--explain: {len(notes) - len(first)} more)", [(name, first[name]) for name in dict(notes)]


def _block(title: str, entries: Sequence[tuple[str, str]], width: int, ink: Ink) -> list[str]:
    if not entries:
        return []
    names = max(cells(name) for name, _ in entries)
    before = ["", *(name for name, _ in entries)]
    shown = [("" if name == last else name, text) for (name, text), last in zip(entries, before[:-1], strict=True)]
    lines = [line for name, text in shown for line in hanging(left(name, names) + "  ", clean(text), width)]
    return ["", ink.paint(title, "strong"), *lines]
