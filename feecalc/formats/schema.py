"""What may stand in an item file and in a quote, as JSON Schema 2020-12? Strict: no other key, every key there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from feecalc import fields as f
from feecalc.confidence import Confidence
from feecalc.result import QUOTE_SCHEMA, TOTALS

Schema = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NUMBER = r"\d{1,15}(\.\d{1,12})?|\.\d{1,12}"
_AMOUNT = rf"^\s*({_NUMBER})(\s*[A-Z]{{3}})?\s*$"
_PERCENT = rf"({_NUMBER})\s*%"
_BASES = ["charged", "allocated", "expected", "assumed", "yours"]
_GROUPS = list(f.FEE_GROUPS)


def _either(pattern: str, **number: Any) -> Schema:
    """A number, or the text of one: YAML files are read as text."""
    return {"anyOf": [{"type": "number", **number}, {"type": "string", "pattern": pattern}]}


def _text(pattern: str | None = None) -> Schema:
    return {"type": "string"} | ({"pattern": pattern} if pattern else {})


_money = _either(_AMOUNT, minimum=0)
_money_or_share = _either(rf"{_AMOUNT[:-1]}|^\s*{_PERCENT}\s*$".replace(r"\s*|", r"\s*$|"), minimum=0)
_share = _either(rf"^\s*({_PERCENT}|{_NUMBER})\s*$", minimum=0, maximum=1)
_number = _either(rf"^\s*({_NUMBER})\s*$", minimum=0)
_signed = _either(rf"^\s*-?({_PERCENT}|{_NUMBER}(\s*[A-Z]{{3}})?)\s*$")
_flag: Schema = {"anyOf": [{"type": "boolean"}, {"enum": ["true", "false"]}]}


def _pairs(value: Schema) -> Schema:
    """A mapping, `NAME=VALUE`, or a list of those."""
    pair = _text("=")
    return {"anyOf": [{"type": "object", "additionalProperties": value}, pair, {"type": "array", "items": pair}]}


# How each kind of field may be written in a file.
_KINDS: dict[Callable[..., object], Schema] = {
    f.text: {"anyOf": [_text(r"\S"), {"type": "number"}]}, f.identifier: _text(r"^\s*[A-Za-z0-9][A-Za-z0-9_.:-]*\s*$"),
    f.money: _money, f.price: _money, f.money_or_share: _money_or_share, f.share: _share, f.rate: _share,
    f.number: _number, f.positive: _number, f.count: _either(r"^\s*[1-9]\d*\s*$", minimum=1), f.flag: _flag,
    f.date: _text(r"^\s*\d{4}-\d{2}-\d{2}\s*$"), f.weight: _text(rf"^\s*({_NUMBER})\s*[A-Za-z]+\s*$"),
    f.dims: _text(r"^\s*[\d.]+\s*[x×*]\s*[\d.]+\s*[x×*]\s*[\d.]+\s*[A-Za-z\"]+\s*$"),
    f.platforms: {"anyOf": [_text(r"\S"), {"type": "array", "items": _text(r"\S"), "minItems": 1}]},
    f.other_costs: _pairs(_money_or_share), f.own_fees: _pairs(_signed), f.exchange: _pairs(_number),
    f.benchmark: {"const": "benchmark"}, f.country: _text(r"^\s*[A-Za-z]{2}\s*$"),
}  # fmt: skip


def item_schema() -> Schema:
    """What an item file may hold: every field may be left out or null; `platforms` sets fields for one platform alone."""
    fields = {field.name: {"description": field.help, "anyOf": [_KINDS[field.parse], {"type": "null"}]} for field in f.FIELDS}
    own = {"type": "object", "properties": fields, "additionalProperties": False}
    alone = {"description": "Fields for one platform alone, by its id.", "type": "object", "additionalProperties": own}
    return {"$schema": _DIALECT, "title": "feecalc item", **own, "properties": {**fields, "platforms": alone}}


def _object(properties: Schema, *, optional: tuple[str, ...] = ()) -> Schema:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


_plain: Schema = {"type": "number"}
_line_parts = {"amount": _plain, "basis": {"enum": _BASES}}
_fee = _object({
    "fee": _text(), "name": _text(), "group": {"enum": _GROUPS}, **_line_parts, "rule": _text(), "card": _or_null(_text()),
    "confidence": {"enum": [mark.word for mark in Confidence]}, "source": _or_null(_text()),
})  # fmt: skip
_size = _object({"tier": _text(), "billable_weight": _object({"value": _plain, "unit": {"enum": ["oz", "lb", "g", "kg"]}})})
_always = ("gross_revenue", "revenue", "platform_fees", "advertising", "proceeds")
_amount: Schema = {"type": ["number", "string"]}  # text when it carries its own currency, or is a share of something
_mapping: Schema = {"type": "object", "additionalProperties": _amount}
# The item as echoed: what was given, in its own units.
_echoed: dict[Callable[..., object], Schema] = {
    f.number: _plain, f.positive: _plain, f.count: _plain, f.share: _plain, f.rate: _plain, f.flag: {"type": "boolean"},
    f.money: _amount, f.price: _amount, f.money_or_share: _amount, f.other_costs: _mapping, f.own_fees: _mapping,
    f.exchange: _mapping,
}  # fmt: skip


def quote_schema() -> Schema:
    """What a quote is as JSON. `profit_in_base` stands only in a comparison of several currencies."""
    item = {
        field.name: _echoed.get(field.parse, _text())
        for field in f.FIELDS
        if field.name not in ("platform", "as_of", "fulfillment")
    }
    properties: Schema = {
        "schema": {"const": QUOTE_SCHEMA}, "platform": _text(), "fulfillment": _text(),
        "settlement": {"enum": ["commission", "supply_price"]}, "as_of": _text(r"^\d{4}-\d{2}-\d{2}$"),
        "currency": _text("^[A-Z]{3}$"), "item": _object(item, optional=tuple(item)),
        "assumed": {"type": "object", "additionalProperties": {"type": ["string", "number", "boolean"]}},
        "size": _or_null(_size), "fees": {"type": "array", "items": _fee},
        "costs": {"type": "array", "items": _object({"cost": _text(), **_line_parts})},
        "not_included": {"type": "array", "items": _object({"fee": _text(), "reason": _text()})},
        "complete": {"type": "boolean"}, "confidence": {"enum": [mark.word for mark in Confidence]},
        **{name: _plain if name in _always else _or_null(_plain) for name in TOTALS},
        "warnings": {"type": "array", "items": _text()},
        "implied_spread": _or_null(_plain), "profit_in_base": _or_null(_plain),
    }  # fmt: skip
    document = _object(properties, optional=("implied_spread", "profit_in_base"))
    supplied = {"properties": {"settlement": {"const": "supply_price"}}}
    spread = {"if": supplied, "then": {"required": ["implied_spread"]}, "else": {"properties": {"implied_spread": False}}}
    return {"$schema": _DIALECT, "title": "feecalc quote", **document, **spread}


def card_schema() -> Schema:
    """What a card file may hold: the shape; `feecalc schedules check` also knows order, units and references."""
    from feecalc.schedule.models import Card

    return {"$schema": _DIALECT, "title": "feecalc card", **Card.model_json_schema(by_alias=True)}
