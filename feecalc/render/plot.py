"""How do a history and a comparison look as pictures? Stacked fees, and what is left. Needs the extra `plot`."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from feecalc.difference import in_base, parts
from feecalc.errors import InputError
from feecalc.result import Comparison, History, Period, Quote

_GROUPS = {
    "selling": "Selling",
    "fulfillment": "Fulfillment",
    "storage": "Storage",
    "program": "Program",
    "advertising": "Advertising",
}
_KINDS = (".svg", ".png")


def history(made: History, file: Path) -> None:
    """Write the picture, whole or not at all. Raises InputError when the ending is no picture's or matplotlib is missing."""
    _save(lambda: _history(made), file, "plot")


def comparison(made: Comparison, file: Path) -> None:
    """A bar for each quote: what is taken, what it costs, what is left. Raises InputError as `history` does."""
    if not made.quotes:
        raise InputError("chart", str(file), "there is nothing to draw: no platform could be quoted")
    _save(lambda: _comparison(made), file, "chart")


def _save(draw: Callable[[], Any], file: Path, option: str) -> None:
    if file.suffix not in _KINDS:
        raise InputError(option, str(file), f"must end in {' or '.join(_KINDS)}")
    picture = io.BytesIO()
    draw().savefig(picture, format=file.suffix[1:], metadata={"Date": None} if file.suffix == ".svg" else None)
    _replace(file, picture.getvalue(), option)


def _replace(file: Path, data: bytes, option: str) -> None:
    part = file.with_name(f".{file.name}.part")
    try:
        part.write_bytes(data)
        part.replace(file)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise InputError(option, str(file), f"can't be written: {error.strerror}") from None


def _figure(height: float) -> Any:
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise InputError("plot", None, "drawing needs matplotlib: pip install 'feecalc[plot]'") from None
    return Figure(figsize=(10, height), layout="constrained")


def _history(made: History) -> Any:
    figure = _figure(5)
    axes = figure.add_subplot()
    _fees(axes, made)
    _rate(axes.twinx(), made)
    first = made.periods[0].quote
    axes.set_title(f"{first.item.get('sku') or first.labels.category or made.place} on {made.place}")
    axes.set_ylabel(f"fees per unit, {first.currency}")
    figure.legend(loc="outside lower center", ncols=6)
    return figure


def _fees(axes: Any, made: History) -> None:
    """A block for each period and group; gaps stay empty."""
    below = [0.0] * len(made.periods)
    lefts = [period.start for period in made.periods]
    widths = [_days(period) for period in made.periods]
    for group, name in _GROUPS.items():
        heights = [float(sum(line.amount for line in period.quote.fees if line.group == group)) for period in made.periods]
        if any(heights):
            axes.bar(lefts, heights, widths, below, align="edge", label=name)
            below = [low + height for low, height in zip(below, heights, strict=True)]


def _days(period: Period) -> dt.timedelta:
    return period.end - period.start + dt.timedelta(days=1)


def _rate(axes: Any, made: History) -> None:
    """The take rate as a line of steps, broken where there is a gap."""
    days: list[dt.date] = []
    rates: list[float] = []
    for period in made.periods:
        share = float(period.quote.take_rate or 0) * 100
        days += [period.start, period.end, period.end]
        rates += [share, share, float("nan")]
    axes.plot(days, rates, color="black", linewidth=1.5, label="Take rate")
    axes.set_ylabel("take rate, % of net revenue")
    axes.set_ylim(bottom=0)


# -- a comparison ------------------------------------------------------------------------------------------------

_TAKEN = {
    "selling": "Selling", "shipping": "Shipping, whoever ships", "storage": "Storage", "program": "Program",
    "advertising": "Advertising", "costs": "Goods and other costs",
}  # fmt: skip


def _comparison(made: Comparison) -> Any:
    figure = _figure(1.5 + 0.36 * len(made.quotes))
    axes = figure.add_subplot()
    names = [f"{quote.platform} {quote.labels.fulfillment}" for quote in made.quotes]
    starts = [0.0] * len(names)
    for part, label in _TAKEN.items():
        widths = [_width(made, quote, part) for quote in made.quotes]
        if any(widths):
            axes.barh(names, widths, left=starts, label=label)
            starts = [start + width for start, width in zip(starts, widths, strict=True)]
    profits = [float(in_base(made, quote, quote.profit)) if quote.profit is not None else 0.0 for quote in made.quotes]
    left = [start if profit >= 0 else start + profit for start, profit in zip(starts, profits, strict=True)]
    axes.barh(names, [abs(profit) for profit in profits], left=left, label="Profit (hatched: loss)", color="seagreen",
              hatch=["" if profit >= 0 else "//" for profit in profits])  # fmt: skip
    axes.invert_yaxis()
    axes.set_xlabel(f"per unit, {made.currency}")
    first = made.quotes[0].item
    axes.set_title(f"{first.get('sku') or first.get('category') or 'Item'}, ships {made.as_of}")
    figure.legend(loc="outside lower center", ncols=4)
    return figure


def _width(made: Comparison, quote: Quote, part: str) -> float:
    return max(float(-in_base(made, quote, parts(quote)[part])), 0.0)
