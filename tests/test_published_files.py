"""The files that only others' programs read say what is true today."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import yaml

import disputegraph


def test_the_citation_names_this_version(root: Path) -> None:
    cited = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["version"] == disputegraph.__version__
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert cited["repository-code"] == project["urls"]["Source"]
    assert cited["license"] == project["license"]


def test_workflows_run_what_is_there(root: Path) -> None:
    """Each is YAML, has no right that it does not need, and calls targets of the Makefile that are there."""
    targets = set(re.findall(r"^([a-z]+):", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for path in sorted((root / ".github" / "workflows").glob("*.yml")):
        text = path.read_text(encoding="utf-8")
        workflow = yaml.safe_load(text)
        assert workflow["permissions"] == {"contents": "read"}
        assert all("timeout-minutes" in job for job in workflow["jobs"].values())
        assert set(re.findall(r"\bmake ([a-z]+)", text)) <= targets


def test_the_container_is_of_the_right_user(root: Path) -> None:
    lines = (root / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert "USER 10001" in lines
    assert lines.index("USER 10001") < next(place for place, line in enumerate(lines) if line.startswith("ENTRYPOINT"))
    assert json.loads((root / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))["postCreateCommand"]


def test_what_the_docs_point_to_is_there(root: Path) -> None:
    for name in ("SECURITY.md", "CONTRIBUTING.md", "CODE_OF_CONDUCT.md", "docs/threat-model.md"):
        text = (root / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (root / name).parent.joinpath(target).exists(), f"{name}: {target}"
