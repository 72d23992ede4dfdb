// Which utterances pass the reader's filters. Graph, panel, table and time line all ask here.

import { DATA, STATEMENT_COUNT, things, UTTERANCES } from "./data.js";
import { byDay } from "./days.js";
import { canFold, edgesOfView } from "./folding.js";
import { state } from "./state.js";

let passing = Uint8Array.from(UTTERANCES, (one) => Number(!one.relay));
export let passingCount = STATEMENT_COUNT;

/** @type {(keyof State)[]} */
export const FILTERS = ["hide", "speaker", "document", "from", "to", "min", "heard"];

/**
 * @param {string} group
 * @param {string} name
 */
export const hidden = (group, name) => state.hide.includes(`${group}.${name}`);

/**
 * Returns how we know of an utterance: by hearsay, or how the document gives the speaker's words.
 * @param {Utterance} one
 */
export const wayOf = (one) => (one.hearsay ? "hearsay" : one.mode);

/** Decides anew which utterances pass. */
export function refilter() {
  const off = new Set(state.hide);
  const ok = (/** @type {Utterance} */ one) =>
    !one.relay &&
    !off.has(`tone.${one.tone}`) &&
    !off.has(`says.${one.polarity ?? "neutral"}`) &&
    !(off.size && off.has(`kind.${things.get(one.voice)?.kind}`)) &&
    (!state.speaker || one.voice === state.speaker || one.speaker === state.speaker) &&
    (!state.document || (one.documents ?? []).includes(state.document)) &&
    (!state.heard || (state.heard === "first" ? !one.hearsay : wayOf(one) === state.heard)) &&
    // An utterance without a day is left out as soon as a day is asked for.
    (!state.from || (one.date !== undefined && byDay(one.date, state.from) >= 0)) &&
    (!state.to || (one.date !== undefined && byDay(one.date, state.to) <= 0));
  passing = Uint8Array.from(UTTERANCES, (one) => Number(ok(one)));
  passingCount = passing.reduce((sum, one) => sum + one, 0);
}

/** @param {number} place */
export const passes = (place) => passing[place] === 1;

/**
 * Tells whether an utterance counts as words of its voice: it stands, and is at hand or passed on by the news.
 * @param {Utterance} one
 */
export const counts = (one) => !one.superseded && !one.uncounted && !one.relay;

/** @param {number[] | undefined} places */
export const allowed = (places) => (places ?? []).filter(passes);

export const filtering = () => passingCount < STATEMENT_COUNT || state.hide.some((name) => name.startsWith("kind."));

/**
 * Returns the least count an edge needs to be drawn: the reader's, or what the view opens with.
 * @param {string} view
 */
export const least = (view) => {
  if (state.min) return Number(state.min);
  if (!canFold(view) || state.fold !== "none") return DATA.views[view]?.least ?? 1;
  // Lines between people are thinner than those between organisations.
  const counts = edgesOfView(view).map((edge) => edge.utterances.length);
  return (counts.sort((a, b) => b - a)[MOST_DRAWN] ?? 0) + 1;
};

/** Lines that a view opens with, where it has more. */
const MOST_DRAWN = 160;
