"""What an executor of a batch is given and what it hands back; the executors themselves are beside this module.

Every executor gives the same cells as the scalar one: `quote_row` of the quote without a search for its break-even price.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from feecalc.confidence import Confidence
from feecalc.result import Quote
from feecalc.schedule.store import Schedules


@dataclass(frozen=True)
class Setup:
    """What is the same for all rows.

    `fields` names the item field of each column (`price`, `price@some-id`, `fee:storage`, `length_in`), "" for a column that
    is none. `defaults` and `alone` are the fields of --defaults and of options, and those for one platform alone. A row's own
    cells win; an empty cell is not given. `places` are quoted where a row names no platform of its own.
    """

    schedules: Schedules
    fields: tuple[str, ...]
    defaults: Mapping[str, object]
    alone: Mapping[str, Mapping[str, object]]
    places: tuple[str, ...]
    as_of: dt.date
    least: Confidence


@dataclass(frozen=True, slots=True)
class Reject:
    """A row on one platform (or, "", on none) that can't be used: where it stands, as it came, and why."""

    line: int
    platform: str
    error: str
    cells: Sequence[str]


@dataclass(slots=True)
class Tally:
    """What is summed on the way, by currency where it is money; weights are `units`, and rows without units have none."""

    quoted: int = 0
    rejected: int = 0
    incomplete: int = 0
    without_cost: int = 0
    weighed: int = 0  # quotes that had units
    sums: dict[tuple[str, str], Decimal] = field(default_factory=dict)  # (currency, name of a total) -> units x amount
    by_confidence: dict[tuple[str, str], Decimal] = field(default_factory=dict)  # (currency, word) -> fee money
    losing: list[tuple[Decimal, str, str, str]] = field(default_factory=list)  # money lost, currency, sku, platform


@dataclass(slots=True)
class Chunk:
    """What came of some rows: the input's cells with the output's behind them, one for each quote, in the order of the input."""

    rows: list[Sequence[str]] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    quotes: list[Quote] = field(default_factory=list)  # only where whole documents or lines are asked for


class Engine(Protocol):
    """An executor: numbered rows in, a chunk out. Never raises for what is wrong with a row."""

    def quote(self, rows: Sequence[tuple[int, Sequence[str]]]) -> Chunk:
        """What comes of these rows; the numbers are the lines of the input."""
        ...
