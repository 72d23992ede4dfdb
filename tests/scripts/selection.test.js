import assert from "node:assert/strict";
import { test } from "node:test";
import { load, steps } from "./page_modules.js";

const { BEGIN, choose, fragment, reopen, state, watch } = await load("state");
const data = await load("data");
const filters = await load("filters");
const { edgesOf, enlarged, undrawn } = await load("expansion");
const { liveRests } = await load("coalitions");

/** Sets the filters to what they begin with, changed. */
function filterBy(change) {
  Object.assign(state, BEGIN, change);
  filters.refilter();
}

test("the address gives back what was chosen", () => {
  reopen();
  assert.deepEqual(state.hide, ["tone.critical", "says.denies"]);
  assert.equal(state.view, "claims");
  assert.equal(fragment(), "#select=c1&hide=tone.critical&hide=says.denies");
  location.hash = "#view=camps";
  reopen();
  assert.equal(state.view, "coalitions", "links of version 0.1");
  location.hash = "#view=nowhere";
  reopen();
  assert.equal(state.view, "claims");
});

test("a new selection can be gone back from, a filter cannot, and who watches is told of changes only", () => {
  const told = [];
  watch((changed) => told.push([...changed]));
  steps.length = 0;
  choose({ select: "bob", min: "" });
  choose({ min: "2" }, { keep: true });
  choose({ min: "2" }, { keep: true });
  assert.deepEqual(told, [["select"], ["min"]]);
  assert.equal(steps[0][2], "#select=bob");
  filterBy({});
});

test("names of edges last", () => {
  const names = Object.values(data.DATA.views).flatMap((view) => view.edges.map((edge) => edge.id));
  assert.equal(names[0], "alice > c1 : affirms");
  assert.equal(names.at(-1), "alice = bob");
});

test("utterances are in the order of their days", () => {
  assert.deepEqual(data.inOrder([0, 1, 2, 3]), [1, 3, 0, 2], "those without a day come last");
  assert.equal(data.utteranceLabel("u2"), "Älice: It fails");
  assert.equal(data.addressOf("c1"), "https://e.example/c1");
});

test("each filter leaves what it should", () => {
  const left = (change) => {
    filterBy(change);
    return filters.allowed([0, 1, 2, 3]);
  };
  assert.deepEqual(left({}), [0, 1, 2, 3]);
  assert.equal(filters.filtering(), false);
  assert.deepEqual(left({ hide: ["tone.critical"] }), [1, 2, 3]);
  assert.deepEqual(left({ hide: ["says.neutral"] }), [0, 1, 2]);
  assert.deepEqual(left({ hide: ["kind.Organization"] }), [0, 1, 2]);
  assert.deepEqual(left({ speaker: "carol" }), [3], "the speaker counts as well as the voice");
  assert.deepEqual(left({ document: "d" }), [3]);
  assert.deepEqual(left({ heard: "hearsay" }), [2]);
  assert.deepEqual(left({ heard: "first" }), [0, 1, 3]);
  assert.deepEqual(left({ from: "2020-01-02" }), [0, 3], "what has no day is left out");
  assert.deepEqual(left({ to: "2020-01-02" }), [1, 3]);
  assert.equal(filters.passingCount, 2);
  assert.equal(filters.filtering(), true);
  filterBy({});
});

test("a claim joins two voices while each has an utterance on it that passes", () => {
  const rests = { agree: [["c1", [0], "c1", [3]]], conflict: [["c1", [0, 1], "c2", [3]]] };
  assert.deepEqual(liveRests(rests), { agree: 1, conflict: 1 });
  filterBy({ hide: ["tone.critical"] });
  assert.deepEqual(liveRests(rests), { agree: 0, conflict: 1 });
  filterBy({});
});

test("nodes that are not drawn are found and drawn in beside a neighbour", () => {
  assert.equal(edgesOf("claims", "c2").length, 3);
  assert.deepEqual(undrawn("claims", "alice", new Set(["alice"])), ["c1", "c2"], "the busiest first");
  assert.deepEqual(undrawn("coalitions", "alice", new Set()), []);
  const nodes = enlarged("claims", ["c1", "c2", "nobody", "c1"]);
  assert.deepEqual(
    nodes.map((node) => node.id),
    ["alice", "c1", "c2"],
  );
  assert.deepEqual([nodes[1].x, nodes[1].y, nodes[1].tall], [100, 20, [91, 2]]);
  assert.notDeepEqual([nodes[1].x, nodes[1].y], [nodes[2].x, nodes[2].y]);
  assert.equal(nodes[2].value, 2);
});

test("texts fill in and count, and unknown names become words", async () => {
  const { counted, t } = await load("texts");
  assert.equal(counted("utterance", 1), "1 utterance");
  assert.equal(counted("utterance", 1200), "1,200 utterances");
  assert.equal(t("fact.closeTo"), "close to");
});
