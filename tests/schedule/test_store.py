"""Which card is in force on a day, and which fees exist then: on the invented platform `market-xx`."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from feecalc import FeeUnknown, InputError, Item, Quote, ScheduleError, quote
from feecalc.errors import Finding
from feecalc.schedule.store import Schedules

from .trees import GOOD, card, copy_of_good, findings, own, write

STORE = Schedules(GOOD)


def made(day: str, store: Schedules = STORE, **item: str) -> Quote:
    fields = {"price": "100.00", "category": "toys", "fulfillment": "merchant", **item}
    return quote(Item(**fields), platform="market-xx", as_of=day, schedules=store)


def amounts(quoted: Quote) -> dict[str, Decimal]:
    return {line.fee: line.amount for line in quoted.fees}


def reasons(quoted: Quote) -> dict[str, str]:
    return {entry.fee: entry.reason for entry in quoted.not_included}


def test_the_good_schedules_are_good() -> None:
    assert findings(GOOD) == []


# -- in force ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "start", "amount"),
    [
        ("2020-01-01", "2020-01-01", "10.00"),
        ("2021-12-31", "2020-01-01", "10.00"),  # the day before a card uses the one before
        ("2022-01-01", "2022-01-01", "11.00"),
        ("2022-10-31", "2022-01-01", "11.00"),
        ("2022-11-01", "2022-11-01", "15.00"),
        ("2022-12-31", "2022-11-01", "15.00"),  # its last day
        ("2023-01-01", "2022-01-01", "11.00"),  # then the one before is in force again
        ("2023-05-31", "2022-01-01", "11.00"),
        ("2024-01-01", "2024-01-01", "9.00"),
        ("2099-12-31", "2024-01-01", "9.00"),
    ],
)
def test_the_card_of_the_day(day: str, start: str, amount: str) -> None:
    quoted = made(day)
    assert amounts(quoted)["referral"] == Decimal(amount)
    assert quoted.fees[0].card == f"market-xx/referral/{start}"
    in_force = STORE.in_force("market-xx", "referral", dt.date.fromisoformat(day))
    assert in_force is not None
    assert in_force.start == dt.date.fromisoformat(start)


@pytest.mark.parametrize("day", ["2023-06-01", "2023-12-31"])
def test_a_period_that_nobody_published_is_not_the_neighbours(day: str) -> None:
    with pytest.raises(FeeUnknown, match="market-xx referral: no table of the summer of 2023 was found"):
        made(day)
    assert amounts(made(day, fee="referral=8%"))["referral"] == Decimal("8.00"), "the seller's own figure answers it"


@pytest.mark.parametrize("day", ["2019-12-31", "1900-01-01"])
def test_before_the_first_card_is_an_error(day: str) -> None:
    with pytest.raises(FeeUnknown, match="market-xx referral: no table before 2020-01-01"):
        made(day)


def test_an_ended_card_with_none_before_it_is_an_error_where_the_fee_is_required(tmp_path: Path) -> None:
    root = copy_of_good(tmp_path)
    for file in (root / "market-xx/referral").iterdir():
        if not file.name.startswith("2022-11-01"):
            file.unlink()
    for day in ("2023-01-01", "2022-10-31"):
        with pytest.raises(FeeUnknown, match=r"market-xx referral: no table (on 2023-01-01|before 2022-11-01)"):
            made(day, Schedules(root))


# -- which fees exist --------------------------------------------------------------------------------------------


def test_an_optional_fee_does_not_exist_before_its_first_card() -> None:
    before, after = made("2020-12-31", category="books"), made("2021-01-01", category="books")
    assert "closing" not in amounts(before) | reasons(before)
    assert amounts(after)["closing"] == Decimal("1.80")


def test_a_fee_exists_from_its_day_on() -> None:
    """And lacks a table until its first card: that is not nothing."""
    assert "surcharge" not in amounts(made("2021-12-31")) | reasons(made("2021-12-31"))
    assert reasons(made("2022-01-01"))["surcharge"] == "no table before 2022-03-01: --fee surcharge=AMOUNT"
    assert reasons(made("2022-02-28"))["surcharge"] == "no table before 2022-03-01: --fee surcharge=AMOUNT"
    assert amounts(made("2022-03-01"))["surcharge"] == Decimal("0.55")
    assert amounts(made("2022-06-30"))["surcharge"] == Decimal("0.55")


def test_an_optional_fee_ends_with_its_last_card() -> None:
    assert "surcharge" not in amounts(made("2022-07-01")) | reasons(made("2022-07-01"))


def test_a_fee_without_any_card_says_why() -> None:
    item = {"fulfillment": "own", "dims": "5x5x5in", "weight": "1lb"}
    assert reasons(made("2024-01-01", **item))["placement"] == "take your own from your reports: --fee placement=AMOUNT"
    assert "placement" not in reasons(made("2022-12-31", **item))
    assert "placement" not in reasons(made("2024-01-01")), "and not where the seller ships"


# -- the stay in storage -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "months", "amount"),
    [
        ("2020-12-01", "1", "0.20"),  # November 2020, the first card
        ("2021-01-15", "2", "0.44"),  # 16/30 of 0.20 + 0.20, and by the second card 14/31 of 0.30
        ("2021-01-01", "2", "0.40"),  # ends with the first card
        ("2021-02-01", "2", "0.50"),  # December by the first, January by the second: 0.20 + 0.30
        ("2021-11-01", "2", "0.90"),  # September and October: 0.30 + 0.60
        ("2020-02-01", "0.5", "0.05"),  # 15 of the 31 days of January
    ],
)
def test_each_month_of_a_stay_goes_by_its_own_card(day: str, months: str, amount: str) -> None:
    item = {"fulfillment": "own", "dims": "5x5x5in", "weight": "1lb", "storage_months": months}
    assert amounts(made(day, fee="referral=0.00", **item))["storage"] == Decimal(amount)


def test_a_stay_that_begins_before_the_first_card_is_not_included() -> None:
    item = {"fulfillment": "own", "dims": "5x5x5in", "weight": "1lb", "storage_months": "2"}
    assert reasons(made("2020-02-01", **item))["storage"] == "no table for 2019-12: --fee storage=AMOUNT"


# -- the user's own folder ---------------------------------------------------------------------------------------


def own_closing(amount: str) -> str:
    return card(f"flat: {amount}\n", fee="closing")


def test_a_card_of_the_same_day_overrides_the_shipped_one(tmp_path: Path) -> None:
    store = own(tmp_path, {"market-xx/closing/2021-01-01.yaml": own_closing("7.77")})
    quoted = made("2021-06-01", store)
    assert amounts(quoted)["closing"] == Decimal("7.77")
    assert amounts(quoted)["referral"] == Decimal("10.00"), "all else is as shipped"
    assert store.path("market-xx/closing/2021-01-01.yaml") == tmp_path / "own/market-xx/closing/2021-01-01.yaml"


def test_a_card_of_another_day_is_added(tmp_path: Path) -> None:
    store = own(tmp_path, {"market-xx/closing/2021-07-01.yaml": own_closing("7.77")})
    assert store.dates("market-xx", "closing") == (dt.date(2021, 1, 1), dt.date(2021, 7, 1))
    assert amounts(made("2021-06-30", store, category="books"))["closing"] == Decimal("1.80")
    assert amounts(made("2021-07-01", store, category="books"))["closing"] == Decimal("7.77")


def test_a_platform_of_ones_own(tmp_path: Path) -> None:
    platform = (GOOD / "lab-xx/platform.yaml").read_text().replace("name: Lab", "name: Mine")
    files = {"mine-xx/platform.yaml": platform, "mine-xx/trial/2020-01-01.yaml": card("flat: 3.00\n")}
    store = own(tmp_path, files)
    assert store.platform_ids() == ["lab-xx", "market-xx", "mine-xx"]
    made = quote(Item(price="9.00"), platform="mine-xx", as_of="2020-01-01", schedules=store)
    assert amounts(made) == {"trial": Decimal("3.00")}


def test_a_platform_file_of_ones_own_overrides_the_shipped_one(tmp_path: Path) -> None:
    text = (GOOD / "market-xx/platform.yaml").read_text().replace("name: Market", "name: My market")
    assert own(tmp_path, {"market-xx/platform.yaml": text}).platform("market-xx").name == "My market"


def test_a_broken_card_of_another_day_harms_nobody(tmp_path: Path) -> None:
    """A quote loads only the cards that it needs."""
    store = own(tmp_path, {"market-xx/closing/2030-01-01.yaml": "flat: 1\n"})
    assert amounts(made("2021-06-01", store, category="books"))["closing"] == Decimal("1.80")
    with pytest.raises(ScheduleError, match=r"own/market-xx/closing/2030-01-01.yaml:1"):
        made("2030-01-01", store)


def test_a_broken_card_is_said_once(tmp_path: Path) -> None:
    """Not by each case of each other card that needs it."""
    root = write(copy_of_good(tmp_path), {"market-xx/referral/2020-01-01.yaml": card("flat: 1\n", fee="referral")})
    file = "tree/market-xx/referral/2020-01-01.yaml"
    remedy = "'1' is no amount; write it with the currency's decimals, as in 3.40"
    assert findings(root) == [Finding(file, 6, "flat", remedy)]


# -- names -------------------------------------------------------------------------------------------------------


def test_an_unknown_platform_is_never_picked() -> None:
    with pytest.raises(InputError, match=r"platform 'market': is unknown; near: market-xx"):
        quote(Item(price="1.00"), platform="market", as_of="2024-01-01", schedules=STORE)
    with pytest.raises(InputError, match=r"platform 'q': is unknown; known: lab-xx, market-xx"):
        quote(Item(price="1.00"), platform="q", as_of="2024-01-01", schedules=STORE)


def test_the_default_platform_is_in_the_data() -> None:
    assert quote(Item(price="1.00", category="toys"), as_of="2024-01-01", schedules=STORE).platform == "market-xx"


def test_a_day_in_the_library_is_never_today() -> None:
    with pytest.raises(InputError, match="as_of"):
        quote(Item(price="1.00", category="toys"), schedules=STORE)


# -- sizes by date -----------------------------------------------------------------------------------------------

TABLE = """\
table:
  by: size_tier
  of: billable_weight
  rows:
    small: [{amount: 1.00}]
    large: [{amount: 2.00}]
"""


def test_a_table_has_rows_for_every_tier_of_its_time(tmp_path: Path) -> None:
    """A later size table may bring a tier that a fee's card of before doesn't know: said before anybody meets it."""
    later = (GOOD / "lab-xx/sizes/2020-01-01.yaml").read_text().replace("id: large", "id: huge").replace("Large", "Huge")
    files = {"lab-xx/sizes/2021-01-01.yaml": later, "lab-xx/trial/2020-01-01.yaml": card(TABLE)}
    with pytest.raises(ScheduleError, match="size_tier 'huge' has no rows"):
        own(tmp_path, files).card("lab-xx", "trial", dt.date(2020, 1, 1))
    following = {"lab-xx/trial/2021-01-01.yaml": card(TABLE.replace("large", "huge"))}
    store = own(tmp_path / "again", {**files, **following})
    assert store.card("lab-xx", "trial", dt.date(2020, 1, 1)).charge is not None
    assert store.card("lab-xx", "trial", dt.date(2021, 1, 1)).charge is not None
