"""Item files in, CSV and JSON out."""

from __future__ import annotations

import csv
import io
import json as std
from dataclasses import replace
from decimal import Decimal

import pytest

from feecalc.errors import InputError
from feecalc.formats import json, table
from feecalc.formats.items import read_item
from tests.cli.samples import FULL, SUPPLY, VAT


def read(tmp_path, content, name="item.yaml"):
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_item(str(file), io.BytesIO())


def test_yaml_and_json_say_the_same(tmp_path):
    yaml = "sku: 0012\nprice: 20.10\ncost:\nplatforms:\n  market-us: {price: 18.99}\n"
    text = '{"sku": "0012", "price": 20.10, "cost": null, "platforms": {"market-us": {"price": 18.99}}}'
    expected = ({"sku": "0012", "price": "20.10"}, {"market-us": {"price": "18.99"}})
    assert read(tmp_path, yaml) == expected
    assert read(tmp_path, text, "item.json") == expected
    assert read(tmp_path, text, "pipe") == expected
    assert read(tmp_path, "\ufeff" + yaml) == expected
    assert read_item("-", io.BytesIO(text.encode())) == expected
    assert read_item("-", io.BytesIO(b"{price: 20.10}")) == ({"price": "20.10"}, {})


def test_a_number_keeps_its_text(tmp_path):
    fields, _ = read(tmp_path, '{"price": 1e3, "cost": 0.1000, "units": 123456789012345678901234567890}', "item.json")
    assert fields == {"price": "1e3", "cost": "0.1000", "units": "123456789012345678901234567890"}


BAD = {
    "empty": ("", "is empty"), "blank": (" \n\n", "is empty"), "a list": ("- price: 5\n", "holds a list"),
    "one value": ("hello", "holds one value"), "NUL": ("price: 5\x00", "not a text file"),
    "not UTF-8": (b"price: \xff\xfe", "is not UTF-8 text (byte 7)"), "UTF-16": ("price: 5".encode("utf-16"), "is not"),
    "twice": ("price: 5\nprice: 6\n", "price"), "an anchor": ("price: &a 5\ncost: *a\n", "anchor"),
    "broken": ("price: [5", "is not YAML"), "platforms": ("platforms: 5", "platforms: give a mapping"),
    "a platform": ("platforms: {market-us: 5}", "platforms: give a mapping"),
    "deep": ("price: " + "[" * 100_000, "deep"), "deep block": ("- " * 100_000, "deep"), "big": ("#" * 10_000_001, "over 10 MB"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_yaml(tmp_path, name):
    content, words = BAD[name]
    with pytest.raises(InputError, match=r"item\.yaml") as error:
        read(tmp_path, content)
    assert words in str(error.value)
    assert "\n" not in str(error.value)


BAD_JSON = {
    "NaN": ('{"price": NaN}', "NaN is no number"), "Infinity": ('{"price": -Infinity}', "-Infinity is no number"),
    "twice": ('{"price": 1, "price": 2}', "price is given twice"), "broken": ('{"price": 1,\n}', "is not JSON: line 2"),
    "deep": ("[" * 1_000_000, "nested more than 20 deep"), "deepish": ("[" * 30 + "]" * 30, "nested more than 20 deep"),
    "a list": ("[]", "holds a list"), "null": ("null", "holds nothing"), "a number": ("5", "holds one value"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_JSON)
def test_bad_json(tmp_path, name):
    content, words = BAD_JSON[name]
    with pytest.raises(InputError, match=r"item\.json") as error:
        read(tmp_path, content, "item.json")
    assert words in str(error.value)


def test_files_that_are_none(tmp_path):
    for path, words in ((str(tmp_path), "directory"), (str(tmp_path / "no.yaml"), "No such file"), ("a\x00b", "no name"),
                        ("items.csv", "feecalc batch"), ("items.XLSX", "feecalc batch")):  # fmt: skip
        with pytest.raises(InputError) as error:
            read_item(path, io.BytesIO())
        assert words in str(error.value)


def test_cells_that_a_spreadsheet_would_run():
    assert [table.cell(text) for text in ("=1+1", "+x", "-x", "@x")] == ["'=1+1", "'+x", "'-x", "'@x"]
    assert [table.cell(text) for text in ("-3.40", "+5", "-.5", "-5%", "a=b")] == ["-3.40", "+5", "-.5", "-5%", "a=b"]
    assert table.cell(Decimal("-3.40")) == "-3.40"
    assert [table.cell(value) for value in (None, True, False, ("a", "b"), 5)] == ["", "true", "false", "a; b", "5"]


def test_csv_of_quotes():
    text = table.quotes_csv([FULL, replace(VAT, item={"sku": "=x", "fee": {"storage": Decimal("0.12")}, "platform": "given"})])
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows[0]["platform"] == "" and rows[0]["feecalc_platform"] == "market-us"
    assert rows[1]["sku"] == "'=x" and rows[1]["fee:storage"] == "0.12"
    assert rows[0]["selling_fees"] == "4.28" and rows[0]["fulfillment_fees"] == "5.93" and rows[0]["storage_fees"] == "0.51"
    assert rows[0]["billable_weight"] == "1.50 lb" and rows[0]["not_included"] == "inbound_placement"
    assert [name for name in rows[0] if name.removeprefix("feecalc_") in table.QUOTE_COLUMNS] == [
        "platform" if name == "" else name for name in ("platform", "feecalc_platform", *table.QUOTE_COLUMNS[1:])
    ]
    assert text.endswith("\r\n") and text.count("\r\n") == 3


def test_group_sums_are_the_platform_fees():
    for quote in (FULL, SUPPLY):
        row = table.quote_row(quote)
        groups = ("selling_fees", "fulfillment_fees", "storage_fees", "program_fees")
        assert sum(Decimal(str(row[name])) for name in groups) == quote.platform_fees


def test_markdown_cells_cannot_break_their_table():
    text = table.markdown_table(["a|b"], [["one\ntwo | [x](y) *z* `q`"]])
    assert len(text.splitlines()) == 3
    assert text.count(" | ") == 0
    assert "\\|" in text


def test_json_is_readable_and_has_no_nan():
    document = {"sku": "名前 é", "amount": 3.4}
    assert "名前 é" in json.document(document)
    assert std.loads(json.document(document)) == std.loads(json.line(document)) == document
    assert "\n" not in json.line(document)
    with pytest.raises(ValueError, match="Out of range"):
        json.document({"x": float("nan")})
