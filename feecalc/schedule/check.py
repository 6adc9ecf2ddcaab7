"""Are the schedules sound? Every file is read, every case run, every row reached.

`feecalc schedules check` prints what this finds: broken files, cases whose cents differ, rows that no case reaches.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from feecalc import plan as p
from feecalc.engine.bill import Bill
from feecalc.engine.charge import charge
from feecalc.engine.quote import settle
from feecalc.engine.sale import resolve
from feecalc.engine.traced import exact
from feecalc.errors import FeecalcError, Finding, ScheduleError
from feecalc.item import Item
from feecalc.quantity import decimal, weight_in
from feecalc.schedule.models import Case, Cases
from feecalc.schedule.reader import Document
from feecalc.schedule.store import Schedules, read_file, subject_of
from feecalc.schedule.validate import validated


@dataclass(slots=True)
class Report:
    """What was checked, and what was found."""

    cards: int = 0
    cases: int = 0
    rows: int = 0
    findings: list[Finding] = field(default_factory=list)


def check(schedules: Schedules, only: Sequence[Path] = ()) -> Report:
    """Check every platform, or those files and folders alone."""
    report = Report()
    for platform_id in schedules.platform_ids():
        _check_platform(schedules, platform_id, [path.resolve() for path in only], report)
    for path in only:
        if not _within_any(path, schedules.roots):
            report.findings.append(Finding(str(path), 1, "", "is in none of the schedule folders; give --schedules its folder"))
    report.findings = sorted(set(report.findings))
    return report


def _within_any(path: Path, roots: Sequence[Path]) -> bool:
    return any(path.resolve().is_relative_to(root.resolve()) for root in roots)


def _wanted(file: Path, only: Sequence[Path]) -> bool:
    here = file.resolve()
    return not only or any(here.is_relative_to(path) or path == _cases_beside(here) for path in only)


def _check_platform(schedules: Schedules, platform_id: str, only: Sequence[Path], report: Report) -> None:
    home = schedules.path(f"{platform_id}/platform.yaml")
    if only and not any(
        home.parent.resolve().is_relative_to(path) or path.is_relative_to(home.parent.resolve()) for path in only
    ):
        return
    try:
        folders = schedules.folders(platform_id)
    except ScheduleError as error:
        report.findings += error.findings
        return
    report.findings += _strays(schedules, platform_id, folders)
    for folder in folders:
        for date in schedules.dates(platform_id, folder):
            if _wanted(schedules.path(f"{platform_id}/{folder}/{date}.yaml"), only):
                _check_card(schedules, platform_id, folder, date, report)


def _strays(schedules: Schedules, platform_id: str, folders: Sequence[str]) -> Iterator[Finding]:
    """Files that nothing reads: a misspelt folder or date would otherwise be a table that is never in force."""
    for root in schedules.roots:
        for file in sorted((root / platform_id).rglob("*.yaml")):
            parts = file.relative_to(root / platform_id).parts
            known = parts == ("platform.yaml",) or (len(parts) == 2 and parts[0] in folders and _is_card_name(file.name))
            if not known:
                yield Finding(
                    str(file.relative_to(root.parent)), 1, "", "is read by nothing; name it CARD/DATE.yaml, its folder a fee's id"
                )


def _is_card_name(name: str) -> bool:
    try:
        return dt.date.fromisoformat(name.removesuffix(".yaml").removesuffix(".cases")) is not None
    except ValueError:
        return False


def _cases_beside(card: Path) -> Path:
    return card.with_name(card.name.removesuffix(".yaml") + ".cases.yaml")


def _check_card(schedules: Schedules, platform_id: str, folder: str, date: dt.date, report: Report) -> None:
    report.cards += 1
    try:
        card = schedules.card(platform_id, folder, date)
    except ScheduleError as error:
        report.findings += error.findings
        return
    if card.unknown is not None:
        return
    file = _cases_beside(schedules.path(f"{card.id}.yaml"))
    if not file.exists():
        report.findings.append(Finding(card.file, 1, "", f"has no cases; add {file.name} beside it"))
        return
    try:
        run = CaseRun(schedules, platform_id, card, read_file(file, schedules.shown(f"{card.id}.cases.yaml")))
    except ScheduleError as error:
        report.findings += error.findings
        return
    run.all()
    report.cases += len(run.cases.cases)
    wanted = rows_of(card)
    report.rows += len(wanted)
    report.findings += run.findings
    report.findings += [
        Finding(card.file, int(row.partition(":")[0]), "", f"{what} is reached by no case; add one to {file.name}")
        for row, what in wanted.items()
        if row not in run.reached
    ]


@dataclass(slots=True)
class CaseRun:
    """The cases of one card, run one by one; what they reached."""

    schedules: Schedules
    platform_id: str
    card: p.Card
    document: Document
    findings: list[Finding] = field(default_factory=list)
    reached: set[str] = field(default_factory=set)
    cases: Cases = field(init=False)

    def __post_init__(self) -> None:
        self.cases = validated(Cases, self.document)

    def all(self) -> None:
        """Run them; every difference is a finding."""
        for position, case in enumerate(self.cases.cases):
            problem = self.problem(case)
            if problem is not None:
                path = ("cases", position)
                self.findings.append(Finding(self.document.file, self.document.line(path), f"cases[{position}]", problem))

    def problem(self, case: Case) -> str | None:
        """What differs from the expectation, or None."""
        if case.inputs is not None:
            return self._charge(case, case.inputs)
        try:
            made = self._settle(case)
        except FeecalcError as error:
            return f"can't be quoted: {error}"
        problem = self._compare(case, made)
        if problem is None:
            self.reached.update(row for card, row in made.context.touched if card == self.card.id)
        return problem

    def _charge(self, case: Case, inputs: dict[str, str]) -> str | None:
        """A case of the card by itself."""
        day = case.as_of or self.card.start
        subject = subject_of(self.schedules, self.card, day)
        touched: set[tuple[str, str]] = set()
        try:
            made = charge(subject, self.card, day, {**self.cases.defaults, **inputs}, touched)
        except FeecalcError as error:
            if case.unknown is None or case.unknown not in str(error):
                return f"can't be charged: {error}"
        else:
            if case.unknown is not None:
                return f"is not refused for {case.unknown!r}: it is {made.amount}"
            if case.amount is not None and made.amount != Decimal(case.amount):
                return f"amount is {made.amount}, not {case.amount}"
        self.reached.update(row for card, row in touched if card == self.card.id)
        return None

    def _compare(self, case: Case, made: Bill) -> str | None:
        if case.unknown is not None:
            return self._not_included(case, made)
        if case.tier is not None or case.billable_weight is not None:
            return self._size(case, made)
        return self._line(case, made)

    def _settle(self, case: Case) -> Bill:
        item = Item(**{**self.cases.defaults, **case.item})
        day = case.as_of or item.as_of or self.card.start
        plan = self.schedules.plan(self.platform_id, day)
        made, _ = settle(resolve(plan, item, None, plan.platform.currency), strict=False)
        return made

    def _not_included(self, case: Case, made: Bill) -> str | None:
        reasons = [entry.reason for entry in made.not_included if entry.fee == self._fee]
        if any(str(case.unknown) in reason for reason in reasons):
            return None
        return f"is not left out for {case.unknown!r}; {'; '.join(reasons) or 'it has an amount'}"

    def _size(self, case: Case, made: Bill) -> str | None:
        size = made.context.size
        if size is None:
            return f"has no size: {made.context.size_lack}"
        if case.tier is not None and size.tier.id != case.tier:
            return f"is {size.tier.id}, not {case.tier}"
        if case.billable_weight is not None and size.billable != case.billable_weight.value:
            value, unit = weight_in(size.billable, "lb")
            return f"bills {decimal(value, 4).normalize():f} {unit}, not {case.billable_weight.text}"
        return None

    @property
    def _fee(self) -> str:
        return "advertising" if self.card.benchmark else self.card.id.split("/")[1]

    def _line(self, case: Case, made: Bill) -> str | None:
        line = next((line for line in made.lines if line.fee == self._fee), None)
        if case.not_charged:
            return None if line is None else f"is charged {line.amount}, but should not be"
        if line is None:
            reason = next((entry.reason for entry in made.not_included if entry.fee == self._fee), "it is not charged")
            return f"has no {self._fee} line: {reason}"
        if line.card is None or line.card.id != self.card.id:
            return f"is made by {line.card.id if line.card else 'no card'}; give `as_of:` a day on which this card is in force"
        wrong = _differs("amount", case.amount, exact(line.amount)) if case.amount else None
        refund = next((entry for entry in made.lines if entry.fee == f"{self._fee}_refund"), None)
        if case.refund is not None and wrong is None:
            return _differs("refund", case.refund, exact(refund.amount) if refund else Fraction(0))
        return wrong


def _differs(what: str, expected: str, found: Fraction) -> str | None:
    shown = decimal(found, 2)
    return None if shown == Decimal(expected) else f"{what} is {shown}, not {expected}"


# -- coverage ----------------------------------------------------------------------------------------------------


def rows_of(card: p.Card) -> dict[str, str]:
    """Everything a case must reach: rows by line, cells by line:column, tiers; with what to call it."""
    rows = {f"tier:{tier.mark.line}": f"tier {tier.id}" for tier in card.tiers}
    if card.charge is not None:
        rows.update(_rows(card.charge))
    return rows


def _rows(charge: p.Charge) -> Iterator[tuple[str, str]]:
    if isinstance(charge, p.Bands):
        for band in charge.rows:
            yield str(band.mark.line), f"band {band.text}"
            yield from _rows(band.charge)
    elif isinstance(charge, p.Season):
        for season in charge.rows:
            yield str(season.mark.line), f"season {season.mark.name or sorted(season.months)}"
            yield from _rows(season.charge)
    elif isinstance(charge, p.Choose):
        for choice in charge.rows:
            unknown = f": {choice.charge.reason}" if isinstance(choice.charge, p.Unknown) else ""
            yield str(choice.mark.line), f"row {choice.mark.name or ''}{unknown}"
            yield from _rows(choice.charge)
    elif isinstance(charge, p.Combine):
        for part in charge.parts:
            yield from _rows(part)
    elif isinstance(charge, p.Table):
        yield from _cells(charge)


def _cells(table: p.Table) -> Iterator[tuple[str, str]]:
    for name, rows in table.rows.items():
        for row in rows:
            for column, amount in enumerate(row.amounts):
                label = f"{name} {row.text} {table.columns[column].text}".strip()
                yield f"{row.mark.line}:{column}", label if amount is not None else f"{label}: {row.unknown}"
