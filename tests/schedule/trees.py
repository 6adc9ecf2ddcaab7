"""Small invented schedules to try things on: `good/` as it is, a copy of it, or one card more in front of it."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

from feecalc import Item, Quote, quote
from feecalc.errors import Finding
from feecalc.schedule.check import check
from feecalc.schedule.store import Schedules

GOOD = Path(__file__).parent / "good"
BAD = Path(__file__).parent / "bad"
HEAD = """\
title: A trial
fee: {fee}
checked: 2020-01-01
confidence: {confidence}
sources: [{{title: Invented, retrieved: 2020-01-01, confidence: secondary}}]
"""


def card(body: str, fee: str = "trial", confidence: str = "secondary") -> str:
    """A whole card with that charge."""
    return HEAD.format(fee=fee, confidence=confidence) + body


def copy_of_good(tmp_path: Path) -> Path:
    """A copy of `good/` to spoil."""
    return Path(shutil.copytree(GOOD, tmp_path / "tree"))


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root


def own(tmp_path: Path, files: dict[str, str]) -> Schedules:
    """The good schedules with a user's own folder in front of them."""
    return Schedules(write(tmp_path / "own", files), GOOD)


def findings(root: Path, *only: Path) -> list[Finding]:
    return check(Schedules(root), only).findings


class Lab:
    """Tries a charge on the invented platform `lab-xx`: one card of one of its fees, in force from 2020-01-01."""

    def __init__(self, home: Path) -> None:
        self.home, self.tried = home, 0
        self.files: dict[str, str] = {}  # other cards that are in force too

    def quote(self, body: str, *, folder: str = "trial", on: str = "2020-06-15", **item: str) -> Quote:
        self.tried += 1
        store = own(self.home / str(self.tried), {f"lab-xx/{folder}/2020-01-01.yaml": card(body, folder), **self.files})
        return quote(Item(**{"price": "10.00", "category": "toys", **item}), platform="lab-xx", as_of=on, schedules=store)

    def lines(self, body: str, *, folder: str = "trial", on: str = "2020-06-15", **item: str) -> dict[str, Decimal]:
        """The amount of every line."""
        return {line.fee: line.amount for line in self.quote(body, folder=folder, on=on, **item).fees}

    def amount(self, body: str, *, folder: str = "trial", on: str = "2020-06-15", **item: str) -> str | None:
        """The fee's line; None when it makes none."""
        found = self.lines(body, folder=folder, on=on, **item).get(folder)
        return None if found is None else str(found)

    def lack(self, body: str, *, folder: str = "trial", on: str = "2020-06-15", **item: str) -> str | None:
        """Why the fee is not included; None when it is, or does not exist."""
        made = self.quote(body, folder=folder, on=on, **item)
        return next((entry.reason for entry in made.not_included if entry.fee == folder), None)
