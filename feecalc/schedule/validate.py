"""From pydantic's errors to findings: every mistake of a file at once, with its line and what would do."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from feecalc.errors import Finding, ScheduleError, near
from feecalc.schedule.reader import Document, Path, path_text

M = TypeVar("M", bound=BaseModel)


def validated(model: type[M], document: Document) -> M:
    """The document as that model. Raises ScheduleError with every finding."""
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        findings = [_finding(model, document, entry) for entry in error.errors(include_url=False)]
        raise ScheduleError(sorted(set(findings))) from None


def _finding(model: type[BaseModel], document: Document, entry: Any) -> Finding:
    path = _real_path(document, entry["loc"])
    return Finding(document.file, document.line(path), path_text(path), _remedy(model, path, entry))


def _real_path(document: Document, location: tuple[str | int, ...]) -> Path:
    """Pydantic names union members in its locations; keep the parts that are in the file (and a missing last key)."""
    path: Path = ()
    for position, part in enumerate(location):
        if (*path, part) in document.lines:
            path = (*path, part)
        elif position == len(location) - 1 and isinstance(part, str) and part.isidentifier() and part.islower():
            path = (*path, part.removesuffix("_"))
    return path


def _remedy(model: type[BaseModel], path: Path, entry: Any) -> str:
    kind, message = entry["type"], str(entry["msg"])
    if kind == "missing":
        return "is missing; add it"
    if kind == "extra_forbidden":
        return f"is no key here{near(str(path[-1]) if path else '', _words(model))}"
    if kind == "value_error":
        return message.removeprefix("Value error, ")
    if kind == "literal_error":
        return f"{entry['input']!r} is not one of {entry['ctx']['expected']}"
    if kind.endswith("_type") or kind == "model_attributes_type":
        return f"{message[0].lower()}{message[1:].replace('dictionary', 'mapping')}"
    return f"{entry['input']!r}: {message[0].lower()}{message[1:]}"


def _words(model: type[BaseModel]) -> set[str]:
    """Every key of the language, to find near names among."""
    return set(_properties(model.model_json_schema(by_alias=True)))


def _properties(schema: Any) -> list[str]:
    if not isinstance(schema, dict):
        return []
    own = list(schema.get("properties", {}))
    return own + [name for part in schema.get("$defs", {}).values() for name in _properties(part)]
