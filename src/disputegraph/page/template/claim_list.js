// The claims as a list with who affirms and who denies each: what a narrow stage shows instead of their graph.

import { claims, saidOn, UTTERANCES } from "./data.js";
import { el } from "./dom.js";
import { goTo } from "./evidence.js";
import { allowed, counts, hidden } from "./filters.js";
import { boardBox, stageBox } from "./frame.js";
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
 * Returns the voices on one side, each once, marked where the documents have it only through others.
 * @param {Utterance[]} said
 * @param {string} side
 */
function voicesOf(said, side) {
  const ones = said.filter((one) => (one.polarity ?? "neutral") === side);
  const items = [...new Set(ones.map((one) => one.voice))].map((voice, place) => {
    const heard = ones.filter((one) => one.voice === voice).every((one) => one.hearsay);
    return [place > 0 && ", ", goTo(voice), heard && ` (${t("via")})`];
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
  boardBox.replaceChildren(
    el("ol", { id: "claim-list" }, items),
    el(
      "p",
      { class: "note" },
      found.length ? counted("claim", found.length) : t("filtered_out"),
      rest > 0 && `, ${t("more_hits", { count: rest })}`,
    ),
  );
}
