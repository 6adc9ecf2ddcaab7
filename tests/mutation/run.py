"""Does every number of every card matter? Nudge each one, swap each bound's side, and see whether some case notices.

`python -m tests.mutation.run` mutates the shipped cards one value at a time and runs the cases beside each; it writes
docs/mutation.md. A number that no case notices is a number that could be wrong for years.
"""

from __future__ import annotations

import argparse
import copy
import multiprocessing
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from feecalc import FeecalcError, Schedules
from feecalc.schedule.check import CaseRun
from feecalc.schedule.compile_card import compile_card
from feecalc.schedule.reader import Document, path_text
from feecalc.schedule.store import read_file

ROOT = Path(__file__).parent.parent.parent
PAGE = ROOT / "docs" / "mutation.md"
# Keys whose values are words about the table, not the table.
PROSE = {
    "title", "sources", "checked", "confidence", "notes", "start", "until", "corrections", "name", "warning", "unknown",
    "aliases", "absent", "panel", "fee", "class", "id", "size_class",
}  # fmt: skip
NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)(.*)", re.DOTALL)
BAND = ("up_to", "below")


@dataclass(frozen=True)
class Mutant:
    """One change of one value; `weaker` is tried when the smallest change makes no difference."""

    card: str
    path: tuple
    line: int
    old: str
    new: str
    weaker: str | None = None

    def __str__(self) -> str:
        return f"{self.card}:{self.line}  {path_text(self.path)}  {self.old} -> {self.new}"


def leaves(value: object, path: tuple = ()) -> Iterator[tuple[tuple, str]]:
    """Every scalar of the table itself."""
    if isinstance(value, dict):
        for key, entry in value.items():
            if key not in PROSE:
                yield from leaves(entry, (*path, key))
    elif isinstance(value, list):
        for position, entry in enumerate(value):
            yield from leaves(entry, (*path, position))
    else:
        yield path, value


def nudged(text: str) -> list[str]:
    """The number moved by its smallest step, and by a step that no rounding hides."""
    found = NUMBER.fullmatch(text)
    if not found or found[2].startswith("-"):  # months such as 1-9 are checked by the loader: every month exactly once
        return []
    number, rest = Decimal(found[1]), found[2]
    if rest == "%":
        return [f"{number + Decimal('0.01'):f}%", f"{number + 1:f}%"]
    small = number + Decimal(1).scaleb(number.as_tuple().exponent) if "." in found[1] else number + 1
    return [f"{small:f}{rest}", *([f"{number + 1:f}{rest}"] if number + 1 != small else [])]


def mutants(document: Document, card: str) -> Iterator[Mutant]:
    """Every change of one card."""
    for path, text in leaves(document.data):
        line = document.line(path)
        options = nudged(text)
        if options:
            yield Mutant(card, path, line, text, options[0], options[1] if len(options) > 1 else None)
        if path[-1] in BAND and not _marginal(document.data, path):
            other = BAND[1 - BAND.index(path[-1])]
            yield Mutant(card, path, line, path[-1], other)


def _marginal(data: object, path: tuple) -> bool:
    """Whether a bound is one of marginal bands: both sides of it pay the same, so its side is no number that matters."""
    for key in path:
        if isinstance(data, dict) and data.get("apply") == "marginal":
            return True
        data = data[key]  # type: ignore[index]
    return False


def mutated(document: Document, mutant: Mutant, new: str) -> Document:
    """The document with that value changed."""
    data = copy.deepcopy(document.data)
    place = data
    for key in mutant.path[:-1]:
        place = place[key]  # type: ignore[index]
    if mutant.new in BAND:
        renamed = {new if key == mutant.path[-1] else key: value for key, value in place.items()}  # type: ignore[union-attr]
        place.clear()  # type: ignore[union-attr]
        place.update(renamed)  # type: ignore[union-attr]
    else:
        place[mutant.path[-1]] = new  # type: ignore[index]
    return Document(document.file, data, document.lines)


class Target:
    """One card with its cases, ready to be mutated."""

    def __init__(self, store: Schedules, platform: str, folder: str, date) -> None:
        self.store, self.key = store, (platform, folder, date)
        self.id = f"{platform}/{folder}/{date}"
        self.document = read_file(store.path(f"{self.id}.yaml"), self.id)
        self.cases = read_file(store.path(f"{self.id}.cases.yaml"), self.id)
        self.original = store.card(*self.key)
        self.fresh = CaseRun(store, platform, self.original, self.cases)
        self.by_line = self._by_line()

    def _run(self, card) -> CaseRun:
        """The cases against a card; they are read once."""
        run = copy.copy(self.fresh)
        run.card, run.reached, run.findings = card, set(), []
        return run

    def _by_line(self) -> dict[int, list]:
        """The cases that reach a row, by its line: those most likely to notice a change there are asked first."""
        found: dict[int, list] = {}
        for case in self.fresh.cases.cases:
            run = self._run(self.original)
            run.problem(case)
            for row in run.reached:
                found.setdefault(int(row.removeprefix("tier:").partition(":")[0]), []).append(case)
        return found

    def notices(self, mutant: Mutant, new: str) -> bool:
        """Whether the loader or some case notices the change."""
        _, folder, date = self.key
        try:
            card = compile_card(mutated(self.document, mutant, new), self.id, date, folder, self.store._scope(*self.key))
        except FeecalcError:
            return True
        self.store._cards[self.key] = card
        self.store._plans.clear()
        try:
            run = self._run(card)
            likely = self.by_line.get(mutant.line, [])
            return any(run.problem(case) is not None for case in [*likely, *run.cases.cases])
        finally:
            self.store._cards[self.key] = self.original
            self.store._plans.clear()


def survivors(key: tuple) -> tuple[str, int, list[Mutant]]:
    """How many mutants of one card there are, and those that nothing noticed."""
    target = Target(Schedules.shipped(), *key)
    made = list(mutants(target.document, target.id))
    left = [m for m in made if not any(target.notices(m, new) for new in filter(None, (m.new, m.weaker)))]
    return target.id, len(made), left


def targets(only: list[str]) -> list[tuple]:
    """Every card that has cases."""
    store = Schedules.shipped()
    keys = [(p, f, d) for p in store.platform_ids() for f in store.folders(p) for d in store.dates(p, f)]
    wanted = [key for key in keys if not only or any("/".join(map(str, key)).startswith(name) for name in only)]
    return [key for key in wanted if store.card(*key).unknown is None]


def main(arguments: list[str]) -> int:
    """Run, print the survivors, write the page when everything was run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("only", nargs="*", help="cards to mutate (a prefix of their ids); all when none is given")
    parser.add_argument("--jobs", type=int, default=multiprocessing.cpu_count())
    given = parser.parse_args(arguments)
    with multiprocessing.Pool(given.jobs) as pool:
        results = []
        for result in pool.imap_unordered(survivors, targets(given.only), chunksize=1):
            results.append(result)
            print(f"{result[0]}: {result[1]} mutants, {len(result[2])} survive", flush=True)
            for mutant in result[2]:
                print(f"  {mutant}", flush=True)
    total, alive = sum(made for _, made, _ in results), sum(len(left) for _, _, left in results)
    print(f"{total} mutants, {total - alive} noticed, {alive} survive")
    if not given.only:
        from tests.mutation.page import page

        PAGE.write_text(page(sorted(results)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
