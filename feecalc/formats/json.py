"""How does a document look as JSON? UTF-8 text, numbers with the digits they have, no NaN."""

from __future__ import annotations

import json


def document(data: object) -> str:
    """A whole document, indented, for people and for `jq`."""
    return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)


def line(data: object) -> str:
    """One document on one line, for JSON Lines."""
    return json.dumps(data, ensure_ascii=False, separators=(", ", ": "), allow_nan=False)
