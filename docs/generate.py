"""Write the generated parts of the documentation anew: `python docs/generate.py`.

A part stands between `<!-- generated: NAME ARGUMENTS -->` and `<!-- end -->`. tests/docs/test_generated.py finds those that
are out of date.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

from feecalc import plan as p
from feecalc.confidence import Confidence, weakest
from feecalc.fields import FIELDS
from feecalc.schedule.store import Schedules

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
_PART = re.compile(r"(?<=<!-- generated: )([^\n]*?)( -->\n)(.*?)(?=^<!-- end -->$)", re.MULTILINE | re.DOTALL)


def renewed(text: str) -> str:
    """The page with every generated part made anew."""
    return _PART.sub(lambda part: part[1] + part[2] + made(*part[1].split()), text)


def made(name: str, *arguments: str) -> str:
    """One part."""
    return PARTS[name](*arguments) + "\n"


# -- parts -------------------------------------------------------------------------------------------------------


def coverage(kind: str) -> str:
    """What is priced: one row for each fee of a sale, or for each charge that is no part of one."""
    store = Schedules(ROOT / "fee_schedules")
    rows = [row for name in store.platform_ids() for row in _coverage(store, store.platform(name), sale=kind == "sale")]
    return table(["platform", "fee", "tables", "first from", "newest from", "newest rests on", "weakest row"], rows)


def platforms() -> str:
    """What is priced, in one row for each platform."""
    store = Schedules(ROOT / "fee_schedules")
    head = [
        "platform",
        "currency",
        "who ships",
        "fees with a table",
        "commission since",
        "newest rest on",
        "without a table",
    ]
    return table(head, [_platform(store, store.platform(name)) for name in store.platform_ids()])


def _platform(store: Schedules, platform: p.Platform) -> list[str]:
    known = {spec.id: [card for card in store.cards(platform.id, spec.id) if card.unknown is None] for spec in platform.fees}
    bare = [fee for fee, cards in known.items() if not cards]
    newest = sorted(cards[-1].confidence for cards in known.values() if cards)
    first = next((cards[0] for spec, cards in zip(platform.fees, known.values(), strict=True) if spec.required and cards), None)
    commission = "your own rate" if first is None else f"{first.start}"
    rests = " to ".join(dict.fromkeys(mark.word for mark in (*newest[:1], *newest[-1:]))) or "-"
    ways = ", ".join(way.name for way in platform.ways)
    with_table = f"{len(known) - len(bare)} of {len(known)}"
    return [platform.id, platform.currency, ways, with_table, commission, rests, ", ".join(bare) or "-"]


def _coverage(store: Schedules, platform: p.Platform, *, sale: bool) -> Iterator[list[str]]:
    others = [name for name in (platform.sizes, platform.advertising) if name]
    for folder in [*(spec.id for spec in platform.fees), *others] if sale else platform.charges:
        known = [card for card in store.cards(platform.id, folder) if card.unknown is None]
        if not known:
            yield [platform.id, folder, "none", "", "", "", "your own figure"]
            continue
        first, newest = known[0], known[-1]
        weak = weakest(mark for card in known for mark in marks(card))
        dates = [first.start.isoformat(), newest.start.isoformat()]
        yield [platform.id, folder, str(len(known)), *dates, newest.confidence.word, weak.word]


def marks(node: object) -> Iterator[Confidence]:
    """Every confidence that a card and its rows claim."""
    if isinstance(node, Confidence):
        yield node
    elif isinstance(node, tuple):
        for part in node:
            yield from marks(part)
    elif isinstance(node, p.Table):
        yield from marks((node.columns, *node.rows.values()))
    elif is_dataclass(node):
        for field in fields(node):
            yield from marks(getattr(node, field.name))


def help_of(*command: str) -> str:
    """What `feecalc COMMAND --help` prints, 80 columns wide."""
    run = [sys.executable, "-m", "feecalc", *command, "--help"]
    kept = {
        name: value for name, value in os.environ.items() if name not in ("FEECALC_SCHEDULES", "FORCE_COLOR", "GITHUB_ACTIONS")
    }
    done = subprocess.run(run, capture_output=True, check=True, cwd=ROOT, env={**kept, "COLUMNS": "80"})
    return f"```text\n$ {' '.join(['feecalc', *command, '--help'])}\n{done.stdout.decode().rstrip()}\n```"


def layers() -> str:
    """The layers that import-linter keeps, top first, with what each is for in its own words."""
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    rows = [[f"`{name}`", _purpose(name)] for layer in contract["layers"] for name in layer.split(" | ")]
    return table(["module", "what it is for"], rows)


def _purpose(module: str) -> str:
    home = ROOT / "feecalc" / module
    file = home / "__init__.py" if home.is_dir() else home.with_suffix(".py")
    text = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return " ".join(text.split("\n\n")[0].split())


def item_fields() -> str:
    """The fields of an item, as the option's help says them."""
    rows = [[f"`{field.name}`", f"`{_cell(field.metavar)}`", _cell(field.help)] for field in FIELDS]
    return table(["field", "value", "meaning"], rows)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def table(head: list[str], rows: list[list[str]]) -> str:
    """A markdown table."""
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *rows])


PARTS: dict[str, Callable[..., str]] = {
    "coverage": coverage, "platforms": platforms, "help": help_of, "layers": layers, "fields": item_fields,
}  # fmt: skip


if __name__ == "__main__":
    for page in PAGES:
        old = page.read_text(encoding="utf-8")
        if (new := renewed(old)) != old:
            page.write_text(new, encoding="utf-8")
            print(f"{page.relative_to(ROOT)} is new")
