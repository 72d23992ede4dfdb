"""What an assistant can ask: the tools of `tools.toml`, and whether arguments fit them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from disputegraph.errors import UsageError, nearest

_MOST = 1_000
_LONGEST = 100_000  # characters of an argument; a query may be long
_SCHEMAS: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "number": {"type": "integer", "minimum": 1, "maximum": _MOST},
    "texts": {"type": "object", "additionalProperties": {"type": "string"}},
}


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool.

    Attributes:
        name: its name.
        title: what people read.
        description: what it gives back.
        arguments: type, description and whether it is required, by name.
    """

    name: str
    title: str
    description: str
    arguments: Mapping[str, Mapping[str, Any]]

    def to_dict(self) -> dict[str, Any]:
        """Return the tool as the protocol describes one (Model Context Protocol, "Tools")."""
        return {
            "name": self.name,
            "title": self.title,
            "description": " ".join(self.description.split()),
            "inputSchema": {
                "type": "object",
                "properties": {
                    name: _SCHEMAS[each["type"]] | {"description": each["description"]}
                    for name, each in self.arguments.items()
                },
                "required": [name for name, each in self.arguments.items() if each.get("required")],
                "additionalProperties": False,
            },
            "annotations": {"readOnlyHint": True, "idempotentHint": True, "openWorldHint": False},
        }

    def check(self, given: object) -> dict[str, Any]:
        """Return the arguments given, of the types they must have; blank texts count as not given.

        Raises:
            UsageError: an argument is missing, unknown or of another type.
        """
        if given is not None and not isinstance(given, dict):
            raise UsageError(f"the arguments of '{self.name}' must be an object.")
        found = {}
        for name, value in (given or {}).items():
            if name not in self.arguments:
                raise UsageError(f"'{self.name}' takes no argument '{name}'.{nearest(name, self.arguments)}")
            kind = self.arguments[name]["type"]
            if not _fits(value, kind):
                raise UsageError(f"'{name}' of '{self.name}' must be {_WORDS[kind]}.")
            if value not in ("", None):
                found[name] = value
        if missing := [name for name, each in self.arguments.items() if each.get("required") and name not in found]:
            raise UsageError(f"'{self.name}' needs '{missing[0]}': {self.arguments[missing[0]]['description']}")
        return found


_WORDS = {
    "text": f"a text of at most {_LONGEST:,} characters",
    "number": f"a whole number from 1 to {_MOST:,}",
    "texts": "an object of texts",
}


def _fits(value: object, kind: str) -> bool:
    if value is None:
        return True
    if kind == "texts":
        return isinstance(value, dict) and all(_fits(each, "text") for each in value.values())
    if kind == "number":
        return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _MOST
    return isinstance(value, str) and len(value) <= _LONGEST


@cache
def tools() -> dict[str, Tool]:
    """Return the tools by name, in the order of the file."""
    told = tomllib.loads((files(__package__) / "tools.toml").read_text(encoding="utf-8"))
    return {
        name: Tool(name, each["title"], each["description"], each.get("arguments", {})) for name, each in told.items()
    }
