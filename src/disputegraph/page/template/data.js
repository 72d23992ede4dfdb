// The page's data, and what is looked up in it again and again.

const DATA = JSON.parse(byId("data").textContent);
const UTTERANCES = DATA.utterances;

const things = new Map(DATA.things.map((thing) => [thing.id, thing]));
const claims = new Map(DATA.claims.map((claim) => [claim.id, claim]));
const documents = new Map(DATA.documents.map((item) => [item.id, item]));
const placeOf = new Map(UTTERANCES.map((utterance, place) => [utterance.id, place]));

const saidBy = new Map();      // thing → places of utterances it voices or speaks
const voicedBy = new Map();    // thing → places of utterances it stands behind
const saidAbout = new Map();   // thing → places of utterances whose claims speak of it
const saidOn = new Map();      // claim → places of utterances that address it
const reportersOf = new Map(); // utterance → places of utterances that pass it on
const stancesOf = new Map();   // thing or utterance → stances
const pointsAt = new Map();    // thing → facts of others about it

const push = (map, key, value) => { const list = map.get(key); if (list) list.push(value); else map.set(key, [value]); };

for (const [place, utterance] of UTTERANCES.entries()) {
  for (const who of new Set([utterance.voice, utterance.speaker])) if (who) push(saidBy, who, place);
  if (utterance.voice) push(voicedBy, utterance.voice, place);
  const spokenOf = new Set();
  for (const id of utterance.claims ?? []) {
    push(saidOn, id, place);
    const claim = claims.get(id);
    for (const role of ["agents", "targets", "purposes", "issues"]) for (const one of claim?.[role] ?? []) spokenOf.add(one);
  }
  for (const one of spokenOf) push(saidAbout, one, place);
  for (const inner of utterance.reports ?? []) push(reportersOf, inner, place);
}
for (const stance of DATA.stances) {
  for (const id of new Set([stance.holder, stance.on, ...(stance.utterances ?? [])])) if (id) push(stancesOf, id, stance);
}
for (const thing of DATA.things) {
  for (const fact of thing.facts ?? []) {
    for (const id of new Set([fact.to, fact.at])) if (id && id !== thing.id) push(pointsAt, id, { ...fact, from: thing.id });
  }
}

const labelOf = (id) => things.get(id)?.label ?? claims.get(id)?.label ?? documents.get(id)?.label ?? utteranceLabel(id) ?? id ?? "";
const kindOf = (id) => things.get(id)?.kind ?? (claims.has(id) ? "Claim" : documents.has(id) ? "Document" : placeOf.has(id) ? "Utterance" : "");
const addressOf = (id) => (id.includes(":") ? id : DATA.base + id);
const known = (id) => things.has(id) || claims.has(id) || documents.has(id) || placeOf.has(id);

function utteranceLabel(id) {
  const utterance = UTTERANCES[placeOf.get(id)];
  if (!utterance) return undefined;
  const what = utterance.claims?.length ? utterance.claims.map(labelOf).join("; ") : t("no_claim");
  return `${labelOf(utterance.voice)}: ${what}`;
}

/** Returns places in the order of their days, then of the text. */
const inOrder = (places) => [...places].sort((a, b) =>
  (UTTERANCES[a].date ?? "9").localeCompare(UTTERANCES[b].date ?? "9") || startOf(a) - startOf(b) || a - b);
const startOf = (place) => DATA.anchors[UTTERANCES[place].evidence?.[0]]?.start ?? 1e12;

const DAYS = UTTERANCES.map((utterance) => utterance.date).concat(DATA.things.flatMap((thing) => [thing.start, thing.end])).filter(Boolean).sort();
const FIRST_DAY = DAYS[0] ?? "";
const LAST_DAY = DAYS.at(-1) ?? "";
