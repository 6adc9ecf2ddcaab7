"""Where the cards are: which file is in force on a day, and the plan made of them.

A store reads the folders it is given, the user's own before the shipped ones; it loads only the cards a quote needs.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import cached_property
from itertools import takewhile
from pathlib import Path

from feecalc import plan as p
from feecalc.engine.charge import Subject
from feecalc.errors import Finding, InputError, ScheduleError, near
from feecalc.quantity import MINOR_DIGITS, WEIGHT, Dimension
from feecalc.schedule.compile_card import compile_card, compile_platform, read_categories
from feecalc.schedule.models import Defaults
from feecalc.schedule.reader import LARGEST, Document, parse_yaml
from feecalc.schedule.references import Scope
from feecalc.schedule.validate import validated
from feecalc.vocabulary import BASE_QUANTITIES, SIZE_CLASSES, SPLITS

_CARD_FILE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.yaml")


def shipped_folder() -> Path:
    """The schedules that came with feecalc: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "fee_schedules"
    return inside if inside.is_dir() else package.parent / "fee_schedules"


def card_date(name: str) -> dt.date | None:
    """The date of a card's file name; None when it is not one."""
    try:
        return dt.date.fromisoformat(found[1]) if (found := _CARD_FILE.fullmatch(name)) else None
    except ValueError:
        return None


class Schedules:
    """Platforms and their cards in some folders; the first folder that has a file wins.

    `Schedules.shipped()` are those that came with feecalc; `Schedules.shipped(Path("mine"))` puts your own first.
    """

    def __init__(self, *roots: Path) -> None:
        for root in roots:
            if not root.is_dir():
                raise InputError("schedules", str(root), "is no folder; give one laid out as PLATFORM/CARD/DATE.yaml")
        self.roots = roots
        self._platforms: dict[str, p.Platform] = {}
        self._cards: dict[tuple[str, str, dt.date], p.Card] = {}
        self._plans: dict[tuple[str, dt.date], p.Plan] = {}
        self._dates: dict[tuple[str, str], tuple[dt.date, ...]] = {}

    @classmethod
    def shipped(cls, own: Path | None = None) -> Schedules:
        """The built-in schedules, with the user's own folder in front of them."""
        return cls(*([own] if own else []), shipped_folder())

    def plan(self, platform_id: str, day: dt.date) -> p.Plan:
        """Everything a quote there on that day needs, compiled. Raises ScheduleError when a card it needs is broken."""
        key = (platform_id, day)
        if key not in self._plans:
            self._plans[key] = assemble(self, platform_id, day)
        return self._plans[key]

    # -- what there is ------------------------------------------------------------------------------------------

    @cached_property
    def _defaults(self) -> Defaults:
        return validated(Defaults, self._read("defaults.yaml"))

    @property
    def default_platform(self) -> str:
        """The platform that is meant when none is named."""
        return self._defaults.platform

    @property
    def examples(self) -> dict[str, list[str]]:
        """Arguments of the worked example of each command's help."""
        return self._defaults.examples

    @cached_property
    def categories(self) -> dict[str, str]:
        """feecalc's own categories: id to what belongs there."""
        return read_categories(self._read("categories.yaml"))

    @cached_property
    def _platform_ids(self) -> tuple[str, ...]:
        return tuple(sorted({file.parent.name for root in self.roots for file in root.glob("*/platform.yaml")}))

    def platform_ids(self) -> list[str]:
        """Every platform there is a folder for."""
        return list(self._platform_ids)

    def platform(self, platform_id: str) -> p.Platform:
        """That platform. Raises InputError with near names when there is none."""
        if platform_id not in self._platforms:
            if platform_id not in self._platform_ids:
                known = near(platform_id, self._platform_ids) or f"; known: {', '.join(self._platform_ids)}"
                raise InputError("platform", platform_id, f"is unknown{known}")
            document = self._read(f"{platform_id}/platform.yaml")
            self._platforms[platform_id] = compile_platform(document, platform_id, frozenset(self.categories))
        return self._platforms[platform_id]

    def folders(self, platform_id: str) -> tuple[str, ...]:
        """The folders of cards a platform has, fees first, in the platform's order."""
        return tuple(name for name in self.all_folders(platform_id) if self.dates(platform_id, name))

    def all_folders(self, platform_id: str) -> tuple[str, ...]:
        """The same with those that hold no card yet."""
        platform = self.platform(platform_id)
        named = [*(fee.id for fee in platform.fees), platform.sizes, platform.advertising, *platform.charges]
        return tuple(dict.fromkeys(name for name in named if name))

    def dates(self, platform_id: str, folder: str) -> tuple[dt.date, ...]:
        """The dates of a folder's cards, in order."""
        key = (platform_id, folder)
        if key not in self._dates:
            found = (card_date(file.name) for root in self.roots for file in (root / platform_id / folder).glob("*.yaml"))
            self._dates[key] = tuple(sorted({date for date in found if date is not None}))
        return self._dates[key]

    def card(self, platform_id: str, folder: str, date: dt.date) -> p.Card:
        """The card of that file. Raises ScheduleError with every mistake in it."""
        key = (platform_id, folder, date)
        if key not in self._cards:
            name = f"{platform_id}/{folder}/{date}"
            document = self._read(f"{name}.yaml")
            self._cards[key] = compile_card(document, name, date, folder, self._scope(platform_id, folder, date))
        return self._cards[key]

    def cards(self, platform_id: str, folder: str) -> tuple[p.Card, ...]:
        """All cards of a folder, in order of their dates."""
        return tuple(self.card(platform_id, folder, date) for date in self.dates(platform_id, folder))

    def in_force(self, platform_id: str, folder: str, day: dt.date) -> p.Card | None:
        """The card of that day. Looks back only as far as it must."""
        for date in reversed(self.dates(platform_id, folder)):
            if date <= day:
                card = self.card(platform_id, folder, date)
                if card.until is None or day <= card.until:
                    return card
        return None

    def path(self, relative: str) -> Path:
        """Where a file stands. Raises ScheduleError when it is missing, or leads outside its folder."""
        for root in self.roots:
            file = root / relative
            if file.exists():
                if not file.resolve().is_relative_to(root.resolve()):
                    remedy = f"leads outside {root}; put the file itself there"
                    raise ScheduleError([Finding(str(Path(root.name) / relative), 1, "", remedy)])
                return file
        raise ScheduleError([Finding(relative, 1, "", f"is missing in {', '.join(map(str, self.roots))}; add it")])

    def shown(self, relative: str) -> str:
        """The file's name for people: below the folder it is in."""
        file = self.path(relative)
        root = next(root for root in self.roots if file.is_relative_to(root))
        return str(Path(root.name) / relative)

    def _read(self, relative: str) -> Document:
        return read_file(self.path(relative), self.shown(relative))

    def _scope(self, platform_id: str, folder: str, date: dt.date) -> Scope:
        """What a card of that folder may refer to."""
        platform = self.platform(platform_id)
        quantities = dict(BASE_QUANTITIES)
        ids = {"plan": frozenset(platform.plans), "fulfillment": frozenset(way.id for way in platform.ways)}
        ids["payment_provider"] = frozenset(platform.payment_providers)
        fees = {fee.id: fee.each for fee in platform.fees}
        if platform.sizes and folder != platform.sizes:
            quantities["billable_weight"] = WEIGHT
            ids["size_class"] = frozenset(SIZE_CLASSES)
            ids["size_tier"] = self._size_tiers(platform_id, folder, date, quantities)
        ids["inbound_split"] = frozenset(SPLITS)
        kind = "class" if folder == platform.sizes else "benchmark" if folder == platform.advertising else "fee"
        before = tuple(takewhile(lambda fee: fee != folder, fees)) if folder in fees else ()
        categories = frozenset(self.categories) | set(platform.own_categories)
        digits = MINOR_DIGITS[platform.currency]
        return Scope(quantities, ids, before, categories, kind=kind, each=fees.get(folder), digits=digits)

    def sizes_near(self, platform_id: str, day: dt.date) -> p.Card | None:
        """The size card of that day; before the first, the first; None where the platform has none."""
        sizes = self.platform(platform_id).sizes or ""
        dates = self.dates(platform_id, sizes)
        return self.in_force(platform_id, sizes, day) or (self.card(platform_id, sizes, dates[0]) if dates else None)

    def _size_tiers(self, platform_id: str, folder: str, date: dt.date, quantities: dict[str, Dimension]) -> frozenset[str]:
        """Tier ids of every size card until the folder's next card; the quantities of the first are put into `quantities`."""
        sizes = self.platform(platform_id).sizes or ""
        dates = self.dates(platform_id, sizes)
        card = self.sizes_near(platform_id, date)
        if card is None:
            return frozenset()
        quantities.update({derived.name: derived.dimension for derived in card.derived})
        until = next((later for later in self.dates(platform_id, folder) if later > date), dt.date.max)
        cards = [card, *(self.card(platform_id, sizes, later) for later in dates if date < later < until)]
        return frozenset(tier.id for card in cards for tier in card.tiers)


def read_file(file: Path, shown: str) -> Document:
    """One YAML file, strictly. Raises ScheduleError when it can't be read, is too large or is not UTF-8."""
    try:
        if file.stat().st_size > LARGEST:
            raise ScheduleError([Finding(shown, 1, "", f"is over {LARGEST // 1024 // 1024} MB; split it")])
        return parse_yaml(file.read_text(encoding="utf-8"), shown)
    except OSError as error:
        raise ScheduleError([Finding(shown, 1, "", f"can't be read: {error.strerror}")]) from None
    except UnicodeDecodeError as error:
        line = 1 + error.object[: error.start].count(b"\n")
        raise ScheduleError([Finding(shown, line, "", "is not UTF-8 text; save it as UTF-8")]) from None


def assemble(store: Schedules, platform_id: str, day: dt.date) -> p.Plan:
    """The plan of a platform on a day: each fee that exists then, with its card or why there is none."""
    platform = store.platform(platform_id)
    fees = tuple(fee for spec in platform.fees if (fee := _fee_plan(store, platform, spec, day)) is not None)
    sizes, sizes_lack = _sizes(store, platform, day)
    cards = [fee.card for fee in fees if fee.card is not None]
    needed = [fee.card.charge for fee in fees if fee.card is not None and fee.spec.required]
    chooses = [charge for charge in needed if isinstance(charge, p.Choose) and charge.by_category]
    return p.Plan(
        platform=platform, as_of=day, fees=fees, sizes=sizes, sizes_lack=sizes_lack,
        advertising=store.in_force(platform_id, platform.advertising, day) if platform.advertising else None,
        categories={**store.categories, **dict.fromkeys(platform.own_categories, "")},
        names=_names(cards), absent={name: why for choose in chooses for name, why in choose.absent.items()},
    )  # fmt: skip


def _names(cards: Sequence[p.Card]) -> dict[str, str]:
    """Printed names of all cards. Raises ScheduleError where one means two categories: it would be picked by chance."""
    names: dict[str, tuple[str, p.Card]] = {}
    for card in cards:
        for name, category in card.names.items():
            other, elsewhere = names.setdefault(name, (category, card))
            if other != category:
                remedy = f"the printed name {name!r} means {category} here, but {other} on {elsewhere.id}; it means one category"
                raise ScheduleError([Finding(card.file, card.line, "choose", remedy)])
    return {name: category for name, (category, _) in names.items()}


def _fee_plan(store: Schedules, platform: p.Platform, spec: p.FeeSpec, day: dt.date) -> p.FeePlan | None:
    """None when the fee does not exist on that day."""
    if spec.since is not None and day < spec.since:
        return None
    versions = store.cards(platform.id, spec.id) if spec.each == "stay" else ()
    card = store.in_force(platform.id, spec.id, day)
    if card is not None:
        return p.FeePlan(spec, card, card.unknown, versions)
    dates = store.dates(platform.id, spec.id)
    if not dates:
        return p.FeePlan(spec, None, spec.no_card or "no table is published here")
    if day < dates[0] and (spec.required or spec.since is not None):
        return p.FeePlan(spec, None, f"no table before {dates[0]}", versions)
    return p.FeePlan(spec, None, f"no table on {day}") if spec.required else None


def _sizes(store: Schedules, platform: p.Platform, day: dt.date) -> tuple[p.Card | None, str | None]:
    if platform.sizes is None:
        return None, None
    card = store.in_force(platform.id, platform.sizes, day)
    if card is None:
        dates = store.dates(platform.id, platform.sizes)
        return None, f"no size table before {dates[0]}" if dates else "no size table"
    return card, card.unknown


def subject_of(schedules: Schedules, card: p.Card, day: dt.date) -> Subject:
    """What the card's ids may be on that day."""
    platform_id, folder = card.id.split("/")[:2]
    platform = schedules.platform(platform_id)
    spec = next((fee for fee in platform.fees if fee.id == folder), None)
    sizes = schedules.sizes_near(platform_id, day)
    ids = {"plan": platform.plans, "fulfillment": tuple(way.id for way in platform.ways)}
    ids["payment_provider"] = platform.payment_providers
    if sizes is not None:
        ids["size_tier"] = tuple(dict.fromkeys(tier.id for tier in sizes.tiers))
    return Subject(
        platform=platform_id, currency=platform.currency, digits=MINOR_DIGITS[platform.currency],
        each=spec.each if spec else "unit" if any(entry.name == "units" for entry in card.inputs) else "once",
        versions=schedules.cards(platform_id, folder), ids=ids,
        categories={**{name: name for name in schedules.categories}, **card.names},
    )  # fmt: skip
