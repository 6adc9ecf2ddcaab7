"""The Python shown in the documentation, run: the ```python blocks of a page are one doctest, in order."""

import doctest
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ["README.md", "docs/library.md"]
_BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES)
def test_python_does_what_it_shows(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    code = code_of(text)
    test = doctest.DocTestParser().get_doctest(code, {}, page, page, 0)
    said: list[str] = []
    runner = doctest.DocTestRunner(verbose=False)
    runner.run(test, out=said.append)
    assert runner.failures == 0, "".join(said)


def code_of(page: str) -> str:
    """The blocks alone, each in the line where it stands in the page."""
    code = ""
    for block in _BLOCK.finditer(page):
        code += "\n" * (page.count("\n", 0, block.start(1)) - code.count("\n")) + block[1]
    assert code
    return code
