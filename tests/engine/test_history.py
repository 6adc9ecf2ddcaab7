"""One item through every change of its cards."""

import datetime as dt
from itertools import pairwise

import pytest

from feecalc import FeecalcError, InputError, Item, quote
from feecalc.confidence import Confidence
from feecalc.history import ONE_DAY, Asked, changes, history

from .strategies import STORE

TEE = Item(category="apparel", price="19.99", dims="8x6x1in", weight="0.5lb", cost="5.20")
DESK = Item(category="furniture", price="250.00", dims="50x30x6in", weight="48lb", cost="80")
LAST = dt.date(2026, 11, 22)


def asked(item, place="amazon-us"):
    return Asked(STORE, item, place, Confidence.INFERRED)


@pytest.fixture(scope="module", params=[TEE, DESK], ids=["tee", "desk"])
def found(request):
    return request.param, history(asked(request.param), None, LAST)


def test_periods_and_gaps_cover_every_day_once(found):
    spans = sorted((entry.start, entry.end) for entry in [*found[1].periods, *found[1].gaps])
    assert spans[-1][1] == LAST
    for (_, end), (start, _) in pairwise(spans):
        assert start == end + ONE_DAY


def test_every_day_of_a_period_charges_the_same(found):
    item, made = found
    for period in made.periods:
        for day in {period.start, period.start + (period.end - period.start) / 2, period.end}:
            again = quote(item, platform="amazon-us", as_of=day, schedules=STORE)
            assert [(line.fee, line.amount) for line in again.fees] == [(line.fee, line.amount) for line in period.quote.fees]


def test_no_day_of_a_gap_can_be_quoted(found):
    item, made = found
    for gap in made.gaps:
        for day in {gap.start, gap.end}:
            with pytest.raises(FeecalcError) as refused:
                quote(item, platform="amazon-us", as_of=day, schedules=STORE)
            assert str(refused.value) == gap.reason


def test_a_period_says_what_changed(found):
    for before, after in pairwise(found[1].periods):
        amounts = [{line.fee: line.amount for line in period.quote.fees} for period in (before, after)]
        for fee in after.changed:
            assert amounts[0].get(fee) != amounts[1].get(fee)


def test_the_change_of_apparel_is_seen():
    starts = {period.start: period.changed for period in history(asked(TEE), dt.date(2023, 8, 1), LAST).periods}
    assert "referral" in starts[dt.date(2024, 1, 15)]


def test_document():
    document = history(asked(TEE), dt.date(2026, 1, 1), LAST).to_dict()
    assert document["schema"] == "feecalc/history/1"
    assert {"from", "to", "changed", "take_rate", "quote"} == set(document["periods"][0])


def test_every_change_of_a_card_is_a_candidate():
    days = changes(STORE, "amazon-us")
    assert {dt.date(2024, 1, 15), dt.date(2025, 1, 15), dt.date(2026, 4, 17)} <= days


def test_refused():
    with pytest.raises(InputError, match="is after"):
        history(asked(TEE), dt.date(2027, 1, 1), LAST)
    with pytest.raises(InputError, match="can't be quoted on any day"):
        history(asked(Item(category="collectible-coins", price="9")), dt.date(2024, 5, 1), LAST)
