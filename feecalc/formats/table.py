"""How do rows look as CSV and as markdown, and which cells does a quote have?

The columns are those of `batch`, so that a sheet made of single quotes and one made of a catalogue read the same.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from feecalc.result import Quote

QUOTE_COLUMNS = (
    "platform", "fulfillment", "as_of", "currency", "fee_category", "size_tier", "billable_weight", "gross_revenue", "revenue",
    "selling_fees", "fulfillment_fees", "storage_fees", "program_fees", "platform_fees", "advertising", "proceeds",
    "landed_cost", "seller_costs", "profit", "take_rate", "margin", "roi", "complete", "confidence", "not_included", "warnings",
)  # fmt: skip
_RUNS = ("=", "+", "-", "@")
_A_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)%?")

Row = Mapping[str, object]


def cell(value: object) -> str:
    """A value as the text of a cell: nothing for None, `true` and `false`, several joined with `; `.

    A text that a spreadsheet would run as a formula gets an apostrophe in front: `cell("=1+1") == "'=1+1"`.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    text = "; ".join(str(part) for part in value) if isinstance(value, list | tuple) else str(value)
    return "'" + text if text.startswith(_RUNS) and not _A_NUMBER.fullmatch(text) else text


def csv_text(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """RFC 4180: CRLF line ends, quotes where needed, one header line."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([cell(row.get(name)) for name in columns] for row in rows)
    return out.getvalue()


def markdown_table(head: Sequence[str], rows: Iterable[Sequence[str]], *, right: Iterable[int] = ()) -> str:
    """A pipe table; the columns whose positions are in `right` are aligned right."""
    marks = set(right)
    lines = [head, ["---:" if i in marks else "---" for i in range(len(head))], *rows]
    return "\n".join("| " + " | ".join(markdown_cell(text) for text in line) + " |" for line in lines)


def markdown_cell(text: str) -> str:
    """Text that can't end its cell or start markup of its own."""
    return re.sub(r"([\\|*_`<\[])", r"\\\1", " ".join(text.split()))


def quote_row(quote: Quote) -> dict[str, object]:
    """A quote as the cells of QUOTE_COLUMNS; amounts as Decimal, unknown as None."""
    size = quote.size
    row: dict[str, object] = {name: getattr(quote, name) for name in QUOTE_COLUMNS if hasattr(quote, name)}
    row |= {f"{group}_fees": _group(quote, group) for group in ("selling", "fulfillment", "storage", "program")}
    row |= {
        "as_of": quote.as_of.isoformat(), "confidence": quote.confidence.word, "fee_category": quote.labels.category,
        "size_tier": size.tier if size else None, "billable_weight": f"{size.weight:f} {size.unit}" if size else None,
        "not_included": tuple(entry.fee for entry in quote.not_included), "warnings": _plain(quote),
    }  # fmt: skip
    return row


def _plain(quote: Quote) -> tuple[str, ...]:
    """The warnings, but for those about a number that has no column here."""
    return quote.warnings if quote.labels.plain_warnings is None else quote.labels.plain_warnings


def _group(quote: Quote, group: str) -> Decimal:
    return sum((line.amount for line in quote.fees if line.group == group), Decimal(0).scaleb(-quote.labels.digits))


def item_cells(item: Mapping[str, object]) -> dict[str, object]:
    """The item's fields as cells; a mapping such as `fee` becomes `fee:storage`."""
    cells: dict[str, object] = {}
    for name, value in item.items():
        cells.update({f"{name}:{key}": part for key, part in value.items()} if isinstance(value, dict) else {name: value})
    return cells


def quotes_csv(quotes: Sequence[Quote]) -> str:
    """One row for each quote: the item's fields, then QUOTE_COLUMNS (`feecalc_` in front where the names meet)."""
    items = [item_cells(quote.item) for quote in quotes]
    own = list(dict.fromkeys(name for cells in items for name in cells))
    named = {name: f"feecalc_{name}" if name in own else name for name in QUOTE_COLUMNS}
    rows = [cells | {named[name]: value for name, value in quote_row(q).items()} for cells, q in zip(items, quotes, strict=True)]
    return csv_text([*own, *named.values()], rows)
