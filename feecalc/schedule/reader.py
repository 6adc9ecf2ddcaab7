"""Strict YAML: how is a file read so that nothing is guessed and every mistake has a line?

Every scalar stays text. Duplicate keys, anchors, aliases, tags, several documents, deep nesting and huge files are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from feecalc.errors import Finding, ScheduleError

LARGEST = 4 * 1024 * 1024
DEEPEST = 40

Value = str | list["Value"] | dict[str, "Value"]
Path = tuple[str | int, ...]


@dataclass(slots=True)
class Document:
    """A file as nested dict, list and text; `lines` maps a path to where it stands, `findings` holds its duplicate keys."""

    file: str
    data: Value
    lines: dict[Path, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def line(self, path: Path) -> int:
        """The line of the deepest part of `path` that is there."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class _Refused(Exception):
    def __init__(self, line: int, path: Path, remedy: str) -> None:
        self.line, self.path, self.remedy = line, path, remedy


def read_yaml(text: str, file: str) -> Document:
    """Parse one document. Raises ScheduleError with every duplicate key, or the first thing that can't be read at all."""
    document = parse_yaml(text, file)
    if document.findings:
        raise ScheduleError(document.findings)
    return document


def parse_yaml(text: str, file: str) -> Document:
    """The same, but duplicate keys are left in `findings`, to be reported with the other mistakes of the file."""
    if len(text) > LARGEST:
        raise ScheduleError([Finding(file, 1, "", f"is over {LARGEST // 1024 // 1024} MB; split it")])
    try:
        return _Builder(file).document(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.YAMLError as error:
        raise ScheduleError([Finding(file, _line_of(error, text), "", f"is not YAML: {_problem(error)}")]) from None
    except _Refused as refused:
        raise ScheduleError([Finding(file, refused.line, path_text(refused.path), refused.remedy)]) from None


def path_text(path: Path) -> str:
    """`("rows", 3, "up_to")` -> `rows[3].up_to`."""
    shown = ""
    for part in path:
        key = f"[{part}]" if isinstance(part, int) else part if part.isprintable() else repr(part)
        shown += f".{key}" if shown and not isinstance(part, int) else key
    return shown


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _line_of(error: yaml.YAMLError, text: str) -> int:
    """Where it went wrong; a character that can't stand in YAML has a place in bytes instead of a line."""
    mark, position = getattr(error, "problem_mark", None), getattr(error, "position", None)
    if mark is None:
        return 1 + text.encode()[:position].count(b"\n")
    return min(int(mark.line), text.rstrip().count("\n")) + 1


def _problem(error: yaml.YAMLError) -> str:
    if isinstance(error, yaml.reader.ReaderError):
        return f"holds the control character #x{error.character:02x}; take it away"
    problem, begun = str(getattr(error, "problem", error)), getattr(error, "context_mark", None)
    mark = getattr(error, "problem_mark", None)
    since = f", in what begins on line {begun.line + 1}" if begun and mark and begun.line != mark.line else ""
    return f"{problem}{since}{_HINTS.get(problem, '')}"


_HINTS = {
    "found character that cannot start any token": "; indent with spaces, not tabs, and quote a text that begins with %, @ or `",
    "mapping values are not allowed in this context": "; quote a text that holds a colon",
}


class _Builder:
    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []
        self.lines: dict[Path, int] = {}

    def document(self, events: Iterator[yaml.Event]) -> Document:
        next(events)  # stream start
        first = next(events)
        if isinstance(first, yaml.StreamEndEvent):
            raise _Refused(1, (), "is empty; write it, or take the file away")
        data = self._value(next(events), events, ())
        next(events)  # document end
        extra = next(events)
        if not isinstance(extra, yaml.StreamEndEvent):
            raise _Refused(_line(extra), (), "holds a second document; keep one")
        return Document(self.file, data, self.lines, self.findings)

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path) -> Value:
        line = _line(event)
        self.lines.setdefault(path, line)
        if len(path) > DEEPEST:
            raise _Refused(line, path[:4], f"is nested more than {DEEPEST} deep")
        _plain(event, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, path)
        assert isinstance(event, yaml.ScalarEvent)
        return str(event.value)

    def _sequence(self, events: Iterator[yaml.Event], path: Path) -> list[Value]:
        values: list[Value] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            values.append(self._value(event, events, (*path, len(values))))
        return values

    def _mapping(self, events: Iterator[yaml.Event], path: Path) -> dict[str, Value]:
        values: dict[str, Value] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            _plain(event, path)
            if not isinstance(event, yaml.ScalarEvent):
                raise _Refused(_line(event), path, "a key must be plain text")
            key = str(event.value)
            inner = (*path, key)
            if key in values:
                self.findings.append(Finding(self.file, _line(event), path_text(inner), "stands twice; keep one"))
            self.lines.setdefault(inner, _line(event))
            values.setdefault(key, self._value(next(events), events, inner))
        return values


def _plain(event: yaml.Event, path: Path) -> None:
    """Nothing that means more than it says, on a value or a key."""
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise _Refused(_line(event), path, "anchors and aliases are refused; write the value out")
    if getattr(event, "tag", None):
        raise _Refused(_line(event), path, "tags are refused; write plain text")
