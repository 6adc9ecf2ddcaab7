"""Quotes made by hand, so that the screens are tested without a rate card: the numbers add up, the platforms don't exist."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from feecalc.confidence import Confidence
from feecalc.result import Comparison, CostLine, FeeLine, Labels, NotIncluded, Quote, Size, Skipped

OFFICIAL, COPIED, ONE = Confidence.OFFICIAL, Confidence.CORROBORATED, Confidence.SECONDARY
DAY = dt.date(2026, 11, 22)
SITE = "https://example.com/fees"


def fee(name: str, title: str, group: str, amount: str, rule: str, *, brief: str = "", basis: str = "charged") -> FeeLine:
    """A fee line with a card of its own name."""
    card = None if basis in ("yours", "expected") else f"market-us/{name}/2026-01-15"
    where = f"market-us/{name}/2026-01-15.yaml:31" if card else None
    mark = Confidence.YOURS if basis == "yours" else ONE
    steps = ("the unit is large_standard", "the item price is in 10.00 to 50.00") if name == "fulfillment" else ()
    return FeeLine(name, title, group, Decimal(amount), basis, rule, card, mark, SITE if card else None, brief, where, steps)


FEES = (
    fee("referral", "Referral fee", "selling", "4.50", "15% of 29.99: Sports and Outdoors", brief="15%"),
    fee("referral_refund", "Referral back", "selling", "-0.27", "6% of 4.50", basis="expected"),
    fee(
        "refund_administration",
        "Refund administration fee",
        "selling",
        "0.05",
        "6% of the least of 5.00 and 20% of 4.50",
        brief="6% of 0.90",
        basis="expected",
    ),
    fee(
        "fulfillment",
        "Fulfillment fee",
        "fulfillment",
        "5.73",
        "large_standard, 1.25 lb to 1.5 lb, 10.00 to 50.00: 5.73",
        brief="1.25 to 1.5 lb, 10-50 USD",
    ),
    fee("fuel_surcharge", "Fuel and logistics surcharge", "fulfillment", "0.20", "3.5% of 5.73", brief="3.5% of 5.73"),
    fee(
        "storage",
        "Monthly storage",
        "storage",
        "0.51",
        "0.118 ft3: 0.3 months at 0.78, 1.7 months at 2.40",
        brief="0.118 ft3: 0.3 mo@0.78, 1.7@2.40",
        basis="allocated",
    ),
    fee(
        "advertising",
        "Advertising",
        "advertising",
        "3.02",
        "35% of units x 0.95 a click / 11% orders per click",
        brief="35% of units x 0.95 CPC / 11%",
        basis="yours",
    ),
)
COSTS = (
    CostLine("goods", Decimal("7.40"), "yours"),
    CostLine("duty", Decimal("1.85"), "yours", "25% of 7.40"),
    CostLine("inbound_freight", Decimal("0.95"), "yours"),
    CostLine("resalable_returns", Decimal("-0.31"), "expected", "6% x 50% of 10.20"),
)
ITEM: dict[str, object] = {
    "sku": "PEG-24",
    "category": "sports",
    "price": Decimal("29.99"),
    "dims": "12x8x3in",
    "weight": "1.2lb",
    "cost": Decimal("7.40"),
    "duty": "25%",
    "inbound_freight": Decimal("0.95"),
    "return_rate": Decimal("0.06"),
    "resalable_share": Decimal("0.5"),
    "storage_months": 2,
    "ad_cpc": Decimal("0.95"),
    "ad_conversion": Decimal("0.11"),
    "ad_share": Decimal("0.35"),
}

FULL = Quote(
    platform="market-us",
    fulfillment="own",
    settlement="commission",
    as_of=DAY,
    currency="USD",
    item=ITEM,
    assumed={"as_of": "2026-11-22", "plan": "professional", "tax_rate": 0},
    size=Size("large_standard", "Large standard", Decimal("1.50"), "lb", ("dimensional weight 1.46 lb is more than 1.2 lb",)),
    fees=FEES,
    costs=COSTS,
    not_included=(NotIncluded("inbound_placement", "no 2026 table (--fee inbound_placement=AMOUNT)", "Inbound placement"),),
    gross_revenue=Decimal("29.99"),
    revenue=Decimal("28.19"),
    platform_fees=Decimal("10.72"),
    advertising=Decimal("3.02"),
    proceeds=Decimal("14.45"),
    landed_cost=Decimal("10.20"),
    seller_costs=Decimal("9.89"),
    profit=Decimal("4.56"),
    take_rate=Decimal("0.4874"),
    take_rate_before_ads=Decimal("0.3803"),
    channel_cost_rate=Decimal("0.4874"),
    margin=Decimal("0.1618"),
    roi=Decimal("0.4471"),
    break_even_price=Decimal("24.27"),
    max_landed_cost=Decimal("14.89"),
    max_cpc=Decimal("0.83"),
    break_even_acos=Decimal("0.2527"),
    warnings=("Ads: ACOS 28.8% is above break-even: each ad sale loses 1.06",),
    labels=Labels("Market", "Own", "Sports and Outdoors", "platform", 2, ("Listings need approval in this category",), DAY),
)

# A quote that lacks the costs, and one in another currency with VAT.
BARE = replace(
    FULL,
    item={"category": "sports", "price": Decimal("29.99")},
    fees=FEES[:1],
    costs=(),
    not_included=(),
    size=None,
    revenue=Decimal("29.99"),
    platform_fees=Decimal("4.50"),
    advertising=Decimal("0.00"),
    proceeds=Decimal("25.49"),
    landed_cost=None,
    seller_costs=None,
    profit=None,
    take_rate=Decimal("0.1501"),
    take_rate_before_ads=Decimal("0.1501"),
    channel_cost_rate=None,
    margin=None,
    roi=None,
    break_even_price=None,
    max_landed_cost=None,
    max_cpc=None,
    break_even_acos=None,
    warnings=(),
    fulfillment="merchant",
    labels=Labels("Market", "you", "Sports and Outdoors", "seller", 2, (), DAY),
)
VAT = replace(
    FULL,
    platform="market-de",
    currency="EUR",
    gross_revenue=Decimal("25.20"),
    revenue=Decimal("23.69"),
    profit=Decimal("0.06"),
    margin=Decimal("0.0025"),
    roi=Decimal("0.0059"),
    proceeds=Decimal("9.95"),
    assumed={"plan": "professional", "tax_rate": Decimal("0.19")},
)
SUPPLY = replace(
    FULL,
    platform="fullmanaged-us",
    settlement="supply_price",
    fees=(),
    costs=COSTS[:1],
    not_included=(),
    fulfillment="platform",
    item={"category": "sports", "price": Decimal("29.99"), "supply_price": Decimal("9.50"), "cost": Decimal("7.40")},
    gross_revenue=Decimal("9.50"),
    revenue=Decimal("9.50"),
    platform_fees=Decimal("0.00"),
    advertising=Decimal("0.00"),
    proceeds=Decimal("9.50"),
    landed_cost=Decimal("7.40"),
    seller_costs=Decimal("7.40"),
    profit=Decimal("2.10"),
    take_rate=None,
    take_rate_before_ads=None,
    channel_cost_rate=None,
    margin=Decimal("0.2211"),
    roi=Decimal("0.2838"),
    break_even_price=None,
    max_cpc=None,
    break_even_acos=None,
    implied_spread=Decimal("0.6832"),
    warnings=(),
    max_landed_cost=Decimal("9.50"),
    labels=Labels("Full", "platform", None, "platform", 2),
)

EDGES = ("at 1.25 lb (now 1.46 lb dimensional) you keep 0.40 more",)
COMPARED = Comparison(
    DAY,
    "USD",
    (FULL, VAT, SUPPLY, BARE),
    (
        Skipped("shop-us", "no published rate: --fee referral=RATE"),
        Skipped("quiet-us", "no table of fulfillment before 2026-03-01"),
    ),
    {0: Decimal("4.56"), 1: Decimal("0.06"), 2: Decimal("2.10"), 3: None},
    rates={"EUR": Fraction("1.08")},
)
