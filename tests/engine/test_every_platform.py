"""What sellers checked by hand on the other platforms, and what must hold on all of them."""

import datetime as dt
import io
from decimal import Decimal
from pathlib import Path

import pytest

from feecalc import FeecalcError, Item, Schedules, compare, quote
from feecalc.errors import FeeUnknown, MissingInput
from feecalc.formats.items import read_item

D = Decimal
STORE = Schedules.shipped()
HEAVY = {"dims": "121x40x40cm", "weight": "24kg"}
FLAT = {"dims": "20x15x2cm", "weight": "200g"}
BOUGHT = ["temu-us:full_managed", "shein-us:full_managed", "shein-eu:full_managed", "aliexpress-us:choice"]
TEE = Path(__file__).parents[2] / "examples" / "tee.yaml"


def lines(platform, day, **fields):
    made = quote(Item(**fields), platform=platform, as_of=day, schedules=STORE)
    return {line.fee: line.amount for line in made.fees}


@pytest.mark.parametrize(
    ("platform", "day", "fields", "fee", "amount"),
    [
        ("walmart-us:merchant", "2025-06-01", {"category": "apparel", "price": "15.00"}, "referral", "0.75"),
        ("walmart-us:merchant", "2025-06-01", {"category": "apparel", "price": "20.00"}, "referral", "2.00"),
        ("walmart-us:merchant", "2025-06-01", {"category": "apparel", "price": "20.01"}, "referral", "3.00"),
        ("walmart-us:merchant", "2025-06-01", {"category": "jewelry", "price": "300"}, "referral", "52.50"),
        ("walmart-us:merchant", "2025-06-01", {"category": "watches", "price": "2000"}, "referral", "240.00"),
        ("tiktok-us:merchant", "2025-06-01", {"category": "apparel", "price": "12.00"}, "referral", "0.72"),
        ("tiktok-us:merchant", "2024-07-01", {"category": "apparel", "price": "12.00"}, "referral", "0.72"),
        ("tiktok-uk:merchant", "2024-09-01", {"category": "apparel", "price": "100"}, "referral", "5.00"),
        ("tiktok-uk:merchant", "2024-09-02", {"category": "apparel", "price": "100"}, "referral", "9.00"),
        ("etsy-us", "2026-08-10", {"category": "home", "price": "50", "shipping": "10"}, "referral", "3.90"),
        ("etsy-us", "2026-08-10", {"category": "home", "price": "50", "shipping": "10"}, "listing", "0.20"),
        ("shopify-us", "2026-08-10", {"price": "100"}, "payment", "3.20"),
        ("shopify-us", "2026-08-10", {"price": "100", "payment_provider": "paypal"}, "payment", "3.98"),
        ("shopify-us", "2026-08-10", {"price": "100", "payment_provider": "stripe"}, "third_party_gateway", "2.00"),
        ("amazon-uk:merchant", "2026-08-10", {"category": "toys", "price": "19.99"}, "referral", "3.00"),
        ("amazon-de:fba", "2026-08-10", {"category": "other", "price": "100", **HEAVY}, "referral", "20.00"),
        ("amazon-jp:fba", "2026-08-10", {"category": "home", "price": "1000", **FLAT}, "fulfillment", "222"),
        ("ebay-us", "2026-08-10", {"category": "jewelry", "price": "5000.01"}, "referral", "450.00"),
    ],
)  # fmt: skip
def test_figures(platform, day, fields, fee, amount):
    assert lines(platform, day, **fields)[fee] == D(amount)


def test_no_period_of_eight_percent():
    """It was announced for 2024-07-01 and never came."""
    days = [dt.date(2023, 10, 1) + dt.timedelta(days=7 * week) for week in range(160)]
    shares = {lines("tiktok-us:merchant", day, category="apparel", price="100")["referral"] for day in days}
    assert shares == {D("2.00"), D("6.00")}


def test_the_two_columns_of_germany():
    fields = {"category": "home", "price": "30", "dims": "30x20x10cm", "weight": "800g"}
    alone = lines("amazon-de:fba", "2026-08-10", **fields)["fulfillment"]
    assert alone - lines("amazon-de:fba", "2026-08-10", **fields, central_europe="true")["fulfillment"] == D("0.26")


def test_an_envelope_is_never_billed_by_volume():
    made = quote(
        Item(category="home", price="30", dims="33x23x6cm", weight="300g"), platform="amazon-de:fba", as_of="2026-08-10",
        schedules=STORE,
    )  # fmt: skip
    assert (made.size.tier, made.size.weight, made.size.unit) == ("extra_large_envelope", D("300"), "g")  # by volume 911 g


@pytest.mark.parametrize(("weight", "amount"), [("100g", "3.30"), ("101g", "3.35"), ("200g", "3.35"), ("201g", "3.40")])
def test_clothing_pays_for_each_started_100_g(weight, amount):
    fields = {"category": "apparel", "price": "40", "dims": "34x24x6.5cm", "weight": weight}
    assert lines("amazon-de:fba", "2026-08-10", **fields)["fulfillment"] == D(amount)


def unpriced():
    """Ways of platforms whose commission nobody published."""
    for name in STORE.platform_ids():
        plan = STORE.plan(name, dt.date(2026, 8, 10))
        bare = [fee for fee in plan.fees if fee.spec.id == "referral" and fee.card is None]
        yield from (f"{name}:{way.id}" for way in plan.platform.ways if bare and not way.sells_on)


@pytest.mark.parametrize("place", sorted(unpriced()))
def test_without_a_known_rate_there_is_no_number(place):
    item = {"category": "toys", "price": "20", "cost": "5", "ship_cost": "4", "dims": "8x6x1in", "weight": "1lb"}
    with pytest.raises(FeeUnknown) as refused:
        quote(Item(**item), platform=place, as_of="2026-08-10", schedules=STORE)
    assert str(refused.value).endswith("--fee referral=RATE") and "\n" not in str(refused.value)
    figures = ["referral=5%"] + (["fulfillment=3"] if place == "aliexpress-us:semi_managed" else [])
    own = Item(**item, fee=figures)
    assert quote(own, platform=place, as_of="2026-08-10", schedules=STORE).fees[0].basis == "yours"


@pytest.mark.parametrize("place", BOUGHT)
def test_a_supply_price_is_the_revenue(place):
    with pytest.raises(MissingInput, match="give --supply-price"):
        quote(Item(price="20"), platform=place, as_of="2026-08-10", schedules=STORE)
    made = quote(Item(price="20", supply_price="7", cost="5"), platform=place, as_of="2026-08-10", schedules=STORE)
    assert (made.gross_revenue, made.profit, made.platform_fees) == (D("7.00"), D("2.00"), D("0.00"))
    assert (made.take_rate, made.break_even_price, made.break_even_acos, made.max_cpc) == (None, None, None, None)
    retail = D(20) / (1 + D(str(made.assumed["tax_rate"])))
    assert made.implied_spread == ((retail - 7) / retail).quantize(D("0.0001"))


def test_the_shirt_on_every_platform():
    """At least 18 platforms are named, quoted or skipped with a reason, of every family."""
    fields, alone = read_item(str(TEE), io.BytesIO())
    found = compare(Item(**fields, platforms=alone), schedules=STORE)
    named = {made.platform for made in found.quotes} | {entry.platform.partition(":")[0] for entry in found.skipped}
    assert named == set(STORE.platform_ids()) and len({made.platform for made in found.quotes}) >= 18
    families = ("amazon", "tiktok", "temu", "shein", "aliexpress", "walmart", "ebay", "etsy", "shopify")
    assert all(any(name.startswith(family) for name in named) for family in families)
    assert all(entry.reason and "\n" not in entry.reason for entry in found.skipped)


def test_a_seller_who_is_not_registered_pays_the_tax_on_the_fees():
    item = {"category": "toys", "price": "24.00", "fulfillment": "merchant"}
    registered = quote(Item(**item), platform="amazon-uk", as_of="2026-08-10", schedules=STORE)
    alone = quote(Item(**item, vat_registered="false"), platform="amazon-uk", as_of="2026-08-10", schedules=STORE)
    assert (registered.gross_revenue, alone.gross_revenue) == (D("20.00"), D("24.00"))
    fees = {line.fee: line.amount for line in alone.fees}
    assert fees.pop("vat_on_fees") == sum((amount * D("0.2")).quantize(D("0.01"), "ROUND_HALF_UP") for amount in fees.values())


def test_an_amount_in_another_currency_needs_a_rate():
    with pytest.raises(FeecalcError, match="give --fx USD=RATE"):
        quote(Item(category="toys", price="20 USD"), platform="amazon-uk", as_of="2026-08-10", schedules=STORE)
    found = compare(Item(category="toys", price="20"), platforms=["amazon-us:merchant", "amazon-uk:merchant"], as_of="2026-08-10",
                    schedules=STORE)  # fmt: skip
    assert [(entry.platform, "give --fx GBP=RATE" in entry.reason) for entry in found.skipped] == [("amazon-uk:merchant", True)]
