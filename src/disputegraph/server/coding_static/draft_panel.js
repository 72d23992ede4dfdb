// The draft that was reached: what it proposes, and what may be done with it.

import { button, byId, el } from "./coding_elements.js";
import { counted, t } from "./coding_wording.js";
import { draftCalled, drafts, onDrafts, waiting, waits } from "./draft_state.js";
import { openForm } from "./form_desk.js";
import { labelOf, on, spanOf, state } from "./project_state.js";
import { cursor, onMove } from "./text_cursor.js";

const place = byId("draft");

/** Which of the proposed claims is taken: its number, or -1 for none. */
export const choice = { iri: "", claim: 0 };

/** @type {Record<string, () => void>} */
let acts = {};

/** @param {Record<string, () => void>} actions what the buttons do */
export const useDraftActions = (actions) => {
  acts = actions;
};

/** The draft that was reached, if it still waits. */
export const reached = () => {
  const draft = draftCalled(cursor.draft);
  return draft && waits(draft) ? draft : undefined;
};

/** The claim that would be taken. @param {Draft} draft */
export const chosenClaim = (draft) => draft.claims[choice.claim];

export function drawDraft() {
  const draft = reached();
  place.hidden = !draft || openForm() !== null;
  if (!draft || place.hidden) {
    place.replaceChildren();
    return;
  }
  if (choice.iri !== draft.iri) Object.assign(choice, { iri: draft.iri, claim: draft.likely });
  const all = waiting();
  const number = all.findIndex((one) => one.iri === draft.iri) + 1;
  const words = (/** @type {Span[]} */ spans) => spans.map((span) => state.open?.map.words(span) ?? "").join(" … ");
  place.replaceChildren(
    el("h2", {}, t("draft_of", { number, count: all.length, program: draft.program })),
    el("blockquote", {}, words(cursor.spans())),
    el(
      "dl",
      {},
      ...row(t("draft_speaker"), speaker(draft)),
      ...row(t("passed_on_by"), draft.passed_on_by.map((one) => (one.includes("://") ? labelOf(one) : one)).join(", ")),
      ...row(t("draft_cue"), words(draft.cue.map(spanOf))),
      ...row(t("draft_polarity"), draft.polarity ? value("polarity", draft.polarity) : ""),
      ...row(t("draft_speech_act"), draft.speech_act ? value("speech_act", draft.speech_act) : ""),
    ),
    claims(draft),
    el("p", { class: "actions" }, ...["accept_draft", "change_draft", "split_draft", "reject_draft"].map(act)),
    el("p", { class: "soft" }, t("draft_bias")),
  );
}

/** @param {string} name */
function act(name) {
  const key = (state.project.keys[name] ?? "").split(" ")[0];
  const made = button(t(`short_${name}`), () => acts[name]?.(), { class: name === "accept_draft" ? "main" : "quiet" });
  made.append(" ", el("kbd", {}, key));
  return made;
}

/** @param {string} name @param {Child | Child[]} told */
const row = (name, told) =>
  !told || (Array.isArray(told) && !told.length) ? [] : [el("dt", {}, name), el("dd", {}, ...[told].flat())];

/** @param {Draft} draft @returns {Child[]} */
function speaker({ speaker: found }) {
  if (!found) return [el("span", { class: "wrong" }, t("draft_no_speaker"))];
  const fresh = found.iri ? "" : t("draft_new_actor");
  return [found.name, " ", el("small", {}, [fresh, found.reason, percent(found.score)].filter(Boolean).join(" · "))];
}

/** @param {Draft} draft */
function claims(draft) {
  if (!draft.claims.length) return el("p", { class: "soft" }, t("draft_no_claim"));
  const rows = draft.claims.map(({ label, score }, number) => choose(number, label, percent(score)));
  return el("fieldset", {}, el("legend", {}, t("draft_claims")), ...rows, choose(-1, t("draft_claim_none"), ""));
}

/** @param {number} number @param {string} label @param {string} more */
function choose(number, label, more) {
  const taken = () => {
    choice.claim = number;
  };
  return el(
    "label",
    {},
    el("input", { type: "radio", name: "draft-claim", checked: choice.claim === number, change: taken }),
    el("kbd", {}, number + 1),
    label,
    " ",
    el("small", {}, more),
  );
}

/** @param {number} score */
const percent = (score) => `${Math.round(score * 100)} %`;

/** @param {string} field @param {string} name */
const value = (field, name) =>
  state.project.forms.Utterance.fields.find((spec) => spec.name === field)?.choices.find((one) => one.value === name)
    ?.label ?? name;

// How many wait, for whoever has not reached one.
const count = byId("drafts-count");

function drawCount() {
  const number = waiting().length;
  count.hidden = !drafts.all.length && !drafts.notes.length;
  const told = number ? counted("drafts_wait", number) : t("drafts_done");
  count.replaceChildren(...[told, ...drafts.notes].flatMap((one, at) => (at ? [el("br"), one] : [one])));
}

onDrafts(() => {
  drawCount();
  drawDraft();
});
on("open", () => {
  count.hidden = true;
  drawDraft();
});
onMove(drawDraft);
