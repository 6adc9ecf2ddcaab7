"""The scalars of a card: text in, exact values out, with the words of what would do."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from fractions import Fraction
from typing import Annotated, Any

from pydantic import PlainValidator, ValidationInfo, WithJsonSchema

from feecalc.confidence import LEVELS, Confidence
from feecalc.quantity import PLAIN, Dimension, parse_measure, parse_number, parse_percent

_AMOUNTS = {True: re.compile(r"[0-9]{1,9}\.[0-9]{2,6}"), False: re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,6})?")}
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _reader(parse: Callable[[str], Any], example: str) -> PlainValidator:
    def read(value: object) -> Any:
        if not isinstance(value, str):
            raise ValueError(f"must be plain text{f', as in {example}' if example else ''}")
        return parse(value)

    return PlainValidator(read)


def digits_of(info: ValidationInfo) -> int:
    """The minor digits of the file's currency: what is read is told by whoever reads it."""
    return int((info.context or {}).get("digits", 2))


def _money_reader(parse: Callable[[str, int], Any], example: str) -> PlainValidator:
    """Like `_reader`, for what is written with the currency's decimals."""

    def read(value: object, info: ValidationInfo) -> Any:
        if not isinstance(value, str):
            raise ValueError(f"must be plain text, as in {example}")
        return parse(value, digits_of(info))

    return PlainValidator(read)


def _text(pattern: str, example: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": pattern, "examples": [example]})


def _matching(pattern: str, words: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(f"{quoted(text)} {words}")
        return text

    return parse


def quoted(text: object) -> str:
    """A value as messages show it: on one line, and not endless."""
    shown = repr(text)
    return shown if len(shown) <= 62 else f"{shown[:60]}…{shown[-1]}"


def text_of(text: str) -> str:
    """A text that says something."""
    if not text.strip():
        raise ValueError("has nothing in it; write a text")
    return text


def amount_of(text: str, digits: int = 2) -> Fraction:
    """`3.40` -> 17/5; the currency's decimals must be written, where it has some."""
    if not _AMOUNTS[digits > 0].fullmatch(text):
        example = "3.40" if digits else "288"
        raise ValueError(f"{quoted(text)} is no amount; write it with the currency's decimals, as in {example}")
    return Fraction(text)


def signed_amount_of(text: str, digits: int) -> str:
    """The same with a sign before it, kept as it is written."""
    amount_of(text.removeprefix("-"), digits)
    return text


def percent_of(text: str) -> Fraction:
    """`15%` -> 3/20; the sign must be written."""
    share = parse_percent(text)
    if share is None:
        raise ValueError(f"{quoted(text)} is no share; write it with its sign, as in 15%")
    return share


class Measure:
    """A weight, length, volume or divisor of a card: exact value, dimension, and the text as published."""

    __slots__ = ("dimension", "text", "value")

    def __init__(self, text: str) -> None:
        number = parse_number(text)
        found = parse_measure(text) if number is None else (number, PLAIN)
        if found is None:
            raise ValueError(f"{quoted(text)} has no known unit; write as in 6 oz, 15 in, 1 ft3 or 139 in3/lb")
        self.text = text
        self.value: Fraction = found[0]
        self.dimension: Dimension = found[1]


def measure_or_amount(text: str, digits: int) -> Measure | Fraction:
    """A bound: `15.00` is money, `6 oz` a measure; a bare `1000` may be yen or a plain number, which its quantity decides."""
    if digits and _AMOUNTS[True].fullmatch(text):
        return amount_of(text)
    if parse_measure(text) is None and parse_number(text) is None:
        raise ValueError(f"{quoted(text)} is no bound; write an amount, as in 15.00, or a measure with its unit, as in 6 oz")
    return Measure(text)


def date_of(text: str) -> dt.date:
    """`2024-01-15`, a day that exists."""
    try:
        return dt.date.fromisoformat(text if _DATE.fullmatch(text) else "")
    except ValueError:
        raise ValueError(f"{quoted(text)} is no day; write it as 2024-01-15") from None


def flag_of(text: str) -> bool:
    """`true` or `false`."""
    if text not in ("true", "false"):
        raise ValueError(f"{quoted(text)} is neither true nor false")
    return text == "true"


def confidence_of(text: str) -> Confidence:
    """One of the four words."""
    if text not in LEVELS:
        raise ValueError(f"{quoted(text)} is no confidence; choose {', '.join(LEVELS)}")
    return Confidence[text.upper()]


def months_of(text: str) -> frozenset[int]:
    """`1-9` -> January to September; `11` and `1, 12` work too."""
    months: set[int] = set()
    for part in text.split(","):
        found = re.fullmatch(r"\s*([0-9]{1,2})(?:\s*-\s*([0-9]{1,2}))?\s*", part)
        low, high = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 1 <= low <= high <= 12:
            raise ValueError(f"{quoted(text)} are no months; write as in 1-9 or 10-12")
        months.update(range(low, high + 1))
    return frozenset(months)


def _word(pattern: str, example: str, words: str) -> tuple[PlainValidator, WithJsonSchema]:
    return _reader(_matching(pattern, words), example), _text(f"^{pattern}$", example)


Text = Annotated[str, _reader(text_of, ""), WithJsonSchema({"type": "string", "minLength": 1, "examples": ["…"]})]
Id = Annotated[str, *_word("[a-z0-9][a-z0-9_-]*", "home", "is no id; write small letters, digits, - and _")]
IdOrCountry = Annotated[str, *_word("[a-z0-9][a-z0-9_-]*|[A-Z]{2}", "home", "is no id; write small letters, digits, - and _")]
Subject = Annotated[str, *_word("[a-z][a-z0-9_]*", "item_price", "is no name here; write small letters, digits and _")]
Url = Annotated[str, *_word(r"https?://\S+", "https://example.com", "is no address; write it whole, as in https://example.com")]
CurrencyCode = Annotated[str, *_word("[A-Z]{3}", "USD", "is no currency; write its three letters, as in USD")]
CountryCode = Annotated[str, *_word("[A-Z]{2}", "US", "is no country; write its two letters, as in US")]
SignedAmount = Annotated[str, _money_reader(signed_amount_of, "3.40"), _text(r"^-?\d+(\.\d{1,6})?$", "3.40")]
AmountScalar = Annotated[Fraction, _money_reader(amount_of, "3.40"), _text(r"^\d+(\.\d{1,6})?$", "3.40")]
PercentScalar = Annotated[Fraction, _reader(percent_of, "15%"), _text(r"^\d+(\.\d+)?%$", "15%")]
MeasureScalar = Annotated[Measure, _reader(Measure, "6 oz"), _text(r"^[\d.]+ ?[a-z0-9/]+$", "6 oz")]
BoundScalar = Annotated[Measure | Fraction, _money_reader(measure_or_amount, "15.00"), _text(r"^[\d.]+( ?[a-z0-9/]+)?$", "15.00")]
DateScalar = Annotated[dt.date, _reader(date_of, "2024-01-15"), _text(r"^\d{4}-\d{2}-\d{2}$", "2024-01-15")]
FlagScalar = Annotated[bool, _reader(flag_of, "true"), _text("^(true|false)$", "true")]
ConfidenceScalar = Annotated[Confidence, _reader(confidence_of, "secondary"), _text(f"^({'|'.join(LEVELS)})$", "secondary")]
MonthsScalar = Annotated[frozenset[int], _reader(months_of, "1-9"), _text(r"^\d{1,2}(-\d{1,2})?(, ?\d{1,2}(-\d{1,2})?)*$", "1-9")]
