"""The page that says how well the cases guard the numbers."""

from __future__ import annotations

from collections.abc import Sequence

HEAD = """# Would a wrong number be noticed?

`make mutation` changes every number of every card, one at a time, and runs the cases beside the card: an amount by its last
digit, a share by 0.01 percentage points, a bound by its last digit and to its other side (`up_to` and `below`). Where the
smallest change can't show (weights are rounded up before they are looked at, a bound of marginal bands moves a fee by less than
half a cent), a change by one whole unit is tried. A change that no case notices survives.

This page is written by that run.
"""


def page(results: Sequence[tuple[str, int, list]]) -> str:
    """The score of each card, and every survivor."""
    total = sum(made for _, made, _ in results)
    alive = sum(len(left) for _, _, left in results)
    score = f"**{total:,} changes, {total - alive:,} noticed ({(total - alive) * 100 / max(total, 1):.2f}%), {alive} survive.**"
    rows = [f"| {card} | {made} | {made - len(left)} |" for card, made, left in results]
    table = ["| card | changes | noticed |", "| --- | ---: | ---: |", *rows]
    lines = [f"- `{mutant}`" for _, _, left in results for mutant in left]
    return "\n".join([HEAD, score, "", *_why(lines), *table, ""])


def _why(lines: list[str]) -> list[str]:
    if not lines:
        return []
    return ["## Survivors", "", WHY, "", *lines, "", "## Cards", ""]


WHY = """None of these can change a fee, or they change only what a reader is told:

- a limit that another limit of the same row always decides first (an upper bound of a last row above what its size tier allows);
- a bound between two rows that pay the same at that weight;
- a condition that only attaches a warning or a confidence."""
