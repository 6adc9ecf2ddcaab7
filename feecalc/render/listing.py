"""How does a plain list of things look: platforms, categories, cards?"""

from __future__ import annotations

from collections.abc import Sequence

from feecalc.render.text import Ink, cells, clean, left, right, said, words, wrap


def table(columns: Sequence[str], rows: Sequence[dict[str, object]], *, width: int, ink: Ink, numeric: Sequence[str] = ()) -> str:
    """Rows under their heads; the last column wraps, the others take what they need."""
    texts = [[_said(row.get(name)) for name in columns] for row in rows]
    heads = [words(name) for name in columns]
    widths = [max(cells(line[i]) for line in [heads, *texts]) for i in range(len(columns))]
    room = width - sum(widths[:-1]) - 2 * (len(columns) - 1)
    widths[-1] = min(widths[-1], max(room, 20))
    ends = [name in numeric for name in columns]
    lines = [ink.paint(line, "strong") for line in _line(heads, widths, ends)]
    return "\n".join([*lines, *(line for text in texts for line in _line(text, widths, ends))])


def _said(value: object) -> str:
    if value is None:
        return "-"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else clean(said(value))


def _line(texts: Sequence[str], widths: Sequence[int], ends: Sequence[bool]) -> list[str]:
    *first, last = texts
    fixed = [(right if end else left)(text, width) for text, width, end in zip(first, widths[:-1], ends[:-1], strict=True)]
    head, *rest = wrap(last, widths[-1])
    head = right(head, widths[-1]) if ends[-1] else head
    indent = " " * (sum(widths[:-1]) + 2 * len(fixed))
    return ["  ".join([*fixed, head]).rstrip(), *(indent + line for line in rest)]
