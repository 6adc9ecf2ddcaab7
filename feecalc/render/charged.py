"""How does the charge of one card look on a terminal?"""

from __future__ import annotations

from feecalc.render.text import clean, money
from feecalc.result import Charged


def table(made: Charged) -> str:
    """The amount, why, and on what ground it stands."""
    inputs = " ".join(f"{name}={value}" for name, value in made.inputs.items())
    lines = [
        f"{money(made.amount, _digits(made))} {made.currency}  {clean(made.rule)}",
        f"{made.card}  {clean(inputs)}",
        f"{made.confidence.word}: {clean(made.source)}",
        *(f"! {clean(text)}" for text in made.warnings),
    ]
    return "\n".join(lines)


def _digits(made: Charged) -> int:
    return max(-int(made.amount.as_tuple().exponent), 0)
