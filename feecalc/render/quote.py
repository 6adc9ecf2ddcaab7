"""How does one quote look on a terminal? What is left and why, what is missing, where the nearest edge is."""

from __future__ import annotations

from collections.abc import Sequence

from feecalc.render.rows import lay_out
from feecalc.render.statement import cost_name, share_of, statement
from feecalc.render.text import Ink, cells, clean, hanging, left, money, percent, said, spread, words, wrap
from feecalc.result import FeeLine, NotIncluded, Quote

_LABEL = 12
_NOT_INCLUDED = "! NOT included  "
_NARROWEST = 80  # of a page on a wide terminal: the ends of its first line belong together


def table(quote: Quote, *, width: int = 80, ink: Ink | None = None, edges: Sequence[str] = (), explain: bool = False) -> str:
    """The statement of one unit, at most `width` columns wide. `print(table(quote, edges=["at 1.25 lb ..."]))`."""
    ink = ink or Ink()
    body = lay_out(statement(quote), width, Ink())
    width = min(width, max(_NARROWEST, *map(cells, body)))
    body = lay_out(statement(quote), width, ink)
    lines = [*header(quote, width), "", *body, "", *after(quote, width, ink, edges)]
    lines += explained(quote, width, ink) if explain else []
    return "\n".join([*lines, *footer(quote, width, ink, explain=explain)])


def header(quote: Quote, width: int) -> list[str]:
    """Who sells what, where, when; and the size it bills as."""
    today = " (today)" if "as_of" in quote.assumed else ""
    when, category = f"ships {quote.as_of}{today}  {quote.currency}", clean(quote.labels.category or "")
    who = "  ".join(clean(str(part)) for part in (quote.item.get("sku"), quote.platform, way(quote)) if part)
    first, second = [who, category], [size(quote)]
    if not second[0] or cells("  ".join(first)) + cells(when) + 2 > width:
        first, second = [who], [category, size(quote)]
    lines = spread("  ".join(first).rstrip(), when, width)
    return [*lines, *spread("  ".join(part for part in second if part), "per unit shipped", width)]


def way(quote: Quote) -> str:
    """Who ships, in words."""
    label = quote.labels.fulfillment
    return "shipped by you" if quote.labels.ships == "seller" and label == "you" else label


def size(quote: Quote) -> str:
    """The tier and the weight that the fee looks at."""
    if quote.size is None:
        return ""
    weight = quote.size.weight
    return f"{quote.size.name}, bills {said(weight.normalize() if weight else weight)} {quote.size.unit}"


def after(quote: Quote, width: int, ink: Ink, edges: Sequence[str]) -> list[str]:
    """Break-evens, edges, assumptions, warnings, and what is not included."""
    lines = _labelled("Break-even", "    ".join(break_evens(quote)), width)
    lines += [line for i, edge in enumerate(edges) for line in _labelled("Edge" if i == 0 else "", clean(edge), width)]
    lines += _labelled("Assumed", ", ".join(assumptions(quote)), width)
    for text in quote.warnings:
        lines += [ink.paint(line, "warn") for line in hanging("! ", clean(text), width)]
    return lines + [ink.paint(line, "warn") for line in _gaps(quote.not_included, width)]


def _gaps(entries: Sequence[NotIncluded], width: int) -> list[str]:
    """What is not in the total, each with what would put it in."""
    names = max((cells(name_of(entry)) for entry in entries), default=0)
    lines: list[str] = []
    for entry in entries:
        lead = " " * len(_NOT_INCLUDED) if lines else _NOT_INCLUDED
        lines += hanging(f"{lead}{left(name_of(entry), names)}  ", clean(entry.reason), width)
    return lines


def name_of(entry: NotIncluded) -> str:
    """The fee's printed name, else its id in words."""
    return clean(entry.name or words(entry.fee))


def _labelled(label: str, text: str, width: int) -> list[str]:
    return hanging(label.ljust(_LABEL) + "  ", text, width) if text else []


def break_evens(quote: Quote) -> list[str]:
    """`price 8.22`, `landed cost 13.03` ...: where the profit is nothing."""
    digits = quote.labels.digits
    amounts = {"price": quote.break_even_price, "landed cost": quote.max_landed_cost, "CPC": quote.max_cpc}
    shown = [f"{name} {money(value, digits)}" for name, value in amounts.items() if value is not None]
    return shown if quote.break_even_acos is None else [*shown, f"ACOS {percent(quote.break_even_acos)}"]


def assumptions(quote: Quote) -> list[str]:
    """What was taken because nothing was given; a tax of nothing is no news."""
    shown = {name: value for name, value in quote.assumed.items() if name != "as_of" and value not in (0, "0%")}
    return [f"{words(name)} {share_of(value) if name.endswith('_rate') else said(value)}" for name, value in shown.items()]


def missing(entry: NotIncluded) -> str:
    """One fee that is not in the total, and what would put it in."""
    return f"NOT included: {name_of(entry)}: {entry.reason}"


def explained(quote: Quote, width: int, ink: Ink) -> list[str]:
    """Each line once more with its whole rule, the steps to it, its card and its source."""
    lines = ["", ink.paint("How each line was made", "strong")]
    if quote.size:
        lines += [*wrap(f"Size: {size(quote)}", width), *_steps(quote.size.steps, width)]
    for fee in quote.fees:
        lines += _explained_fee(fee, quote.labels.digits, width)
    for cost in quote.costs:
        lines.append(f"{cost_name(cost.cost)} {money(cost.amount, quote.labels.digits)} {cost.basis}".rstrip())
        lines += hanging("    ", clean(cost.rule), width) if cost.rule else []
    lines += [line for note in quote.labels.notes for line in hanging("Note: ", note, width)]
    return [*lines, ""]


def _explained_fee(fee: FeeLine, digits: int, width: int) -> list[str]:
    lines = hanging("", f"{clean(fee.name)} {money(fee.amount, digits)} {fee.basis}", width)
    lines += hanging("    ", clean(fee.rule), width)
    lines += _steps(fee.steps, width)
    facts = {"card": fee.card, "where": fee.where, "source": fee.source, "confidence": fee.confidence.word}
    return lines + [f"    {name:<10}  {clean(value)}" for name, value in facts.items() if value]


def _steps(steps: Sequence[str], width: int) -> list[str]:
    return [line for step in steps for line in hanging("    - ", clean(step), width)]


def footer(quote: Quote, width: int, ink: Ink, *, explain: bool = False) -> list[str]:
    """On how many cards the quote rests, on what ground, and when they were last checked."""
    hint = "" if explain else "--explain: each rule"
    return [ink.paint(line, "faint") for line in (spread(ground(quote), hint, width) if hint else wrap(ground(quote), width))]


def ground(quote: Quote) -> str:
    """`4 cards, weakest "secondary", checked 2026-11-22.`"""
    count = len({line.card for line in quote.fees if line.card})
    cards = f"{count} card{'' if count == 1 else 's'}"
    checked = f", checked {quote.labels.checked}" if quote.labels.checked else ""
    return f'{cards}, weakest "{quote.confidence.word}"{checked}.' if count else "No card was needed."
