"""A wrong digit in a small card is noticed by one of its cases, and so is a bound that holds the wrong side.

Of each fee the newest card, where it is small; the large ones are compared with a second calculator in tests/independent.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import pytest

from feecalc.schedule.store import Schedules

from .mutations import Mutator, mutations, nudged
from .trees import card, own

MOST = 30  # mutations: what takes longer is no small card
STORE = Schedules.shipped()

# Mutations that no case can notice, by card, each with its reason. Sides of marginal bounds are never swapped: both give one fee.
SURVIVORS: dict[str, set[str]] = {
    # two rows with the same rate: the second only warns
    "aliexpress-us/affiliate/2015-10-12": {"times.times.choose.rows[0].when.buyer_payment.up_to: up_to -> below"},
    **{
        f"{platform}/base_fee/{date}": {"choose.rows[0].when.buyer_payment.up_to: up_to -> below"}
        for platform, date in (
            ("jd-cn", "2023-04-01"), ("pinduoduo-cn", "2024-09-24"), ("taobao-cn", "2024-09-01"), ("tmall-cn", "2024-09-01"),
        )
    },
    "tiktok-us/referral/2025-04-01": {"choose.rows[1].choose.rows[1].when.buyer_payment.above: 10000.00 -> 10000.01"},
    # the next band is the same amount plus a rate for what is above the bound, which is nothing at the bound
    **{
        f"amazon-{country}/pan_eu_oversize/2026-04-17": {
            f"choose.rows[{row}].bands.rows[0].up_to: up_to -> below" for row in range(6)
        }
        for country in ("de", "es", "fr", "it")
    },
    "walmart-us/fulfillment/2023-01-01": {"choose.rows[0].bands.rows[0].up_to: up_to -> below"},
    # at 60 days nothing is charged by either row
    "tiktok-us/storage/2025-12-15": {"choose.rows[0].when.stay_days.up_to: up_to -> below"},
}  # fmt: skip


@cache
def small_cards() -> list[str]:
    found = []
    for platform_id in STORE.platform_ids():
        for folder in set(STORE.folders(platform_id)) - {STORE.platform(platform_id).sizes}:
            name = f"{platform_id}/{folder}/{STORE.dates(platform_id, folder)[-1]}"
            if 0 < len(list(mutations(STORE.path(f"{name}.yaml").read_text(encoding="utf-8")))) <= MOST:
                found.append(name)
    return sorted(found)


def mutator(store: Schedules, name: str) -> Mutator:
    platform_id, folder, date = name.split("/")
    return Mutator(store, platform_id, folder, dt.date.fromisoformat(date))


@pytest.mark.parametrize("name", small_cards())
def test_some_case_notices(name: str) -> None:
    assert set(mutator(STORE, name).survivors()) == SURVIVORS.get(name, set())


def test_there_are_small_cards() -> None:
    assert len(small_cards()) >= 12
    assert set(SURVIVORS) <= set(small_cards())


# -- the mutations themselves ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "new"),
    [
        ("3.40", "3.41"),
        ("9.99", "10.00"),
        ("0.00", "0.01"),
        ("0.0005", "0.0006"),
        ("15%", "16%"),
        ("9%", "10%"),
        ("2.35%", "2.36%"),
    ],
)
def test_a_number_is_nudged_by_its_last_digit(number: str, new: str) -> None:
    assert nudged(number) == new


BANDS = """\
base: item_price
notes: 1.00 and 5% are no numbers of the charge
bands:
  of: item_price
  apply: whole
  rows:
    - {name: 10.00 or less, up_to: 10.00, percent: 5%}
    - {percent: {rate: 10%, of: item_price}}
"""


def cases(*prices_and_amounts: str) -> str:
    pairs = zip(prices_and_amounts[::2], prices_and_amounts[1::2], strict=True)
    return "why: A test.\ncases:\n" + "".join(f"  - {{item: {{price: {price}}}, amount: {amount}}}\n" for price, amount in pairs)


def test_each_number_and_side_is_changed_once() -> None:
    found = list(mutations(card(BANDS)))
    assert [str(mutation) for mutation in found] == [
        "bands.rows[0].up_to: up_to -> below",
        "bands.rows[0].up_to: 10.00 -> 10.01",
        "bands.rows[0].percent: 5% -> 6%",
        "bands.rows[1].percent.rate: 10% -> 11%",
    ]
    assert "{name: 10.00 or less, below: 10.00, percent: 5%}" in found[0].text
    assert found[2].text == card(BANDS.replace("percent: 5%", "percent: 6%"))


def test_a_side_of_marginal_bands_can_not_matter() -> None:
    assert not any("below" in str(mutation) for mutation in mutations(card(BANDS.replace("whole", "marginal"))))


@pytest.mark.parametrize(
    ("given", "survivors"),
    [
        (("10.00", "0.50", "10.01", "1.00"), []),
        (("5.00", "0.25", "20.00", "2.00"), ["bands.rows[0].up_to: up_to -> below", "bands.rows[0].up_to: 10.00 -> 10.01"]),
        (("10.00", "0.50", "0.01", "0.00"), ["bands.rows[0].up_to: 10.00 -> 10.01", "bands.rows[1].percent.rate: 10% -> 11%"]),
    ],
)
def test_weak_cases_have_survivors(given: tuple[str, ...], survivors: list[str], tmp_path: Path) -> None:
    files = {"lab-xx/trial/2020-01-01.yaml": card(BANDS), "lab-xx/trial/2020-01-01.cases.yaml": cases(*given)}
    store = own(tmp_path, files)
    before = store.card("lab-xx", "trial", dt.date(2020, 1, 1))
    assert mutator(store, "lab-xx/trial/2020-01-01").survivors() == survivors
    assert store.card("lab-xx", "trial", dt.date(2020, 1, 1)) is before, "and the card is put back"
