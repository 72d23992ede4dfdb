// The page's data, and what is looked up in it again and again.

import { byDay } from "./days.js";
import { byId } from "./dom.js";
import { push } from "./multimap.js";
import { t } from "./texts.js";

/** @type {PageData} */
export const DATA = JSON.parse(byId("data").textContent ?? "");
export const UTTERANCES = DATA.utterances;
/** How many of them say something themselves; the others only pass words on, and count nowhere. */
export const STATEMENT_COUNT = UTTERANCES.filter((one) => !one.relay).length;

export const things = new Map(DATA.things.map((thing) => [thing.id, thing]));
export const claims = new Map(DATA.claims.map((claim) => [claim.id, claim]));
export const documents = new Map(DATA.documents.map((item) => [item.id, item]));
export const placeOf = new Map(UTTERANCES.map((utterance, place) => [utterance.id, place]));

/** @typedef {Map<string, number[]>} Places */
/** Thing → places of utterances it voices or speaks. @type {Places} */
export const saidBy = new Map();
/** Thing → places of utterances it stands behind. @type {Places} */
export const voicedBy = new Map();
/** Thing → places of utterances whose claims speak of it. @type {Places} */
export const saidAbout = new Map();
/** Claim → places of utterances that address it. @type {Places} */
export const saidOn = new Map();
/** Utterance → places of utterances that pass it on. @type {Places} */
export const reportersOf = new Map();
/** Thing or utterance → stances. @type {Map<string, Stance[]>} */
export const stancesOf = new Map();
/** Thing → facts of others about it. @type {Map<string, (Fact & { source: string })[]>} */
export const pointsAt = new Map();

for (const [place, utterance] of UTTERANCES.entries()) {
  for (const inner of utterance.reports ?? []) push(reportersOf, inner, place);
  if (utterance.relay) continue;
  for (const who of new Set([utterance.voice, utterance.speaker])) if (who) push(saidBy, who, place);
  if (utterance.voice) push(voicedBy, utterance.voice, place);
  const spokenOf = new Set();
  for (const id of utterance.claims ?? []) {
    push(saidOn, id, place);
    const claim = claims.get(id);
    for (const role of [claim?.agents, claim?.subjects, claim?.targets, claim?.purposes, claim?.issues])
      for (const one of role ?? []) spokenOf.add(one);
  }
  for (const one of spokenOf) push(saidAbout, one, place);
}
for (const stance of DATA.stances) {
  for (const id of new Set([stance.holder, stance.on, ...(stance.utterances ?? [])]))
    if (id) push(stancesOf, id, stance);
}
for (const thing of DATA.things) {
  for (const fact of thing.facts ?? []) {
    for (const id of new Set([fact.to, fact.at]))
      if (id && id !== thing.id) push(pointsAt, id, { ...fact, source: thing.id });
  }
}
/**
 * Returns the name of an edge, which is what it joins and how, so that a link to it lasts.
 * @param {ViewEdge} edge
 */
export function edgeName({ from, to, kind, relation, arrows, via }) {
  if (arrows === "") return `${from} = ${to}`;
  return `${from} > ${to} : ${kind === "relation" ? relation : kind}${via ? " via" : ""}`;
}
for (const view of Object.values(DATA.views)) for (const edge of view.edges) edge.id ??= edgeName(edge);

/**
 * @param {string} id
 * @returns {string}
 */
export const labelOf = (id) =>
  things.get(id)?.label ?? claims.get(id)?.label ?? documents.get(id)?.label ?? utteranceLabel(id) ?? id ?? "";

/** @param {string} id */
export const kindOf = (id) => things.get(id)?.kind ?? (claims.has(id) ? "Claim" : placeOf.has(id) ? "Utterance" : "");

/** @param {string} id */
export const addressOf = (id) => (id.includes(":") ? id : DATA.base + id);

/** @param {string} id */
export const known = (id) => things.has(id) || claims.has(id) || documents.has(id) || placeOf.has(id);

/**
 * Returns the utterance with that identifier.
 * @param {string} id
 * @returns {Utterance | undefined}
 */
export const utteranceNamed = (id) => UTTERANCES[placeOf.get(id) ?? -1];

/** @param {string} id */
export function utteranceLabel(id) {
  const utterance = utteranceNamed(id);
  if (!utterance) return undefined;
  const what = utterance.claims?.length ? utterance.claims.map(labelOf).join("; ") : t("no_claim");
  return `${labelOf(utterance.voice)}: ${what}`;
}

/**
 * Returns an utterance with those that pass it on, from the one who heard it first.
 * @param {Utterance} one
 */
export function chainOf(one) {
  const steps = [one];
  const next = () =>
    (reportersOf.get(steps[steps.length - 1].id) ?? [])
      .map((place) => UTTERANCES[place])
      .find((other) => !steps.includes(other));
  for (let outer = next(); outer; outer = next()) steps.push(outer);
  return steps;
}

/** @param {number} place */
const startOf = (place) => DATA.anchors[UTTERANCES[place].evidence?.[0] ?? -1]?.start ?? 1e12;

/**
 * Returns places in the order of their days, then of the text.
 * @param {number[]} places
 */
export const inOrder = (places) =>
  [...places].sort((a, b) => {
    const days = byDay(UTTERANCES[a].date, UTTERANCES[b].date);
    return days || startOf(a) - startOf(b) || a - b;
  });

/** All days that are named, sorted. */
export const DAYS = UTTERANCES.map((utterance) => utterance.date)
  .concat(DATA.things.flatMap((thing) => [thing.start, thing.end]))
  .filter((day) => day !== undefined)
  .sort(byDay);
export const FIRST_DAY = DAYS[0] ?? "";
export const LAST_DAY = DAYS.at(-1) ?? "";
