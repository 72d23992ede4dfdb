// The one form that is open beside the text: opened, saved, closed. What could not be saved is never thrown away.

import { announce } from "./announcing.js";
import { button, byId, el } from "./coding_elements.js";
import { t } from "./coding_wording.js";
import { settle } from "./draft_state.js";
import { EntryForm } from "./entry_form.js";
import { ask, Refusal } from "./project_client.js";
import { alter, isStatement, loadCatalogue, on, refreshText, state } from "./project_state.js";
import { removeEntry } from "./removing.js";
import { lastCoded, StatementForm } from "./statement_form.js";
import { cursor, move } from "./text_cursor.js";
import { focusText } from "./text_view.js";
import { askWithdrawal } from "./withdrawing.js";

const place = byId("desk");

/** @type {EntryForm | null} */
let current = null;
/** @type {EntryForm[]} */
const failed = [];
let rejecting = false;

export const openForm = () => current;

/** @param {EntryForm} form */
export function show(form) {
  current = form;
  rejecting = false;
  const save = button(t("save"), () => saveForm(false), { class: "main" });
  const stay = button(t("save_and_stay"), () => saveForm(true), { class: "quiet" });
  const close = button(t("close"), () => closeForm(), { class: "quiet" });
  const statement = form instanceof StatementForm;
  place.replaceChildren(
    el("h2", {}, form.title),
    ...notes(form),
    form.element,
    el(
      "p",
      { class: "actions" },
      save,
      statement ? stay : null,
      close,
      ...(form.original ? entryActions(form.original) : []),
    ),
  );
  place.hidden = false;
  byId("draft").hidden = true;
  place.removeAttribute("aria-busy");
  place.scrollTop = 0;
}

/** @param {EntryForm} form */
function notes(form) {
  const by = form.original?.withdrawn_by ?? [];
  const told = (form.original?.withdrawn ?? []).flatMap((one) => [...(one.withdrawn_on ?? []), ...(one.note ?? [])]);
  if (!by.length && !form.original?.withdrawn?.length) return [];
  const names = by.map((iri) => state.catalogue.get(iri)?.label ?? iri).join(", ");
  const words = [told.join("; ") || t("withdrawn"), names && t("withdrawn_by", { names })];
  return [el("p", { class: "soft" }, `${t("withdrawn")}: ${words.filter(Boolean).join("; ")}`)];
}

/** @param {Entry} entry */
function entryActions(entry) {
  return [
    isStatement(entry.kind)
      ? button(t("withdraw"), () => askWithdrawal(entry), { class: "quiet", title: t("withdraw_help") })
      : null,
    button(t("remove"), () => removeEntry(entry), { class: "quiet", title: t("remove_help") }),
  ];
}

/** Opens a new statement on words. @param {Span[]} spans */
export function newStatementForm(spans) {
  const form = new StatementForm(null).build();
  show(form);
  form.begin(spans);
  form.focusFirst();
}

/**
 * Opens a new statement that takes over what a draft proposes.
 * @param {Draft} draft
 * @param {string | undefined} claim the claim that was chosen
 */
export function draftForm(draft, claim) {
  const form = new StatementForm(null).build();
  const spans = cursor.spans();
  show(form);
  form.beginDraft(draft, spans, claim);
  const missing = ["speaker", "claim", "polarity"].find((name) => !form.editors.get(name)?.get().length);
  form.editors.get(missing ?? "polarity")?.focus();
}

/**
 * Opens a new statement that begins with a coder's version.
 * @param {Fields} fields
 * @param {Span[]} spans
 * @param {string[]} versions what it comes from
 */
export function versionForm(fields, spans, versions) {
  const form = new StatementForm(null).build();
  show(form);
  form.beginVersion(fields, spans, versions);
  form.focusFirst();
}

/**
 * Opens an entry to be changed.
 * @param {Entry} entry
 * @param {boolean} focus
 */
export function editForm(entry, focus) {
  const form = isStatement(entry.kind) ? new StatementForm(entry).build() : new EntryForm(entry.kind, entry).build();
  show(form);
  if (form instanceof StatementForm) form.suggest();
  if (focus) form.focusFirst();
}

/** Opens an entry by its IRI, wherever it is. @param {string} iri */
export async function editNode(iri) {
  const entry = state.open?.entries.get(iri) ?? (await ask("entry", { iri }));
  editForm(entry, true);
}

/**
 * Opens a new entry of any kind on the selected words.
 * @param {string} kind
 */
export function newForm(kind) {
  if (kind === "Utterance") {
    newStatementForm(cursor.spans());
    return;
  }
  const form = new EntryForm(kind, null).build();
  show(form);
  if (form.evidence && state.open) form.evidence.setSpans(cursor.spans());
  form.opened = form.read();
  form.touched.clear();
  form.focusFirst();
}

/** Closes the form; what was filled in is asked about once. */
export function closeForm() {
  if (!current) return;
  if (current.dirty && !rejecting) {
    rejecting = true;
    current.complain(t("reject_again"));
    return;
  }
  announce(current.dirty ? t("rejected") : t("closed"));
  clear();
  move({ kept: [] });
  focusText();
}

/** Closes the form without a question, where it is that entry's. @param {string} iri */
export function closeEntry(iri) {
  if (current?.original?.iri === iri) clear();
}

function clear() {
  current = null;
  place.hidden = true;
  place.replaceChildren();
}

/**
 * Saves the open form, and closes it when it is on disk; the coder may go on meanwhile.
 * @param {boolean} stay whether another statement on the same words follows
 */
export async function saveForm(stay) {
  const form = current;
  if (!form || place.hasAttribute("aria-busy")) return;
  place.setAttribute("aria-busy", "true");
  const spans = form.evidence?.spans() ?? [];
  const unfinished = await form.settled();
  if (unfinished) {
    place.removeAttribute("aria-busy");
    form.complain(t("not_chosen", { words: unfinished.unfinished(), field: unfinished.spec.label }));
    unfinished.focus();
    return;
  }
  form.complain("");
  // What would be typed while it is being saved would not be saved.
  form.element.inert = true;
  focusText();
  try {
    let told = "";
    for (const put of form.puts()) {
      const answer = await alter("put", put);
      told = [answer.label, ...(answer.notes ?? [])].join(". ");
      remember(answer);
    }
    for (const iri of form instanceof StatementForm ? form.drafts : []) settle(iri, "accepted");
    announce(told ? t("saved_what", { what: told }) : t("nothing_changed"));
    if (current === form) {
      clear();
      move({ kept: [] });
      if (stay) newStatementForm(spans);
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    keepFailed(form, error);
  }
}

/** @param {ChangeAnswer} answer */
function remember(answer) {
  for (const entry of answer.entries ?? []) {
    const speaker = entry.fields.speaker?.[0] ?? entry.fields.reported_speaker?.[0];
    if (typeof speaker === "string" && entry.fields.claim) lastCoded.set(speaker, entry);
  }
}

/**
 * @param {EntryForm} form
 * @param {Refusal} error
 */
function keepFailed(form, error) {
  form.element.inert = false;
  const reload = button(t("load_new_state"), async () => {
    const [revision] = await Promise.all([refreshText(), loadCatalogue()]);
    state.revision = Math.max(state.revision, revision);
    form.complain(t("loaded_save_again"));
    if (current === form) form.focusFirst();
  });
  form.complain(`${error.title ? `${error.title}: ` : ""}${error.message}`, ...(error.status === 409 ? [reload] : []));
  if (current === form) {
    place.removeAttribute("aria-busy");
    if (error.status === 409) reload.focus();
    else form.focusFirst();
    return;
  }
  failed.push(form);
  showFailed();
}

function showFailed() {
  const list = byId("failed");
  list.hidden = !failed.length;
  list.replaceChildren(
    ...failed.map((form) =>
      el(
        "p",
        { role: "alert" },
        t("could_not_save", { why: form.alert.textContent }),
        " ",
        button(t("open_again"), () => {
          failed.splice(failed.indexOf(form), 1);
          show(form);
          form.focusFirst();
          showFailed();
        }),
      ),
    ),
  );
}

/** Whether leaving the page would lose something. */
export const wouldLose = () => Boolean(current?.dirty) || failed.length > 0;

// An entry that is open may be changed elsewhere, or by undo: the form follows, unless it was changed too.
on("entries", (iris) => {
  const { original } = current ?? {};
  const now = original && state.open?.entries.get(original.iri);
  if (!current || !now || !iris.includes(now.iri) || place.hasAttribute("aria-busy")) return;
  if (JSON.stringify(now) === JSON.stringify(original)) return;
  if (current.dirty) current.complain(t("form_changed_elsewhere"));
  else editForm(now, place.contains(document.activeElement));
});
