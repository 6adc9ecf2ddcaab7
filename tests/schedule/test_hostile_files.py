"""Files that mean harm, or only look like cards: refused quickly, in one line, and never read from elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from feecalc import InputError, Item, ScheduleError, quote
from feecalc.schedule import reader
from feecalc.schedule.reader import LARGEST, read_yaml
from feecalc.schedule.store import Schedules

from .trees import GOOD, card, copy_of_good, findings, own, write

CARD = "lab-xx/trial/2020-01-01.yaml"
DAY = dt.date(2020, 6, 15)


def refused(text: str) -> str:
    with pytest.raises(ScheduleError) as error:
        read_yaml(text, "bad.yaml")
    assert len(error.value.findings) == 1
    return str(error.value.findings[0])


def said(root: Path, *only: str) -> list[str]:
    return [str(finding) for finding in findings(root, *(root / name for name in only))]


# -- what is too much --------------------------------------------------------------------------------------------


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> list[yaml.Event]:
    """Every event that is asked of the YAML parser."""
    seen: list[yaml.Event] = []
    parse = yaml.parse

    def counted(text: str, **options: object) -> Iterator[yaml.Event]:
        for event in parse(text, **options):
            seen.append(event)
            yield event

    monkeypatch.setattr(reader.yaml, "parse", counted)
    return seen


@pytest.mark.parametrize("levels", [3, 300])
def test_laughs_end_at_the_first_anchor(levels: int, events: list[yaml.Event]) -> None:
    """Ten aliases on each level would be 10^300 texts: not one of them is looked at."""
    bomb = "a0: &a0 [ha, ha]\n" + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, levels))
    assert refused(bomb) == "bad.yaml:1  a0  anchors and aliases are refused; write the value out"
    assert len(events) == 5


@pytest.mark.parametrize(
    ("opening", "path"),
    [("[", "[0][0][0][0]"), ("{a: ", "a.a.a.a"), ("- ", "[0][0][0][0]"), ("? ", "(file)")],
    ids=["lists", "mappings", "dashes", "keys"],
)
def test_nesting_ends_early(opening: str, path: str, events: list[yaml.Event]) -> None:
    words = "a key must be plain text" if path == "(file)" else "is nested more than 40 deep"
    assert refused(opening * 10_000) == f"bad.yaml:1  {path}  {words}"
    assert len(events) < 100


def test_forty_deep_is_deep_enough() -> None:
    assert read_yaml("[" * 40 + "]" * 40, "deep.yaml").data


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    root = copy_of_good(tmp_path)
    (root / CARD).write_bytes(b"# " + b"x" * LARGEST)
    assert said(root, CARD) == [f"tree/{CARD}:1  (file)  is over 4 MB; split it"]


def test_a_huge_text_is_not_read() -> None:
    assert refused("# " + "x" * LARGEST) == "bad.yaml:1  (file)  is over 4 MB; split it"


def test_a_huge_value_is_not_shown_whole(tmp_path: Path) -> None:
    root = write(copy_of_good(tmp_path), {CARD: card(f"flat: '{'9' * 100_000}'\n")})
    (only,) = said(root, CARD)
    assert len(only) < 250


def test_a_key_stays_on_its_line(tmp_path: Path) -> None:
    root = write(copy_of_good(tmp_path), {CARD: card('flat: 1.00\n"no\\nkey\\e": 1\n')})
    (only,) = said(root, CARD)
    assert only.isprintable()
    assert only.startswith(f"tree/{CARD}:7  'no\\nkey\\x1b'  is no key here")


def test_many_mistakes_are_all_said(tmp_path: Path) -> None:
    root = write(copy_of_good(tmp_path), {CARD: card("sum:\n" + "  - flat: 1\n" * 500)})
    assert len(said(root, CARD)) == 500


# -- what is no file ---------------------------------------------------------------------------------------------


def test_an_empty_file(tmp_path: Path) -> None:
    root = write(copy_of_good(tmp_path), {CARD: ""})
    assert said(root, CARD) == [f"tree/{CARD}:1  (file)  is empty; write it, or take the file away"]


def test_a_folder_named_like_a_card(tmp_path: Path) -> None:
    root = copy_of_good(tmp_path)
    (root / CARD).unlink()
    (root / CARD).mkdir()
    assert said(root, CARD) == [f"tree/{CARD}:1  (file)  can't be read: Is a directory"]


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    root = write(copy_of_good(tmp_path), {CARD: "\ufeff" + (GOOD / CARD).read_text()})
    assert said(root, CARD) == []


def test_windows_line_ends_are_no_mistake(tmp_path: Path) -> None:
    root = copy_of_good(tmp_path)
    (root / CARD).write_bytes((GOOD / CARD).read_bytes().replace(b"\n", b"\r\n"))
    assert said(root, CARD) == []


# -- what is elsewhere -------------------------------------------------------------------------------------------


def test_a_link_that_leads_outside(tmp_path: Path) -> None:
    root = copy_of_good(tmp_path)
    secret = write(tmp_path, {"secret.yaml": card("flat: 9.00\n")}) / "secret.yaml"
    (root / CARD).unlink()
    (root / CARD).symlink_to(secret)
    assert said(root) == [f"tree/{CARD}:1  (file)  leads outside {root}; put the file itself there"]
    with pytest.raises(ScheduleError, match="leads outside"):
        Schedules(root).plan("lab-xx", DAY)


def test_a_folder_that_leads_outside(tmp_path: Path) -> None:
    root = copy_of_good(tmp_path)
    (root / "lab-xx" / "trial").rename(tmp_path / "trial")
    (root / "lab-xx" / "trial").symlink_to(tmp_path / "trial", target_is_directory=True)
    assert [line.partition("  (file)  ")[2] for line in said(root)] == [f"leads outside {root}; put the file itself there"]


def test_a_link_inside_is_fine(tmp_path: Path) -> None:
    root = copy_of_good(tmp_path)
    (root / "lab-xx/trial/2021-01-01.yaml").symlink_to(root / CARD)
    assert Schedules(root).plan("lab-xx", dt.date(2021, 1, 1)).fees[1].card is not None


def test_a_link_to_nowhere(tmp_path: Path) -> None:
    root = copy_of_good(tmp_path)
    (root / CARD).unlink()
    (root / CARD).symlink_to(tmp_path / "nowhere.yaml")
    assert said(root) == [f"{CARD}:1  (file)  is missing in {root}; add it"]


@pytest.mark.parametrize("name", ["../secret", "lab-xx/../../secret", "/etc", ".", "", "lab-xx/..", "LAB-XX"])
def test_a_platform_is_a_name(name: str, tmp_path: Path) -> None:
    store = own(tmp_path, {"mine/trial/2020-01-01.yaml": card("flat: 9.00\n")})
    with pytest.raises(InputError, match=r"platform.*is unknown"):
        store.plan(name, DAY)
    with pytest.raises(InputError):
        quote(Item(price="1.00"), platform=name or " ", as_of=DAY, schedules=store)


def test_a_card_outside_is_not_found(tmp_path: Path) -> None:
    root = copy_of_good(tmp_path)
    write(tmp_path, {"secret/2020-01-01.yaml": card("flat: 9.00\n")})
    with pytest.raises(ScheduleError, match="leads outside"):
        Schedules(root).card("lab-xx", "../../secret", dt.date(2020, 1, 1))
    with pytest.raises(ScheduleError, match="leads outside"):
        Schedules(root).path("../secret/2020-01-01.yaml")


# -- what nothing reads ------------------------------------------------------------------------------------------

FOLDERS = "base, trial, later, by_order, by_month, by_stay, by_return, sizes, ads"


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("lab-xx/notes.yaml", "name it CARD/DATE.yaml, its folder a fee's id"),
        ("lab-xx/trial/old/2020-01-01.yaml", "name it CARD/DATE.yaml, its folder a fee's id"),
        ("lab-xx/trail/2020-01-01.yaml", "its folder is no fee's id; near: trial"),
        ("lab-xx/xyz/2020-01-01.yaml", f"its folder is no fee's id; known: {', '.join(sorted(FOLDERS.split(', ')))}"),
        ("lab-xx/trial/2020-02-30.yaml", "its name is no day; name it as 2024-01-15.yaml or 2024-01-15.cases.yaml"),
        ("lab-xx/trial/2020-1-1.yaml", "its name is no day; name it as 2024-01-15.yaml or 2024-01-15.cases.yaml"),
        ("lab-xx/trial/20200101.yaml", "its name is no day; name it as 2024-01-15.yaml or 2024-01-15.cases.yaml"),
        ("lab-xx/trial/2020-01-02.yml", "its name is no day; name it as 2024-01-15.yaml or 2024-01-15.cases.yaml"),
        ("lab-xx/trial/2020-01-02.cases.yaml", "there is no card 2020-01-02.yaml beside it"),
        ("lab-x/trial/2020-01-01.yaml", "lab-x has no platform.yaml; near: lab-xx"),
    ],
)
def test_a_stray_file_is_found(name: str, remedy: str, tmp_path: Path) -> None:
    """A misspelt folder or date would otherwise be a table that is never in force."""
    root = write(copy_of_good(tmp_path), {name: "flat: 1.00\n"})
    expected = [f"tree/{name}:1  (file)  is read by nothing; {remedy}"]
    assert said(root) == expected
    assert said(root, name) == expected
    assert said(root, "lab-xx/base") == []
    assert Schedules(root).plan("lab-xx", DAY).fees[1].card is not None, "and a quote goes by the cards that are right"


def test_a_file_that_is_in_no_schedule(tmp_path: Path) -> None:
    root = copy_of_good(tmp_path)
    there = write(tmp_path, {"else/2020-01-01.yaml": ""}) / "else"
    assert [line.split("  ")[2] for line in map(str, findings(root, there))] == [
        "is in none of the schedule folders; give --schedules its folder"
    ]


# -- the files at the top ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("categories.yaml", "- toys\n", "categories.yaml:1  (file)  must be a mapping: {key: value}"),
        ("categories.yaml", "toys: [a]\n", "categories.yaml:1  toys  must be plain text"),
        ("categories.yaml", "toys: Toys\ntoys: Toys\n", "categories.yaml:2  toys  stands twice; keep one"),
        (
            "categories.yaml",
            "Toys & Games: x\n",
            "categories.yaml:1  Toys & Games  'Toys & Games' is no id; write small letters, digits, - and _",
        ),
        ("defaults.yaml", "platfrom: lab-xx\n", "defaults.yaml:1  platfrom  is no key here; near: platform"),
        ("defaults.yaml", "platform: lab\n", "defaults.yaml:1  platform  'lab' is no platform here; near: lab-xx"),
    ],
)
def test_the_files_at_the_top_are_checked(name: str, text: str, expected: str, tmp_path: Path) -> None:
    root = write(copy_of_good(tmp_path), {name: text})
    assert f"tree/{expected}" in said(root)


def test_a_store_needs_folders(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"is no folder; give one laid out as PLATFORM/CARD/DATE.yaml"):
        Schedules(tmp_path / "nowhere")
