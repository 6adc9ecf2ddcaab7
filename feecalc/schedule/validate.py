"""From pydantic's errors to findings: every mistake of a file at once, with its line and what would do.

What can't be read gets a stand-in, so that the rest of the file is still compiled and all its mistakes come together.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from feecalc.errors import Finding, ScheduleError, near
from feecalc.schedule.reader import Document, Path, path_text
from feecalc.schedule.scalars import quoted
from feecalc.schedule.shape import Shape, shape_of

M = TypeVar("M", bound=BaseModel)
_ROUNDS = 4  # a stand-in may need another one


@dataclass(frozen=True, slots=True)
class Read(Generic[M]):
    """A document as its model; `findings` says what could not be read, `doubtful` where something else stands in for it."""

    model: M
    findings: tuple[Finding, ...] = ()
    doubtful: frozenset[Path] = frozenset()


def validated(model: type[M], document: Document, digits: int = 2) -> M:
    """The document as that model; `digits` are the currency's. Raises ScheduleError with every finding."""
    read = readable(model, document, digits)
    if read.findings:
        raise ScheduleError(read.findings)
    return read.model


def readable(model: type[M], document: Document, digits: int = 2) -> Read[M]:
    """As much of the document as can be read. Raises ScheduleError when not even stand-ins make a whole of it."""
    try:
        return Read(model.model_validate(document.data, context={"digits": digits}), tuple(document.findings))
    except ValidationError as error:
        return _mended(model, document, error, digits)


def _mended(model: type[M], document: Document, error: ValidationError, digits: int) -> Read[M]:
    shape = shape_of(model)
    findings = sorted({*document.findings, *(_finding(shape, document, entry) for entry in error.errors(include_url=False))})
    data, doubtful = deepcopy(document.data), set()
    for _ in range(_ROUNDS):
        try:
            mistakes = [(_real_path(data, entry), entry["type"]) for entry in error.errors(include_url=False)]
            for path, kind in mistakes:
                _mend(shape, data, path, kind)
                doubtful.add(path)
            return Read(model.model_validate(data, context={"digits": digits}), tuple(findings), frozenset(doubtful))
        except ValidationError as further:
            error = further
        except LookupError:
            break
    raise ScheduleError(findings)


def _mend(shape: Shape, data: Any, path: Path, kind: str) -> None:
    """Take away what can be spared, else put an example in its place. Raises LookupError when the file as a whole is wrong."""
    if not path:
        raise LookupError("nothing here can be read")
    *above, last = path
    for part in above:
        if not _holds(data, part):
            return  # taken away with what is around it
        data = data[part]
    if kind == "extra_forbidden" or (isinstance(data, dict) and not shape.required(tuple(above), last)):
        data.pop(last, None)
    else:
        data[last] = shape.example(path)


def consequence(path: Path, doubtful: frozenset[Path]) -> bool:
    """Whether a fault there may come from a stand-in alone, so that saying it would mislead."""
    return any(_follows(path, at) for at in doubtful)


_SPREADING = ("categories", "months", "absent")  # what a whole table is checked for
_NAMED_IN = {"base": "percent", "inputs": "when", "plans": "when", "fulfillment": "when", "own_categories": "when"}


def _follows(path: Path, at: Path) -> bool:
    inside = path[: len(at)] == at
    around = path == at[:-1] or (at[-2:-1] == ("when",) and path == at[:-2])
    spread = at[-1] in _SPREADING and path == at[: len(path)]
    return inside or around or spread or _NAMED_IN.get(str(at[0])) in path


def _finding(shape: Shape, document: Document, entry: Any) -> Finding:
    path = _real_path(document.data, entry)
    return Finding(document.file, document.line(path), path_text(path), _remedy(shape, path, entry))


def _real_path(data: Any, entry: Any) -> Path:
    """Pydantic names union members in its locations; keep the parts that are in the file, and a key that is missing."""
    path: Path = ()
    for part in entry["loc"]:
        if _holds(data, part):
            data, path = data[part], (*path, part)
    return (*path, entry["loc"][-1]) if entry["type"] == "missing" else path


def _holds(data: Any, part: str | int) -> bool:
    if isinstance(data, list):
        return isinstance(part, int) and part < len(data)
    return isinstance(data, dict) and part in data


def _remedy(shape: Shape, path: Path, entry: Any) -> str:
    kind, message, context = entry["type"], str(entry["msg"]), entry.get("ctx", {})
    if kind == "missing":
        words = shape.words(path)
        return f"is missing; add it: {' or '.join(words)}" if words else "is missing; add it"
    if kind == "extra_forbidden":
        keys = shape.keys(path[:-1])
        return f"is no key here{near(str(path[-1]), keys) or f'; keys here: {_listed(keys)}'}"
    if kind == "value_error":
        return message.removeprefix("Value error, ")
    if kind == "literal_error":
        several = " or " in context["expected"]
        expected = f"one of {context['expected']}" if several else f"{context['expected']}, the only word here"
        return f"{quoted(entry['input'])} is not {expected}"
    if kind in ("too_short", "too_long"):
        least = kind == "too_short"
        number = context["min_length" if least else "max_length"]
        return f"must have at {'least' if least else 'most'} {number} {'entry' if number == 1 else 'entries'}"
    return _SHAPES.get(kind, f"{quoted(entry['input'])}: {message[0].lower()}{message[1:]}")


_SHAPES = {
    "list_type": "must be a list: [a, b]",
    "dict_type": "must be a mapping: {key: value}",
    "model_type": "must be a mapping: {key: value}",
    "model_attributes_type": "must be a mapping: {key: value}",
}


def _listed(names: list[str]) -> str:
    return ", ".join(names) or "none"
