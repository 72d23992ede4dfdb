import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./page_modules.js";

const { merged } = await load("folding");

const edge = (from, to, kind, ...utterances) => ({ id: `${from} > ${to} : ${kind}`, from, to, kind, utterances });
const standsFor = (id) => ({ ann: "union", ben: "union", cid: "firm" })[id] ?? id;

test("edges of people become those of their organisation, which name what they sum", () => {
  const own = edge("union", "firm", "critical", 1);
  const edges = [own, edge("ann", "firm", "critical", 4, 2), edge("ben", "cid", "critical", 2, 3)];
  const [sum, ...rest] = merged(edges, standsFor);
  assert.deepEqual(rest, []);
  assert.equal(sum.id, "union > firm : critical");
  assert.deepEqual(sum.utterances, [1, 2, 3, 4], "an utterance counts once");
  assert.deepEqual(sum.parts, edges);
  assert.deepEqual(own.utterances, [1], "what is summed stays as it is");
});

test("tones stay apart, and so does hearsay", () => {
  const edges = [edge("ann", "firm", "critical", 0), edge("ben", "firm", "neutral", 1)];
  edges.push({ ...edge("ben", "firm", "critical", 2), via: true });
  const names = merged(edges, standsFor).map(({ id }) => id);
  assert.deepEqual(names, ["union > firm : critical", "union > firm : neutral", "union > firm : critical via"]);
});

test("a tie within an organisation is none, what its people say of each other is", () => {
  const found = merged([edge("ann", "union", "tie"), edge("ann", "ben", "critical", 5)], standsFor);
  assert.deepEqual(
    found.map(({ id }) => id),
    ["union > union : critical"],
  );
});

test("what nobody is folded into stays the same object", () => {
  const edges = [edge("x", "y", "critical", 0)];
  assert.equal(merged(edges, standsFor)[0], edges[0]);
});
