// The page's modules, loaded over a small dispute without a browser: what they need of a document when they load.

const TEMPLATE = new URL("../../src/disputegraph/page/template/", import.meta.url);

const words = { "utterance.one": "{count} utterance", "utterance.many": "{count} utterances", no_claim: "no claim" };

/** Alice affirms c1 twice and denies c2, Bob affirms c2; a later word of Bob's takes back his first. */
export const dispute = {
  base: "https://e.example/",
  title: "Test",
  things: [
    { id: "alice", kind: "Person", label: "Älice", actor: true },
    { id: "bob", kind: "Organization", label: "Bob", aliases: ["Robert"], actor: true },
    { id: "carol", kind: "Person", label: "Carol", actor: true },
    { id: "strike", kind: "Event", label: "Strike", start: "2020-01-05" },
  ],
  claims: [
    { id: "c1", label: "It works", agents: ["bob"], contradicts: ["c2"] },
    { id: "c2", label: "It fails", agents: ["bob"] },
  ],
  utterances: [
    {
      id: "u0",
      speaker: "alice",
      voice: "alice",
      claims: ["c1"],
      polarity: "affirms",
      tone: "critical",
      date: "2020-01-03",
    },
    {
      id: "u1",
      speaker: "alice",
      voice: "alice",
      claims: ["c1"],
      polarity: "affirms",
      tone: "neutral",
      date: "2020-01-01",
    },
    { id: "u2", speaker: "alice", voice: "alice", claims: ["c2"], polarity: "denies", tone: "neutral", hearsay: true },
    {
      id: "u3",
      speaker: "carol",
      voice: "bob",
      claims: ["c2"],
      tone: "supportive",
      date: "2020-01-02",
      documents: ["d"],
    },
  ],
  stances: [],
  documents: [{ id: "d", label: "Paper" }],
  anchors: [],
  views: {
    claims: {
      nodes: [{ id: "alice", label: "Älice", kind: "Person", value: 3, x: 10, y: 20, tall: [1, 2] }],
      edges: [
        { from: "alice", to: "c1", kind: "affirms", utterances: [0, 1] },
        { from: "alice", to: "c2", kind: "denies", utterances: [2] },
        { from: "bob", to: "c2", kind: "neutral", utterances: [3] },
        { from: "c1", to: "c2", kind: "contradicts", utterances: [] },
      ],
      total: 4,
      shown: 1,
      least: 1,
    },
    coalitions: { nodes: [], edges: [{ from: "alice", to: "bob", kind: "conflict", arrows: "", utterances: [2, 3] }] },
  },
};

const islands = { data: JSON.stringify(dispute), texts: JSON.stringify(words) };
globalThis.document = { getElementById: (id) => ({ textContent: islands[id] }) };
globalThis.location = { hash: "#view=claims&hide=tone.critical&hide=says.denies&select=c1&nonsense=1" };
globalThis.history = { pushState: (...given) => steps.push(given), replaceState: (...given) => steps.push(given) };
globalThis.addEventListener = () => {};

/** What was written to the history of the browser. */
export const steps = [];

export const load = (name) => import(new URL(`${name}.js`, TEMPLATE).href);
