"""How are the lines of a statement laid out: a name, a few words, an amount, a share, a mark?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from feecalc.render.text import Ink, cells, left, right, wrap

_GAP = 2
_NARROWEST_TEXT = 12


@dataclass(frozen=True, slots=True)
class Row:
    """One line. `texts` are ways to say the same, the fullest first; the fullest that fits on the line is taken."""

    name: str
    amount: str = ""
    share: str = ""
    mark: str = ""
    texts: tuple[str, ...] = ("",)
    look: str = ""
    inside: bool = False

    @property
    def label(self) -> str:
        """The name as it stands in its column."""
        return "  " + self.name if self.inside else self.name


def lay_out(rows: Sequence[Row], width: int, ink: Ink) -> list[str]:
    """The lines of the statement, at most `width` columns each; names and words wrap, amounts never do."""
    ends = [max(cells(getattr(row, part)) for row in rows) for part in ("amount", "share", "mark")]
    free = width - sum(ends) - _GAP * sum(end > 0 for end in ends) - _GAP
    names = _names_width(rows, free)
    chosen = [_fitting(row, free - names) for row in rows]
    texts = min(free - names, max(cells(text) for text in chosen))
    return [line for row, text in zip(rows, chosen, strict=True) for line in _lines(row, text, (names, texts, *ends), ink)]


def _names_width(rows: Sequence[Row], free: int) -> int:
    """The width of the first column with which the statement has the fewest lines; of equals, the widest."""
    room = max(free - _NARROWEST_TEXT, _NARROWEST_TEXT)
    most = min(max(cells(row.label) for row in rows), room)
    least = min(max(cells(word) + 2 * row.inside for row in rows for word in row.name.split()), most)
    widths = range(least, most + 1)
    return min(reversed(widths), key=lambda width: sum(_height(row, width, free - width) for row in rows))


def _height(row: Row, names: int, texts: int) -> int:
    return max(len(wrap(row.name, names - 2 * row.inside)), len(wrap(_fitting(row, texts), texts)))


def _fitting(row: Row, width: int) -> str:
    return next((text for text in row.texts if cells(text) <= width), row.texts[-1])


def _lines(row: Row, text: str, widths: tuple[int, ...], ink: Ink) -> list[str]:
    names, texts, amounts, shares, marks = widths
    indent = "  " if row.inside else ""
    labels = [indent + part for part in wrap(row.name, names - len(indent))]
    said = wrap(text, texts) if texts else [""]
    height = max(len(labels), len(said))
    ends = [(row.amount, row.share, row.mark)] + [("", "", "")] * (height - 1)
    lines = []
    for label, part, (amount, share, mark) in zip(_to(labels, height), _to(said, height), ends, strict=True):
        look = row.look
        line = [
            ink.paint(left(label, names), look),
            ink.paint(left(part, texts), "faint"),
            ink.paint(right(amount, amounts), look),
        ]
        line += [ink.paint(right(share, shares), look)] if shares else []
        line += [ink.paint(left(mark, marks), "faint")] if marks else []
        lines.append((" " * _GAP).join(line).rstrip())
    return lines


def _to(lines: list[str], height: int) -> list[str]:
    return lines + [""] * (height - len(lines))
