"""The JSON Schemas: every document passes, and nothing else does."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from feecalc.fields import FIELDS
from tests.cli.samples import COMPARED, FULL, SUPPLY


@pytest.fixture
def schema(run):
    def made(what):
        found = json.loads(run("schema", what).out)
        Draft202012Validator.check_schema(found)
        return Draft202012Validator(found)

    return made


def documents():
    return [*COMPARED.to_dict()["quotes"], SUPPLY.to_dict()]


def test_quotes_pass(schema):
    for document in documents():
        assert not list(schema("quote").iter_errors(document))


def test_a_quote_with_one_thing_wrong_does_not(schema):
    validator, document = schema("quote"), FULL.to_dict()
    for key in document:
        assert not validator.is_valid({name: value for name, value in document.items() if name != key}), f"without {key}"
    assert not validator.is_valid({**document, "extra": 1})
    assert not validator.is_valid({**document, "implied_spread": 0.5})
    assert not validator.is_valid({**document, "currency": "usd"})
    assert not validator.is_valid({**document, "fees": [{**document["fees"][0], "basis": "guessed"}]})
    spread = SUPPLY.to_dict()
    del spread["implied_spread"]
    assert not validator.is_valid(spread)


GOOD = [
    {}, {"price": 20.01, "cost": "5 CNY", "duty": "25%", "dims": "10x8x1in", "weight": "12 oz"},
    {"price": None, "platform": ["a", "b:c"], "return_rate": "6%", "acos": 0.3, "sipp": True, "lithium": "false"},
    {"fee": {"referral": "10%", "+x:program": -0.4}, "other_cost": ["a=1", "b=2%"], "fx": "EUR=1.08"},
    {"platforms": {"market-us": {"price": "18.99", "fee": ["referral=10%"]}}, "as_of": "2024-01-15", "pack_of": 2},
    {"discount": "1.50"},
]  # fmt: skip
WRONG = [
    {"prise": 5}, {"price": "abc"}, {"price": -1}, {"weight": 12}, {"weight": "12"}, {"as_of": "15.1.2024"}, {"ads": "yes"},
    {"sipp": "maybe"}, {"return_rate": 6}, {"platforms": {"x": 5}}, {"platforms": {"x": {"prise": 5}}}, {"dims": "10x8in"}, [],
    {"seller_country": "GBR"}, {"duty": "25 percent"}, {"pack_of": 0},
]  # fmt: skip


@pytest.mark.parametrize("item", GOOD)
def test_items_pass(schema, item):
    assert not list(schema("item").iter_errors(item))


@pytest.mark.parametrize("item", WRONG)
def test_other_items_do_not(schema, item):
    assert not schema("item").is_valid(item)


def test_every_field_is_in_the_schema(schema):
    assert set(schema("item").schema["properties"]) == {field.name for field in FIELDS} | {"platforms"}


def test_cards_have_a_schema(schema):
    assert {"title", "sources", "checked"} <= set(schema("card").schema["properties"])
