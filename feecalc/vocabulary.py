"""The words a card may use without declaring them: quantities with their dimension, yes-or-no fields, closed lists of ids."""

from __future__ import annotations

from feecalc.quantity import LENGTH, MONEY, PLAIN, VOLUME, WEIGHT, Dimension

MONEY_QUANTITIES = (
    "item_price", "buyer_payment", "buyer_payment_without_tax", "buyer_payment_with_sales_tax", "gross_revenue",
)  # fmt: skip
UNIT_QUANTITIES = {"weight": WEIGHT, "longest": LENGTH, "median": LENGTH, "shortest": LENGTH}
# Item fields that only some fees look at; a quote without them has no such fee.
PLAIN_QUANTITIES = (
    "age_days", "days_of_supply_90", "days_of_supply_30", "utilization_weeks", "international_share", "ad_rate",
    "attributed_share", "penalty_rate", "penalty_multiple",
)  # fmt: skip
# Plain numbers that follow from other fields; `stay_age` is known only while the months of a stay are gone through.
COUNTED_QUANTITIES = ("units_per_order", "stay_days", "stay_age")
FLAGS = ("dangerous_goods", "lithium", "sipp", "central_europe", "pad_thin_sides", "vat_registered")
SPLITS = ("minimal", "partial", "optimized")
SIZE_CLASSES = ("standard", "oversize")

BASE_QUANTITIES: dict[str, Dimension] = {
    **dict.fromkeys(MONEY_QUANTITIES, MONEY),
    **UNIT_QUANTITIES,
    **dict.fromkeys((*PLAIN_QUANTITIES, *COUNTED_QUANTITIES), PLAIN),
}
KINDS: dict[str, Dimension] = {
    "number": PLAIN, "amount": MONEY, "weight": WEIGHT, "length": LENGTH, "volume": VOLUME, "share": PLAIN,
}  # fmt: skip
