"""How far a figure can be trusted, in one order: official > corroborated > secondary > inferred."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum


class Confidence(IntEnum):
    """A higher number is a weaker ground, so that `max` is the weakest. `YOURS` is no claim of ours."""

    YOURS = 0
    OFFICIAL = 1
    CORROBORATED = 2
    SECONDARY = 3
    INFERRED = 4

    @property
    def word(self) -> str:
        """As cards and JSON write it."""
        return self.name.lower()


LEVELS = ("official", "corroborated", "secondary", "inferred")


def weakest(marks: Iterable[Confidence]) -> Confidence:
    """The weakest of them; `YOURS` when there is none but the seller's own."""
    return max(marks, default=Confidence.YOURS)
