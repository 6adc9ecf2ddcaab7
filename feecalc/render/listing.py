"""How does a plain list of things look: platforms, categories, cards?"""

from __future__ import annotations

from collections.abc import Sequence

from feecalc.render.text import Ink, cells, clean, left, right, said, words, wrap

_GAP = 2


def table(columns: Sequence[str], rows: Sequence[dict[str, object]], *, width: int, ink: Ink, numeric: Sequence[str] = ()) -> str:
    """Rows under their heads. Where they are too wide, the widest column is wrapped first; no word is broken."""
    heads = [words(name) for name in columns]
    texts = [[_said(row.get(name)) for name in columns] for row in rows]
    widths = _widths([heads, *texts], width - _GAP * (len(columns) - 1))
    ends = [name in numeric for name in columns]
    lines = [ink.paint(line, "strong") for line in _lines(heads, widths, ends)]
    return "\n".join([*lines, *(line for text in texts for line in _lines(text, widths, ends))])


def _said(value: object) -> str:
    if value is None:
        return "-"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else said(value)


def _widths(table: Sequence[Sequence[str]], room: int) -> list[int]:
    columns = list(zip(*table, strict=True))
    widths = [max(map(cells, column)) for column in columns]
    least = [max(cells(word) for text in column for word in text.split() or [""]) for column in columns]
    while sum(widths) > room and (loose := [i for i, width in enumerate(widths) if width > least[i]]):
        widths[max(loose, key=lambda i: widths[i])] -= 1
    return widths


def _lines(texts: Sequence[str], widths: Sequence[int], ends: Sequence[bool]) -> list[str]:
    wrapped = [wrap(clean(text), width) for text, width in zip(texts, widths, strict=True)]
    height = max(map(len, wrapped))
    padded = [[*part, *[""] * (height - len(part))] for part in wrapped]
    rows = zip(*padded, strict=True)
    gap = " " * _GAP
    return [
        gap.join((right if end else left)(cell, width) for cell, width, end in zip(row, widths, ends, strict=True)).rstrip()
        for row in rows
    ]
