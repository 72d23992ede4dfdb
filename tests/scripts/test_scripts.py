"""The scripts of the page and of the server, without a browser: their own tests, run by node."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.conftest import require

HERE = Path(__file__).parent


def test_the_scripts_pass_their_tests() -> None:
    node = shutil.which("node")
    require(node, "node")
    # graph_files needs npm's packages and files to read: test_graph_files.py runs it.
    files = sorted(str(path) for path in HERE.glob("*.test.js") if path.name != "graph_files.test.js")
    done = subprocess.run([str(node), "--test", *files], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout[-4000:]
    assert "# pass 0" not in done.stdout
