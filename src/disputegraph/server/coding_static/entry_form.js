// The form of an entry of any kind: made from the table of forms, editable with keys alone.

import { el } from "./coding_elements.js";
import { t } from "./coding_wording.js";
import { fieldEditor } from "./field_editors.js";
import { NewNodes } from "./new_nodes.js";
import { kindLabel, state } from "./project_state.js";

/** @import { EvidenceEditor } from "./evidence_field.js" */
/** @import { FormContext } from "./field_editors.js" */

// What a program measures is filled in by the server.
const BY_PROGRAM = ["text_digest", "text_length", "text_normalization"];

export class EntryForm {
  /**
   * @param {string} kind
   * @param {Entry | null} original
   */
  constructor(kind, original) {
    this.kind = kind;
    this.original = original;
    this.news = new NewNodes();
    /** @type {Map<string, FieldEditor>} */
    this.editors = new Map();
    /** Fields as they were when the form was opened. @type {Fields} */
    this.before = original ? structuredClone(original.fields) : {};
    /** Fields that the coder has changed, as against what was carried over. @type {Set<string>} */
    this.touched = new Set();
    this.alert = el("p", { role: "alert", class: "alert", hidden: true });
    this.element = el("div", { class: "form" });
  }

  get title() {
    return this.original
      ? `${kindLabel(this.kind)}: ${this.original.label}`
      : t("new_of_kind", { kind: kindLabel(this.kind) });
  }

  /** @returns {FieldSpec[]} */
  get specs() {
    const { fields } = state.project.forms[this.kind] ?? { fields: [] };
    return fields.filter((spec) => !BY_PROGRAM.includes(spec.name) || this.before[spec.name]);
  }

  /** How many fields are shown at once; the others are under "more". */
  get mainFields() {
    return this.specs.map((spec) => spec.name);
  }

  build() {
    const main = this.mainFields;
    const make = (/** @type {FieldSpec} */ spec) => {
      const editor = this.makeEditor(spec);
      editor.element.dataset.field = spec.name;
      this.editors.set(spec.name, editor);
      return editor.element;
    };
    const byName = new Map(this.specs.map((spec) => [spec.name, spec]));
    const shown = main.map((name) => byName.get(name)).filter((spec) => spec !== undefined);
    const rest = this.specs.filter((spec) => !main.includes(spec.name));
    const filled = rest.some((spec) => this.before[spec.name]?.length);
    const first = shown.map(make);
    this.more = el("details", {}, el("summary", {}, t("more_fields")));
    // Fields that are seldom needed are made when they are looked at.
    const fill = () => {
      if (this.more?.children.length === 1) this.more.append(...rest.map(make));
    };
    this.showMore = () => {
      fill();
      if (this.more) this.more.open = true;
      this.editors.get(rest[0]?.name)?.focus();
    };
    this.more.addEventListener("toggle", fill);
    if (filled) {
      fill();
      this.more.open = true;
    }
    this.element.replaceChildren(this.alert, ...first, ...(rest.length ? [this.more] : []));
    for (const [name, values] of Object.entries(this.before)) this.editors.get(name)?.set(values);
    this.opened = this.read();
    return this;
  }

  /**
   * @param {FieldSpec} spec
   * @returns {FieldEditor}
   */
  makeEditor(spec) {
    return fieldEditor(spec, this.context);
  }

  /** @returns {FormContext} */
  get context() {
    return {
      news: this.news,
      changed: (spec) => {
        this.touched.add(spec.name);
        this.fieldChanged(spec.name);
      },
      next: (spec) => this.focusAfter(spec.name),
      suggest: () => null,
    };
  }

  /** @param {string} _name */
  fieldChanged(_name) {}

  /** @param {string} name */
  focusAfter(name) {
    const names = [...this.editors.keys()];
    const after = names.slice(names.indexOf(name) + 1).map((one) => this.editors.get(one));
    const next = after.find((editor) => editor && !editor.element.hidden);
    if (next && !next.element.closest("details:not([open])")) next.focus();
  }

  focusFirst() {
    this.editors.values().next().value?.focus();
  }

  /** @returns {EvidenceEditor | undefined} */
  get evidence() {
    return /** @type {EvidenceEditor | undefined} */ (this.editors.get("evidence"));
  }

  /** @returns {Fields} */
  read() {
    return Object.fromEntries([...this.editors].map(([name, editor]) => [name, editor.get()]));
  }

  /** Returns the fields that are other than when the form was opened. @returns {Fields} */
  changedFields() {
    const now = this.read();
    const same = (/** @type {string} */ name) =>
      JSON.stringify(now[name]) === JSON.stringify(this.opened?.[name] ?? []);
    return Object.fromEntries(Object.entries(now).filter(([name]) => !same(name)));
  }

  get dirty() {
    const typed = [...this.editors.values()].some((editor) => editor.unfinished());
    return typed || (this.original ? Object.keys(this.changedFields()).length > 0 : this.touched.size > 0);
  }

  /** Waits for what was chosen ahead of its list; returns the first field with words that were not chosen. */
  async settled() {
    for (const editor of this.editors.values()) await editor.settled?.();
    return [...this.editors.values()].find((editor) => editor.unfinished());
  }

  /** @returns {Put[]} */
  puts() {
    const fields = this.original ? this.changedFields() : withoutEmpty(this.read());
    if (this.original && !Object.keys(fields).length) return [];
    const put = { kind: this.kind, fields, ...(this.original ? { iri: this.original.iri } : {}) };
    return [{ ...put, new: this.news.usedIn(fields) }];
  }

  /**
   * Shows what is wrong.
   * @param {string} text
   * @param {...HTMLElement} remedies
   */
  complain(text, ...remedies) {
    this.alert.hidden = !text;
    this.alert.replaceChildren(text, ...remedies.flatMap((one) => [" ", one]));
  }
}

/** @param {Fields} fields @returns {Fields} */
export const withoutEmpty = (fields) =>
  Object.fromEntries(Object.entries(fields).filter(([, values]) => values.length));
