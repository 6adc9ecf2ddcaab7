"""How well is a fee covered? Period by period: the card in force, its weakest mark, and how much of it nobody knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass

from feecalc import plan as p
from feecalc.confidence import Confidence
from feecalc.schedule.store import Schedules

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Days on which one card, or none, is in force. `end` is None where no later change is known."""

    fee: str
    start: dt.date
    end: dt.date | None
    card: p.Card | None

    @property
    def unknown_rows(self) -> int:
        """Rows and cells that the card itself calls unknown."""
        return sum(1 for _ in _unknown(self.card.charge)) if self.card else 0

    @property
    def weakest(self) -> Confidence | None:
        """The weakest mark of the card and its rows; None where nothing is known."""
        if self.card is None or self.card.unknown is not None:
            return None
        return max([self.card.confidence, *_marks(self.card.charge), *_marks(self.card.tiers)])


def spans(schedules: Schedules, platform_id: str) -> Iterator[Span]:
    """Every period of every folder of cards, in the platform's order; holes are spans without a card."""
    since = {fee.id: fee.since for fee in schedules.platform(platform_id).fees}
    for folder in schedules.folders(platform_id):
        yield from _folder(schedules.cards(platform_id, folder), folder, since.get(folder))


def _folder(cards: tuple[p.Card, ...], folder: str, since: dt.date | None) -> Iterator[Span]:
    """A card that ends gives way to the one before it, so that one card may stand in two periods."""
    turns = {card.start for card in cards} | {card.until + ONE_DAY for card in cards if card.until}
    days = sorted(turns | ({since} if since and since < cards[0].start else set()))
    ends = [*(day - ONE_DAY for day in days[1:]), None]
    for day, end in zip(days, ends, strict=True):
        yield Span(folder, day, end, p.in_force(cards, day))


def _parts(node: object) -> Iterator[object]:
    if isinstance(node, tuple):
        yield from node
    elif isinstance(node, Mapping):
        yield from node.values()
    elif is_dataclass(node):
        yield from (getattr(node, part.name) for part in fields(node))


def _unknown(node: object) -> Iterator[object]:
    if isinstance(node, p.Unknown):
        yield node
    elif isinstance(node, p.TableRow):
        yield from (amount for amount in node.amounts if amount is None)
    else:
        for part in _parts(node):
            yield from _unknown(part)


def _marks(node: object) -> Iterator[Confidence]:
    if isinstance(node, p.Mark | p.Column) and node.confidence is not None:
        yield node.confidence
    for part in _parts(node):
        yield from _marks(part)
