import assert from "node:assert/strict";
import { test } from "node:test";
import { bridges, disputes, membersOf, sharedClaims } from "../../src/disputegraph/page/template/coalition_ties.js";

const agree = (from, to, ...claims) => ({
  from,
  to,
  rests: { agree: claims.map((claim) => [claim, [0], claim, [1]]) },
});
const conflict = (from, to, ...pairs) => ({
  from,
  to,
  rests: { conflict: pairs.map(([one, other]) => [one, [0], other, [1]]) },
});

test("members come by size of their voice, coalitions by number", () => {
  const nodes = [
    { id: "a", value: 1, coalition: 1 },
    { id: "b", value: 3, coalition: 0 },
    { id: "c", value: 5, coalition: 1 },
    { id: "d", value: 9 },
  ];
  const found = [...membersOf(nodes)].map(([number, members]) => [number, members.map(({ id }) => id)]);
  assert.deepEqual(found, [
    [0, ["b"]],
    [1, ["c", "a"]],
  ]);
});

test("a bridge is a claim without which agreement no longer joins all", () => {
  const pairs = [agree("a", "b", "x", "y"), agree("b", "c", "z"), agree("c", "d", "z", "w"), agree("a", "e", "z")];
  const members = new Set(["a", "b", "c", "d"]);
  assert.deepEqual([...sharedClaims(members, pairs)].sort(), ["w", "x", "y", "z"]);
  assert.deepEqual(bridges(members, pairs), [{ claim: "z", off: ["c", "d"] }]);
  assert.deepEqual(bridges(new Set(["a", "b"]), pairs), []);
});

test("who is joined by no agreement at all is not bridged", () => {
  assert.deepEqual(bridges(new Set(["a", "b"]), [conflict("a", "b", ["x", "x"])]), []);
});

test("disputes count each pair of voices once, whichever way round", () => {
  const pairs = [
    conflict("a", "c", ["x", "y"], ["y", "x"], ["z", "z"]),
    conflict("d", "b", ["y", "x"]),
    conflict("a", "b", ["w", "w"]),
  ];
  assert.deepEqual(disputes(new Set(["a", "b"]), new Set(["c", "d"]), pairs), [
    { claims: ["x", "y"], count: 2 },
    { claims: ["z", "z"], count: 1 },
  ]);
});
