"""The help: complete, grouped, eighty columns wide, with an example that works."""

from __future__ import annotations

from pathlib import Path

import pytest

from feecalc.fields import FIELDS
from feecalc.schedule.store import Schedules

NAMES = (
    "quote", "compare", "charge", "history", "platforms", "categories",
    "schedules list", "schedules show", "schedules check", "schema",
)  # fmt: skip
COMMANDS = {name: name.split() for name in NAMES}
EXAMPLES = Schedules.shipped().examples


@pytest.mark.parametrize("name", ["", "schedules", *COMMANDS])
def test_help(run, golden, name, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    ran = run(*name.split(), "--help")
    assert (ran.code, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 80
    words = ran.out.partition("\nExample:")[0]  # the example is data, and tested by running it
    golden(f"help_{name.replace(' ', '_') or 'feecalc'}", words.rstrip("\n"))


@pytest.mark.parametrize("command", ["quote", "compare"])
def test_every_field_is_an_option(run, command):
    text = run(command, "-h").out
    for field in FIELDS:
        assert f"  {field.option} " in text
        assert f"{field.panel}:" in text


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_example_that_works(run, name, monkeypatch):
    monkeypatch.chdir(Path(__file__).parents[2])
    assert f"\nExample:\n  feecalc {name} " in run(*COMMANDS[name], "--help").out
    ran = run(*COMMANDS[name], *EXAMPLES[name])
    assert (ran.code, ran.err) == (0, "") and ran.out


def test_the_example_can_be_pasted(run):
    import shlex

    text = run("quote", "--help").out.partition("\nExample:\n")[2]
    assert shlex.split(text.replace("\\\n", "")) == ["feecalc", "quote", *EXAMPLES["quote"]]


def test_help_survives_broken_cards(run, monkeypatch, tmp_path):
    from feecalc.schedule import store

    monkeypatch.setattr(store, "shipped_folder", lambda: tmp_path)
    assert run("quote", "--help").code == 0
