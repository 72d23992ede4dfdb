"""The wheel, installed in an empty environment outside the checkout, does the main job."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest
import rdflib

pytestmark = pytest.mark.install


def _run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from what the source distribution holds, so that the sdist is proven too."""
    root = Path(__file__).resolve().parents[2]
    out = tmp_path_factory.mktemp("dist")
    copy = tmp_path_factory.mktemp("copy") / "checkout"
    wanted = shutil.ignore_patterns(".venv", ".git", "demo", "node_modules", "*_cache", "__pycache__", "site")
    shutil.copytree(root, copy, ignore=wanted)
    _run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, copy, cwd=out)
    (built,) = out.glob("*.whl")
    return built


def test_the_wheel_runs_the_demo(wheel: Path, tmp_path: Path, root: Path) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    _run(python, "-m", "pip", "install", "-q", "-c", root / "constraints.txt", wheel, cwd=tmp_path)
    command = tmp_path / "env" / "bin" / "disputegraph"
    text = _run(command, "demo", "--dir", "out", cwd=tmp_path)
    assert "Hunt vetoed compromise" in text
    where = _run(python, "-c", "import disputegraph; print(disputegraph.__file__)", cwd=tmp_path)
    assert str(tmp_path) in where
    graph = rdflib.Graph().parse(tmp_path / "out" / "dispute.ttl")
    assert len(graph) > 500
    assert (tmp_path / "out" / "page.html").stat().st_size > 50_000
    # What the checkout has, the wheel has: ontology, queries, checks.
    for part in ("core", "shapes", "context"):
        assert _run(command, "ontology", part, cwd=tmp_path).strip()
    assert " 0 violations" in _run(command, "check", cwd=tmp_path)
