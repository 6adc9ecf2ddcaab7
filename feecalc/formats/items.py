"""What does one item file say? YAML or JSON, one mapping of fields, every value as text.

A file from somebody else must not hang or crash the program: size and nesting are checked before anything is built.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, NoReturn

from feecalc.errors import Finding, InputError, ScheduleError

MOST_BYTES = 10_000_000
MOST_NESTING = 20
_ROWS = (".csv", ".tsv", ".jsonl", ".xlsx")
_KINDS = {list: "a list", str: "one value", type(None): "nothing", bool: "one value"}

Fields = dict[str, object]


def read_item(path: str, stdin: BinaryIO) -> tuple[Fields, dict[str, Fields]]:
    """The fields of an item file, and those it sets for one platform alone (`platforms: {ID: {price: 18.99}}`).

    `-` is `stdin`. Raises InputError, in one line that names the file. `read_item("shirt.yaml", sys.stdin.buffer)`.
    """
    shown = "standard input" if path == "-" else path
    if path.lower().endswith(_ROWS):
        raise InputError(shown, None, "an item file is YAML or JSON; for a file of rows: feecalc batch")
    data = _parse(_decode(_read(path, shown, stdin), shown), path.lower(), shown)
    if not isinstance(data, Mapping):
        kind = _KINDS.get(type(data), "something else")
        raise InputError(shown, None, f"holds {kind}; an item file is one mapping of fields, as in price: 20.01")
    fields = {name: value for name, value in data.items() if not _blank(value)}
    return fields, _overrides(fields.pop("platforms", {}), shown)


def _blank(value: object) -> bool:
    """`cost:` with nothing behind it is not given, as is JSON's null."""
    return value is None or value == ""


def _overrides(data: object, shown: str) -> dict[str, Fields]:
    if not isinstance(data, Mapping) or not all(isinstance(own, Mapping) for own in data.values()):
        raise InputError(shown, None, "platforms: give a mapping of fields for each platform id")
    return {str(name): {key: value for key, value in own.items() if not _blank(value)} for name, own in data.items()}


def _read(path: str, shown: str, stdin: BinaryIO) -> bytes:
    try:
        if path == "-":
            content = stdin.read(MOST_BYTES + 1)
        else:
            with Path(path).open("rb") as file:  # a pipe such as /dev/fd/63 has no size to ask for: read, then look
                content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise InputError(shown, None, f"can't be read: {error.strerror or error}") from None
    except ValueError:  # a NUL in the name
        raise InputError(shown, None, "is no name of a file") from None
    if len(content) > MOST_BYTES:
        raise InputError(shown, None, f"is over {MOST_BYTES // 1_000_000} MB; an item file holds one item")
    return content


def _decode(content: bytes, shown: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(shown, None, f"is not UTF-8 text (byte {error.start})") from None
    if "\x00" in text:
        raise InputError(shown, None, "is not a text file")
    if not text.strip():
        raise InputError(shown, None, "is empty; give fields, as in price: 20.01")
    return text


def _parse(text: str, name: str, shown: str) -> object:
    if name.endswith(".json"):
        return _json(text, shown)
    if name.endswith((".yaml", ".yml")) or not text.lstrip().startswith(("{", "[")):
        return _yaml(text, shown)
    try:
        return _json(text, shown)
    except InputError as error:  # a flow mapping such as {price: 5} is YAML and no JSON
        try:
            return _yaml(text, shown)
        except InputError:
            raise error from None


def _json(text: str, shown: str) -> object:
    """Numbers stay the text they are, so that nothing is rounded and an exponent is seen and refused."""

    def refuse(constant: str) -> NoReturn:
        raise InputError(shown, None, f"{constant} is no number that can be used")

    def once(pairs: list[tuple[str, object]]) -> Fields:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            raise InputError(shown, None, f"{next(name for name in names if names.count(name) > 1)} is given twice")
        return found

    try:
        data = json.loads(text, parse_float=str, parse_int=str, parse_constant=refuse, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        raise InputError(shown, None, f"is not JSON: line {error.lineno}: {error.msg}") from None
    except RecursionError:
        raise InputError(shown, None, f"is nested more than {MOST_NESTING} deep") from None
    if _depth(data) > MOST_NESTING:
        raise InputError(shown, None, f"is nested more than {MOST_NESTING} deep")
    return data


def _depth(data: object) -> int:
    """Levels of nesting, counted without recursion."""
    level, depth = [data], 0
    while level:
        depth += 1
        level = [child for parent in level for child in _children(parent)]
    return depth


def _children(parent: object) -> list[object]:
    if isinstance(parent, Mapping):
        return list(parent.values())
    return parent if isinstance(parent, list) else []


def _yaml(text: str, shown: str) -> object:
    from feecalc.schedule.reader import read_yaml

    try:
        return read_yaml(text, shown).data
    except ScheduleError as error:
        raise InputError(_place(error.findings[0]), None, error.findings[0].remedy) from None


def _place(finding: Finding) -> str:
    return f"{finding.file}:{finding.line}" + (f" {finding.path}" if finding.path else "")
