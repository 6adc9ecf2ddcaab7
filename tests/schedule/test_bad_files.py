"""Every mistake that a file can have is said in one clear line, with the file's line and what would do; all of them at once.

Each file in `bad/` says in its header what stands where (`# as:`, else it is the card of the trial fee) and what is expected
of it: `# expect: LINE  PATH  WORDS`. `pytest --update-golden` writes the expectations anew; read the difference.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from feecalc import Item, ScheduleError, quote
from feecalc.errors import Finding
from feecalc.schedule.store import Schedules

from .trees import BAD, copy_of_good, findings

CARD = "lab-xx/trial/2020-01-01.yaml"
NAMES = sorted(file.stem for file in BAD.glob("*.yaml"))
JARGON = re.compile(r"validation|input should|pattern|Value error|instance|dictionary|NoneType|Traceback|object at")


def header(content: bytes, key: str) -> list[str]:
    lines = content.decode(errors="replace").splitlines()
    return [line.removeprefix(f"# {key}: ") for line in lines if line.startswith(f"# {key}: ")]


def shown(finding: Finding, place: str) -> str:
    """As the header has it: the file is named where it is another one."""
    name, found = finding.file.removeprefix("tree/"), str(finding).removeprefix("tree/")
    return found.removeprefix(f"{name}:") if name == place else found


def found_in(root: Path, content: bytes) -> list[str]:
    """What `schedules check` says of that file."""
    place = next(iter(header(content, "as")), CARD)
    (root / place).write_bytes(content)
    return [shown(finding, place) for finding in findings(root, root / place)]


def with_expectations(root: Path, content: bytes) -> bytes:
    """The same file with a header that expects what is found; more lines of header move what is found."""
    lines = content.splitlines(keepends=True)
    head = [line for line in lines if line.startswith((b"# as:", b"# why:"))]
    body = [line for line in lines if not line.startswith((b"# as:", b"# why:", b"# expect:"))]
    expected: list[str] = []
    for _ in range(3):
        expects = [f"# expect: {line}\n".encode() for line in expected]
        expected = found_in(root, b"".join([*head, *expects, *body]))
    return b"".join([*head, *(f"# expect: {line}\n".encode() for line in expected), *body])


@pytest.mark.parametrize("name", NAMES)
def test_says_what_is_wrong(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    root, file = copy_of_good(tmp_path), BAD / f"{name}.yaml"
    if request.config.getoption("--update-golden"):
        file.write_bytes(with_expectations(root, file.read_bytes()))
    expected = header(file.read_bytes(), "expect")
    assert expected, "every bad file has an expectation"
    assert found_in(root, file.read_bytes()) == expected


@pytest.mark.parametrize("name", NAMES)
def test_says_it_in_words(name: str) -> None:
    """No library's jargon, and a line that the file has."""
    content = (BAD / f"{name}.yaml").read_bytes()
    for entry in header(content, "expect"):
        place, path, words = entry.split("  ", maxsplit=2)
        assert path
        assert 10 <= len(words) <= 230
        assert not JARGON.search(words)
        assert ":" in place or int(place) <= len(content.splitlines())


@pytest.mark.parametrize("name", ["five-words", "five-references", "five-of-all-kinds"])
def test_says_everything_at_once(name: str) -> None:
    assert len(header((BAD / f"{name}.yaml").read_bytes(), "expect")) == 5


def test_a_quote_says_the_first_and_where_to_see_all(tmp_path: Path) -> None:
    root = copy_of_good(tmp_path)
    found_in(root, (BAD / "five-words.yaml").read_bytes())
    with pytest.raises(ScheduleError) as error:
        quote(Item(price="10.00", category="toys"), platform="lab-xx", as_of="2020-06-15", schedules=Schedules(root))
    assert len(error.value.findings) == 5
    assert re.fullmatch(
        r"tree/lab-xx/trial/2020-01-01.yaml:\d+  confidence  '.*' is no confidence; .* \(and 4 more\); "
        r"run: feecalc schedules check", str(error.value),
    )  # fmt: skip
