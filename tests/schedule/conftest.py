"""What the tests of the schedules share."""

from pathlib import Path

import pytest

from .trees import Lab


@pytest.fixture
def lab(tmp_path: Path) -> Lab:
    """Where one charge after another can be tried."""
    return Lab(tmp_path)
