"""Every command shown in the documentation, run: a ```console block holds `$ feecalc ...` lines, each with its output below it.

Output and errors are those of a run in the repository root that is 80 columns wide (100 for a comparison), without a
terminal. A last line `…` stands for the rest. `pytest --update-golden` writes the blocks anew.
"""

import os
import re
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ["README.md", "CONTRIBUTING.md", "examples/README.md", *(f"docs/{page.name}" for page in sorted(ROOT.glob("docs/*.md")))]
_BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ (?:[^\n]*\\\n)*[^\n]*\n", re.MULTILINE)
MORE = "…"
LOOKS = ("NO_COLOR", "FORCE_COLOR", "TERM", "GITHUB_ACTIONS", "FEECALC_SCHEDULES")  # what would change the output


@pytest.mark.parametrize("page", PAGES)
def test_commands_show_what_they_print(page: str, request: pytest.FixtureRequest) -> None:
    file = ROOT / page
    text = file.read_text(encoding="utf-8")
    made = _BLOCK.sub(lambda block: run_again(block[1]), text)
    if request.config.getoption("--update-golden"):
        file.write_text(made, encoding="utf-8")
    else:
        assert text == made


def run_again(block: str) -> str:
    """The block with what its commands print now."""
    starts = [found.span() for found in _COMMAND.finditer(block)]
    ends = [start for start, _ in starts[1:]] + [len(block)]
    made = ""
    for (start, shown_from), end in zip(starts, ends, strict=True):
        made += block[start:shown_from] + shortened(printed(block[start + 2 : shown_from]), block[shown_from:end])
    return made


@cache
def printed(line: str) -> str:
    """What a command line prints: the data, then the errors."""
    program, *args = shlex.split(line.replace("\\\n", ""))
    assert program == "feecalc", line
    width = "100" if args[:1] == ["compare"] else "80"
    kept = {name: value for name, value in os.environ.items() if name not in LOOKS}
    done = subprocess.run(
        [sys.executable, "-m", "feecalc", *args], cwd=ROOT, env={**kept, "COLUMNS": width}, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 2, 3), done.stdout
    return done.stdout.decode().replace("\r\n", "\n")


def shortened(output: str, shown: str) -> str:
    """As many lines as are shown, where the rest is left out; blank lines at the end are the block's own."""
    lines, old = output.rstrip("\n").split("\n"), shown.rstrip("\n").split("\n")
    if old[-1] == MORE and len(lines) > len(old) - 1:
        lines = [*lines[: len(old) - 1], MORE]
    blank = "\n" if shown.endswith("\n\n") else ""
    return "\n".join(lines) + "\n" + blank


def test_nothing_is_documented_that_is_not_there() -> None:
    """Every `feecalc COMMAND` in code of the documentation is a command."""
    from feecalc.cli.app import COMMANDS

    named = {
        (page, found[1])
        for page in PAGES
        for found in re.finditer(r"(?:`|\$ )feecalc ([a-z]+)", (ROOT / page).read_text(encoding="utf-8"))
    }
    assert {(page, name) for page, name in named if name not in COMMANDS} == set()


def test_every_command_has_its_section() -> None:
    from feecalc.cli.app import COMMANDS

    text = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert re.findall(r"^## ([a-z]+)$", text, re.MULTILINE) == list(COMMANDS)
