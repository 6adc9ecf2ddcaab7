"""Every example of docs/economics.md, computed: an `item` block is quoted, each field of its `expect` block must come out."""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from feecalc import Item, Quote, quote
from feecalc.errors import FeecalcError
from feecalc.schedule.reader import Value, read_yaml

PAGE = Path(__file__).parents[2] / "docs" / "economics.md"
_BLOCK = re.compile(r"^```yaml (item|expect)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def examples() -> Iterator[object]:
    """Each item with the expectation below it, named by its line."""
    text = PAGE.read_text(encoding="utf-8")
    blocks = [(text.count("\n", 0, found.start()) + 2, found[1], found[2]) for found in _BLOCK.finditer(text)]
    assert [kind for _, kind, _ in blocks] == ["item", "expect"] * (len(blocks) // 2)
    for (line, _, item), (_, _, expected) in zip(blocks[::2], blocks[1::2], strict=True):
        yield pytest.param(item, expected, id=f"line {line}")


@pytest.mark.parametrize(("item", "expected"), list(examples()))
def test_example(item: str, expected: str) -> None:
    wanted = mapping(expected)
    try:
        found = fields(quote(Item(**mapping(item))))
    except FeecalcError as error:
        found = {"error": str(error)}
    assert {name: found.get(name) for name in wanted} == {name: without_more(value) for name, value in wanted.items()}


def mapping(text: str) -> dict[str, Value]:
    data = read_yaml(text, str(PAGE)).data
    assert isinstance(data, dict)
    return data


def without_more(value: Value) -> object:
    return dict(sorted(value.items())) if isinstance(value, dict) else value


def fields(made: Quote) -> dict[str, object]:
    """The quote as the text of an `expect` block: every decimal with its digits, unknown as null."""
    found: dict[str, object] = {name: said(getattr(made, name)) for name in dir(made) if not name.startswith("_")}
    found["fees"] = dict(sorted((line.fee, said(line.amount)) for line in made.fees))
    found["costs"] = dict(sorted((line.cost, said(line.amount)) for line in made.costs))
    found["not_included"] = [entry.fee for entry in made.not_included]
    found["warnings"] = list(made.warnings)
    return found


def said(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def test_every_total_has_its_example() -> None:
    from feecalc.result import TOTALS

    text = "".join(match[2] for match in _BLOCK.finditer(PAGE.read_text(encoding="utf-8")))
    assert [name for name in TOTALS if not re.search(rf"^{name}: (?!null)", text, re.MULTILINE)] == []
