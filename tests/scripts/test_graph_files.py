"""GraphML and GEXF of the bundled dispute, read by the parsers of Gephi Lite."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import networkx as nx
from click.testing import CliRunner

from disputegraph.cli.network import network
from tests.conftest import require

HERE = Path(__file__).parent


def test_gephi_lite_reads_what_we_write(root: Path, tmp_path: Path) -> None:
    node = shutil.which("node")
    require(node, "node")
    require((root / "node_modules" / "graphology-gexf").exists(), "graphology (npm ci)")
    for form in ("graphml", "gexf", "json"):
        arguments = ["signed", "--coalitions", "-o", str(tmp_path / f"network.{form}")]
        done = CliRunner().invoke(network, arguments)
        assert done.exit_code == 0, done.output
    # Colours and places are for programs that draw: networkx reads them from the GraphML.
    drawn = nx.read_graphml(tmp_path / "network.graphml").nodes
    data = json.loads((tmp_path / "network.json").read_text(encoding="utf-8"))
    for each in data["nodes"]:
        each.update({name: drawn[each["id"]][name] for name in ("colour", "x", "y")})
    (tmp_path / "network.json").write_text(json.dumps(data), encoding="utf-8")
    told = {**os.environ, "GRAPH_FILES": str(tmp_path)}
    command = [str(node), "--test", str(HERE / "graph_files.test.js")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=told)
    assert done.returncode == 0, done.stdout[-4000:]
    assert "# pass 2" in done.stdout
