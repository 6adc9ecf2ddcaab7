"""The page about 2016 to 2026 says what the cards say."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def test_the_page_is_what_the_script_writes():
    spec = importlib.util.spec_from_file_location("reproduce", ROOT / "examples" / "take-rate-2016-2026" / "reproduce.py")
    assert spec is not None and spec.loader is not None
    reproduce = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["reproduce"] = reproduce
    spec.loader.exec_module(reproduce)
    assert (ROOT / "docs" / "take-rate.md").read_text(encoding="utf-8") == reproduce.page()
