// The parsers of Gephi Lite read what our GraphML and GEXF hold: tests/scripts/test_graph_files.py writes the files.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import Graph from "graphology";
import gexf from "graphology-gexf";
import graphml from "graphology-graphml";

const folder = process.env.GRAPH_FILES;
const PARSERS = { graphml, gexf };

// GEXF's colours arrive as rgba(…), those of GraphML as hexadecimal digits; sigma draws either.
function hex(colour) {
  const numbers = colour.match(/\d+/g)?.slice(0, 3).map(Number);
  return colour.startsWith("#") ? colour : `#${numbers.map((each) => each.toString(16).padStart(2, "0")).join("")}`;
}

for (const [form, parser] of Object.entries(PARSERS)) {
  test(`${form}: nodes, edges and attributes arrive`, { skip: folder ? false : "no files" }, () => {
    const told = JSON.parse(readFileSync(`${folder}/network.json`, "utf8"));
    const graph = parser.parse(Graph, readFileSync(`${folder}/network.${form}`, "utf8"));
    assert.equal(graph.order, told.nodes.length);
    assert.equal(graph.size, told.edges.length);
    assert.ok(graph.order > 5 && graph.size > 5);
    assert.equal(graph.type, "undirected");
    for (const node of told.nodes) {
      const found = graph.getNodeAttributes(node.id);
      for (const name of ["label", "kind", "statements", "coalition", "alias"]) {
        assert.equal(found[name], node[name], `${name} of ${node.id}`);
      }
      assert.equal(hex(found.color), node.colour);
      assert.deepEqual([found.x, found.y], [node.x, node.y]);
    }
    const signs = new Set();
    for (const edge of told.edges) {
      const found = graph.getEdgeAttributes(graph.edge(edge.source, edge.target));
      assert.equal(found.signed_weight, edge.weight);
      assert.equal(found.sign, Math.sign(edge.weight));
      assert.ok(found.weight > 0);
      if (edge.weight) assert.equal(found.weight, Math.abs(edge.weight));
      assert.equal(found.count, edge.count);
      assert.match(hex(found.color), /^#[0-9a-f]{6}$/);
      signs.add(found.sign);
    }
    assert.ok(signs.has(1) && signs.has(-1));
  });
}
