// Where adjudication goes next, and in which order the versions stand.

import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.localStorage = { getItem: () => null, setItem: () => {} };
globalThis.sessionStorage = globalThis.localStorage;
globalThis.location = { hash: "", pathname: "", search: "" };
const { inOrder, nextOpen } = await import("../../src/disputegraph/server/coding_static/adjudication_state.js");

const unit = (state, key = "00") => ({ state, key, versions: [{ coder: "ada" }, { coder: "ben" }] });

test("the next utterance that the coders differ in, then from the beginning", () => {
  const all = ["agreed", "open", "adjudicated", "open"].map((state) => unit(state));
  assert.equal(nextOpen(all, 0), 1);
  assert.equal(nextOpen(all, 2), 3);
  assert.equal(nextOpen(all, 4), 1);
  assert.equal(nextOpen([unit("agreed")], 0), -1);
});

test("hidden names turn the order by the utterance, shown names never", () => {
  const coders = (one, blind) => inOrder(one, blind).map(({ coder }) => coder);
  assert.deepEqual(coders(unit("open", "000001aa"), false), ["ada", "ben"]);
  assert.deepEqual(coders(unit("open", "000001aa"), true), ["ben", "ada"]);
  assert.deepEqual(coders(unit("open", "000002aa"), true), ["ada", "ben"]);
});
