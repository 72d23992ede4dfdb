// Work on names: rename, alias, merge, split, and recoding in bulk. Each is one change, and one undo.

import { announce } from "./announcing.js";
import { askFor, entryField, wordsField } from "./asking.js";
import { button, el } from "./coding_elements.js";
import { counted, t } from "./coding_wording.js";
import { fieldEditor } from "./field_editors.js";
import { candidate } from "./name_ranking.js";
import { NewNodes } from "./new_nodes.js";
import { ask, send } from "./project_client.js";
import { alter, candidates, isStatement, loadCatalogue, state } from "./project_state.js";
import { report } from "./refusals.js";

/**
 * Turns a name into a field: Enter keeps, Esc leaves it.
 * @param {HTMLElement} name
 * @param {CatalogueRow} row
 */
export function renameInline(name, row) {
  const before = name.textContent ?? "";
  const input = el("input", { value: row.label, "aria-label": t("rename"), keydown: key, blur: () => leave() });
  async function key(/** @type {KeyboardEvent} */ event) {
    if (event.key === "Escape") leave();
    if (event.key !== "Enter" || !input.value.trim()) return;
    event.preventDefault();
    const label = input.value.trim();
    leave(label);
    if (label === row.label) return;
    try {
      const done = await alter("put", { kind: row.kind, iri: row.iri, fields: { label: [label] } });
      announce(t("done_what", { what: done.label }));
    } catch (error) {
      name.textContent = before;
      report(error);
    }
  }
  const leave = (text = before) => {
    if (!input.isConnected) return;
    const focused = document.activeElement === input;
    name.replaceChildren(text);
    const again = name.closest("tr")?.querySelector('[data-key^="rename "]');
    if (focused && again instanceof HTMLElement) again.focus();
  };
  name.replaceChildren(input);
  input.select();
}

/** @param {CatalogueRow} row @param {() => void} after */
export function addAlias(row, after) {
  const alias = wordsField(t("alias_of", { name: row.label }));
  askFor(
    t("add_alias"),
    [alias],
    t("save"),
    async () => {
      if (!alias.get()) return undefined;
      const aliases = [...(state.catalogue.get(row.iri)?.aliases ?? row.aliases), alias.get()];
      return (await alter("put", { kind: row.kind, iri: row.iri, fields: { aliases } })).label ?? "";
    },
    after,
  );
}

/** @param {string} iri @param {string} into */
export async function mergeNow(iri, into) {
  try {
    const { label = "" } = await alter("merge", { iri, into });
    announce(t("done_what", { what: label }));
    await loadCatalogue();
    return true;
  } catch (error) {
    report(error);
    return false;
  }
}

/** @param {CatalogueRow} row @param {() => void} after */
export function merge(row, after) {
  const { kinds = [row.kind] } =
    state.project.forms.Utterance.fields.find((spec) => spec.name === "speaker" && spec.kinds.includes(row.kind)) ?? {};
  const into = entryField(t("merge_into"), () => candidates(kinds).filter((one) => one.value !== row.iri));
  askFor(
    t("merge_what", { name: row.label }),
    [into],
    t("merge"),
    async () => {
      if (!into.get()) return undefined;
      const { label = "" } = await alter("merge", { iri: row.iri, into: into.get() });
      await loadCatalogue();
      return label;
    },
    after,
  );
}

/** @param {CatalogueRow} row @param {() => void} after */
export async function splitClaim(row, after) {
  const { uses } = await ask("entry", { iri: row.iri });
  const statements = /** @type {Use[]} */ (uses).filter((use) => isStatement(use.kind));
  const boxes = statements.map((use) => el("input", { type: "checkbox", value: use.iri }));
  const label = wordsField(t("new_claim"));
  const paraphrase = wordsField(t("paraphrase"));
  const list = el(
    "div",
    { class: "statements" },
    el("p", {}, t("which_statements")),
    ...statements.map((use, at) => el("p", {}, el("label", { class: "check" }, boxes[at], " ", use.label))),
  );
  askFor(
    t("split_what", { name: row.label }),
    [label, paraphrase, { element: list, focus: () => boxes[0]?.focus() }],
    t("split"),
    async () => {
      const utterances = boxes.filter((box) => box.checked).map((box) => box.value);
      if (!label.get() || !utterances.length) return undefined;
      const told = paraphrase.get() ? { paraphrase: paraphrase.get() } : {};
      const answer = await alter("split_claim", { iri: row.iri, label: label.get(), utterances, ...told });
      await loadCatalogue();
      return answer.label ?? "";
    },
    after,
  );
}

/** Recodes a value in all entries that have it, after showing which. @param {() => void} after */
export function recode(after) {
  const { Utterance, ReportedUtterance, Claim } = state.project.forms;
  const fields = new Map(
    [...Utterance.fields, ...ReportedUtterance.fields, ...Claim.fields].map((spec) => [spec.name, spec]),
  );
  const usable = [...fields.values()].filter((spec) => spec.choices.length || spec.value.startsWith("node"));
  const among = usable.map(({ name, label }) => candidate({ iri: name, label, aliases: [name], uses: 0 }));
  const field = entryField(t("recode_field"), () => among);
  const values = el("div");
  const preview = el("div", { role: "status" });
  /** @type {FieldEditor[]} */
  let pair = [];
  const asked = () => ({
    field: field.get(),
    from: String(pair[0]?.get()[0] ?? ""),
    to: String(pair[1]?.get()[0] ?? ""),
  });
  field.chooser.settings.changed = ([name]) => {
    const spec = fields.get(name);
    const context = {
      news: new NewNodes(),
      changed: () => preview.replaceChildren(),
      next: () => (pair[0].element.contains(document.activeElement) ? pair[1].focus() : look.focus()),
      suggest: () => null,
    };
    pair = spec
      ? ["recode_from", "recode_to"].map((word) => fieldEditor({ ...spec, many: false, label: t(word) }, context))
      : [];
    values.replaceChildren(...pair.map((one) => one.element));
    pair[0]?.focus();
  };
  const look = button(t("preview"), async () => {
    const { from, to } = asked();
    if (!from || !to) return;
    try {
      const { count, entries } = await send("recode", { ...asked(), preview: true });
      const rows = entries.slice(0, 100).map((/** @type {Entry} */ entry) => el("li", {}, entry.label));
      preview.replaceChildren(el("p", {}, counted("would_recode", count)), el("ul", {}, ...rows));
    } catch (error) {
      preview.replaceChildren(el("p", { class: "alert" }, error instanceof Error ? error.message : ""));
    }
  });
  askFor(
    t("recode"),
    [
      field,
      { element: values, focus: () => {} },
      { element: el("p", {}, look), focus: () => {} },
      { element: preview, focus: () => {} },
    ],
    t("recode_now"),
    async () => {
      const { from, to } = asked();
      if (!from || !to) return undefined;
      const { count = 0, label = "" } = await alter("recode", { ...asked(), preview: false });
      await loadCatalogue();
      return `${label} (${count})`;
    },
    after,
  );
}
