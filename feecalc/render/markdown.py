"""How do a quote and a comparison look as markdown, to paste into an issue, a wiki or a mail?"""

from __future__ import annotations

from collections.abc import Sequence

from feecalc.formats.table import markdown_cell, markdown_table
from feecalc.render.columns import columns
from feecalc.render.compare import Notes, platform_notes, ranks, supply_text
from feecalc.render.quote import assumptions, break_evens, ground, missing, size, way
from feecalc.render.statement import statement
from feecalc.render.text import clean, said
from feecalc.render.variants import Variant, remarks, rows_of
from feecalc.result import Comparison, Quote


def quote_text(quote: Quote, *, edges: Sequence[str] = ()) -> str:
    """A heading, the statement as a table, and what else there is to know as a list."""
    who = [quote.item.get("sku"), quote.platform, way(quote), quote.labels.category]
    title = " · ".join(markdown_cell(said(part)) for part in who if part)
    facts = [f"ships {quote.as_of}", quote.currency, "per unit shipped", *([size(quote)] if quote.size else [])]
    rows = [[row.name, row.texts[0], row.amount, row.share, row.mark] for row in statement(quote)]
    listed = [f"Break-even: {', '.join(break_evens(quote))}"] if break_evens(quote) else []
    listed += [f"Edge: {edge}" for edge in edges]
    listed += [f"Assumed: {', '.join(assumptions(quote))}"] if assumptions(quote) else []
    listed += [*quote.warnings, *(missing(entry) for entry in quote.not_included), ground(quote)]
    table = markdown_table(["", "rule", "amount", "of revenue", "basis"], rows, right=(2, 3))
    return f"## {title}\n\n{', '.join(facts)}\n\n{table}\n\n{_list(listed)}"


def variants_text(base: Quote, variants: Sequence[Variant]) -> str:
    """The quote and each changed one side by side."""
    head, *rows = rows_of(base, variants)
    table = markdown_table(head, [[cell.strip() for cell in row] for row in rows], right=range(1, len(head)))
    return f"{table}\n\n{_list(remarks(base, variants))}".rstrip()


def comparison_text(comparison: Comparison, *, edges: Sequence[str] = ()) -> str:
    """The ranked table with all its columns, then skipped platforms and footnotes."""
    ranked, supplied = ranks(comparison)
    notes = Notes(comparison, ranked)
    table = [column for column in columns(comparison, ranked) if column.head]  # a bar is for the eye
    rows = [[*(column.cells[i] for column in table), letters] for i, letters in enumerate(notes.letters)]
    rights = [i for i, column in enumerate(table) if column.numeric]
    text = markdown_table([*(column.head for column in table), "notes"], rows, right=rights)
    listed = [f"{letter}: {note}" for letter, note in notes.texts.items()]
    listed += [f"{comparison.quotes[i].platform}: {supply_text(comparison, i)}" for i in supplied]
    listed += [f"{name}: {note}" for name, note in platform_notes(comparison)]
    listed += [f"{entry.platform} skipped: {entry.reason}" for entry in comparison.skipped]
    return f"{text}\n\n{_list([*listed, *(f'Edge: {edge}' for edge in edges)])}".rstrip()


def _list(entries: Sequence[str]) -> str:
    return "\n".join(f"- {markdown_cell(clean(entry))}" for entry in entries)
