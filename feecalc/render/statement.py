"""Which lines does the statement of one quote have, from the price down to the profit?"""

from __future__ import annotations

from decimal import Decimal

from feecalc.render.rows import Row
from feecalc.render.text import clean, money, percent, said, words
from feecalc.result import CostLine, FeeLine, Quote

MARKS = {"charged": "", "expected": "exp.", "allocated": "alloc.", "assumed": "assumed", "yours": "yours"}

_COST_NAMES = {
    "goods": "Goods", "duty": "Duty", "inbound_freight": "Inbound freight", "prep": "Preparation", "ship": "Own shipping",
    "returns": "Handling of returns", "resalable_returns": "Resalable returns",
}  # fmt: skip


def statement(quote: Quote) -> list[Row]:
    """Price, fees, take rate, costs, profit: each a row whose amount is what it adds to or takes from the seller."""
    return [*sale_rows(quote), *fee_rows(quote), *take_rows(quote), *proceeds_rows(quote), *cost_rows(quote), *profit_rows(quote)]


def sale_rows(quote: Quote) -> list[Row]:
    """What the buyer pays, and what of it is revenue."""
    digits = quote.labels.digits
    rows = [_supply_row(quote)] if quote.settlement == "supply_price" else _price_rows(quote)
    if quote.revenue != quote.gross_revenue:
        gross = money(quote.gross_revenue, digits)
        text = f"{share_of(quote.item.get('return_rate'))} of {gross}"
        rows.append(Row("Expected refunds", money(quote.revenue - quote.gross_revenue, digits), texts=(text,)))
    return [*rows, Row("NET REVENUE", money(quote.revenue, digits), "100.0%", look="strong")]


def _supply_row(quote: Quote) -> Row:
    retail, text = quote.item.get("price"), "what the platform pays you"
    if quote.implied_spread is not None:
        text = f"retail {amount_of(retail, quote.labels.digits)}: spread {percent(quote.implied_spread)}, not yours"
    return Row("Supply price", money(quote.gross_revenue, quote.labels.digits), texts=(text,))


def _price_rows(quote: Quote) -> list[Row]:
    digits, price = quote.labels.digits, quote.item.get("price")
    rows = [Row("Price", amount_of(price, digits))]
    if price != quote.gross_revenue:
        rows.append(Row("Gross revenue", money(quote.gross_revenue, digits), texts=(", ".join(_between(quote)),)))
    return rows


def _between(quote: Quote) -> list[str]:
    """What stands between the price and the gross revenue."""
    item, tax = quote.item, quote.item.get("tax_rate", quote.assumed.get("tax_rate"))
    digits = quote.labels.digits
    parts = ["converted"] if isinstance(item.get("price"), str) else []
    parts += [f"less {amount_of(item['discount'], digits)} discount"] if "discount" in item else []
    parts += [f"plus {amount_of(item[name], digits)} {words(name)}" for name in ("shipping", "gift_wrap") if item.get(name)]
    return [*parts, f"less {share_of(tax)} VAT inside"] if tax and quote.labels.tax_inside else parts


def amount_of(value: object, digits: int) -> str:
    """An amount of the item: `20.50`, or as entered when it carries its own currency or is a share."""
    return money(Decimal(value), digits) if isinstance(value, Decimal | int) else said(value)


def share_of(value: object) -> str:
    """A share of the item as a percentage: `0.06` -> `6%`; text as it is."""
    if not isinstance(value, Decimal | int):
        return said(value)
    text = f"{Decimal(value) * 100:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) + "%"


def fee_rows(quote: Quote) -> list[Row]:
    """One row for each fee line: what it takes is negative, what comes back is not."""
    return [_fee_row(quote, line) for line in quote.fees]


def _fee_row(quote: Quote, line: FeeLine) -> Row:
    share = percent(line.amount / quote.revenue) if quote.revenue else ""
    amount = money(-line.amount, quote.labels.digits)
    texts = (clean(line.rule), clean(line.brief or line.rule))
    return Row(clean(line.name), amount, share, MARKS.get(line.basis, line.basis), texts, inside=True)


def take_rows(quote: Quote) -> list[Row]:
    """All fees and ads together."""
    total = money(-(quote.platform_fees + quote.advertising), quote.labels.digits)
    if quote.take_rate is None:
        return [Row("ALL FEES", total, look="strong")] if quote.fees else []
    before = f"before ads {percent(quote.take_rate_before_ads)}" if quote.advertising else ""
    return [Row("TAKE RATE", total, at_least(quote) + percent(quote.take_rate), texts=(before,), look="strong")]


def at_least(quote: Quote) -> str:
    """`> ` before a share of fees that something missing can only raise."""
    return "" if quote.complete else "> "


def at_most(quote: Quote) -> str:
    """`< ` before what is left, when something missing can only lower it."""
    return "" if quote.complete else "< "


def cost_rows(quote: Quote) -> list[Row]:
    """One row for each cost line."""
    return [_cost_row(quote, line) for line in quote.costs]


def _cost_row(quote: Quote, line: CostLine) -> Row:
    share = percent(line.amount / quote.revenue) if quote.revenue else ""
    amount = money(-line.amount, quote.labels.digits)
    return Row(
        clean(words(line.cost)).capitalize(), amount, share, MARKS.get(line.basis, line.basis), (clean(line.rule),), inside=True
    )


def proceeds_rows(quote: Quote) -> list[Row]:
    """What the platform leaves: shown where the profit can't be."""
    if quote.profit is not None:
        return []
    share = at_most(quote) + percent(quote.proceeds / quote.revenue) if quote.revenue else ""
    return [Row("PROCEEDS", money(quote.proceeds, quote.labels.digits), share, texts=("before your costs",), look="strong")]


def cost_name(cost: str) -> str:
    """A cost's id in words; the seller's own names stay as they are."""
    return _COST_NAMES.get(cost) or clean(cost)


def profit_rows(quote: Quote) -> list[Row]:
    """What is left, or what is missing to say so."""
    digits = quote.labels.digits
    if quote.profit is None:
        return [Row("PROFIT", "unknown", texts=(f"give {missing_costs(quote)}",), look="warn")]
    look = "bad" if quote.profit < 0 else "good"
    left = ("before overhead and income tax", "before overhead, tax")
    rows = [Row("PROFIT", money(quote.profit, digits), at_most(quote) + percent(quote.margin), texts=left, look=look)]
    if quote.roi is not None:
        on = f"on landed {money(quote.landed_cost, digits)}"
        rows.append(Row("ROI", "", at_most(quote) + percent(quote.roi), texts=(on,)))
    return rows


def missing_costs(quote: Quote) -> str:
    """The options that profit waits for."""
    names = ["cost"] if quote.landed_cost is None else []
    if quote.labels.ships == "seller" and "ship_cost" not in quote.item:
        names.append("ship_cost")
    return " and ".join("--" + name.replace("_", "-") for name in names or ["cost"])
