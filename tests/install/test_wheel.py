"""The wheel, installed in an empty environment outside the checkout, does the main job."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest
import rdflib

pytestmark = [pytest.mark.install, pytest.mark.timeout(900)]  # pip installs all dependencies anew


def _run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_runs_the_demo(tmp_path: Path, root: Path) -> None:
    copy, dist = tmp_path / "checkout", tmp_path / "dist"
    ignored = (".venv", ".git", ".cache", "demo", "node_modules", "*_cache", "__pycache__", "site")
    shutil.copytree(root, copy, ignore=shutil.ignore_patterns(*ignored))
    # The wheel is built from what the source distribution holds, so that the sdist is proven too.
    build = (sys.executable, "-m", "build", "--no-isolation", "--outdir")
    _run(*build, dist, copy, cwd=tmp_path)
    (wheel,) = dist.glob("*.whl")
    # Built again of files with other times and rights, they have the same bytes.
    for path in copy.rglob("*"):
        if path.is_file():
            path.touch()
            path.chmod(0o600)
    _run(*build, tmp_path / "again", copy, cwd=tmp_path)
    for made in dist.iterdir():
        assert (tmp_path / "again" / made.name).read_bytes() == made.read_bytes(), made.name
    venv.create(tmp_path / "env")
    python = tmp_path / "env" / "bin" / "python"
    # With the pip that is here, and compiling only what is run: both take long.
    pip = (sys.executable, "-m", "pip", "--python", python)
    _run(*pip, "install", "-q", "--no-compile", "-c", root / "constraints.txt", wheel, cwd=tmp_path)
    command = tmp_path / "env" / "bin" / "disputegraph"
    expected = (root / "tests" / "cli" / "demo.txt").read_text(encoding="utf-8")
    # `make demo`, in the environment that is there already.
    (tmp_path / "env" / ".installed").touch()
    assert _run("make", "-s", "demo", f"VENV={tmp_path / 'env'}", cwd=copy) == expected
    where = _run(python, "-c", "import disputegraph; print(disputegraph.__file__)", cwd=tmp_path)
    assert str(tmp_path) in where
    graph = rdflib.Graph().parse(copy / "demo" / "dispute.ttl")
    assert len(graph) > 500
    assert (copy / "demo" / "page.html").stat().st_size > 50_000
    # What the checkout has, the wheel has: ontology, queries, checks.
    for part in ("core", "shapes", "context"):
        assert _run(command, "ontology", part, cwd=tmp_path).strip()
    assert " 0 violations" in _run(command, "check", cwd=tmp_path)
