"""Random items over every shipped platform, drawn towards the bounds of the cards."""

import datetime as dt
from decimal import Decimal

from hypothesis import strategies as st

from feecalc import Schedules

STORE = Schedules.shipped()
PLATFORMS = STORE.platform_ids()
EDGES = ["0.01", "9.99", "10.00", "10.01", "14.99", "15.00", "15.01", "20.00", "20.01", "50.00", "50.01", "500.00", "500.01"]
WEIGHTS = ["1.99oz", "2oz", "2.01oz", "16oz", "16.01oz", "1.25lb", "3lb", "3.01lb", "20lb", "20.01lb", "50lb", "51lb", "151lb"]
DIMS = ["8x6x0.5in", "15x12x0.75in", "15x12x0.76in", "18x14x8in", "18.01x14x8in", "37x28x20in", "59x33x33in", "97x10x10in"]


def _days() -> list[dt.date]:
    dates = {date for platform in PLATFORMS for folder in STORE.folders(platform) for date in STORE.dates(platform, folder)}
    near = {date + dt.timedelta(days=step) for date in dates for step in (-1, 0, 1)}
    return sorted(near | {dt.date(2026, 11, 22), dt.date(2027, 3, 1)})


DAYS = _days()


@st.composite
def amounts(draw, most=99_999):
    return draw(st.sampled_from(EDGES)) if draw(st.booleans()) else str(Decimal(draw(st.integers(1, most))).scaleb(-2))


def shares(most=10_000):
    return st.integers(0, most).map(lambda n: f"{Decimal(n).scaleb(-2):f}%")


@st.composite
def items(draw):
    """Fields of an item that every platform could take; some quotes will still be refused, with a reason."""
    fields = {
        "category": draw(st.sampled_from(sorted(STORE.categories))),
        "price": draw(amounts()),
    }
    optional = {
        "cost": amounts(), "ship_cost": amounts(2000), "shipping": amounts(1500), "duty": shares(5000), "prep": amounts(300),
        "return_rate": shares(4000), "resalable_share": shares(), "return_cost": amounts(900), "buyer_tax_rate": shares(1100),
        "units_per_order": st.integers(1, 4).map(str), "account_monthly_units": st.integers(1, 900).map(str),
        "storage_months": st.sampled_from(["0", "0.5", "1", "2.25", "4"]), "pack_of": st.integers(1, 3).map(str),
        "dangerous_goods": st.sampled_from(["true", "false"]), "discount": shares(5000),
        "vat_registered": st.sampled_from(["true", "false"]), "seller_country": st.sampled_from(["GB", "DE", "FR", "CN"]),
        "central_europe": st.sampled_from(["true", "false"]), "supply_price": amounts(3000), "international_share": shares(),
        "ad_rate": shares(2000), "attributed_share": shares(), "penalty_rate": shares(900),
        "penalty_multiple": st.sampled_from(["1", "5"]),
        "other_cost": st.sampled_from(["royalty=0.40", "insurance=1%"]),
        "fee": st.sampled_from(["referral=10%", "+freight:program=0.70", "+rebate:selling=-0.15"]),
    }  # fmt: skip
    for name, values in optional.items():
        if draw(st.integers(0, 3)) == 0:
            fields[name] = draw(values)
    if draw(st.booleans()):
        fields["dims"], fields["weight"] = draw(st.sampled_from(DIMS)), draw(st.sampled_from(WEIGHTS))
    clicks = {"ad_cpc": "0.95", "ad_conversion": "11%", "ad_share": "35%"}
    ads = draw(st.sampled_from([{}, {"acos": "20%"}, {"tacos": "8%"}, clicks]))
    return {**fields, **ads}
