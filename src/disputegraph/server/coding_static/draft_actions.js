// What keys and buttons do with drafts: walk, accept, change, split, reject.

import { announce } from "./announcing.js";
import { askFor, wordsField } from "./asking.js";
import { byId } from "./coding_elements.js";
import { t } from "./coding_wording.js";
import { choice, chosenClaim, drawDraft, reached, useDraftActions } from "./draft_panel.js";
import { contentOf, draftCalled, drafts, pass, settle, waiting } from "./draft_state.js";
import { closeForm, draftForm, openForm } from "./form_desk.js";
import { Refusal } from "./project_client.js";
import { alter, evidenceOf, state } from "./project_state.js";
import { report } from "./refusals.js";
import { mayLeave } from "./text_actions.js";
import { cursor, move, onMove } from "./text_cursor.js";
import { draftsAt, focusText, reveal } from "./text_view.js";

const CLICK = 4; // pixels that a hand may tremble
let lastClicked = "";

/** @param {Draft} draft */
export function reachDraft(draft) {
  const spans = contentOf(draft);
  move({ span: spans[0], kept: spans.slice(1), active: "", draft: draft.iri });
  reveal();
  const who = draft.speaker?.name ?? t("draft_no_speaker");
  announce(t("draft_reached", { who, words: spans.map((span) => state.open?.map.words(span)).join(" … ") }));
}

/** @param {1 | -1} way */
const walk = (way) => () => {
  if (!mayLeave()) return;
  const all = waiting();
  const at = all.findIndex((one) => one.iri === cursor.draft);
  const { start } = cursor.span;
  const begins = (/** @type {Draft} */ one) => contentOf(one)[0].start;
  const beside =
    way > 0 ? all.findIndex((one) => begins(one) >= start) : all.findLastIndex((one) => begins(one) < start);
  const next = at >= 0 ? all[at + way] : all[beside];
  if (next) {
    if (!openForm()?.dirty) closeForm();
    reachDraft(next);
  } else announce(t(drafts.all.length ? "no_further" : "no_drafts"));
};

/** Goes to the draft that follows a place, once what was decided is on disk. @param {number} start */
function goOn(start) {
  const next = waiting().find((one) => contentOf(one)[0].start >= start);
  if (next) reachDraft(next);
  else move({ kept: [], draft: "" });
  focusText();
}

/** @param {(draft: Draft) => void} act */
const withDraft = (act) => () => {
  const draft = reached();
  if (draft) act(draft);
  else announce(t(drafts.all.length ? "reach_draft_first" : "no_drafts"));
};

/**
 * Carries a decision out, and goes on to the next draft.
 * @param {string} path
 * @param {Draft} draft
 * @param {object} body
 */
async function decide(path, draft, body) {
  const { start } = contentOf(draft)[0];
  settle(draft.iri, path === "reject_draft" ? "rejected" : "accepted");
  goOn(start);
  try {
    const { label, done, notes = [] } = await alter(path, { iri: draft.iri, ...body });
    announce(t("done_what", { what: [label ?? done, ...notes].join(". ") }));
  } catch (error) {
    settle(draft.iri, "open");
    reachDraft(draft);
    if (!(error instanceof Refusal)) throw error;
    report(error);
  }
}

const spans = () => cursor.spans().map(evidenceOf);

const change = withDraft((draft) => {
  if (mayLeave()) draftForm(draft, chosenClaim(draft)?.iri);
});

const accept = withDraft((draft) => {
  const claim = chosenClaim(draft);
  // Who speaks, and which side the words take on a claim, only a person can add.
  if (!draft.speaker || (claim && !draft.polarity)) change();
  else if (claim) decide("accept_draft", draft, { spans: spans(), claim: claim.iri, polarity: draft.polarity });
  else decide("accept_draft", draft, { spans: spans(), claim: null, polarity: null });
});

/** Splits at the selected words if they are a part of the draft, else into its sentences. */
const split = withDraft((draft) => {
  const { open } = state;
  if (!open) return;
  const whole = contentOf(draft);
  const within = whole.find((one) => one.start <= cursor.span.start && cursor.span.end <= one.end);
  const part = within && (within.start < cursor.span.start || cursor.span.end < within.end) ? cursor.span : null;
  const cut = (/** @type {Span} */ one) => {
    if (part && one === within) {
      const edges = [one.start, part.start, part.end, one.end];
      return edges.slice(1).map((end, at) => ({ start: edges[at], end }));
    }
    const numbers = [open.map.paragraphAt(one.start), open.map.paragraphAt(one.end - 1)];
    return open.map.paragraphs
      .slice(numbers[0], numbers[1] + 1)
      .flatMap((_, at) => open.map.sentences(numbers[0] + at))
      .map(({ start, end }) => ({ start: Math.max(start, one.start), end: Math.min(end, one.end) }));
  };
  const parts = whole
    .flatMap(cut)
    .map((one) => open.map.trimmed(one))
    .filter(({ start, end }) => /\w/u.test(open.map.text.slice(start, end)));
  if (parts.length < 2) announce(t("split_help"));
  else if (!draft.speaker) change();
  else decide("split_draft", draft, { parts: parts.map((one) => [evidenceOf(one)]) });
});

const reject = withDraft((draft) => {
  const reason = wordsField(t("reject_reason"));
  askFor(
    t("reject_what", { words: (state.open?.map.words(contentOf(draft)[0]) ?? "").slice(0, 60) }),
    [reason],
    t("short_reject_draft"),
    async () => {
      queueMicrotask(() => decide("reject_draft", draft, { reason: reason.get() }));
      return t("short_reject_draft");
    },
  );
});

/** @param {number} number */
const take = (number) =>
  withDraft((draft) => {
    if (number >= draft.claims.length) return;
    choice.claim = number;
    drawDraft();
    announce(number < 0 ? t("draft_claim_none") : draft.claims[number].label);
  });

/** @type {Record<string, () => void>} */
export const walkActions = { next_draft: walk(1), previous_draft: walk(-1) };

/** What is done with the draft that was reached, while no form is open. @type {Record<string, () => void>} */
export const draftActions = {
  accept_draft: accept,
  change_draft: change,
  split_draft: split,
  reject_draft: reject,
  draft_claim_first: take(0),
  draft_claim_second: take(1),
  draft_claim_third: take(2),
  draft_claim_none: take(-1),
};

/** What the keys of drafts say where they can do nothing. @type {Record<string, () => void>} */
export const idleDraftActions = Object.fromEntries(
  Object.keys({ ...walkActions, ...draftActions }).map((name) => [
    name,
    () => announce(t(openForm() ? "decide_first" : "drafts_in_text")),
  ]),
);

// A click on the words of a draft reaches it, where no coded words are; again, the one around it.
let down = { x: 0, y: 0 };
byId("text").addEventListener("mousedown", ({ x, y }) => {
  down = { x, y };
});
byId("text").addEventListener("click", ({ x, y }) => {
  const moved = Math.abs(x - down.x) + Math.abs(y - down.y) > CLICK;
  if (moved || cursor.active || openForm()) return;
  const here = draftsAt(cursor.span.start);
  const at = here.findIndex((one) => one.iri === lastClicked);
  const draft = draftCalled(here[(at + 1) % (here.length || 1)]?.iri ?? "");
  lastClicked = draft?.iri ?? "";
  if (draft) reachDraft(draft);
});

useDraftActions(draftActions);
onMove(() => pass(cursor.span.start));
