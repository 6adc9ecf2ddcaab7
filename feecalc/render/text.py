"""How is text laid out on a terminal: widths, wrapping, columns, colour?

Everything is plain strings; wide characters count two columns, control characters are shown as `?`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_CODES = {"strong": "1", "faint": "2", "good": "1;32", "bad": "1;31", "warn": "33"}


@dataclass(frozen=True, slots=True)
class Ink:
    """Colours, or none: `Ink(on=False).paint("PROFIT", "strong") == "PROFIT"`."""

    on: bool = False

    def paint(self, text: str, look: str) -> str:
        """The text in that look: strong, faint, good, bad, warn, or "" for plain."""
        core = text.strip()
        if not (self.on and look and core):
            return text
        before, _, after = text.partition(core)  # the spaces around stay outside, so that lines can be stripped
        return f"{before}\x1b[{_CODES[look]}m{core}\x1b[0m{after}"


def clean(text: str) -> str:
    """No character that moves the cursor or colours the screen: an item's text may come from anywhere."""
    return "".join("?" if unicodedata.category(char) in ("Cc", "Cf", "Cs") else char for char in text)


def cells(text: str) -> int:
    """How many columns a text takes."""
    return len(text) if text.isascii() else sum(_cells(char) for char in text)


def _cells(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def left(text: str, width: int) -> str:
    """Padded on the right."""
    return text + " " * (width - cells(text))


def right(text: str, width: int) -> str:
    """Padded on the left."""
    return " " * (width - cells(text)) + text


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most that many columns, broken at spaces; a longer word is broken where it must be."""
    if cells(text) <= width:
        return [text]  # with the spaces it has
    lines, line = [], ""
    for word in text.split():
        for piece in _pieces(word, width):
            if line and cells(line) + 1 + cells(piece) > width:
                lines.append(line)
                line = piece
            else:
                line = f"{line} {piece}" if line else piece
    return [*lines, line]


def _pieces(word: str, width: int) -> list[str]:
    pieces, piece = [], ""
    for char in word if cells(word) > width else ():
        if cells(piece + char) > width:
            pieces.append(piece)
            piece = ""
        piece += char
    return [*pieces, piece] if piece else [word]


def hanging(mark: str, text: str, width: int) -> list[str]:
    """Wrapped text behind a mark; the lines after the first are indented to it."""
    indent = cells(mark)
    first, *rest = wrap(text, width - indent)
    return [mark + first, *(" " * indent + line for line in rest)]


def spread(first: str, last: str, width: int) -> list[str]:
    """One text at the left edge and one at the right, below each other when they don't fit on one line."""
    gap = width - cells(first) - cells(last)
    return [first + " " * gap + last] if gap >= 2 else [*wrap(first, width), *(right(line, width) for line in wrap(last, width))]


def grid(rows: Sequence[Sequence[str]], *, right_from: int = 99, rights: Iterable[int] = (), gap: int = 2) -> list[str]:
    """Rows in columns as wide as their widest cell; columns from `right_from` on, and `rights`, are aligned right."""
    if not rows:
        return []
    ends = set(rights)
    widths = [max(cells(row[i]) for row in rows) for i in range(len(rows[0]))]
    joined = (
        (" " * gap).join(
            right(text, widths[i]) if i >= right_from or i in ends else left(text, widths[i]) for i, text in enumerate(row)
        )
        for row in rows
    )
    return [line.rstrip() for line in joined]


def bar(value: Decimal, longest: Decimal, room: int) -> str:
    """A bar of blocks and eighths of a block; at least a sliver for anything above zero."""
    if longest == 0 or value <= 0:
        return ""
    eighths = max(int(value / longest * room * 8), 1)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def money(value: Decimal | None, digits: int) -> str:
    """`1234.5` -> `1,234.50`; a dash for None."""
    return "-" if value is None else f"{rounded(value, digits):,.{digits}f}"


def percent(share: Decimal | None, digits: int = 1) -> str:
    """`0.3488` -> `34.9%`; a dash for None."""
    return "-" if share is None else f"{rounded(share * 100, digits):,.{digits}f}%"


def rounded(value: Decimal, digits: int) -> Decimal:
    """Half-up to that many decimals, for the eye."""
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) + 0  # + 0 takes the sign off a zero


def said(value: object) -> str:
    """A field's value as a person would write it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{name} {said(part)}" for name, part in value.items())
    return clean(f"{value:f}" if isinstance(value, Decimal) else str(value))


def words(name: str) -> str:
    """`inbound_placement` -> `inbound placement`."""
    return name.replace("_", " ")
