"""feecalc charge and feecalc history, as their users run them."""

import csv
import io
import json
import sys

import pytest

REMOVAL = ["charge", "amazon-us/removal", "weight=1.5lb", "size_class=standard", "units=1", "--as-of", "2026-06-01"]
TEE = ["--category", "apparel", "--price", "19.99", "--dims", "8x6x1in", "--weight", "8oz"]
HISTORY = ["history", *TEE, "--from", "2024-01-01", "--to", "2024-06-30"]


def test_charge_as_json(run):
    ran = run(*REMOVAL, "--json")
    document = json.loads(ran.out)
    assert (ran.code, document["schema"], document["amount"], document["currency"]) == (0, "feecalc/charge/1", 2.27, "USD")
    assert document["card"] == "amazon-us/removal/2026-01-15"
    assert set(document) == {"schema", "card", "inputs", "amount", "currency", "rule", "confidence", "source"}


@pytest.mark.parametrize("form", ["table", "jsonl", "csv", "markdown"])
def test_charge_in_every_form(run, form):
    assert "2.27" in run(*REMOVAL, "--format", form).out


def test_charge_without_values_lists_the_inputs(run):
    ran = run("charge", "amazon-us/removal", "--json")
    assert [entry["input"] for entry in json.loads(ran.out)["inputs"]] == ["size_class", "weight", "units"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["amazon-us/removal", "weight=1.5lb"], "size_class"),
        (["amazon-us/removal", "weight"], "give NAME=VALUE"),
        (["amazon-us/removal", "units=1", "units=2"], "given twice"),
        (["amazon-us/removals"], "near: removal"),
        (["amazon-us"], "is no card"),
        (["../../etc/passwd"], "is unknown"),
        ([*REMOVAL[1:5], "--as-of", "2010-01-01"], "no table on 2010-01-01"),
        ([*REMOVAL[1:5], "--as-of", "2026-06-01", "--min-confidence", "official"], "less than official"),
    ],
)
def test_charge_refuses(run, arguments, words):
    ran = run("charge", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err and ran.err.count("\n") == 1


def test_history_table(run, golden, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    ran = run(*HISTORY)
    assert (ran.code, ran.err) == (0, "")
    golden("history_100", ran.out.rstrip("\n"))


def test_history_as_json(run):
    document = json.loads(run(*HISTORY, "--json").out)
    assert document["schema"] == "feecalc/history/1"
    assert [entry["from"] for entry in document["gaps"]] == ["2024-01-01", "2024-02-05"]
    assert document["periods"][-1]["quote"]["schema"] == "feecalc/quote/1"


def test_history_as_csv_has_a_row_for_each_period_and_gap(run):
    document = json.loads(run(*HISTORY, "--json").out)
    rows = list(csv.DictReader(io.StringIO(run(*HISTORY, "--format", "csv").out)))
    assert len(rows) == len(document["periods"]) + len(document["gaps"])
    assert [row["from"] for row in rows] == sorted(row["from"] for row in rows)
    assert [bool(row["gap"]) for row in rows].count(True) == len(document["gaps"])


@pytest.mark.parametrize(("ending", "start"), [("svg", b"<?xml"), ("png", b"\x89PNG")])
def test_history_draws(run, tmp_path, ending, start):
    file = tmp_path / f"fees.{ending}"
    assert run(*HISTORY, "--plot", str(file)).code == 0
    assert file.read_bytes().startswith(start)
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--from", "2025-01-01", "--to", "2024-01-01"], "is after"),
        (["--plot", "fees.txt"], "must end in .svg or .png"),
        (["--plot", "/nowhere/fees.svg"], "can't be written"),
        (["--platform", "ebay-us", "--platform", "amazon-us"], "history takes one"),
    ],
)
def test_history_refuses(run, more, words):
    ran = run("history", *TEE, *more)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err and ran.err.count("\n") == 1


def test_a_missing_extra_is_named(run, monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    ran = run(*HISTORY, "--plot", str(tmp_path / "fees.svg"))
    assert ran.code == 2 and "pip install 'feecalc[plot]'" in ran.err
