"""How does a history look as a picture: stacked fees and the take rate over time? Needs the extra `plot`."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

from feecalc.errors import InputError
from feecalc.result import History, Period

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
    if file.suffix not in _KINDS:
        raise InputError("plot", str(file), f"must end in {' or '.join(_KINDS)}")
    picture = io.BytesIO()
    figure = _figure(made)
    figure.savefig(picture, format=file.suffix[1:], metadata={"Date": None} if file.suffix == ".svg" else None)
    _replace(file, picture.getvalue())


def _replace(file: Path, data: bytes) -> None:
    part = file.with_name(f".{file.name}.part")
    try:
        part.write_bytes(data)
        part.replace(file)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise InputError("plot", str(file), f"can't be written: {error.strerror}") from None


def _figure(made: History) -> Any:
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise InputError("plot", None, "drawing needs matplotlib: pip install 'feecalc[plot]'") from None
    figure = Figure(figsize=(10, 5), layout="constrained")
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
