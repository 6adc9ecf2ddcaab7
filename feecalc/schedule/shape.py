"""What may stand at a path of a file, by the JSON Schema of its model: its keys, its words, an example."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import BaseModel

from feecalc.schedule.reader import Path

Node = dict[str, Any]


class Shape:
    """The schema of one model, walked by paths such as `("choose", "rows", 3, "percent")`."""

    def __init__(self, model: type[BaseModel]) -> None:
        schema = model.model_json_schema(by_alias=True)
        self._defs: dict[str, Node] = schema.get("$defs", {})
        self._root = schema

    def keys(self, path: Path) -> list[str]:
        """The keys that may stand in the mapping there."""
        return [key for node in self._at(path) for key in node.get("properties", {})]

    def required(self, path: Path, key: str | int) -> bool:
        """Whether the mapping there can't do without the key."""
        return any(key in node.get("required", ()) for node in self._at(path))

    def words(self, path: Path) -> list[str]:
        """The words that a value there is chosen from; none when it is free."""
        return [word for node in self._at(path) for word in node.get("enum", [node["const"]] if "const" in node else [])]

    def example(self, path: Path) -> Any:
        """Something that may stand there. Raises LookupError when nothing is known of that place."""
        return self._example(next(self._at(path), None))

    def _example(self, node: Node | None) -> Any:
        if node is None:
            raise LookupError("no such place")
        for word in ("examples", "enum"):
            if word in node:
                return node[word][0]
        if node.get("type") == "array":
            return [self._example(next(self._plain(node["items"])))] * int(node.get("minItems", 0))
        if node.get("type") == "object":
            return {key: self._example(next(self._plain(node["properties"][key]))) for key in node.get("required", ())}
        return "…"

    def _at(self, path: Path) -> Iterator[Node]:
        """Every schema that the place may have."""
        nodes = list(self._plain(self._root))
        for part in path:
            nodes = [inner for node in nodes for child in _children(node, part) for inner in self._plain(child)]
        yield from nodes

    def _plain(self, node: Node) -> Iterator[Node]:
        """The schema behind references and choices."""
        if "$ref" in node:
            yield from self._plain(self._defs[node["$ref"].rpartition("/")[2]])
        elif "anyOf" in node or "oneOf" in node:
            for choice in node.get("anyOf", []) + node.get("oneOf", []):
                yield from self._plain(choice)
        elif node.get("type") != "null":
            yield node


@cache
def shape_of(model: type[BaseModel]) -> Shape:
    """Its shape, made once."""
    return Shape(model)


def _children(node: Node, part: str | int) -> Iterator[Node]:
    if isinstance(part, int):
        found = [node.get("items")]
    elif part in node.get("properties", {}):
        found = [node["properties"][part]]
    else:
        found = [*node.get("patternProperties", {}).values(), node.get("additionalProperties")]
    yield from (child for child in found if isinstance(child, dict))
