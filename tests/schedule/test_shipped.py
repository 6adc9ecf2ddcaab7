"""The schedules that come with feecalc are sound, say where they were read, and nothing of them stands in Python."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import feecalc
from feecalc.quantity import MINOR_DIGITS
from feecalc.schedule.check import check
from feecalc.schedule.models import Card
from feecalc.schedule.store import Schedules, card_date, read_file, shipped_folder
from feecalc.schedule.validate import validated

FOLDER = shipped_folder()
CARDS = sorted(file for file in FOLDER.glob("*/*/*.yaml") if card_date(file.name))
FILES = sorted(FOLDER.rglob("*.yaml"))
PACKAGE = Path(feecalc.__file__).parent
PLATFORMS = re.compile("amazon|tiktok|temu|shein|walmart|ebay|etsy|shopify|aliexpress", re.IGNORECASE)
NOT_PUBLIC = re.compile(r"archive no\b|archive nr|/work\b|shared/", re.IGNORECASE)


def name(file: Path) -> str:
    return str(file.relative_to(FOLDER))


def test_nothing_is_found() -> None:
    """Every file is read, every case gives its cents, every row is reached."""
    report = check(Schedules.shipped())
    assert [str(finding) for finding in report.findings] == []
    assert report.cards == len(CARDS)
    assert report.cases > report.rows > len(CARDS)


def test_no_platform_stands_in_python() -> None:
    """A new platform is a folder, a new year is a file."""
    named = [
        f"{file.relative_to(PACKAGE)}:{number}: {line.strip()}"
        for file in sorted(PACKAGE.rglob("*.py"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if PLATFORMS.search(line)
    ]
    assert named == []


@pytest.mark.parametrize("file", CARDS, ids=name)
def test_a_card_says_where_it_was_read(file: Path) -> None:
    currency = Schedules.shipped().platform(file.parent.parent.name).currency
    card = validated(Card, read_file(file, name(file)), MINOR_DIGITS[currency])
    assert all(source.title.strip() for source in card.sources)
    assert all(source.retrieved <= card.checked for source in card.sources)
    assert card.checked.year >= 2026


@pytest.mark.parametrize("file", FILES, ids=name)
def test_a_source_is_one_that_a_reader_can_find(file: Path) -> None:
    """No text or comment points to a place that only its author has."""
    lines = file.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if NOT_PUBLIC.search(line)] == []


def addresses(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (text for key, text in value.items() if key == "url")
        for inner in value.values():
            yield from addresses(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from addresses(inner)


@pytest.mark.parametrize("file", CARDS, ids=name)
def test_an_address_is_public(file: Path) -> None:
    private = re.compile(r"https?://(localhost|127\.|10\.|192\.168\.|[^/.]+(/|$))")
    assert [url for url in addresses(read_file(file, name(file)).data) if private.match(url)] == []
