"""feecalc schedules: which cards are there, what does one say, and is a card of your own right?"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from feecalc.cli.app import Command, Group, family
from feecalc.cli.options import Output, output_options
from feecalc.cli.output import emit, emit_rows
from feecalc.errors import InputError, near

if TYPE_CHECKING:
    from feecalc.schedule.store import Schedules

_PLATFORM = typer.Argument(metavar="[PLATFORM]", help="A platform's id; all when none is given.")
_CARD = typer.Argument(metavar="CARD", help="PLATFORM/CARD/DATE, or PLATFORM/CARD and --as-of.")
_AS_OF = typer.Option("--as-of", metavar="DATE", help="The day on which the card is in force (default today).")
_PATHS = typer.Argument(metavar="[FILE|DIR]...", help="Your own cards; the built-in ones when none is given.")
_NAME = re.compile(r"([a-z0-9][a-z0-9_-]*)/([a-z0-9][a-z0-9_-]*)(?:/(\d{4}-\d{2}-\d{2}))?")

app = family(cls=Group, help="The rate cards: list them, show one, check your own.")


@app.command("list", cls=Command)
@output_options
def list_cards(output: Output, platform: Annotated[str | None, _PLATFORM] = None) -> None:
    """Every card: from when it is in force, what it is called, on what ground it stands, when it was checked."""
    store = output.schedules
    rows = [row for name in ([platform] if platform else store.platform_ids()) for row in _cards(store, name)]
    emit_rows(output, "feecalc/schedules/1", ("card", "until", "title", "confidence", "checked"), rows)


def _cards(store: Schedules, platform_id: str) -> list[dict[str, object]]:
    cards = [card for folder in store.folders(platform_id) for card in store.cards(platform_id, folder)]
    return [
        {
            "card": card.id, "until": card.until.isoformat() if card.until else None, "title": card.title,
            "confidence": card.confidence.word, "checked": card.checked.isoformat(), "source": card.source,
        }
        for card in cards
    ]  # fmt: skip


@app.command("show", cls=Command)
@output_options
def show(output: Output, card: Annotated[str, _CARD], as_of: Annotated[str | None, _AS_OF] = None) -> None:
    """One card as its file says it, with every row and source."""
    from feecalc.formats import json
    from feecalc.schedule.reader import read_yaml

    file = output.schedules.path(f"{_card_name(output.schedules, card, as_of)}.yaml")
    text = file.read_text(encoding="utf-8")
    views = {"table": lambda: text, "json": lambda: json.document(read_yaml(text, str(file)).data)}
    views["markdown"] = lambda: f"```yaml\n{text.rstrip()}\n```"
    views["jsonl"] = lambda: json.line(read_yaml(text, str(file)).data)
    if output.format not in views:
        raise InputError("--format", output.format, "a card is no table of rows; choose table, json, jsonl or markdown")
    emit(output, views)


def _card_name(store: Schedules, card: str, as_of: str | None) -> str:
    """PLATFORM/CARD/DATE of a card that is there. Raises InputError with what is there instead."""
    from feecalc.cli.quote import today
    from feecalc.fields import date

    found = _NAME.fullmatch(card.removesuffix(".yaml"))
    if found is None:
        raise InputError("card", card, "give PLATFORM/CARD/DATE, or PLATFORM/CARD and --as-of; see: feecalc schedules list")
    platform_id, folder, day = found.groups()
    dates = store.dates(platform_id, folder) if folder in store.folders(platform_id) else ()
    if not dates:
        raise InputError("card", card, f"there is none{near(folder, store.folders(platform_id))}; see: feecalc schedules list")
    if day is None:
        in_force = store.in_force(platform_id, folder, date("as_of", as_of) if as_of else today())
        if in_force is None:
            raise InputError("as_of", as_of, f"{platform_id}/{folder} has no card on that day; its first is of {dates[0]}")
        return in_force.id
    if as_of is not None:
        raise InputError("as_of", as_of, "the card's date is given already; keep one of the two")
    if day not in map(dt.date.isoformat, dates):
        raise InputError("card", card, f"there is none of that day; there are: {', '.join(map(str, dates))}")
    return f"{platform_id}/{folder}/{day}"


@app.command("check", cls=Command)
@output_options
def check(output: Output, paths: Annotated[list[Path] | None, _PATHS] = None) -> None:
    """Every mistake in some cards, one on a line; exit code 3 when there is one."""
    from feecalc.formats import json, table
    from feecalc.schedule.check import check as checked

    report = checked(_with_own(output.schedules, paths or []), paths or [])
    rows = [{"file": f.file, "line": f.line, "path": f.path, "remedy": f.remedy} for f in report.findings]
    columns = ("file", "line", "path", "remedy")
    count = f"{report.cards} cards, {report.cases} cases, {len(rows)} finding{'' if len(rows) == 1 else 's'}"
    emit(output, {
        "table": lambda: "\n".join([*map(str, report.findings), count]),
        "json": lambda: json.document({"schema": "feecalc/check/1", "findings": rows}),
        "jsonl": lambda: "\n".join(map(json.line, rows)),
        "csv": lambda: table.csv_text(columns, rows),
        "markdown": lambda: table.markdown_table(columns, [[str(row[name]) for name in columns] for row in rows]),
    })  # fmt: skip
    if rows:
        raise typer.Exit(3)


def _with_own(store: Schedules, paths: list[Path]) -> Schedules:
    """The cards with the folders those paths are in before them, so that --schedules need not be said twice."""
    from feecalc.schedule.store import Schedules

    known = store.platform_ids()
    own = list(dict.fromkeys(root for path in paths if (root := _root_of(path, known)) not in map(Path.resolve, store.roots)))
    return Schedules(*own, *store.roots) if own else store


def _root_of(path: Path, known: list[str]) -> Path:
    """The folder that holds the platforms' folders."""
    if not path.exists():
        raise InputError("file", str(path), "there is no such file or folder")
    here = path.resolve()
    home = next((part for part in (here, *here.parents) if part.name in known or (part / "platform.yaml").is_file()), None)
    return home.parent if home else here if here.is_dir() else here.parent


APPS = {"schedules": app}
