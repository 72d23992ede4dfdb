// What keys and buttons do in the text.

import { announce } from "./announcing.js";
import { byId } from "./coding_elements.js";
import { t } from "./coding_wording.js";
import { closeForm, editForm, newStatementForm, openForm, saveForm } from "./form_desk.js";
import { state } from "./project_state.js";
import { removeEntry } from "./removing.js";
import * as moves from "./span_moves.js";
import { cursor, move } from "./text_cursor.js";
import { codedAt, codedInOrder, focusText, placeOf, repaintAll, reveal } from "./text_view.js";
import { askWithdrawal } from "./withdrawing.js";
import { interest } from "./words_of_interest.js";

/** @import { TextMap } from "./text_map.js" */

/** @param {Span} span */
function select(span, active = "", draft = "") {
  const { open } = state;
  if (!open) return;
  move({ span, active, draft });
  reveal();
  const number = open.map.paragraphAt(span.start) + 1;
  announce(t("selected", { number, words: open.map.words(span).slice(0, 300) }));
}

/**
 * Whether another place may be gone to: an entry that was only changed is saved first, a new one must be decided on.
 */
export function mayLeave() {
  const form = openForm();
  if (!form) return true;
  if (form.dirty && form.original) saveForm(false);
  else if (form.dirty) {
    form.complain(t("decide_first"));
    announce(t("decide_first"));
    return false;
  }
  return true;
}

/** @param {(map: TextMap, span: Span, way: 1 | -1) => Span} how @param {1 | -1} way */
const go = (how, way) => () => {
  const { open } = state;
  if (!open?.map.paragraphs.length) return;
  const { span } = cursor;
  // Nothing is selected yet: the first step selects what is here.
  const fresh = span.end <= span.start && how === moves.sentence;
  select(fresh ? moves.sentenceAt(open.map, span.start) : how(open.map, span, way));
};

/** @param {(map: TextMap, span: Span, way: 1 | -1) => Span} how @param {1 | -1} way */
const resize = (how, way) => () => {
  const { open } = state;
  if (!open) return;
  const before = cursor.span;
  const after = how(open.map, before, way);
  const evidence = openForm()?.evidence;
  const same = (/** @type {Span} */ one) => one.start === before.start && one.end === before.end;
  if (evidence?.spans().some(same)) evidence.setSpans(evidence.spans().map((one) => (same(one) ? after : one)));
  select(after, cursor.active, cursor.draft);
};

/** @param {1 | -1} way */
const reach = (way) => () => {
  const all = codedInOrder().filter((one) => one.statement);
  if (!all.length || !mayLeave()) return;
  const { span, active } = cursor;
  const at = all.findIndex((one) => one.iri === active && one.start === span.start && one.end === span.end);
  const beside =
    way > 0 ? all.findIndex((one) => one.start >= span.start) : all.findLastIndex((one) => one.start < span.start);
  const next = at >= 0 ? all[at + way] : all[beside];
  if (next) reachEntry(next);
  else announce(t("no_further"));
};

/** @param {CodedSpan} at */
export function reachEntry({ start, end, iri }, focus = false) {
  const entry = state.open?.entries.get(iri);
  if (!entry) return;
  move({ span: { start, end }, active: iri, draft: "", kept: [] });
  reveal();
  editForm(entry, focus);
  announce(t("reached", { label: entry.label }));
}

const chosen = () => (cursor.active ? state.open?.entries.get(cursor.active) : undefined);

/** @type {Record<string, () => void>} */
export const textActions = {
  next_sentence: go(moves.sentence, 1),
  previous_sentence: go(moves.sentence, -1),
  next_word: go(moves.word, 1),
  previous_word: go(moves.word, -1),
  grow_end: resize(moves.moveEnd("tokens"), 1),
  shrink_end: resize(moves.moveEnd("tokens"), -1),
  grow_start: resize(moves.moveStart("tokens"), -1),
  shrink_start: resize(moves.moveStart("tokens"), 1),
  grow_end_far: resize(moves.moveEnd("clauses"), 1),
  shrink_end_far: resize(moves.moveEnd("clauses"), -1),
  grow_start_far: resize(moves.moveStart("clauses"), -1),
  shrink_start_far: resize(moves.moveStart("clauses"), 1),
  grow_end_letter: resize(moves.moveByLetter("end"), 1),
  shrink_end_letter: resize(moves.moveByLetter("end"), -1),
  grow_start_letter: resize(moves.moveByLetter("start"), -1),
  shrink_start_letter: resize(moves.moveByLetter("start"), 1),
  more_sentences: resize(moves.moveEnd("sentences"), 1),
  fewer_sentences: resize(moves.moveEnd("sentences"), -1),
  first_sentence: () => state.open && select(moves.sentenceAt(state.open.map, 0)),
  last_sentence: () => {
    const map = state.open?.map;
    const last = map?.paragraphs.length ? map.sentences(map.paragraphs.length - 1).at(-1) : undefined;
    if (last) select({ ...last });
  },
  next_coded: reach(1),
  previous_coded: reach(-1),
  open: () => {
    const form = openForm();
    if (form && (cursor.active || (form.dirty && !form.original))) form.focusFirst();
    else if (chosen()) editForm(/** @type {Entry} */ (chosen()), true);
    else textActions.open_new();
  },
  open_new: () => {
    const spans = cursor.spans();
    if (!spans.length) announce(t("select_first"));
    else if (mayLeave()) {
      move({ active: "" });
      newStatementForm(spans);
    }
  },
  edit_here: () => {
    const here = codedAt(cursor.span.start);
    const at = here.findIndex((one) => one.iri === cursor.active);
    const next = here[(at + 1) % here.length];
    if (next && mayLeave()) reachEntry(next);
    else announce(t("nothing_coded_here"));
  },
  keep_words: () => {
    const { span, kept } = cursor;
    if (span.end <= span.start) return;
    const evidence = openForm()?.evidence;
    if (evidence) evidence.takeWords();
    else move({ kept: [...kept.filter((one) => one.end <= span.start || one.start >= span.end), { ...span }] });
    announce(t("words_kept"));
  },
  cut_words: () => {
    const { open } = state;
    if (!open) return;
    const evidence = openForm()?.evidence;
    const spans = moves.cutOut(open.map, evidence?.spans() ?? cursor.kept, cursor.span);
    if (!spans) announce(t("cut_help"));
    else if (evidence) {
      evidence.setSpans(spans);
      announce(t("words_cut"));
    } else {
      move({ kept: spans, span: spans.at(-1) });
      announce(t("words_cut"));
    }
  },
  remove: () => {
    const entry = chosen();
    if (entry) removeEntry(entry);
  },
  withdraw: () => {
    const entry = chosen();
    if (entry) askWithdrawal(entry);
  },
  interest: () => {
    const word = state.open?.map.words(cursor.span).trim() ?? "";
    if (!word) return;
    const known = interest.words.includes(word);
    interest.words = known ? interest.words.filter((one) => one !== word) : [...interest.words, word];
    localStorage.setItem("disputegraph.interest", JSON.stringify(interest.words));
    repaintAll();
    announce(t(known ? "interest_off" : "interest_on", { word }));
  },
  leave_text: () => {
    if (openForm()) closeForm();
    else if (cursor.kept.length || cursor.active || cursor.draft) move({ kept: [], active: "", draft: "" });
    else move({ span: { start: cursor.span.start, end: cursor.span.start } });
  },
};

/** Selects words that were found elsewhere on the page. @param {Span} span */
export function goTo(span) {
  select(span);
  focusText();
}

// The mouse: words that are touched are taken whole, unless Alt is held; a click on coded words reaches the entry.

byId("text").addEventListener("mouseup", (event) => {
  const { open } = state;
  const selection = getSelection();
  if (!open || !selection?.anchorNode || !selection.focusNode || event.button !== 0) return;
  const anchor = placeOf(selection.anchorNode, selection.anchorOffset);
  const focus = placeOf(selection.focusNode, selection.focusOffset);
  if (anchor === null || focus === null) return;
  const span = { start: Math.min(anchor, focus), end: Math.max(anchor, focus) };
  selection.removeAllRanges();
  if (span.end > span.start) {
    select(event.altKey ? open.map.trimmed(span) : moves.snapped(open.map, span));
    return;
  }
  const here = codedAt(span.start);
  const next = here[(here.findIndex((one) => one.iri === cursor.active) + 1) % (here.length || 1)];
  if (next && mayLeave()) reachEntry(next);
  else if (!next) select(moves.snapped(open.map, { start: span.start, end: span.start + 1 }));
});

// What is selected is copied, though the browser does not know of it.
byId("text").addEventListener("copy", (event) => {
  const words = state.open?.map.words(cursor.span);
  if (!words || getSelection()?.toString()) return;
  event.clipboardData?.setData("text/plain", words);
  event.preventDefault();
});
