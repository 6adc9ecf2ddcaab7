"""The platform built in docs/data.md, written to a folder: it checks without a finding and quotes as shown."""

import re
from pathlib import Path

import pytest

from feecalc import Item, Schedules, quote
from feecalc.schedule.check import check

PAGE = (Path(__file__).parents[2] / "docs" / "data.md").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in re.findall(r"^```yaml file=(\S+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def shown(kind: str) -> str:
    found = re.search(rf"^```text {kind}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def findings(folder: Path) -> str:
    report = check(Schedules.shipped(folder), [folder])
    assert report.cards == 2
    return "".join(f"{finding}\n" for finding in report.findings)


def test_checks(folder: Path) -> None:
    assert findings(folder) == ""


def test_quotes(folder: Path) -> None:
    made = quote(
        Item(category="books", price="10.00"), platform="mymarket-us", as_of="2026-04-01", schedules=Schedules.shipped(folder)
    )
    lines = [f"{line.fee} {line.amount} | {line.rule}" for line in made.fees]
    lines += [f"not included: {entry.fee} | {entry.reason}" for entry in made.not_included]
    assert "\n".join(lines) + "\n" == shown("quote")


def test_finding(folder: Path) -> None:
    card = folder / "mymarket-us" / "referral" / "2026-03-01.yaml"
    card.write_text(card.read_text(encoding="utf-8").replace("percent: 12%", "percent: 12"), encoding="utf-8")
    assert findings(folder).removeprefix(f"{folder.name}/") == shown("finding 12% -> 12")
