"""Which of a platform's printed rows serves which of feecalc's categories, and on what ground?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from fractions import Fraction

from feecalc import plan as p
from feecalc.quantity import plain_text


@dataclass(frozen=True, slots=True)
class Served:
    """How one category is served: `state` is row, unknown, absent, one (a commission without categories) or own (none known)."""

    state: str
    printed: str | None = None
    why: str | None = None
    charge: p.Charge | None = None

    @property
    def rates(self) -> str:
        """The lowest and the highest percentage: `15`, `5-17`; `?` where nobody published one, `-` where there is no row."""
        found = sorted(set(_rates(self.charge)))
        if self.state in ("row", "one") and found:
            low, high = plain_text(found[0] * 100, 4), plain_text(found[-1] * 100, 4)
            return low if low == high else f"{low}-{high}"
        return {"absent": "-", "own": "own"}.get(self.state, "?")


def commission(plan: p.Plan) -> p.FeePlan | None:
    """The fee that a sale is charged first: the one by category, else the required one."""
    by_category = (fee for fee in plan.fees if _by_category(fee))
    required = (fee for fee in plan.fees if fee.spec.required and fee.spec.group == "selling")
    return next(by_category, next(required, None))


def _by_category(fee: p.FeePlan) -> bool:
    return fee.card is not None and isinstance(fee.card.charge, p.Choose) and fee.card.charge.by_category


def served(plan: p.Plan) -> Mapping[str, Served]:
    """Every category of the platform, its own ones included, in their order."""
    fee = commission(plan)
    charge = fee.card.charge if fee is not None and fee.card is not None else None
    if isinstance(charge, p.Choose) and charge.by_category:
        rows = dict(_rows(charge))
        return {name: rows.get(name, Served("absent", why=charge.absent.get(name))) for name in plan.categories}
    lack = fee.lack if fee is not None else None
    whole = Served("one", charge=charge) if charge is not None else Served("own", why=lack)
    return dict.fromkeys(plan.categories, whole)


def _rows(charge: p.Choose) -> Iterator[tuple[str, Served]]:
    for row in charge.rows:
        for name in row.categories:
            unknown = row.charge.reason if isinstance(row.charge, p.Unknown) else None
            why = row.why.get(name) or unknown
            yield name, Served("unknown" if unknown else "row", row.mark.name, why, row.charge)


def _rates(node: object) -> Iterator[Fraction]:
    if isinstance(node, p.Percent) and not node.of_fee:
        yield node.rate
    elif isinstance(node, tuple):
        for entry in node:
            yield from _rates(entry)
    elif is_dataclass(node) and not isinstance(node, type):
        for part in fields(node):
            yield from _rates(getattr(node, part.name))
