"""A card's numbers nudged and its bounds swapped, one at a time, as changes of its text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from feecalc import ScheduleError
from feecalc import plan as p
from feecalc.schedule.charges import CHARGES
from feecalc.schedule.check import CaseRun
from feecalc.schedule.compile_card import compile_card
from feecalc.schedule.reader import Path, parse_yaml, path_text
from feecalc.schedule.store import Schedules, read_file

_NUMBER = re.compile(r"\d+\.\d{2,6}|\d+(\.\d+)?%")
_SIDES = {"up_to": "below", "below": "up_to"}
_WORDS = ("name", "warning", "unknown", "aliases", "absent", "categories")


@dataclass(frozen=True)
class Mutation:
    """One change of a card's text: where, what stood there, what stands there now."""

    path: Path
    old: str
    new: str
    text: str

    def __str__(self) -> str:
        return f"{path_text(self.path)}: {self.old} -> {self.new}"


@dataclass(frozen=True)
class Scalar:
    """A scalar of the text and where it is; a key has the path of its value."""

    path: Path
    is_key: bool
    start: int
    value: str


def scalars(text: str) -> list[Scalar]:
    """Every scalar of a YAML text."""
    events = yaml.parse(text, Loader=yaml.CSafeLoader)
    next(events)
    next(events)
    return list(_scalars(next(events), events, ()))


def _scalars(event: yaml.Event, events: Iterator[yaml.Event], path: Path) -> Iterator[Scalar]:
    if isinstance(event, yaml.ScalarEvent):
        yield Scalar(path, False, event.start_mark.index, event.value)
    elif isinstance(event, yaml.SequenceStartEvent):
        position = 0
        while not isinstance(inner := next(events), yaml.SequenceEndEvent):
            yield from _scalars(inner, events, (*path, position))
            position += 1
    else:
        while not isinstance(key := next(events), yaml.MappingEndEvent):
            assert isinstance(key, yaml.ScalarEvent)
            yield Scalar((*path, key.value), True, key.start_mark.index, key.value)
            yield from _scalars(next(events), events, (*path, key.value))


def mutations(text: str) -> Iterator[Mutation]:
    """Each amount and share of the charge with its last digit nudged; each side of a bound swapped, unless it can't matter."""
    data = parse_yaml(text, "card.yaml").data
    for scalar in scalars(text):
        new = _changed(scalar, data)
        if new is not None:
            after = text[scalar.start + len(scalar.value) :]
            yield Mutation(scalar.path, scalar.value, new, text[: scalar.start] + new + after)


def _changed(scalar: Scalar, data: Any) -> str | None:
    if scalar.path[0] not in (*CHARGES, "benchmark", "tiers") or set(scalar.path[1:]) & set(_WORDS):
        return None
    if scalar.is_key:
        return None if marginal(scalar.path, data) else _SIDES.get(scalar.value)
    return nudged(scalar.value) if _NUMBER.fullmatch(scalar.value) else None


def nudged(number: str) -> str:
    """`3.40` -> `3.41`, `15%` -> `16%`."""
    digits = number.rstrip("%")
    places = len(digits.partition(".")[2])
    raised = str(int(digits.replace(".", "")) + 1).zfill(places + 1)
    shown = f"{raised[:-places]}.{raised[-places:]}" if places else raised
    return shown + number[len(digits) :]


def marginal(path: Path, data: Any) -> bool:
    """Whether a bound is one of marginal bands: there each side of it gives the same fee."""
    if path[-3:-2] != ("rows",) or path[-4:-3] != ("bands",):
        return False
    for part in path[:-3]:
        data = data[part]
    return bool(data["apply"] == "marginal")


class Mutator:
    """Runs the cases of one card against its mutations, in the schedules that it stands in."""

    def __init__(self, schedules: Schedules, platform_id: str, folder: str, date: dt.date) -> None:
        self.schedules, self.platform_id, self.key = schedules, platform_id, (platform_id, folder, date)
        self.name = f"{platform_id}/{folder}/{date}"
        self.card = schedules.card(*self.key)
        self.text = schedules.path(f"{self.name}.yaml").read_text(encoding="utf-8")
        self.cases = read_file(schedules.path(f"{self.name}.cases.yaml"), "cases")

    def survivors(self) -> list[str]:
        """The mutations that no case notices."""
        try:
            return [str(mutation) for mutation in mutations(self.text) if not self._noticed(mutation.text)]
        finally:
            self._put(self.card)

    def _put(self, card: p.Card) -> None:
        self.schedules._cards[self.key] = card
        self.schedules._plans.clear()

    def _noticed(self, text: str) -> bool:
        platform_id, folder, date = self.key
        try:
            scope = self.schedules._scope(*self.key)
            self._put(compile_card(parse_yaml(text, self.name), self.name, date, folder, scope))
        except ScheduleError:
            return True  # bounds that no longer rise
        run = CaseRun(self.schedules, platform_id, self.schedules.card(*self.key), self.cases)
        return any(run.problem(case) is not None for case in run.cases.cases)
