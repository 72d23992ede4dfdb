"""The W3C's tests of JSON-LD 1.1 to RDF."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from .cases import Case

__all__ = ["jsonld_cases"]

_NAMES = re.compile(rb'"([^"\s]+\.jsonld)"')


def jsonld_cases(folder: Path) -> Iterator[Case]:
    """Yield the tests but for those of JSON-LD 1.0, which 1.1 replaced; each has the contexts it names at hand."""
    manifest = json.loads((folder / "toRdf-manifest.jsonld").read_text(encoding="utf-8"))
    home = manifest["baseIri"]
    for test in manifest["sequence"]:
        options: dict[str, Any] = test.get("option", {})
        if "json-ld-1.0" in (options.get("specVersion"), options.get("processingMode")):
            continue
        action = folder / test["input"]
        contexts = {}
        _collect(action, home + test["input"], folder, home, contexts)
        yield Case(
            f"jsonld/{test['@id'].removeprefix('#')}",
            "rdf",
            action,
            options.get("base", home + test["input"]),
            good=not any("Negative" in kind for kind in test["@type"]),
            result=folder / test["expect"] if "expect" in test else None,
            words=tuple(word for iri, path in contexts.items() for word in ("--context-file", f"{iri}={path}")),
        )


def _collect(document: Path, iri: str, folder: Path, home: str, contexts: dict[str, Path]) -> None:
    """Add to `contexts` the files that a document names, and that these name."""
    for name in _NAMES.findall(document.read_bytes()):
        named = urljoin(iri, name.decode())
        path = folder / named.removeprefix(home)
        if named not in contexts and path.is_file():
            contexts[named] = path
            _collect(path, named, folder, home, contexts)
