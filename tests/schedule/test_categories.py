"""A category is found by its own id or by a name printed on the card in force, in many spellings; it is never guessed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from feecalc import FeeUnknown, InputError, Item, ScheduleError, quote
from feecalc.plan import normal_name
from feecalc.schedule.store import Schedules

from .trees import GOOD, card, own

STORE = Schedules(GOOD)
RATES = {"10.00": "toys", "15.00": "books", "12.00": "home"}


def referral(category: str | None, day: str = "2020-06-15", store: Schedules = STORE, platform: str = "market-xx") -> str:
    """The referral fee of 100.00: which row the category came to."""
    made = quote(Item(price="100.00", category=category), platform=platform, as_of=day, schedules=store)
    return str(next(line.amount for line in made.fees if line.fee == "referral"))


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("toys", "toys"),
        ("Toys & Games", "toys"),
        ("toys & games", "toys"),
        ("TOYS AND GAMES", "toys"),
        ("Toys and Games", "toys"),
        ("Games & Toys", "toys"),
        ("games, and toys!", "toys"),
        ("  Toys   &   Games  ", "toys"),
        ("Toys", "toys"),
        ("Games", "toys"),
        ("Play-things", "toys"),
        ("play things", "toys"),
        ("books", "books"),
        ("Books (printed)", "books"),
        ("printed books", "books"),
        ("Music", "books"),
        ("Films & Series", "books"),
        ("series and films", "books"),
        ("Media: Books, Music", "books"),
        ("media music books", "books"),
        ("Home and Garden", "home"),
        ("Garden & Home", "home"),
        ("garden", "home"),
        ("everything else", "home"),
    ],
)
def test_a_name_is_found_in_many_spellings(name: str, row: str) -> None:
    assert RATES[referral(name)] == row


def test_an_id_is_found_first() -> None:
    made = quote(Item(price="1.00", category="Films & Series"), platform="market-xx", as_of="2020-06-15", schedules=STORE)
    assert made.item["category"] == "records", "the printed name is resolved to its id"


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("toy", "; near: toys"),
        ("Toys & Game", "; near: "),
        ("Toyz", "; near: toys"),
        ("book", "; near: books"),
        ("Media: Books", "; near: "),
        ("Home", None),
        ("xyzzy", ""),
        ("&", ""),
    ],
)
def test_a_name_is_never_guessed(name: str, near: str | None) -> None:
    """Near names are named, and none of them is taken."""
    if near is None:
        assert referral(name) == "12.00", "an id in other letters is the id"
        return
    with pytest.raises(InputError) as error:
        referral(name)
    assert error.value.field == "category"
    assert f"is no category of market-xx{near}" in str(error.value)
    assert str(error.value).endswith("; see: feecalc categories")


def test_no_category_is_an_error() -> None:
    """Never "everything else" unasked."""
    with pytest.raises(InputError, match="the commission depends on the category, which is never guessed: give --category"):
        referral(None)


def test_a_category_that_a_table_does_not_serve() -> None:
    with pytest.raises(InputError, match="category 'tea': market-xx has none on 2020-06-15: not sold before 2024-01-01"):
        referral("tea")
    assert referral("tea", "2024-01-01") == "12.00"


def test_the_names_are_those_of_the_card_in_force(tmp_path: Path) -> None:
    renamed = (GOOD / "market-xx/referral/2020-01-01.yaml").read_text().replace("Play-things!", "Amusements")
    store = own(tmp_path, {"market-xx/referral/2021-01-01.yaml": renamed})
    assert referral("Play-things", "2020-12-31", store) == referral("Amusements", "2021-01-01", store) == "10.00"
    for name, day in [("Amusements", "2020-12-31"), ("Play-things", "2021-01-01")]:
        with pytest.raises(InputError):
            referral(name, day, store)


def test_a_platforms_own_category(tmp_path: Path) -> None:
    rows = "[{name: Games, categories: [board-games], flat: 1.00}, {name: Toys, categories: [toys], flat: 2.00}]"
    absent = "{books: no, records: no, home: no, garden: no, tea: no, other: no}"
    charge = f"choose: {{by: category, rows: {rows}, absent: {absent}}}\n"
    store = own(tmp_path, {"lab-xx/trial/2020-01-01.yaml": card(charge)})
    for name, amount in [("board-games", "1.00"), ("Board Games", "1.00"), ("games", "1.00"), ("toys", "2.00")]:
        made = quote(Item(price="9.00", category=name), platform="lab-xx", as_of="2020-06-15", schedules=store)
        assert {line.fee: line.amount for line in made.fees}["trial"] == Decimal(amount)


def test_a_name_that_means_two_categories_on_two_cards_is_a_fault(tmp_path: Path) -> None:
    """One of them would be picked by chance."""
    rows = "[{name: Paper, categories: [books], aliases: {books: [Games]}, flat: 1.00}]"
    absent = "{toys: no, records: no, home: no, garden: no, tea: no, other: no}"
    text = card(f"choose: {{by: category, rows: {rows}, absent: {absent}}}\n", "closing")
    store = own(tmp_path, {"market-xx/closing/2021-01-01.yaml": text})
    with pytest.raises(ScheduleError) as error:
        referral("toys", "2021-06-15", store)
    (found,) = error.value.findings
    assert found.remedy == (
        "the printed name 'games' means books here, but toys on market-xx/referral/2020-01-01; it means one category"
    )
    assert (found.file, found.line) == ("own/market-xx/closing/2021-01-01.yaml", 6)


def test_the_sellers_own_commission_needs_no_category() -> None:
    made = quote(Item(price="100.00", fee="referral=8%"), platform="market-xx", as_of="2023-06-15", schedules=STORE)
    assert made.fees[0].amount == Decimal("8.00")
    with pytest.raises(FeeUnknown):
        quote(Item(price="100.00", category="toys"), platform="market-xx", as_of="2023-06-15", schedules=STORE)


@pytest.mark.parametrize(
    ("name", "normal"),
    [
        ("Toys & Games", "and games toys"),
        ("Toys&Games", "and games toys"),
        ("Médias, Livres", "livres médias"),
        ("3D-Printers", "3d printers"),
        ("", ""),
        ("&", "and"),
    ],
)
def test_how_names_are_compared(name: str, normal: str) -> None:
    assert normal_name(name) == normal
