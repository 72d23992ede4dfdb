"""check: what it finds, and what it calls it."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from disputegraph.cli import main
from disputegraph.coding import new_project


def test_what_a_project_lacks_is_to_do_and_no_violation(tmp_path: Path) -> None:
    """The same words as in the review of the coding page; the file by itself is a graph that breaks the model."""
    project = new_project(tmp_path / "harbour")
    (tmp_path / "gazette.txt").write_text("Cranes stand still.", encoding="utf-8")
    project.add_document(tmp_path / "gazette.txt", date="2024-05-03")
    project.put("Person", label="Ada Osei")
    project.add(document="gazette", speaker="Ada Osei", quote="Cranes stand still")
    whole = CliRunner().invoke(main, ["check", "-d", str(project.folder)])
    assert whole.exit_code == 1
    assert "to do" in whole.stdout
    assert "violation " not in whole.stdout
    assert "0 violations, " in whole.stderr
    assert "still to do." in whole.stderr
    file = next((project.folder / "codings").glob("*.ttl"))
    alone = CliRunner().invoke(main, ["check", "-d", str(file), "-d", str(project.folder / "codebook.ttl")])
    assert "to do" not in alone.stdout + alone.stderr
    assert "violation " in alone.stdout


def test_a_claim_that_a_coder_codes_apart_waits_for_adjudication(tmp_path: Path) -> None:
    project = new_project(tmp_path / "harbour", base="https://example.org/h/")
    claim = project.put("Claim", label="Quay is closed", paraphrase="The quay is closed.")
    project.put("Claim", label="Nobody says it", paraphrase="Nobody says this.")
    apart = project.folder / "independent" / "ann"
    apart.mkdir(parents=True)
    (apart / "paper.ttl").write_text(
        f"<https://example.org/h/u> <https://w3id.org/disputegraph/ns#addressesClaim> <{claim}> .\n", encoding="utf-8"
    )
    done = CliRunner().invoke(main, ["check", "-d", str(project.folder)])
    unuttered = [line for line in done.stdout.splitlines() if "claim-nobody-utters" in line]
    assert len(unuttered) == 1
    assert claim not in unuttered[0]
    assert "1 claim is uttered in independent/ alone" in done.stderr
