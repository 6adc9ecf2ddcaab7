"""docs/schedules.md knows every word of the language."""

import re
from pathlib import Path

from pydantic import BaseModel

from feecalc.schedule import charges, models

PAGE = Path(__file__).parents[2] / "docs" / "schedules.md"


def words() -> set[str]:
    """Every key of every model."""
    kinds = [kind for module in (charges, models) for kind in vars(module).values()]
    known = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)]
    return {field.alias or name for kind in known for name, field in kind.model_fields.items() if name != "root"}


def test_every_word_is_shown() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert sorted(word for word in words() if not re.search(rf"\b{word}\b", text)) == []
