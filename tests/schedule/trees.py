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

    def __init__(self, folder: Path) -> None:
        self.folder, self.tried = folder, 0

    def quote(self, body: str, *, fee: str = "trial", on: str = "2020-06-15", **item: str) -> Quote:
        self.tried += 1
        store = own(self.folder / str(self.tried), {f"lab-xx/{fee}/2020-01-01.yaml": card(body, fee)})
        return quote(Item(**{"price": "10.00", "category": "toys", **item}), platform="lab-xx", as_of=on, schedules=store)

    def line(self, body: str, *, fee: str = "trial", on: str = "2020-06-15", **item: str):
        return next((line for line in self.quote(body, fee=fee, on=on, **item).fees if line.fee == fee), None)

    def amount(self, body: str, *, fee: str = "trial", on: str = "2020-06-15", **item: str) -> Decimal | None:
        """The fee's line; None when it makes none."""
        line = self.line(body, fee=fee, on=on, **item)
        return None if line is None else line.amount

    def lack(self, body: str, *, fee: str = "trial", on: str = "2020-06-15", **item: str) -> str | None:
        """Why the fee is not included."""
        made = self.quote(body, fee=fee, on=on, **item)
        assert fee not in {line.fee for line in made.fees}
        return next((entry.reason for entry in made.not_included if entry.fee == fee), None)
