"""What can go wrong, and what would do instead.

FeecalcError            anything a user can mend; its text is one line
├── InputError          a field of the item or an option: field, value, what would do
├── FeeUnknown          a required fee can't be computed: which, why, what would do
└── ScheduleError       a broken card: its findings, each `file:line  path  what would do`
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


class FeecalcError(Exception):
    """Anything the user can mend; `str()` is one line fit for a terminal."""


class InputError(FeecalcError):
    """A value that can't be used. `InputError("price", "19.995", "USD has 2 decimals")`."""

    def __init__(self, field: str, value: object, remedy: str) -> None:
        self.field, self.value, self.remedy = field, value, remedy
        shown = "" if value is None else f" {_shorten(str(value))!r}"
        super().__init__(f"{field}{shown}: {remedy}")


class MissingInput(InputError):
    """A field that is needed and not given; `fields` can be asked for on a terminal."""

    def __init__(self, fields: tuple[str, ...], why: str) -> None:
        self.fields = fields
        options = " and ".join("--" + name.replace("_", "-") for name in fields)
        super().__init__(" and ".join(fields), None, f"{why}: give {options}")


class FeeUnknown(FeecalcError):
    """A required fee without a table, or without an input, on that date."""

    def __init__(self, platform: str, fee: str, reason: str, figure: str = "AMOUNT") -> None:
        self.platform, self.fee, self.reason = platform, fee, reason
        super().__init__(f"{platform} {fee}: {reason}; your own figure would do: --fee {fee}={figure}")


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One mistake in one file: where it stands and what would mend it."""

    file: str
    line: int
    path: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}  {self.path or '(file)'}  {self.remedy}"


class ScheduleError(FeecalcError):
    """A card or platform file that can't be used; `findings` holds every mistake found."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        first = self.findings[0]
        more = f" (and {len(self.findings) - 1} more)" if len(self.findings) > 1 else ""
        super().__init__(f"{first}{more}; run: feecalc schedules check")


def near(word: str, known: Iterable[str]) -> str:
    """`; near: apparel, appliances-compact`, or nothing when no name is near. Never picks one."""
    names = difflib.get_close_matches(word.lower(), list(dict.fromkeys(known)), n=4, cutoff=0.5)
    return f"; near: {', '.join(names)}" if names else ""


def _shorten(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
