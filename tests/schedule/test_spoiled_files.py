"""Whatever is done to a card's text, it is compiled, or every finding is one line of words: never a traceback."""

from __future__ import annotations

import datetime as dt
import re
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feecalc import ScheduleError
from feecalc.schedule.charges import CHARGES
from feecalc.schedule.compile_card import compile_card
from feecalc.schedule.reader import parse_yaml
from feecalc.schedule.store import Schedules

from .test_bad_files import JARGON
from .test_charges import STAY, TABLE, bands
from .test_choices import CATEGORIES, choice
from .trees import BAD, GOOD, card

DAY = dt.date(2020, 1, 1)
STORE = Schedules(GOOD)
TEXTS = [
    *(card(body) for body in (TABLE, STAY, CATEGORIES, bands("whole"), bands("marginal"), choice("{plan: [big]}"))),
    *(file.read_text() for file in sorted(BAD.glob("*.yaml")) if file.stem != "not-utf-8"),
    (GOOD / "lab-xx/sizes/2020-01-01.yaml").read_text(),
]
KEYS = [*CHARGES, "rows", "when", "up_to", "below", "of", "by", "each", "amounts", "categories", "tiers", "quantities", "inputs"]
VALUES = [
    "1",
    "3.40",
    "15%",
    "6 oz",
    "0 lb",
    "[]",
    "{}",
    "[a]",
    "{a: b}",
    "true",
    "unknown",
    "weight",
    "toys",
    "",
    "[[1]]",
    "&a x",
    "é",
]
VALUE, KEY = re.compile(r"(?<=: )[^,{}\[\]\n]+|(?<=[\[,] )[^,{}\[\]\n:]+"), re.compile(r"[a-z_]+(?=:)")


def spoiled(text: str, random: Random) -> str:
    """With another value, another key, a line less or a line twice."""
    how, lines = random.randrange(4), text.split("\n")
    if how < 2:
        found = list((VALUE, KEY)[how].finditer(text))
        if not found:
            return text
        at = random.choice(found)
        return text[: at.start()] + random.choice((VALUES, KEYS)[how]) + text[at.end() :]
    place = random.randrange(len(lines))
    lines[place : place + 1] = [] if how == 2 else [lines[place]] * 2
    return "\n".join(lines)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(TEXTS), st.integers(1, 4), st.randoms(use_true_random=False))
def test_a_spoiled_card_is_said_or_compiled(text: str, times: int, random: Random) -> None:
    for _ in range(times):
        text = spoiled(text, random)
    for folder in ("trial", "sizes", "ads"):
        try:
            compile_card(parse_yaml(text, "card.yaml"), "card", DAY, folder, STORE._scope("lab-xx", folder, DAY))
        except ScheduleError as error:
            for finding in error.findings:
                assert str(finding).isprintable()
                assert not JARGON.search(finding.remedy)
                assert 1 <= finding.line <= text.count("\n") + 1


@pytest.mark.parametrize(
    "text", ["", "\n", "---\n", "...", "-", "?", "{", "a", "[]", "{}", "a: b", ": b", "\u0085", "%YAML 1.1", "🫖: 1"]
)
def test_hardly_a_text(text: str) -> None:
    with pytest.raises(ScheduleError):
        compile_card(parse_yaml(text, "card.yaml"), "card", DAY, "trial", STORE._scope("lab-xx", "trial", DAY))
