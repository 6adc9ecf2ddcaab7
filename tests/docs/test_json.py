"""docs/json.md says something of every key of the documents, and names no other."""

import json
import re
from pathlib import Path

import pytest

from feecalc import Item, compare, quote
from feecalc.cli.main import run
from feecalc.formats.schema import quote_schema

PAGE = Path(__file__).parents[2] / "docs" / "json.md"
ITEM = Item(category="apparel", price="20.01", cost="5", ship_cost="4", as_of="2026-07-01")


def keys(heading: str) -> set[str]:
    """The keys in the first column of the table below a heading."""
    section = re.split(r"^##+ ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    table = next(text for text in section if text.startswith(heading + "\n"))
    return {key for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE) for key in re.findall(r"`(\w+)`", row)}


def test_quote() -> None:
    assert keys("A quote") == set(quote_schema()["properties"])


def test_lines() -> None:
    document = quote(ITEM)
    assert keys("A fee line") == set(document.fees[0].to_dict())
    assert keys("A cost line") == set(document.costs[0].to_dict())


def test_comparison() -> None:
    assert keys("A comparison") == set(compare(ITEM).to_dict())


DOCUMENTS = {
    "A history": "history examples/tee.yaml --platform ebay-us --from 2026-06-01 --to 2026-07-01",
    "A charge": "charge ebay-us/per_order --as-of 2026-07-01 buyer_payment_with_sales_tax=12.00 category=toys",
}


@pytest.mark.parametrize("heading", DOCUMENTS)
def test_other_documents(heading: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PAGE.parents[1])
    assert run([*DOCUMENTS[heading].split(), "--json"]) == 0
    assert set(json.loads(capsys.readouterr().out)) <= keys(heading)
