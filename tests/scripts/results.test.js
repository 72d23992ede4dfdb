import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, prefixed, readResult, readTriple } from "../../src/disputegraph/server/static/results.js";

test("a line of N-Triples is read term by term", () => {
  const [row] = readTriple('<http://e.example/\\u00e4> <http://e.example/p> "a \\"b\\"\\n\\U0001F600"@en .');
  assert.deepEqual(
    row.map((cell) => [cell.type, cell.value]),
    [
      ["uri", "http://e.example/ä"],
      ["uri", "http://e.example/p"],
      ["literal", 'a "b"\n😀'],
    ],
  );
  assert.deepEqual(readTriple("_:a <http://e.example/p> _:b .")[0][2], { type: "bnode", value: "b" });
  assert.deepEqual(readTriple("nothing"), []);
});

test("an answer is read in each of its formats", async () => {
  const json = (body) =>
    new Response(JSON.stringify(body), { headers: { "Content-Type": "application/sparql-results+json" } });
  const cell = { type: "literal", value: "1" };
  const rows = await readResult(json({ head: { vars: ["a", "b"] }, results: { bindings: [{ b: cell }] } }));
  assert.deepEqual(rows, { kind: "rows", columns: ["a", "b"], rows: [[undefined, cell]] });
  assert.equal((await readResult(json({ boolean: false }))).truth, false);
  const graph = new Response("<a:s> <a:p> <a:o> .\n", { headers: { "Content-Type": "application/n-triples" } });
  assert.equal((await readResult(graph)).rows.length, 1);
});

test("cells are compared as numbers where both are, empty ones first", () => {
  const cells = ["10", "9", "b", "a"].map((value) => ({ type: "literal", value }));
  const sorted = [...cells, undefined].sort(compare);
  assert.equal(compare(undefined, cells[0]), -1);
  assert.deepEqual(
    sorted.slice(0, 2).map((cell) => cell?.value),
    ["9", "10"],
  );
});

test("the longest prefix that fits is used", () => {
  const prefixes = { e: "http://e.example/", f: "http://e.example/f#" };
  assert.equal(prefixed("http://e.example/f#x", prefixes), "f:x");
  assert.equal(prefixed("http://e.example/x", prefixes), "e:x");
  assert.equal(prefixed("http://e.example/x/y", prefixes), "http://e.example/x/y");
  assert.equal(prefixed("http://other.example/x", prefixes), "http://other.example/x");
});
