"""The bundled dispute, coded anew from its forms, is the same graph but for the names of its nodes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from disputegraph.coding import NewEntry, Project, new_project
from disputegraph.model import entry_fields, entry_forms
from tests.coding.nameless_graph import BUNDLED, bundled_project, nameless


@pytest.fixture
def original(tmp_path: Path, shared: Path) -> Project:
    """The bundled dispute taken into a project, with its text."""
    text = (shared / "junior-doctors-article.txt").read_text(encoding="utf-8")
    return bundled_project(tmp_path / "original", text)


def test_the_bundled_dispute_is_coded_anew_from_its_forms(original: Project, tmp_path: Path) -> None:
    project = new_project(tmp_path / "anew")
    project.undo()
    text = next((original.folder / "sources").iterdir()).read_text(encoding="utf-8")
    (project.folder / "sources" / "doc.txt").write_text(text, encoding="utf-8")
    nodes = [node for node in original.graph.nodes(*entry_forms()) if original.graph.kind(node)]
    entries = [original.entry(node) for node in nodes]
    (document,) = [entry for entry in entries if entry["kind"] == "Document"]
    later = {name for name, field in entry_fields().items() if field.is_node or name == "evidence"}
    plain = {name: value for name, value in document["fields"].items() if name not in later}
    made = project.put("Document", **plain)
    keys = {entry["iri"]: f"new:{place}" for place, entry in enumerate(entries)} | {document["iri"]: made}

    def fields(entry: dict[str, Any]) -> dict[str, Any]:
        told = {}
        for name, values in entry["fields"].items():
            if name == "evidence":
                told[name] = [{**place, "document": made} for place in values]
            else:
                told[name] = [keys.get(value, value) if entry_fields()[name].is_node else value for value in values]
        return told

    new = [NewEntry(keys[e["iri"]], e["kind"], fields(e)) for e in entries if e is not document]
    project.put("Document", iri=made, new=new, **{k: v for k, v in fields(document).items() if k in later})
    expected = nameless(original.graph.store.quads(), BUNDLED)
    assert nameless(project.graph.store.quads(), project.settings.base) == expected
    assert len(expected) > 2000
    assert [f for f in project.findings() if f.severity == "violation"] == []
    # All of it was one change.
    project.undo()
    assert project.graph.nodes("Claim") == []
