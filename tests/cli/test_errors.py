"""Whatever is wrong with the input: exit code 2, one line that says what would do, nothing on standard output."""

from __future__ import annotations

import pytest

from tests.cli.conftest import CARDS

GOOD = ("--price", "25", "--dims", "10x8x1in", "--weight", "12oz")

BAD = [
    (["quote"], "price: "),
    (["quote", "--price", "19.995"], "at most 2 decimals"),
    (["quote", "--price", "abc"], "as in 12.50"),
    (["quote", "--price", ""], "price ''"),
    (["quote", "--price", "1e3"], "as in 12.50"),
    (["quote", "--price", "-5"], "can't be negative"),
    (["quote", "--price", "5 XXX"], "price '5 XXX'"),
    (["quote", "--price", "25", "--price", "26"], "given twice"),
    (["quote", "--price", "marketus=5"], "near: market-us"),
    (["quote", "--price", "market-us:fly=5"], "its ways: own, merchant"),
    (["quote", "--price", "\ud800"], "is not UTF-8 text"),
    (["quote", *GOOD, "--weight", "12"], "weight"),
    (["quote", "--price", "25", "--weight", "12"], "oz, lb, g, kg"),
    (["quote", "--price", "25", "--weight", "12oz"], "give --dims"),
    (["quote", *GOOD, "--sipp", "maybe"], "maybe"),
    (["quote", *GOOD, "--platform", "nowhere"], "platform 'nowhere'"),
    (["quote", *GOOD, "--platform", "market-us:fly"], "its ways"),
    (["quote", *GOOD, "--platform", "market-us", "--platform", "market-de"], "feecalc compare"),
    (["quote", *GOOD, "--fee", "storage=abc"], "fee storage 'abc'"),
    (["quote", *GOOD, "--fee", "referal=1"], "near: referral"),
    (["quote", *GOOD, "--fee", "markt-us=referral=1"], "near: market-us"),
    (["quote", *GOOD, "--acos", "5%", "--tacos", "5%"], "two ways"),
    (["quote", *GOOD, "--vs", "price"], "give FIELD=VALUE"),
    (["quote", *GOOD, "--vs", "prise=5"], "near: price"),
    (["quote", *GOOD, "--vs", "price=x"], "price 'x'"),
    (["quote", *GOOD, "--prise", "5"], "no option --prise; near: --price"),
    (["quote", *GOOD, "--format", "xml"], "--format"),
    (["quote", *GOOD, "--json", "--format", "csv"], "two forms"),
    (["quote", *GOOD, "--min-confidence", "sure"], "--min-confidence"),
    (["quote", "no-such-file.yaml"], "no-such-file.yaml: can't be read"),
    (["quote", "."], ".: can't be read"),
    (["quote", "one.yaml", "two.yaml"], "two.yaml"),
    (["quote", "-"], "standard input: is empty"),
    (["compare"], ": give --"),
    (["compare", *GOOD, "--platform", "nowhere"], "nowhere"),
    (["quot"], "near: quote"),
    (["xyzzy"], "there are: quote"),
    (["schedules"], "schedules --help"),
    (["schedules", "lst"], "near: list"),
    (["schedules", "list", "markt-us"], "near: market-us"),
    (["schedules", "show"], "schedules show --help"),
    (["schedules", "show", "../../../etc/passwd"], "give PLATFORM/CARD/DATE"),
    (["schedules", "show", "market-us/../market-de"], "give PLATFORM/CARD/DATE"),
    (["schedules", "show", "market-us/refferal"], "near: referral"),
    (["schedules", "show", "market-us/referral/2020-01-01"], "there are: 2024-01-01"),
    (["schedules", "show", "market-us/referral", "--as-of", "2020-01-01"], "its first is of 2024-01-01"),
    (["schedules", "show", "market-us/referral/2024-01-01", "--as-of", "2024-01-01"], "keep one of the two"),
    (["schedules", "show", "market-us/referral", "--format", "csv"], "a card is no table"),
    (["schedules", "check", "no-such-folder"], "no such file or folder"),
    (["platforms", "markt-us"], "near: market-us"),
    (["categories", "market-us", "--as-of", "yesterday"], "as in 2024-01-15"),
    (["schema"], "schema --help"),
    (["schema", "items"], "schema --help"),
    (["schema", "item", "--format", "csv"], "a JSON Schema is JSON"),
]  # fmt: skip


@pytest.mark.parametrize(("args", "words"), BAD, ids=lambda value: " ".join(value)[:60] if isinstance(value, list) else "")
def test_bad_input(run, monkeypatch, args, words):
    monkeypatch.setenv("FEECALC_SCHEDULES", CARDS)
    ran = run(*args)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("feecalc: ") and ran.err.count("\n") == 1 and ran.err.endswith("\n")
    assert words in ran.err


def test_a_folder_of_cards_that_is_none(run):
    ran = run("quote", *GOOD, "--schedules", "no-such-folder")
    assert (ran.code, ran.out) == (2, "") and "no-such-folder" in ran.err


@pytest.mark.parametrize("key", ["self", "prise", "platform s", "__class__"])
def test_a_file_with_an_unknown_field(run, tmp_path, key):
    file = tmp_path / "item.yaml"
    for text in (f"price: 5\n{key}: 1\n", f"price: 5\nplatforms: {{market-us: {{{key}: 1}}}}\n"):
        file.write_text(text)
        ran = run("quote", str(file), "--schedules", CARDS)
        assert (ran.code, ran.out) == (2, "") and f"item.yaml: {key} is no field of an item" in ran.err


def test_an_error_cannot_steer_the_terminal(run):
    ran = run("quote", "--price", "5\x1b[2J\n6\r")
    assert ran.err.count("\n") == 1 and "\x1b" not in ran.err and "\r" not in ran.err


def test_a_fault_of_feecalc_is_a_traceback(run, monkeypatch):
    from feecalc.cli import app

    def broken(_args):
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(app, "run_command", broken)
    with pytest.raises(ZeroDivisionError):
        run("quote")
