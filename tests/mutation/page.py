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


WHY = """They were looked at by kind, not proven one by one. The kinds found, none of which changes a fee:

- the upper bound of a last row at the weight where its size tier ends (16 oz, 20 lb, 50, 70 and 150 lb): the tier decides first;
- a weight between which and the next no billable weight lies, because weights are rounded up first (16 oz to 17 oz where
  everything above a pound is rounded up to a quarter or a half);
- a bound between two rows that pay the same at that weight, or on both sides of it (a base and a step that begins there; the
  discounts of neighbouring rows that are equal), or a row that falls to one that pays the same;
- a limit of a size tier that another limit of it always decides first;
- a condition that only attaches a warning or a confidence."""
