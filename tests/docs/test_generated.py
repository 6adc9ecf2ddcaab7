"""The generated parts of the documentation are those that docs/generate.py makes now."""

import runpy
from pathlib import Path
from typing import Any

import pytest

GENERATE: dict[str, Any] = runpy.run_path(str(Path(__file__).parents[2] / "docs" / "generate.py"))


@pytest.mark.parametrize("page", GENERATE["PAGES"], ids=lambda page: page.name)
def test_page_is_up_to_date(page: Path, request: pytest.FixtureRequest) -> None:
    text = page.read_text(encoding="utf-8")
    made = GENERATE["renewed"](text)
    if request.config.getoption("--update-golden"):
        page.write_text(made, encoding="utf-8")
    else:
        assert text == made
