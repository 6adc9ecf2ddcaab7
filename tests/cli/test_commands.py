"""The commands, on cards of their own: what they answer, in every form."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil

import pytest

SHIRT = ("--price", "25", "--cost", "5", "--dims", "10x8x1in", "--weight", "12oz")


def document(ran):
    assert (ran.code, ran.err) == (0, "")
    return json.loads(ran.out)


def test_the_screens(sold, golden):
    golden("run_quote", sold("quote", *SHIRT, "--category", "apparel", "--sku", "TEE").out.rstrip("\n"))
    several = ("--platform", "market-us", "--platform", "market-de", "--platform", "full-us")
    golden("run_compare", sold("compare", *SHIRT, *several, "--ship-cost", "4", "--fx", "EUR=1.08").out.rstrip("\n"))


def test_a_quote_in_every_form(sold):
    quote = document(sold("quote", *SHIRT, "--json"))
    assert quote["schema"] == "feecalc/quote/1" and quote["profit"] == 13.25 and quote["as_of"] == "2026-11-22"
    assert document(sold("quote", *SHIRT, "--format", "json")) == quote
    line = sold("quote", *SHIRT, "--format", "jsonl").out
    assert line.count("\n") == 1 and json.loads(line) == quote
    (row,) = csv.DictReader(io.StringIO(sold("quote", *SHIRT, "--format", "csv").out))
    assert row["profit"] == "13.25" and row["price"] == "25"
    assert "| PROFIT | " in sold("quote", *SHIRT, "--format", "markdown").out


def test_a_comparison_in_every_form(sold):
    found = document(sold("compare", *SHIRT, "--platform", "market-us", "--json"))
    assert found["schema"] == "feecalc/compare/1" and [quote["fulfillment"] for quote in found["quotes"]] == ["own", "merchant"]
    lines = sold("compare", *SHIRT, "--platform", "market-us", "--format", "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == found["quotes"]
    rows = list(csv.DictReader(io.StringIO(sold("compare", *SHIRT, "--platform", "market-us", "--format", "csv").out)))
    assert [row["fulfillment"] for row in rows] == ["own", "merchant"]
    assert "| market-us | Own |" in sold("compare", *SHIRT, "--platform", "market-us", "--format", "markdown").out


def test_today_is_assumed_and_said(run, monkeypatch):
    import datetime as dt

    from feecalc.cli import quote
    from tests.cli.conftest import CARDS

    monkeypatch.setattr(quote, "today", lambda: dt.date(2026, 11, 22))
    assumed = document(run("quote", *SHIRT, "--schedules", CARDS, "--json"))["assumed"]
    assert assumed["as_of"] == "2026-11-22"
    assert "ships 2026-11-22 (today)" in run("quote", *SHIRT, "--schedules", CARDS).out


def test_a_day_that_is_given_is_not_assumed(sold):
    assert "as_of" not in document(sold("quote", *SHIRT, "--json"))["assumed"]


def test_what_if(sold):
    found = document(sold("quote", *SHIRT, "--vs", "price=20", "--vs", "ship-cost=3", "--vs", "cost=", "--json"))
    assert found["quote"]["profit"] == 13.25
    assert [entry["changed"] for entry in found["vs"]] == [{"price": "20"}, {"ship_cost": "3"}, {"cost": None}]
    assert [entry["quote"]["profit"] for entry in found["vs"]] == [10.20, 13.25, None]
    table = sold("quote", *SHIRT, "--vs", "price=20").out
    assert re.search(r"PROFIT +13\.25 +10\.20 +-3\.05", table)
    lines = sold("quote", *SHIRT, "--vs", "price=20", "--format", "jsonl").out.splitlines()
    assert [list(json.loads(line)) for line in lines] == [["quote"], ["changed", "quote"]]
    assert len(sold("quote", *SHIRT, "--vs", "price=20", "--format", "csv").out.splitlines()) == 3
    assert "| PROFIT | 13.25 | 10.20 | -3.05 |" in sold("quote", *SHIRT, "--vs", "price=20", "--format", "markdown").out


def test_explain(sold):
    text = sold("quote", *SHIRT, "--explain").out
    assert "market-us/referral/2025-06-01.yaml:" in text and "https://example.com/fees" in text and "Note: Payouts" in text


def test_min_confidence(sold):
    assert sold("quote", *SHIRT, "--min-confidence", "secondary").code == 0
    ran = sold("quote", *SHIRT, "--min-confidence", "official")
    assert ran.code == 2 and "rests on secondary" in ran.err
    skipped = document(sold("compare", *SHIRT, "--platform", "market-us", "--min-confidence", "official", "--json"))["skipped"]
    assert [entry["platform"] for entry in skipped] == ["market-us:own"]


def test_the_folder_may_come_from_the_environment(run, monkeypatch):
    from tests.cli.conftest import CARDS

    monkeypatch.setenv("FEECALC_SCHEDULES", CARDS)
    assert document(run("quote", *SHIRT, "--as-of", "2026-11-22", "--json"))["platform"] == "market-us"


def test_platforms_and_their_coverage(sold, run):
    from tests.cli.conftest import CARDS

    rows = document(run("platforms", "--schedules", CARDS, "--json"))["platforms"]
    market = next(row for row in rows if row["platform"] == "market-us")
    assert market == {
        "platform": "market-us", "name": "Market", "currency": "USD", "ways": ["own", "merchant"], "cards": 3,
        "first": "2024-01-01", "last": "2025-06-01", "weakest": "secondary",
    }  # fmt: skip
    periods = document(run("platforms", "market-us", "--schedules", CARDS, "--json"))["coverage"]
    assert [(row["fee"], row["from"], row["to"]) for row in periods] == [
        ("referral", "2024-01-01", "2025-05-31"), ("referral", "2025-06-01", None), ("fulfillment", "2024-01-01", None),
        ("placement", "2024-01-01", None),
    ]  # fmt: skip
    assert "no card: the rate is private" in run("platforms", "market-us", "--schedules", CARDS).out


def test_categories(run):
    rows = document(run("categories", "--json"))["categories"]
    assert {"apparel", "other"} <= {row["category"] for row in rows}
    default = [line.split(",")[0] for line in run("platforms", "--format", "csv").out.splitlines()[1:]]
    for platform in default:
        printed = document(run("categories", platform, "--as-of", "2026-11-22", "--json"))["categories"]
        assert {row["category"] for row in rows} <= {row["category"] for row in printed}
        assert all(row["rule"] for row in printed)


def test_schedules(run):
    from tests.cli.conftest import CARDS

    cards = document(run("schedules", "list", "market-us", "--schedules", CARDS, "--json"))["schedules"]
    assert [row["card"] for row in cards][:2] == ["market-us/referral/2024-01-01", "market-us/referral/2025-06-01"]
    shown = run("schedules", "show", "market-us/referral", "--as-of", "2024-05-05", "--schedules", CARDS)
    assert "percent: {rate: 10%" in shown.out
    assert shown.out == run("schedules", "show", "market-us/referral/2024-01-01", "--schedules", CARDS).out
    assert (
        document(run("schedules", "show", "market-us/referral/2024-01-01", "--schedules", CARDS, "--json"))["fee"] == "referral"
    )


def test_check_lists_every_finding(run, tmp_path):
    from tests.cli.conftest import CARDS

    shutil.copytree(CARDS, tmp_path / "mine")
    folder = tmp_path / "mine" / "market-us" / "referral"
    (folder / "2026-02-01.yaml").write_text("title: x\ntitel: y\nfee: referral\n")
    for paths in ([str(folder.parent.parent)], [str(folder)], [str(folder / "2026-02-01.yaml")]):
        ran = run("schedules", "check", *paths, "--schedules", CARDS)
        assert (ran.code, ran.err) == (3, "")
        assert all(word in ran.out for word in ("2026-02-01.yaml:", "titel", "checked", "finding"))
    rows = json.loads(run("schedules", "check", str(folder), "--schedules", CARDS, "--json").out)["findings"]
    assert {"file", "line", "path", "remedy"} == set(rows[0])


def test_a_broken_card_in_another_command_is_one_line(run, tmp_path):
    folder = tmp_path / "market-us" / "referral"
    folder.mkdir(parents=True)
    (tmp_path / "market-us" / "platform.yaml").write_text("name: x\n")
    ran = run("quote", *SHIRT, "--platform", "market-us", "--as-of", "2026-11-22", "--schedules", str(tmp_path))
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "platform.yaml:1" in ran.err and "run: feecalc schedules check" in ran.err


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "markdown"])
@pytest.mark.parametrize("command", [["platforms"], ["categories"], ["schedules", "list"]])
def test_lists_in_every_form(run, command, form):
    from tests.cli.conftest import CARDS

    ran = run(*command, "--schedules", CARDS, "--format", form)
    assert (ran.code, ran.err) == (0, "") and len(ran.out.splitlines()) > 3


def test_no_arguments_is_the_help(run):
    assert run().out == run("--help").out
    assert run().code == 0
    assert run("--version").out.startswith("feecalc ")
