"""A Turtle file becomes part of a project, as one change."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from disputegraph.cli import main
from disputegraph.coding import Project, new_project


def test_a_turtle_file_becomes_part_of_a_project(tmp_path: Path) -> None:
    project = new_project(tmp_path / "harbour", base="https://example.org/h/")
    file = tmp_path / "more.ttl"
    file.write_text(
        "@prefix dg: <https://w3id.org/disputegraph/ns#> . @prefix org: <http://www.w3.org/ns/org#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix h: <https://example.org/h/> .\n"
        'h:ann a dg:Person ; skos:prefLabel "Ann"@en .\n'
        "[] a org:Membership ; org:member h:ann .\n",
        encoding="utf-8",
    )
    done = CliRunner().invoke(main, ["import", "turtle", str(file), "--into", str(project.folder)])
    assert done.exit_code == 0, done.output
    assert "more.ttl: 1 nodes without a name got one." in done.stderr
    assert "4 triples are new" in done.stderr
    made = Project(tmp_path / "harbour")
    assert made.graph.find("Ann", ["Person"]) is not None
    made.undo()
    assert "Ann" not in (made.folder / "codebook.ttl").read_text(encoding="utf-8")
    again = CliRunner().invoke(main, ["import", "turtle", str(tmp_path / "none.ttl"), "--into", str(project.folder)])
    assert again.exit_code == 3
