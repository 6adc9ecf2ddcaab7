"""The fields of an item: one table from which options, JSON keys, schema and help are made.

Each kind of value has one parser here; what it refuses, it refuses with the words of what would do.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from feecalc.errors import InputError
from feecalc.quantity import (
    LENGTH,
    LENGTH_UNITS,
    MINOR_DIGITS,
    WEIGHT,
    WEIGHT_UNITS,
    Amount,
    Dims,
    Share,
    Weight,
    parse_amount,
    parse_measure,
    parse_number,
    parse_percent,
)

MOST_MONEY = Decimal("1e9")
MOST_GRAMS = Fraction(10_000_000)
MOST_MM = Fraction(20_000)
_DIMS = re.compile(r"([\d.]+)\s*[x×*]\s*([\d.]+)\s*[x×*]\s*([\d.]+)\s*([a-zA-Z\"]*)")
_ID = re.compile(r"[a-z0-9][a-z0-9_.:-]*")
FEE_GROUPS = ("selling", "fulfillment", "storage", "program", "advertising")


@dataclass(frozen=True, slots=True)
class OwnFee:
    """The seller's own figure for a fee: `storage=0.12`, `referral=10%`, `+insurance:program=0.40`."""

    name: str
    value: Amount | Share
    group: str | None = None

    @property
    def added(self) -> bool:
        """True when it is a fee of its own, not in place of the platform's."""
        return self.group is not None


Parsed = object


def _clean(field: str, raw: object, *, remedy: str) -> str:
    if isinstance(raw, bool) or not isinstance(raw, str | int | Decimal):
        kind = "a float is not exact; " if isinstance(raw, float) else ""
        raise InputError(field, raw, kind + remedy)
    text = str(raw).strip()
    if not text or "\x00" in text:
        raise InputError(field, text, remedy)
    return text


def text(field: str, raw: object) -> str:
    """Any one-line text, never read as a number."""
    value = _clean(field, raw, remedy="give a text")
    if len(value) > 500 or "\n" in value:
        raise InputError(field, value, "give one line of at most 500 characters")
    return value


def identifier(field: str, raw: object) -> str:
    """An id in lower case: words joined by dashes."""
    value = _clean(field, raw, remedy="give an id").lower()
    if not _ID.fullmatch(value):
        raise InputError(field, value, "an id has letters, digits and dashes only")
    return value


def money(field: str, raw: object) -> Amount:
    """An amount of zero or more, with its own currency or in the platform's."""
    remedy = "give an amount, as in 12.50 or 22.50 EUR"
    value = _clean(field, raw, remedy=remedy)
    amount = parse_amount(value)
    if amount is None:
        raise InputError(field, value, remedy)
    if amount.value < 0:
        raise InputError(field, value, "can't be negative")
    return _bounded(field, value, amount)


def _bounded(field: str, shown: str, amount: Amount) -> Amount:
    if abs(amount.value) >= MOST_MONEY:
        raise InputError(field, shown, f"must be below {MOST_MONEY:,.0f}")
    places = -int(amount.value.as_tuple().exponent)
    if places > 6:
        raise InputError(field, shown, "has more than 6 decimals")
    return amount


def price(field: str, raw: object) -> Amount:
    """A price that buyers can pay: at most the currency's minor digits (checked again with the platform's currency)."""
    amount = money(field, raw)
    check_minor_digits(field, amount, MINOR_DIGITS[amount.currency] if amount.currency else 2, amount.currency)
    return amount


def check_minor_digits(field: str, amount: Amount, digits: int, currency: str | None) -> None:
    """Refuse 19.995 where the currency has two decimals; trailing zeros are no decimals."""
    if (Fraction(amount.value) * 10**digits).denominator != 1:
        raise InputError(field, str(amount.value), f"{currency or 'a price'} has at most {digits} decimals")


def money_or_share(field: str, raw: object) -> Amount | Share:
    """`1.85`, or `25%` of what the field is a part of."""
    value = _clean(field, raw, remedy="give an amount or a share, as in 1.85 or 25%")
    part = parse_percent(value)
    return money(field, value) if part is None else Share(part)


def signed_money_or_share(field: str, raw: object) -> Amount | Share:
    """Like `money_or_share`; a credit is negative."""
    value = _clean(field, raw, remedy="give an amount or a share, as in 0.40 or 10%")
    part = parse_percent(value.lstrip("-"))
    if part is not None:
        return Share(-part if value.startswith("-") else part)
    amount = parse_amount(value)
    if amount is None:
        raise InputError(field, value, "give an amount or a share, as in 0.40 or 10%")
    return _bounded(field, value, amount)


def share(field: str, raw: object) -> Fraction:
    """A part of one: `15%` or `0.15`. A bare 15 is refused, because it may mean either."""
    value = rate(field, raw)
    if value > 1:
        raise InputError(field, str(raw), "a share is at most 100%")
    return value


def rate(field: str, raw: object) -> Fraction:
    """A ratio that may pass one, such as an ACOS: `120%` or `0.3`."""
    remedy = "give a share, as in 15% or 0.15"
    value = _clean(field, raw, remedy=remedy)
    part = parse_percent(value)
    number = parse_number(value) if part is None else part
    if number is None or (part is None and number > 1) or number > 100:
        raise InputError(field, value, remedy)
    return number


def number(field: str, raw: object) -> Fraction:
    """A number of zero or more, with or without decimals."""
    value = _clean(field, raw, remedy="give a number, as in 2 or 1.5")
    found = parse_number(value)
    if found is None or found >= 10**9:
        raise InputError(field, value, "give a number of zero or more, as in 2 or 1.5")
    return found


def positive(field: str, raw: object) -> Fraction:
    """A number above zero."""
    value = number(field, raw)
    if value == 0:
        raise InputError(field, str(raw), "must be more than 0")
    return value


def count(field: str, raw: object) -> Fraction:
    """A whole number of at least one."""
    value = positive(field, raw)
    if value.denominator != 1:
        raise InputError(field, str(raw), "give a whole number")
    return value


def flag(field: str, raw: object) -> bool:
    """`true` or `false`."""
    if isinstance(raw, bool):
        return raw
    value = _clean(field, raw, remedy="give true or false").lower()
    if value not in ("true", "false"):
        raise InputError(field, value, "give true or false")
    return value == "true"


def date(field: str, raw: object) -> dt.date:
    """A day as `2024-01-15`."""
    if isinstance(raw, dt.date) and not isinstance(raw, dt.datetime):
        return raw
    value = _clean(field, raw, remedy="give a day, as in 2024-01-15")
    try:
        return dt.date.fromisoformat(value) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) else _refuse_date(field, value)
    except ValueError:
        return _refuse_date(field, value)


def _refuse_date(field: str, value: str) -> dt.date:
    raise InputError(field, value, "give a day, as in 2024-01-15")


def weight(field: str, raw: object) -> Weight:
    """`12oz`, `0.8lb`, `350g`, `1.2kg`; a bare number is refused."""
    remedy = f"give a weight with its unit ({', '.join(WEIGHT_UNITS)}), as in 12oz"
    value = _clean(field, raw, remedy=remedy)
    found = parse_measure(value)
    if found is None or found[1] != WEIGHT:
        raise InputError(field, value, remedy)
    if found[0] == 0:
        raise InputError(field, value, "must be more than 0")
    if found[0] > MOST_GRAMS:
        raise InputError(field, value, "is over 10,000 kg; check the unit")
    return Weight(value, found[0])


def dims(field: str, raw: object) -> Dims:
    """`10x8x1in`, `25x20x3cm`: three sides in any order and their unit."""
    remedy = f"give three sides with their unit ({', '.join(LENGTH_UNITS)}), as in 10x8x1in"
    value = _clean(field, raw, remedy=remedy)
    found = _DIMS.fullmatch(value)
    if not found or not found[4]:
        raise InputError(field, value, remedy)
    sides = sorted((_side(field, value, found[i] + found[4], remedy) for i in (1, 2, 3)), reverse=True)
    return Dims(value, (sides[0], sides[1], sides[2]))


def _side(field: str, shown: str, side: str, remedy: str) -> Fraction:
    found = parse_measure(side)
    if found is None or found[1] != LENGTH:
        raise InputError(field, shown, remedy)
    if found[0] == 0:
        raise InputError(field, shown, "every side must be more than 0")
    if found[0] > MOST_MM:
        raise InputError(field, shown, "a side is over 20 m; check the unit")
    return found[0]


def _pairs(field: str, raw: object, example: str) -> list[tuple[str, object]]:
    """`name=value`, a list of them, or a mapping, as pairs in their order."""
    if isinstance(raw, Mapping):
        return [(str(key), value) for key, value in raw.items()]
    pairs: list[tuple[str, object]] = []
    for entry in raw if isinstance(raw, list | tuple) else [raw]:
        entry_text = _clean(field, entry, remedy=f"give NAME=VALUE, as in {example}")
        name, equals, value = entry_text.partition("=")
        if not (name.strip() and equals and value.strip()):
            raise InputError(field, entry_text, f"give NAME=VALUE, as in {example}")
        pairs.append((name.strip(), value.strip()))
    return pairs


def _once(field: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise InputError(field, name, "is given twice")


def other_costs(field: str, raw: object) -> tuple[tuple[str, Amount | Share], ...]:
    """`royalty=0.40`, `insurance=1%`: costs of the seller's own, in order."""
    pairs = _pairs(field, raw, "royalty=0.40 or insurance=1%")
    _once(field, [name for name, _ in pairs])
    return tuple((text(field, name), money_or_share(f"{field} {name}", value)) for name, value in pairs)


def own_fees(field: str, raw: object) -> tuple[OwnFee, ...]:
    """`storage=0.12`, `referral=10%`, `+insurance:program=0.40`."""
    fees = tuple(_own_fee(field, name, value) for name, value in _pairs(field, raw, "storage=0.12 or +name:program=0.40"))
    _once(field, [fee.name for fee in fees])
    return fees


def _own_fee(field: str, name: str, raw: object) -> OwnFee:
    value = signed_money_or_share(f"{field} {name}", raw)
    if not name.startswith("+"):
        return OwnFee(identifier(field, name), value)
    own, _, group = name[1:].partition(":")
    if group not in FEE_GROUPS:
        raise InputError(field, name, f"say its group, as in +{own or 'name'}:program=0.40 ({', '.join(FEE_GROUPS)})")
    return OwnFee(identifier(field, own), value, group)


def exchange(field: str, raw: object) -> tuple[tuple[str, Fraction], ...]:
    """`EUR=1.08`: one unit of that currency in the first platform's currency."""
    rates = []
    for code, value in _pairs(field, raw, "EUR=1.08"):
        if code not in MINOR_DIGITS:
            raise InputError(field, code, f"is no known currency ({', '.join(MINOR_DIGITS)})")
        rates.append((code, positive(f"{field} {code}", value)))
    _once(field, [code for code, _ in rates])
    return tuple(rates)


def platforms(field: str, raw: object) -> tuple[str, ...]:
    """One id, a list of them, or `one;another` in a cell."""
    entries = raw if isinstance(raw, list | tuple) else [raw]
    names = [identifier(field, part) for entry in entries for part in str(entry).split(";") if part.strip()]
    _once(field, names)
    return tuple(names)


def benchmark(field: str, raw: object) -> str:
    """The only word: `benchmark`."""
    value = _clean(field, raw, remedy="the only choice is: benchmark")
    if value != "benchmark":
        raise InputError(field, value, "the only choice is: benchmark")
    return value


def country(field: str, raw: object) -> str:
    """Two letters, as in GB."""
    value = _clean(field, raw, remedy="give a country's two letters, as in GB").upper()
    if not re.fullmatch(r"[A-Z]{2}", value):
        raise InputError(field, value, "give a country's two letters, as in GB")
    return value


Parser = Callable[[str, object], Parsed]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an item: how it is read, and what the help says of it."""

    name: str
    parse: Parser
    panel: str
    metavar: str
    help: str
    repeated: bool = False

    @property
    def option(self) -> str:
        """`ad_cpc` -> `--ad-cpc`."""
        return "--" + self.name.replace("_", "-")


def _f(panel: str, name: str, parse: Parser, metavar: str, help: str, *, repeated: bool = False) -> Field:
    return Field(name, parse, panel, metavar, help, repeated)


_SALE, _UNIT, _COST, _RET, _ADS, _ACC, _OWN = (
    "The sale", "The packed unit", "Your costs", "Returns and storage", "Advertising", "Account", "Your own figures",
)  # fmt: skip

FIELDS: tuple[Field, ...] = (
    _f(_SALE, "sku", text, "TEXT", "Your own name for it; echoed back, never read as a number."),
    _f(_SALE, "platform", platforms, "ID", "Marketplace and country; ID:WAY names a way of fulfilment with it.", repeated=True),
    _f(_SALE, "category", text, "ID|NAME", "Category id, or a name printed on the card in force."),
    _f(_SALE, "price", price, "AMOUNT", "List price of one unit, tax inside where buyers see it so."),
    _f(_SALE, "discount", money_or_share, "AMOUNT|SHARE", "Off the price of every unit (coupon, sale)."),
    _f(_SALE, "shipping", price, "AMOUNT", "Shipping charged to the buyer (default 0)."),
    _f(_SALE, "gift_wrap", price, "AMOUNT", "Gift wrap charged to the buyer (default 0)."),
    _f(_SALE, "tax_rate", share, "SHARE", "VAT inside the price (default: the platform's usual)."),
    _f(_SALE, "buyer_tax_rate", share, "SHARE", "Sales tax the buyer pays on top, where fees look at it."),
    _f(_SALE, "units_per_order", positive, "NUMBER", "Units in an average order (default 1)."),
    _f(_SALE, "supply_price", price, "AMOUNT", "What the platform pays you, where it sets the retail price."),
    _f(_SALE, "international_share", share, "SHARE", "Part of the orders that go to buyers abroad (default 0)."),
    _f(_SALE, "payment_provider", identifier, "ID", "Who processes the payment, where the shop chooses (default: its usual)."),
    _f(_SALE, "penalty_rate", share, "SHARE", "Part of the units you expect to be penalised for."),
    _f(_SALE, "penalty_multiple", number, "NUMBER", "How many times the unit's amount such a penalty is."),
    _f(_SALE, "as_of", date, "DATE", "The day the unit ships: it picks every card (default today)."),
    _f(_UNIT, "dims", dims, "LxWxH", "Sides of the packed unit with their unit: 10x8x1in, 25x20x3cm."),
    _f(_UNIT, "weight", weight, "WEIGHT", "Weight of the packed unit with its unit: 12oz, 0.8lb, 350g."),
    _f(_UNIT, "fulfillment", identifier, "WAY", "Who ships: a platform's own way, merchant, or platform (= its own)."),
    _f(_UNIT, "dangerous_goods", flag, "true|false", "Handled as dangerous goods."),
    _f(_UNIT, "lithium", flag, "true|false", "Holds a lithium battery."),
    _f(_UNIT, "sipp", flag, "true|false", "Ships in its own packaging."),
    _f(_UNIT, "central_europe", flag, "true|false", "In the Central Europe programme."),
    _f(_UNIT, "pad_thin_sides", flag, "true|false", "Count thin sides as the minimum, where sources disagree on it."),
    _f(_COST, "cost", money, "AMOUNT", "Goods, one piece. Without it profit is unknown."),
    _f(_COST, "duty", money_or_share, "AMOUNT|SHARE", "Import duty; a share is of the cost (default 0)."),
    _f(_COST, "inbound_freight", money, "AMOUNT", "Freight to the warehouse door (default 0)."),
    _f(_COST, "prep", money, "AMOUNT", "Preparation and labelling (default 0)."),
    _f(_COST, "pack_of", count, "NUMBER", "Pieces in the unit sold (default 1)."),
    _f(_COST, "ship_cost", money, "AMOUNT", "All of your own shipping: label, box, pick and pack."),
    _f(_COST, "other_cost", other_costs, "NAME=VALUE", "A cost of your own; a share is of gross revenue.", repeated=True),
    _f(_RET, "return_rate", share, "SHARE", "Part of the units that come back (default 0)."),
    _f(_RET, "resalable_share", share, "SHARE", "Part of the returns that can be sold again."),
    _f(_RET, "return_cost", money, "AMOUNT", "Label and handling of one return (default 0)."),
    _f(_RET, "storage_months", number, "NUMBER", "Months in the platform's warehouse, ending on --as-of."),
    _f(_RET, "age_days", number, "NUMBER", "Days the unit has lain in the platform's network: aged-inventory fees."),
    _f(_RET, "days_of_supply_90", number, "NUMBER", "Days the stock lasts, by the sales of 90 days: low-inventory fees."),
    _f(_RET, "days_of_supply_30", number, "NUMBER", "Days the stock lasts, by the sales of 30 days: low-inventory fees."),
    _f(_RET, "utilization_weeks", number, "NUMBER", "Storage utilization ratio in weeks: the storage surcharge."),
    _f(_RET, "inbound_split", identifier, "SPLIT", "How shipments to the platform are split: minimal, partial, optimized."),
    _f(_ADS, "ad_cpc", money, "AMOUNT", "Cost of one click."),
    _f(_ADS, "ad_conversion", share, "SHARE", "Orders per click."),
    _f(_ADS, "ad_share", share, "SHARE", "Part of the units sold through ads (default 100%)."),
    _f(_ADS, "acos", rate, "SHARE", "Ad spend over ad sales."),
    _f(_ADS, "tacos", rate, "SHARE", "Ad spend over all sales."),
    _f(_ADS, "ad_rate", share, "SHARE", "Your rate of ads or affiliates that are paid by the sale."),
    _f(_ADS, "attributed_share", share, "SHARE", "Part of the units sold through ads or affiliates paid by the sale."),
    _f(_ADS, "ads", benchmark, "benchmark", "Take click price and conversion from the advertising card."),
    _f(_ACC, "plan", identifier, "PLAN", "Selling plan (default: the platform's usual)."),
    _f(_ACC, "account_monthly_units", positive, "NUMBER", "Units of the whole account: spreads the plan's monthly fee."),
    _f(_ACC, "monthly_units", number, "NUMBER", "Units of this SKU a month."),
    _f(_ACC, "units", number, "NUMBER", "Units sold, for totals."),
    _f(_ACC, "vat_registered", flag, "true|false", "Registered for VAT (default true)."),
    _f(_ACC, "seller_country", country, "CC", "Your country (default: the platform's)."),
    _f(_OWN, "fee", own_fees, "NAME=VALUE", "Your figure in place of a fee; +name:group=VALUE adds one.", repeated=True),
    _f(_OWN, "fx", exchange, "CUR=RATE", "One unit of that currency in the first platform's.", repeated=True),
)

FIELD: dict[str, Field] = {field.name: field for field in FIELDS}
