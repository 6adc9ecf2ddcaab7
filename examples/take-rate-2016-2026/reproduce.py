"""What a typical private-label unit paid, 2016 to 2026, beside what Marketplace Pulse reported. Writes docs/take-rate.md.

    python examples/take-rate-2016-2026/reproduce.py           # print the page
    python examples/take-rate-2016-2026/reproduce.py --write   # write it

Each year is the mean of twelve quotes, one on the 15th of each month; months whose tables nobody knows are left out and counted.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

from feecalc import FeecalcError, Item, Quote, Schedules, quote
from feecalc.formats.items import read_item
from feecalc.quantity import decimal

HERE = Path(__file__).parent
PAGE = HERE.parent.parent / "docs" / "take-rate.md"
YEARS = range(2016, 2027)
LAST = dt.date(2026, 11, 22)
# Marketplace Pulse, "Amazon takes a 50% cut of sellers' revenue" (2023-02), totals as printed by ChannelNews (2023-02).
REPORTED = {2016: "35.2", 2017: "40.0", 2020: "45.8", 2021: "48.0", 2022: "51.8"}
VARIED: tuple[tuple[str, dict[str, str]], ...] = (
    ("price 15.99", {"price": "15.99"}),
    ("price 39.99", {"price": "39.99"}),
    ("smaller: 8x5x2in, 0.6lb", {"dims": "8x5x2in", "weight": "0.6lb"}),
    ("larger: 14x10x6in, 3.5lb", {"dims": "14x10x6in", "weight": "3.5lb"}),
    ("15% of units through ads", {"ad_share": "15%"}),
    ("60% of units through ads", {"ad_share": "60%"}),
    ("returns 2%", {"return_rate": "2%"}),
    ("returns 10%", {"return_rate": "10%"}),
    ("1 month in storage", {"storage_months": "1"}),
    ("4 months in storage", {"storage_months": "4"}),
)
STORE = Schedules.shipped()
Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Year:
    """Shares of net revenue, means over the months that are known; `ads` is None without a benchmark."""

    months: int
    referral: Fraction
    fba: Fraction
    ads: Fraction | None

    @property
    def total(self) -> Fraction:
        """All that is known."""
        return self.referral + self.fba + (self.ads or 0)


def fields() -> dict[str, str]:
    """The typical unit."""
    import io

    read, _ = read_item(str(HERE / "item.yaml"), io.BytesIO())
    return {name: str(value) for name, value in read.items()}


def days(year: int) -> Iterator[dt.date]:
    """The 15th of each month, up to the last day the cards were checked."""
    yield from (day for month in range(1, 13) if (day := dt.date(year, month, 15)) <= LAST)


@cache
def quoted(given: Fields, day: dt.date) -> Quote | None:
    """The quote of that day, with ads where a benchmark is known, or None where a required table is not."""
    item = dict(given)
    share = item.pop("ad_share")
    for ads in ({"ads": "benchmark", "ad_share": share}, {}):
        try:
            return quote(Item(**item, **ads), as_of=day, schedules=STORE)
        except FeecalcError:
            continue
    return None


def year_of(year: int, **changed: str) -> Year | None:
    """The shares of one year, or None when no month is known."""
    given = tuple({**fields(), **changed}.items())
    made = [found for day in days(year) if (found := quoted(given, day)) is not None]
    if not made:
        return None
    with_ads = [found for found in made if found.advertising]
    ads = _mean([Fraction(found.advertising) / Fraction(found.revenue) for found in with_ads]) if with_ads else None
    return Year(len(made), _share(made, {"selling"}), _share(made, {"fulfillment", "storage", "program"}), ads)


def _share(made: Sequence[Quote], groups: set[str]) -> Fraction:
    sums = [sum((Fraction(line.amount) for line in found.fees if line.group in groups), Fraction(0)) for found in made]
    return _mean([part / Fraction(found.revenue) for part, found in zip(sums, made, strict=True)])


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def percent(share: Fraction | None) -> str:
    """One decimal, half-up."""
    return "unknown" if share is None else f"{decimal(share * 100, 1)}%"


def verdict(year: int, found: Year | None) -> str:
    """Consistent when the reported figure lies in the range of the varied assumptions; else by how much it differs."""
    if year not in REPORTED or found is None:
        return ""
    if found.ads is None:
        left = decimal(Fraction(REPORTED[year]) - found.total * 100, 1)
        return f"{left} points are left for ads and what is not included"
    low, high = extent(year)
    reported = Fraction(REPORTED[year]) / 100
    apart = f"differs by {decimal((found.total - reported) * 100, 1):+f} points"
    inside = "consistent with it" if low <= reported <= high else "not consistent with it"
    return f"{apart}, {inside} (from {percent(low)} to {percent(high)})"


@cache
def extent(year: int) -> tuple[Fraction, Fraction]:
    """The lowest and highest total when each assumption is varied alone."""
    totals = [found.total for _, changed in VARIED if (found := year_of(year, **changed)) is not None]
    base = year_of(year)
    totals += [base.total] if base else []
    return min(totals), max(totals)


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *_years(), MIDDLE, *_sensitivity(2021), TAIL])


def _years() -> Iterator[str]:
    yield "| year | months known | referral | FBA and storage | ads | feecalc's total | Marketplace Pulse | |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |"
    for year in YEARS:
        found = year_of(year)
        reported = f"{REPORTED[year]}%" if year in REPORTED else ""
        if found is None:
            yield f"| {year} | 0 | unknown | unknown | unknown | unknown | {reported} | |"
            continue
        cells = (percent(found.referral), percent(found.fba), percent(found.ads), percent(found.total))
        yield f"| {year} | {found.months} | {' | '.join(cells)} | {reported} | {verdict(year, found)} |"


def _sensitivity(year: int) -> Iterator[str]:
    base = year_of(year)
    assert base is not None
    yield f"| changed | total {year} | points |"
    yield "| --- | ---: | ---: |"
    yield f"| as assumed | {percent(base.total)} | |"
    for name, changed in VARIED:
        found = year_of(year, **changed)
        if found is not None:
            yield f"| {name} | {percent(found.total)} | {decimal((found.total - base.total) * 100, 1):+f} |"


HEAD = """# Where did the 50% come from?

In February 2023 Marketplace Pulse reported that Amazon's cut of sellers' revenue had grown from about 35% in 2016 to over 50% in
2022: commission, fulfilment and advertising together. Here feecalc asks its cards the same question of one unit.

The unit is [item.yaml](../examples/take-rate-2016-2026/item.yaml): home goods at 24.99, 9 x 6 x 4 in, 1.2
lb, sent by FBA, 5% returned, six weeks in storage, 35% of the units sold through ads. These assumptions were fixed before
the first run and are kept; nothing was fitted to the reported totals. A year is the mean of the 15th of each month. Shares are of
revenue after refunds. Not included are the monthly plan, inbound placement, returns processing and everything else of which
no table is known: the totals are lower bounds of what such a unit paid.

Click prices are those of the benchmark card in force, with the panel it names; where there is none, ads are unknown and stay out
of the total. This page is written by `examples/take-rate-2016-2026/reproduce.py`.
"""
MIDDLE = """
Marketplace Pulse asked a sample of sellers for their books; no single product stands behind its figures, and it gives no split
by year. So the comparison can only say whether a typical unit lies where the sample does. "Consistent" means that the reported
total lies between the lowest and the highest total when each assumption below is changed alone; where ads are unknown, the line
says how much of the reported total is left for them. A third of the units through ads is many: at 15% the totals of 2020 and 2021
lie below the reported ones, at 35% above.

## What each assumption is worth
"""
TAIL = """
The same unit through every change of its cards: `feecalc history examples/take-rate-2016-2026/item.yaml`.
"""


def main() -> None:
    """Print or write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    if parser.parse_args().write:
        PAGE.write_text(page(), encoding="utf-8")
    else:
        print(page())


if __name__ == "__main__":
    main()
