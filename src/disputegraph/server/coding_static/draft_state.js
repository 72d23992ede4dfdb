// The drafts of the open text: what programs propose, and which of it may be shown yet.

import { ask, send } from "./project_client.js";
import { on, spanOf, state } from "./project_state.js";

export const drafts = {
  /** IRI of the text that they are of. */
  document: "",
  all: /** @type {Draft[]} */ ([]),
  /** How far the coder has come in the text, in code points. */
  passed: 0,
  /** What was left out. */
  notes: /** @type {string[]} */ ([]),
};

/** @type {(() => void)[]} */
const watchers = [];

/** @param {() => void} act */
export const onDrafts = (act) => watchers.push(act);

const tell = () => {
  for (const act of watchers) act();
};

let asked = 0;

/** Loads the drafts of the open text as they are now. */
export async function loadDrafts() {
  const iri = state.open?.iri ?? "";
  asked += 1;
  const turn = asked;
  if (drafts.document !== iri) Object.assign(drafts, { document: iri, all: [], passed: 0, notes: [] });
  if (!iri) return;
  /** @type {DraftsAnswer} */
  const answer = await ask("drafts", { document: iri });
  // An answer that was overtaken by a later one tells nothing.
  if (turn !== asked || state.open?.iri !== iri) return;
  Object.assign(drafts, { all: answer.drafts, notes: answer.notes, passed: Math.max(answer.passed, drafts.passed) });
  tell();
}

/** Whether a draft waits for the coder, and may be seen: one sentence in ten shows its drafts once it is passed. */
export const waits = (/** @type {Draft} */ draft) =>
  draft.state === "open" && (draft.held_until === null || draft.held_until <= drafts.passed);

/** The drafts that wait, in the order of the text. */
export const waiting = () => drafts.all.filter(waits);

/** @param {string} iri */
export const draftCalled = (iri) => drafts.all.find((one) => one.iri === iri);

/**
 * Takes a draft for decided on, or for waiting again, until the server tells.
 * @param {string} iri
 * @param {Draft["state"]} as
 */
export function settle(iri, as) {
  drafts.all = drafts.all.map((one) => (one.iri === iri ? { ...one, state: as } : one));
  tell();
}

/** Where the words of a draft are, in the units of the browser. @param {Draft} draft @returns {Span[]} */
export const contentOf = (draft) => draft.content.map(spanOf);

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** Notes that the coder has come to a place. @param {number} place in the units of the browser */
export function pass(place) {
  const { open } = state;
  if (!open || drafts.document !== open.iri || !drafts.all.length) return;
  const point = open.points.toPoint(place);
  if (point <= drafts.passed) return;
  const before = waiting().length;
  drafts.passed = point;
  if (waiting().length !== before) tell();
  clearTimeout(timer);
  const body = { document: open.iri, place: point };
  // It is a note on the side: where it is lost, only a sentence is counted less.
  timer = setTimeout(() => send("pass_place", body).catch(() => {}), 400);
}

on("open", loadDrafts);
on("entries", loadDrafts);
