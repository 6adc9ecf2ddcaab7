"""The fee lines of one sale: which fees apply, what each costs, and what could not be put in.

Each line is rounded half-up on its own; later fees look at the rounded lines of earlier ones.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from fractions import Fraction

from feecalc import plan as p
from feecalc.confidence import Confidence, weakest
from feecalc.engine.context import Context, Lack, context_of
from feecalc.engine.evaluate import Outcome, card_charge
from feecalc.engine.sale import Sale
from feecalc.engine.traced import Number, exact, rounded
from feecalc.errors import FeeUnknown, InputError, MissingInput, near
from feecalc.fields import OwnFee
from feecalc.quantity import Share, money_text, percent_text, plain_text
from feecalc.result import NotIncluded

_BASIS = {"unit": "charged", "order": "charged", "month": "allocated", "stay": "allocated", "return": "expected"}


@dataclass(frozen=True, slots=True)
class Line:
    """A fee line whose amount may still depend on the price."""

    fee: str
    name: str
    group: str
    amount: Number
    basis: str
    rule: str
    brief: str
    confidence: Confidence
    card: p.Card | None = None
    line: int = 0


@dataclass(slots=True)
class Bill:
    """All fee lines of one sale, what is not included, and the warnings."""

    context: Context
    strict: bool = True  # a required fee that can't be computed is an error
    lines: list[Line] = field(default_factory=list)
    not_included: list[NotIncluded] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def warn(self, text: str) -> None:
        """Say it once."""
        if text not in self.warnings:
            self.warnings.append(text)

    def total(self, *groups: str) -> Number:
        """The sum of the lines of some groups."""
        return sum((line.amount for line in self.lines if line.group in groups), Fraction(0))


def bill(sale: Sale, *, billable: Fraction | None = None, strict: bool = True) -> Bill:
    """Every fee of the platform on that day, in its order. Raises FeeUnknown or MissingInput for a required one.

    `billable` asks what another billable weight would cost; not `strict`, required fees are left out like others.
    """
    made = Bill(context_of(sale, billable=billable), strict, warnings=list(sale.warnings))
    own = _own_fees(sale)
    planned = {fee.spec.id: fee for fee in sale.plan.fees}
    for spec in sale.plan.platform.fees:
        figure = own.pop(spec.id, None)
        if not made.context.holds(spec.when):
            if figure is not None:
                made.warn(f"your figure for {spec.id} is left out: there is no such fee with fulfillment {sale.way.id}")
            continue
        if figure is not None:
            _add_own(made, sale, figure, spec, planned.get(spec.id))
        elif spec.id in planned:
            _add(made, sale, planned[spec.id])
    for figure in own.values():
        _add_own(made, sale, figure, None, None)
    return made


def _own_fees(sale: Sale) -> dict[str, OwnFee]:
    known = [spec.id for spec in sale.plan.platform.fees]
    for figure in sale.item.own_fees:
        if not figure.added and figure.name not in known:
            remedy = f"is no fee of {sale.plan.platform.id}{near(figure.name, known)}; +{figure.name}:GROUP=VALUE adds one"
            raise InputError("fee", figure.name, remedy)
        if figure.added and figure.name in known:
            raise InputError("fee", figure.name, f"is a fee already; replace it with {figure.name}=VALUE")
    return {figure.name: figure for figure in sale.item.own_fees}


# -- the platform's own fees -------------------------------------------------------------------------------------


def _add(made: Bill, sale: Sale, fee: p.FeePlan) -> None:
    spec = fee.spec
    asked = not spec.asked_by or any(name in sale.item for name in spec.asked_by)
    if not asked or (spec.each == "return" and sale.return_rate == 0):
        return
    try:
        line = _line(made, sale, fee)
    except Lack as lack:
        _lacking(made, sale, spec, lack)
        return
    if line is None:
        made.context.fees[spec.id] = Fraction(0)
        made.context.fee_marks[spec.id] = Confidence.OFFICIAL
        return
    _keep(made, line)
    _returned(made, sale, line)


def _keep(made: Bill, line: Line) -> None:
    made.lines.append(line)
    made.context.fees[line.fee] = line.amount
    made.context.fee_marks[line.fee] = line.confidence


def _lacking(made: Bill, sale: Sale, spec: p.FeeSpec, lack: Lack) -> None:
    if spec.required and made.strict:
        if lack.fields:
            raise MissingInput(lack.fields, f"{sale.plan.platform.id} {spec.id}: {lack.reason}")
        figure = "RATE" if spec.group == "selling" and spec.each == "unit" else "AMOUNT"  # a commission is a share
        raise FeeUnknown(sale.plan.platform.id, spec.id, lack.reason, figure)
    options = " and ".join("--" + name.replace("_", "-") for name in lack.fields)
    remedy = f"give {options}" if options else f"--fee {spec.id}=AMOUNT"
    reason = f"{lack.reason}: {remedy}" if lack.reason else remedy
    made.not_included.append(NotIncluded(spec.id, reason, spec.name))


def _line(made: Bill, sale: Sale, fee: p.FeePlan) -> Line | None:
    """The line of one fee, or None when the card charges nothing. Raises Lack."""
    context = made.context
    context.used_size, context.taxed_base, context.order = False, False, fee.spec.each == "order"
    try:
        outcome, card = _outcome(made, sale, fee)
    finally:
        context.order = False
    if outcome is None:
        return None
    outcome = _per_unit(sale, fee.spec, outcome)
    confidence = max(outcome.confidence, _size_mark(made, outcome))
    _warn(made, sale, fee.spec, outcome, confidence, card)
    brief = " ".join(outcome.which) if outcome.tabular else outcome.how
    return Line(
        fee.spec.id, fee.spec.name, fee.spec.group, rounded(outcome.amount, sale.digits), fee.spec.basis or _BASIS[fee.spec.each],
        outcome.rule, brief, confidence, card, outcome.line or card.line,
    )  # fmt: skip


def _outcome(made: Bill, sale: Sale, fee: p.FeePlan) -> tuple[Outcome | None, p.Card]:
    if fee.spec.each == "stay":
        return _over_stay(made, sale, fee)
    if fee.lack is not None or fee.card is None:
        raise Lack(fee.lack or "no table")
    return card_charge(made.context, fee.card, sale.digits), fee.card


def _over_stay(made: Bill, sale: Sale, fee: p.FeePlan) -> tuple[Outcome | None, p.Card]:
    """The sum over the months of the stay, each by the card of that month."""
    if sale.item.number("storage_months") is None:
        raise Lack("", ("storage_months",))
    if not fee.versions:
        raise Lack(fee.lack or "no table")
    found: list[tuple[Fraction, Outcome]] = []
    card = fee.card or fee.versions[0]
    for day, part in made.context.stay:
        if fee.spec.since is not None and day < fee.spec.since:
            continue  # the fee did not exist yet
        card_then = p.in_force(fee.versions, day)
        if card_then is None:
            raise Lack(f"no table for {day:%Y-%m}")
        made.context.month = day.month
        made.context.quantities["stay_age"] = _age_after(made, sale, day, part)
        outcome = card_charge(made.context, card_then, sale.digits)
        if outcome is not None:
            found.append((part, outcome))
            card = card_then
    made.context.month = 0
    made.context.quantities.pop("stay_age", None)
    return _summed(found), card


def _age_after(made: Bill, sale: Sale, day: dt.date, part: Fraction) -> Fraction:
    """Days since the stay began, at the end of that month's part."""
    last = day + dt.timedelta(days=int(part * calendar.monthrange(day.year, day.month)[1]))
    return Fraction((min(last, sale.plan.as_of) - made.context.stay[0][0]).days)


def _summed(found: list[tuple[Fraction, Outcome]]) -> Outcome | None:
    if not found:
        return Outcome(Fraction(0), "no time in storage", (), Confidence.OFFICIAL)
    total = sum((outcome.amount * part for part, outcome in found), Fraction(0))
    months: dict[str, Fraction] = {}
    for part, outcome in found:
        months[outcome.how] = months.get(outcome.how, Fraction(0)) + part
    last = found[-1][1]
    confidence = weakest(outcome.confidence for _, outcome in found)
    warnings = tuple(dict.fromkeys(text for _, outcome in found for text in outcome.warnings))
    return Outcome(total, _months_text(months), last.which, confidence, warnings, last.line)


def _months_text(months: dict[str, Fraction]) -> str:
    """`0.1177 ft3: 0.3 months at 0.78 + 1.7 at 2.40`."""
    heads = {how.partition(" at ")[0] for how in months}
    if len(heads) == 1 and all(" at " in how for how in months):
        parts = [f"{plain_text(part, 2)} mo at {how.partition(' at ')[2]}" for how, part in months.items()]
        return f"{heads.pop()}, {' + '.join(parts)}"
    return " + ".join(f"{plain_text(part, 2)} mo x ({how})" for how, part in months.items())


def _per_unit(sale: Sale, spec: p.FeeSpec, outcome: Outcome) -> Outcome:
    """From what the card is for (an order, a month, a return) to one unit."""
    if spec.each == "order":
        return _divided(sale, outcome, sale.units_per_order, "units in the order")
    if spec.each == "month":
        units = sale.item.number("account_monthly_units")
        if units is None:
            amount = money_text(exact(outcome.amount), sale.digits)
            raise Lack(f"{amount} a month", ("account_monthly_units",))
        return _divided(sale, outcome, units, "units a month")
    if spec.each == "return":
        how = f"{percent_text(sale.return_rate)} of units x {outcome.how}"
        return replace(outcome, amount=outcome.amount * sale.return_rate, how=how)
    return outcome


def _divided(sale: Sale, outcome: Outcome, units: Fraction, noun: str) -> Outcome:
    if units == 1:
        return outcome
    whole = rounded(outcome.amount, sale.digits)
    how = f"{outcome.how}, {money_text(exact(whole), sale.digits)} / {plain_text(units)} {noun}"
    return replace(outcome, amount=whole / units, how=how)


def _size_mark(made: Bill, outcome: Outcome) -> Confidence:
    size = made.context.size
    if size is None or not made.context.used_size:
        return outcome.confidence
    return size.tier.mark.confidence or size.card.confidence


def _warn(made: Bill, sale: Sale, spec: p.FeeSpec, outcome: Outcome, confidence: Confidence, card: p.Card) -> None:
    size = made.context.size
    texts = list(outcome.warnings)
    if size is not None and made.context.used_size and size.tier.mark.warning:
        texts.append(size.tier.mark.warning)
    if confidence is Confidence.INFERRED and not texts and not outcome.inherited:
        texts.append(f"{spec.name}: inferred, not published ({card.id})")
    for text in texts:
        made.warn(text)
    if made.context.taxed_base and "buyer_tax_rate" not in sale.item:
        made.warn("buyer_tax_rate is not given and counted as 0, but some fees are charged on the buyer's sales tax too")


# -- returns -----------------------------------------------------------------------------------------------------


def _returned(made: Bill, sale: Sale, line: Line) -> None:
    """What comes back of a fee when units come back, as a line of its own."""
    if sale.return_rate == 0 or line.card is None:
        return
    row = next((row for row in line.card.on_return if made.context.holds(row.when)), None)
    if row is None or row.then == "kept":
        return
    if row.then == "unknown":
        made.warn(f"whether {line.name} comes back on a return is not published: counted as kept")
        return
    amount = rounded(-line.amount * sale.return_rate, sale.digits)
    how = f"{percent_text(sale.return_rate)} of units x {money_text(exact(line.amount), sale.digits)}"
    back = Line(
        f"{line.fee}_refund", f"{line.name} back", line.group, amount, "expected", f"{how}: refunded on a return",
        how, max(line.confidence, row.confidence or line.card.confidence), line.card, line.line,
    )  # fmt: skip
    _keep(made, back)


# -- the seller's own figures ------------------------------------------------------------------------------------


def _add_own(made: Bill, sale: Sale, figure: OwnFee, spec: p.FeeSpec | None, fee: p.FeePlan | None) -> None:
    if isinstance(figure.value, Share):
        base = made.context.number(share_base(fee.card if fee else None, sale))
        amount: Number = base * figure.value.value
        rule = f"{percent_text(figure.value.value)} of {money_text(exact(base), sale.digits)}"
    else:
        amount = sale.money("fee", figure.value)
        rule = money_text(exact(amount), sale.digits)
    name, group = (spec.name, spec.group) if spec else (figure.name.replace("_", " "), figure.group or "program")
    own = Line(figure.name, name, group, rounded(amount, sale.digits), "yours", f"{rule}: your figure", rule, Confidence.YOURS)
    _keep(made, own)
    if fee is not None and fee.card is not None:
        _returned(made, sale, replace(own, card=fee.card))


def share_base(card: p.Card | None, sale: Sale) -> str:
    """What a share of the seller's own is a share of: the base of the card it replaces, else what the buyer pays."""
    if sale.supply_price is not None:
        return "gross_revenue"
    bases = (node.of for node in _percents(card.charge if card else None) if not node.of_fee)
    return next(bases, "buyer_payment")


def _percents(node: object) -> Iterator[p.Percent]:
    if isinstance(node, p.Percent):
        yield node
    elif isinstance(node, tuple):
        for part in node:
            yield from _percents(part)
    elif is_dataclass(node):
        for part in fields(node):
            yield from _percents(getattr(node, part.name))
