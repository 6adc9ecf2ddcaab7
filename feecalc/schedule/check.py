"""Are the schedules sound? Every file is read, every case run, every row reached.

`feecalc schedules check` prints what this finds: broken files, cases whose cents differ, rows that no case reaches.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
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
from feecalc.errors import FeecalcError, Finding, ScheduleError, near
from feecalc.item import Item
from feecalc.quantity import MINOR_DIGITS, WEIGHT, decimal, weight_in
from feecalc.result import Charged
from feecalc.schedule.models import Case, Cases
from feecalc.schedule.reader import Document, path_text
from feecalc.schedule.reader import Path as At
from feecalc.schedule.references import a, choices
from feecalc.schedule.store import Schedules, card_date, read_file, subject_of
from feecalc.schedule.validate import readable


@dataclass(slots=True)
class Report:
    """What was checked, and what was found."""

    cards: int = 0
    cases: int = 0
    rows: int = 0
    findings: list[Finding] = field(default_factory=list)


def check(schedules: Schedules, only: Sequence[Path] = ()) -> Report:
    """Check every platform, or those files and folders alone."""
    report = Report(findings=list(_of_defaults(schedules)))
    for platform_id in schedules.platform_ids():
        _check_platform(schedules, platform_id, [path.resolve() for path in only], report)
    report.findings += _without_platform(schedules, [path.resolve() for path in only])
    for path in only:
        if not _within_any(path, schedules.roots):
            report.findings.append(Finding(str(path), 1, "", "is in none of the schedule folders; give --schedules its folder"))
    report.findings = sorted(set(report.findings))
    return report


def _of_defaults(schedules: Schedules) -> Iterator[Finding]:
    """What is wrong with defaults.yaml, where there is one."""
    try:
        default, known = schedules.default_platform, schedules.platform_ids()
        if default not in known:
            yield Finding(
                schedules.shown("defaults.yaml"), 1, "platform", f"{default!r} is no platform here{choices(default, known)}"
            )
    except ScheduleError as error:
        yield from error.findings


def _within_any(path: Path, roots: Sequence[Path]) -> bool:
    return any(path.resolve().is_relative_to(root.resolve()) for root in roots)


def _wanted(file: Path, only: Sequence[Path]) -> bool:
    here = file.resolve()
    return not only or any(here.is_relative_to(path) or path == _cases_beside(here) for path in only)


def _check_platform(schedules: Schedules, platform_id: str, only: Sequence[Path], report: Report) -> None:
    try:
        home = schedules.path(f"{platform_id}/platform.yaml").parent.resolve()
        if only and not any(home.is_relative_to(path) or path.is_relative_to(home) for path in only):
            return
        folders = schedules.folders(platform_id)
    except ScheduleError as error:
        report.findings += error.findings
        return
    report.findings += [finding for file, finding in _strays(schedules, platform_id) if _wanted(file, only)]
    for folder in folders:
        for date in schedules.dates(platform_id, folder):
            _check_date(schedules, platform_id, folder, date, only, report)


def _check_date(schedules: Schedules, platform_id: str, folder: str, date: dt.date, only: Sequence[Path], report: Report) -> None:
    try:
        if _wanted(schedules.path(f"{platform_id}/{folder}/{date}.yaml"), only):
            _check_card(schedules, platform_id, folder, date, report)
    except ScheduleError as error:
        report.findings += error.findings


def _strays(schedules: Schedules, platform_id: str) -> Iterator[tuple[Path, Finding]]:
    """Files that nothing reads: a misspelt folder or date would otherwise be a table that is never in force."""
    folders = schedules.all_folders(platform_id)
    for root in schedules.roots:
        for file in _tables(root / platform_id):
            parts = file.relative_to(root / platform_id).parts
            remedy = None if parts == ("platform.yaml",) else _misplaced(file, parts, folders)
            if remedy is not None:
                yield file, Finding(str(file.relative_to(root.parent)), 1, "", f"is read by nothing; {remedy}")


def _tables(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.suffix.lower() in (".yaml", ".yml"))


def _misplaced(file: Path, parts: Sequence[str], folders: Sequence[str]) -> str | None:
    """What would do for a file that no fee looks for; None when one does."""
    if len(parts) != 2:
        return "name it CARD/DATE.yaml, its folder a fee's id"
    if parts[0] not in folders:
        return f"its folder is no fee's id{choices(parts[0], folders)}"
    card = file.with_name(file.name.replace(".cases.yaml", ".yaml"))
    if card_date(card.name) is None:
        return "its name is no day; name it as 2024-01-15.yaml or 2024-01-15.cases.yaml"
    return None if card.exists() or card.is_symlink() else f"there is no card {card.name} beside it"


def _without_platform(schedules: Schedules, only: Sequence[Path]) -> Iterator[Finding]:
    """Cards in a folder that is no platform."""
    for root in schedules.roots:
        for file in sorted(root.glob("*/*/*.yaml")):
            platform_id = file.parent.parent.name
            if card_date(file.name) and platform_id not in schedules.platform_ids() and _wanted(file, only):
                remedy = f"is read by nothing; {platform_id} has no platform.yaml"
                yield Finding(str(file.relative_to(root.parent)), 1, "", remedy + near(platform_id, schedules.platform_ids()))


def _cases_beside(card: Path) -> Path:
    return card.with_name(card.name.removesuffix(".yaml") + ".cases.yaml")


def _check_card(schedules: Schedules, platform_id: str, folder: str, date: dt.date, report: Report) -> None:
    report.cards += 1
    card = schedules.card(platform_id, folder, date)
    if card.unknown is not None:
        return
    file = _cases_beside(schedules.path(f"{card.id}.yaml"))
    if not file.exists():
        report.findings.append(Finding(card.file, 1, "", f"has no cases; add {file.name} beside it"))
        return
    run = CaseRun(schedules, platform_id, card, read_file(file, schedules.shown(f"{card.id}.cases.yaml")))
    run.all()
    report.cases += len(run.cases.cases)
    report.rows += len(rows_of(card))
    report.findings += run.findings + ([] if run.unsettled else list(_unreached(run, file)))


def _unreached(run: CaseRun, file: Path) -> Iterator[Finding]:
    """Rows that no case reaches."""
    for row, what in rows_of(run.card).items():
        if row not in run.reached:
            line = int(row.removeprefix("tier:").partition(":")[0])
            yield Finding(run.card.file, line, "", f"{what} is reached by no case; add one to {file.name}")


@dataclass(slots=True)
class CaseRun:
    """The cases of one card, run one by one; what they reached, and whether one of them never came to a row of the card."""

    schedules: Schedules
    platform_id: str
    card: p.Card
    document: Document
    findings: list[Finding] = field(default_factory=list)
    reached: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)  # rows that the last case came to
    unsettled: bool = False
    cases: Cases = field(init=False)
    doubtful: frozenset[At] = field(init=False)

    def __post_init__(self) -> None:
        read = readable(Cases, self.document, self._digits)
        self.cases, self.doubtful = read.model, read.doubtful
        self.findings += read.findings

    def all(self) -> None:
        """Run them; every difference is a finding. Another card that is broken is said once, not by every case."""
        try:
            for position, case in enumerate(self.cases.cases):
                self._run(case, ("cases", position))
        except ScheduleError as error:
            self.findings += error.findings
            self.unsettled = True

    def _run(self, case: Case, path: At) -> None:
        if any(at[:2] in (path, at[:1]) or at[0] == "defaults" for at in self.doubtful - {("why",)}):
            self.unsettled = True
            return
        self.used = set()
        problem = _contradiction(case) or self.problem(case)
        self.reached |= self.used
        if problem is not None:
            self.unsettled |= not self.used
            self.findings.append(Finding(self.document.file, self.document.line(path), path_text(path), problem))

    def problem(self, case: Case) -> str | None:
        """What differs from the expectation, or None. Raises ScheduleError when another card is broken."""
        if case.inputs is not None:
            return self._charge(case, case.inputs)
        try:
            made = self._settle(case)
        except ScheduleError:
            raise
        except FeecalcError as error:
            return f"can't be quoted: {error}"
        self.used = self._own(made.context.touched)
        return self._compare(case, made)

    def _own(self, touched: Iterable[tuple[str, str]]) -> set[str]:
        return {row for card, row in touched if card == self.card.id}

    def _charge(self, case: Case, inputs: dict[str, str]) -> str | None:
        """A case of the card by itself."""
        day = case.as_of or self.card.start
        subject = subject_of(self.schedules, self.card, day)
        touched: set[tuple[str, str]] = set()
        try:
            made = charge(subject, self.card, day, {**self.cases.defaults, **inputs}, touched)
        except FeecalcError as error:
            refused = case.unknown is not None and case.unknown in str(error)
            return None if refused else f"can't be charged: {error}"
        finally:
            self.used = self._own(touched)
        return _differs_alone(case, made)

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
        if size.card.id != self.card.id:
            return f"is measured by {size.card.id}; give `as_of:` a day on which this card is in force"
        if case.tier is not None and size.tier.id != case.tier:
            return f"is {size.tier.id}, not {case.tier}"
        if case.billable_weight is not None and size.billable != case.billable_weight.value:
            value, unit = weight_in(size.billable, "lb")
            return f"bills {decimal(value, 4).normalize():f} {unit}, not {case.billable_weight.text}"
        return None

    @property
    def _digits(self) -> int:
        return MINOR_DIGITS[self.schedules.platform(self.platform_id).currency]

    @property
    def _fee(self) -> str:
        return "advertising" if self.card.benchmark else self.card.id.split("/")[1]

    def _line(self, case: Case, made: Bill) -> str | None:
        line = next((line for line in made.lines if line.fee == self._fee), None)
        if case.not_charged:
            return None if line is None else f"is charged {decimal(exact(line.amount), self._digits)}, but should not be"
        if line is None:
            return f"has no {self._fee} line: {self._why_not(made)}"
        if line.card is None or line.card.id != self.card.id:
            return f"is made by {line.card.id if line.card else 'no card'}; give `as_of:` a day on which this card is in force"
        wrong = _differs("amount", case.amount, exact(line.amount), self._digits) if case.amount else None
        refund = next((entry for entry in made.lines if entry.fee == f"{self._fee}_refund"), None)
        if case.refund is not None and wrong is None:
            return _differs("refund", case.refund, exact(refund.amount) if refund else Fraction(0), self._digits)
        return wrong

    def _why_not(self, made: Bill) -> str:
        assert made.context.sale is not None
        plan = made.context.sale.plan
        if self._fee not in {fee.spec.id for fee in plan.fees} and not self.card.benchmark:
            return f"there is no such fee on {plan.as_of}; give `as_of:` a day on which this card is in force"
        return next((entry.reason for entry in made.not_included if entry.fee == self._fee), "it is not charged")


_EXPECTATIONS = (("amount", "refund"), ("unknown",), ("not_charged",), ("tier", "billable_weight"))


def _contradiction(case: Case) -> str | None:
    """What is wrong with what a case expects: nothing, or things that can't both hold."""
    given = [[word for word in words if getattr(case, word) is not None] for words in _EXPECTATIONS]
    found = [words[0] for words in given if words]
    if case.billable_weight is not None and case.billable_weight.dimension != WEIGHT:
        return f"billable_weight is {a(case.billable_weight.dimension)}; write a weight with its unit, as in 6 oz"
    if not found:
        return f"expects nothing; write one of {', '.join(word for words in _EXPECTATIONS for word in words)}"
    return f"expects {' and '.join(found)}, which can't both hold; keep one" if len(found) > 1 else None


def _differs_alone(case: Case, made: Charged) -> str | None:
    """What differs from the expectation of a card by itself."""
    if case.unknown is not None:
        return f"is not refused for {case.unknown!r}: it is {made.amount}"
    if case.not_charged and made.charged:
        return f"is charged {made.amount}, but should not be"
    if case.amount is not None and made.amount != Decimal(case.amount):
        return f"amount is {made.amount}, not {case.amount}"
    return None


def _differs(what: str, expected: str, found: Fraction, digits: int) -> str | None:
    shown = decimal(found, digits)
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
    elif isinstance(charge, p.Times):
        yield from _rows(charge.charge)
    elif isinstance(charge, p.Table):
        yield from _cells(charge)


def _cells(table: p.Table) -> Iterator[tuple[str, str]]:
    for name, rows in table.rows.items():
        for row in rows:
            for column, amount in enumerate(row.amounts):
                label = f"{name} {row.text} {table.columns[column].text}".strip()
                yield f"{row.mark.line}:{column}", label if amount is not None else f"{label}: {row.unknown}"


def _line_of(row: str) -> int:
    """The line in `12`, `12:0` (a cell) and `tier:12`."""
    return int(row.removeprefix("tier:").partition(":")[0])
