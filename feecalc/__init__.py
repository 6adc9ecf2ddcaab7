"""What a marketplace really takes from a sale, line by line, on any date, and what is left.

>>> from feecalc import Item, quote
>>> item = Item(category="apparel", price="20.01", dims="10x8x0.7in", weight="6oz", cost="5")
>>> quote(item, as_of="2024-01-15").profit
Decimal('8.03')
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feecalc.api import compare, quote
    from feecalc.errors import FeecalcError, FeeUnknown, InputError, MissingInput, ScheduleError
    from feecalc.item import Item
    from feecalc.result import Comparison, CostLine, FeeLine, Quote
    from feecalc.schedule.store import Schedules

__version__ = "0.1.0"

_HOMES = {
    "compare": "api", "quote": "api", "FeecalcError": "errors", "FeeUnknown": "errors", "InputError": "errors",
    "MissingInput": "errors", "ScheduleError": "errors", "Item": "item", "Comparison": "result", "CostLine": "result",
    "FeeLine": "result", "Quote": "result", "Schedules": "schedule.store",
}  # fmt: skip

__all__ = [
    "Comparison", "CostLine", "FeeLine", "FeeUnknown", "FeecalcError", "InputError", "Item", "MissingInput", "Quote",
    "ScheduleError", "Schedules", "__version__", "compare", "quote",
]  # fmt: skip


def __getattr__(name: str) -> object:
    """Import a name when it is first used: starting up must not pay for what a run does not need."""
    if name not in _HOMES:
        raise AttributeError(f"module 'feecalc' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"feecalc.{_HOMES[name]}"), name)
