// The claims as a list with who affirms and who denies each: what a narrow stage shows instead of their graph.

import { claims, labelOf, saidOn, UTTERANCES } from "./data.js";
import { el } from "./dom.js";
import { goTo } from "./evidence.js";
import { allowed, counts, hidden } from "./filters.js";
import { canFold, foldedPeople, standsFor } from "./folding.js";
import { foldingNote } from "./folding_note.js";
import { boardBox, stageBox } from "./frame.js";
import { push } from "./multimap.js";
import { counted, t } from "./texts.js";

/** Width of the stage below which the claims are a list. */
const NARROW = 600;
const MOST_LISTED = 300;
const SIDES_LISTED = ["affirms", "denies", "neutral"];

/** Says whether the stage is too narrow for the graph of claims. */
export const isNarrow = () => stageBox.clientWidth < NARROW;

/**
 * Returns the utterances on a claim that pass the filters and count.
 * @param {string} id
 */
const saidOf = (id) =>
  allowed(saidOn.get(id))
    .map((place) => UTTERANCES[place])
    .filter((one) => counts(one) && !(one.hearsay && hidden("line", "via")));

/**
 * Returns the voices on one side, each once, people with their organisation in a big dispute, marked where the
 * documents have it only through others.
 * @param {Utterance[]} said
 * @param {string} side
 */
function voicesOf(said, side) {
  const ones = said.filter((one) => (one.polarity ?? "neutral") === side);
  /** @type {Map<string, Utterance[]>} */
  const groups = new Map();
  for (const one of ones) push(groups, standsFor(one.voice), one);
  const items = [...groups].map(([id, theirs], place) => {
    const people = new Set(theirs.map((one) => one.voice).filter((voice) => voice !== id)).size;
    const heard = theirs.every((one) => one.hearsay);
    // Without words of its own an organisation is only named after its people.
    const own = theirs.some((one) => one.voice === id);
    const name = goTo(id, people && !own ? t("column_of", { count: people, name: labelOf(id) }) : labelOf(id));
    return [place > 0 && ", ", name, people > 0 && own && ` + ${people}`, heard && ` (${t("via")})`];
  });
  return items.length > 0 && el("p", { class: `side is-${side}` }, el("strong", {}, t(`says.${side}`)), ": ", items);
}

export function showClaimList() {
  const found = [...claims.values()]
    .map((claim) => ({ claim, said: saidOf(claim.id) }))
    .filter(({ said }) => said.length)
    .sort((a, b) => b.said.length - a.said.length || (a.claim.label < b.claim.label ? -1 : 1));
  const items = found.slice(0, MOST_LISTED).map(({ claim, said }) => {
    const against = (claim.contradicts ?? []).map((id, place) => [place > 0 && "; ", goTo(id)]);
    return el(
      "li",
      {},
      el("p", { class: "claim-name" }, goTo(claim.id)),
      SIDES_LISTED.map((side) => voicesOf(said, side)),
      against.length > 0 && el("p", { class: "note" }, "≠ ", against),
    );
  });
  const rest = found.length - items.length;
  const folded = canFold("claims") && [...foldedPeople("claims").values()].map((people) => people.size);
  boardBox.replaceChildren(
    el("p", { class: "note" }, folded && foldingNote(folded)),
    el("ol", { id: "claim-list" }, items),
    el(
      "p",
      { class: "note" },
      found.length ? counted("claim", found.length) : t("filtered_out"),
      rest > 0 && `, ${t("more_hits", { count: rest })}`,
    ),
  );
}
