"""Every platform serves every category, says why not, or says that nobody knows: no cell of the map is empty."""

import datetime as dt

import pytest

from feecalc import Schedules
from feecalc.mapping import served

STORE = Schedules.shipped()
STATES = {"row", "unknown", "absent", "one", "own"}
DAYS = [dt.date(2026, 11, 22), dt.date(2025, 6, 1), dt.date(2023, 6, 1)]


@pytest.mark.parametrize("platform", STORE.platform_ids())
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_cell_is_empty(platform: str, day: dt.date) -> None:
    found = served(STORE.plan(platform, day))
    assert set(STORE.categories) <= set(found)
    for name, entry in found.items():
        assert entry.state in STATES, name
        assert entry.rates, name
        if entry.state in ("absent", "unknown", "own"):
            assert entry.why, f"{name} is {entry.state} without a reason"
        if entry.state == "row":
            assert entry.printed and entry.charge is not None, name


def test_what_is_written_is_what_is_asked_for() -> None:
    """The ids that the contract starts with are all there."""
    named = """
        apparel shoes handbags-luggage eyewear jewelry watches beauty health baby grocery pet vet-diets toys books music-video
        software video-games video-game-consoles electronics electronics-accessories computers cell-phones cameras
        appliances-compact appliances-full-size home kitchen furniture mattresses garden lawn-mowers tools base-power-tools
        automotive tires sports outdoors office industrial musical-instruments arts-crafts handmade collectible-coins
        entertainment-collectibles sports-collectibles trading-cards fine-art gift-cards device-accessories services other
    """
    assert set(named.split()) <= set(STORE.categories)
