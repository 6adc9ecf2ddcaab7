"""One card by itself: what it asks for, and what it charges. For fees that are no part of a sale, and for checking one table.

What is asked for is read from the charge: every quantity, id and flag it looks at.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from fractions import Fraction

from feecalc import fields as parsers
from feecalc import plan as p
from feecalc.confidence import Confidence
from feecalc.engine.context import Context, Lack, stay_of
from feecalc.engine.evaluate import Outcome, card_charge
from feecalc.engine.traced import exact
from feecalc.errors import FeeUnknown, InputError, near
from feecalc.quantity import Amount, decimal, parse_measure, plain_text
from feecalc.result import Charged
from feecalc.vocabulary import BASE_QUANTITIES, FLAGS, KINDS, SIZE_CLASSES, SPLITS

_EXAMPLES = {
    "number": "30", "amount": "12.50", "weight": "1.5lb", "length": "15in", "volume": "0.12ft3", "share": "15%", "flag": "true",
    "country": "GB",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """One input of a card: its name, its kind, and the ids it may be."""

    name: str
    kind: str  # number | amount | weight | length | volume | share | flag | country | id | category
    ids: tuple[str, ...] = ()

    @property
    def hint(self) -> str:
        """What to write: `weight, as in 1.5lb`; `standard or oversize`."""
        if self.ids:
            return " or ".join(self.ids)
        return (
            "category id, or a name printed on the card"
            if self.kind == "category"
            else f"{self.kind}, as in {_EXAMPLES[self.kind]}"
        )


@dataclass(frozen=True, slots=True)
class Subject:
    """The card to be charged, and what its ids may be: tiers, plans, ways; categories and the names printed."""

    platform: str
    currency: str
    digits: int
    each: str
    versions: tuple[p.Card, ...]
    ids: Mapping[str, tuple[str, ...]]
    categories: Mapping[str, str]


# -- what a card asks for ----------------------------------------------------------------------------------------


def asked(subject: Subject, card: p.Card) -> tuple[Asked, ...]:
    """The inputs of a card, in the order in which its charge meets them; `units` multiplies."""
    own = {entry.name: entry for entry in card.inputs}
    derived = {entry.name: entry for entry in card.derived}
    names = dict.fromkeys(name for found in _names(card.charge) for name in _basic(found, derived))
    if subject.each == "stay":
        names["months"] = None
    inputs = [_asked(subject, own, name) for name in names if name != "units"]
    multiplied = "units" in own or subject.each in ("unit", "stay", "return")
    return tuple(dict.fromkeys([*inputs, *([Asked("units", "number")] if multiplied else [])]))


def _basic(name: str, derived: Mapping[str, p.Derived]) -> Iterator[str]:
    """The inputs behind a quantity: a derived one asks for what it is made of."""
    if name not in derived:
        yield "weight" if name == "billable_weight" else name
        return
    for operand in derived[name].operands:
        if isinstance(operand, str):
            yield from _basic(operand, derived)


def _asked(subject: Subject, own: Mapping[str, p.Input], name: str) -> Asked:
    if name in own:
        return Asked(name, own[name].kind, own[name].ids)
    if name in ("category", "seller_country"):
        return Asked(name, "country" if name == "seller_country" else name)
    if name in FLAGS:
        return Asked(name, "flag")
    closed = {"size_class": SIZE_CLASSES, "inbound_split": SPLITS, **subject.ids}
    if name in closed:
        return Asked(name, "id", tuple(closed[name]))
    if name in ("months", "units"):
        return Asked(name, "number")
    dimension = BASE_QUANTITIES.get(name)
    kinds = (kind for kind, measured in KINDS.items() if measured == dimension)
    return Asked(name, next(kinds, "volume" if name == "volume" else "weight" if "weight" in name else "amount"))


def _names(node: object) -> Iterator[str]:
    """Every quantity, id, flag and fee that a charge looks at."""
    if isinstance(node, p.Test):
        yield node.subject
        yield from (to for _, to in node.sides if isinstance(to, str))
    elif is_dataclass(node):
        yield from _own_names(node)
        for part in fields(node):
            yield from _names(getattr(node, part.name))
    elif isinstance(node, tuple):
        for entry in node:
            yield from _names(entry)
    elif isinstance(node, Mapping):
        for entry in node.values():
            yield from _names(entry)


def _own_names(node: object) -> Iterator[str]:
    if isinstance(node, p.Choose) and node.by_category:
        yield "category"
    if isinstance(node, p.Percent | p.Per | p.Bands | p.Times):
        yield node.of
    if isinstance(node, p.OfFees):
        yield from node.fees
    if isinstance(node, p.Table):
        yield node.by
        yield from (name for name in (node.column_of, node.of) if name)


# -- what it charges ---------------------------------------------------------------------------------------------


def charge(
    subject: Subject, card: p.Card, day: dt.date, given: Mapping[str, str], touched: set[tuple[str, str]] | None = None
) -> Charged:
    """What the card charges for these inputs on that day, rounded once. Rows that were used are put into `touched`.

    Raises InputError for an input it does not take or one it needs, FeeUnknown where nobody has published it.
    """
    known = {entry.name: entry for version in (*subject.versions, card) for entry in asked(subject, version)}
    for name in given:
        if name not in known:
            raise InputError(name, given[name], f"is no input of {card.id}{near(name, known)}; it takes: {', '.join(known)}")
    context = Context(None, day, touched=set() if touched is None else touched)
    units = _fill(context, subject, known, given)
    try:
        outcome = _outcome(subject, card, context, day, given)
    except Lack as lack:
        raise _error(subject, card, known, lack) from None
    return _charged(subject, card, given, outcome, units)


def _fill(context: Context, subject: Subject, known: Mapping[str, Asked], given: Mapping[str, str]) -> Fraction:
    """Put the inputs into the context; the number of units is handed back."""
    context.traits.update(dict.fromkeys(FLAGS, False) | {e.name: False for e in known.values() if e.kind == "flag"})
    units = Fraction(1)
    for name, text in given.items():
        entry = known[name]
        if entry.kind == "flag":
            context.traits[name] = parsers.flag(name, text)
        elif entry.kind == "country":
            context.traits[name] = parsers.country(name, text)
        elif entry.kind in ("id", "category"):
            context.traits[name] = _id(subject, entry, text)
        elif name == "units":
            units = parsers.number(name, text)
        else:
            _put(context, name, _number(entry, text))
    return units


def _put(context: Context, name: str, value: Fraction) -> None:
    context.quantities[name] = value
    context.fees[name] = value
    context.fee_marks[name] = Confidence.YOURS
    if name == "weight":
        context.quantities["billable_weight"] = value


def _id(subject: Subject, entry: Asked, text: str) -> str:
    if entry.kind == "category":
        found = text if text in subject.categories else subject.categories.get(p.normal_name(text))
    else:
        found = "oversize" if (entry.name, text) == ("size_class", "special_handling") else text
        found = found if found in entry.ids else None
    if found is None:
        known = entry.ids or tuple(subject.categories)
        raise InputError(entry.name, text, f"give {entry.hint}{near(text, known)}")
    return found


def _number(entry: Asked, text: str) -> Fraction:
    if entry.kind == "weight":
        return parsers.weight(entry.name, text).grams
    if entry.kind == "amount":
        amount = parsers.money(entry.name, text)
        return Fraction(amount.value) if isinstance(amount, Amount) else Fraction(0)
    if entry.kind == "share":
        return parsers.share(entry.name, text)
    if entry.kind in ("volume", "length"):
        found = parse_measure(text)
        if found is None or found[1] != KINDS[entry.kind]:
            raise InputError(entry.name, text, f"give a {entry.hint}")
        return found[0]
    return parsers.number(entry.name, text)


def _outcome(subject: Subject, card: p.Card, context: Context, day: dt.date, given: Mapping[str, str]) -> Outcome | None:
    if subject.each != "stay":
        return card_charge(context, card, subject.digits)
    if "months" not in given:
        raise Lack("months is not given", ("months",))
    total: Outcome | None = None
    for first, part in stay_of(day, parsers.number("months", given["months"])):
        then = p.in_force(subject.versions, first)
        if then is None:
            raise Lack(f"no table for {first:%Y-%m}")
        context.month = first.month
        total = _plus(total, part, card_charge(context, then, subject.digits))
    return total


def _plus(total: Outcome | None, part: Fraction, outcome: Outcome | None) -> Outcome | None:
    if outcome is None:
        return total
    how = f"{plain_text(part, 2)} mo x {outcome.how}"
    if total is None:
        return replace(outcome, amount=outcome.amount * part, how=how)
    marks = max(total.confidence, outcome.confidence)
    return replace(outcome, amount=total.amount + outcome.amount * part, how=f"{total.how} + {how}", confidence=marks)


def _error(subject: Subject, card: p.Card, known: Mapping[str, Asked], lack: Lack) -> InputError | FeeUnknown:
    fee = card.id.split("/")[1]
    if not lack.fields:
        return FeeUnknown(subject.platform, fee, lack.reason)
    names = tuple(map(_shown, lack.fields))
    hints = "; ".join(f"{name}=VALUE, {known[name].hint}" if name in known else f"{name}=VALUE" for name in names)
    return InputError(" and ".join(names), None, f"{card.id} needs it: give {hints}")


def _shown(name: str) -> str:
    return "weight" if name == "billable_weight" else name


def _charged(subject: Subject, card: p.Card, given: Mapping[str, str], outcome: Outcome | None, units: Fraction) -> Charged:
    if outcome is None:
        nothing = Outcome(Fraction(0), "nothing is charged", (), card.confidence)
        return replace(_charged(subject, card, given, nothing, Fraction(1)), charged=False)
    rule = outcome.rule if units == 1 else f"{plain_text(units)} units x ({outcome.how}){_after(outcome)}"
    return Charged(
        card=card.id, inputs=dict(given), amount=decimal(exact(outcome.amount) * units, subject.digits),
        currency=subject.currency, rule=rule, confidence=outcome.confidence, source=card.source, warnings=outcome.warnings,
        where=f"{card.file}:{outcome.line or card.line}",
    )  # fmt: skip


def _after(outcome: Outcome) -> str:
    return f": {' '.join(outcome.which)}" if outcome.which else ""
