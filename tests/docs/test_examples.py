"""Every item file of examples/, quoted on every platform: by the library and by the command line."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from feecalc import Item, compare
from feecalc.schedule.reader import read_yaml

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "examples"
FILES = sorted(file for file in FOLDER.iterdir() if file.suffix in (".yaml", ".json"))


def item_of(file: Path) -> Item:
    """As a program would read it: PyYAML with every scalar as text, or the json module."""
    text = file.read_text(encoding="utf-8")
    fields = json.loads(text, parse_float=str) if file.suffix == ".json" else read_yaml(text, file.name).data
    assert isinstance(fields, dict)
    return Item(**fields)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_library(file: Path) -> None:
    found = compare(item_of(file))
    assert found.quotes
    assert all(quote.profit is not None for quote in found.quotes[:1])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_command_says_the_same(file: Path) -> None:
    command = [sys.executable, "-m", "feecalc", "compare", str(file.relative_to(ROOT)), "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    assert done.stderr == b""
    assert json.loads(done.stdout) == compare(item_of(file)).to_dict()


def test_each_is_described() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [file.name for file in FILES if f"[{file.name}]({file.name})" not in text] == []
