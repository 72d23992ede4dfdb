// The form of a statement: who says what, in the order in which a coder asks it.

import { hasWord, t } from "./coding_wording.js";
import { EntryForm, withoutEmpty } from "./entry_form.js";
import { fieldEditor, nodeField } from "./field_editors.js";
import { candidate } from "./name_ranking.js";
import { polarityField } from "./polarity_field.js";
import { ask, send } from "./project_client.js";
import { isStatement, spanOf, state } from "./project_state.js";
import { quotation } from "./span_moves.js";
import { carriedOver, changedStatement, directName, newStatement, renamed } from "./statement_changes.js";

/** @import { PolarityEditor } from "./polarity_field.js" */
/** @import { FormContext } from "./field_editors.js" */

const MAIN = [
  "speaker", "on_behalf_of", "claim", "polarity", "certainty", "speech_act", "evaluation", "passed_on_by", "addressee",
  "date", "quotation_mode", "cue", "note", "evidence",
]; // biome-ignore format: one glance

const BY_PROGRAM = ["coded_by", "derived_from", "drafted_by"];

/** @param {string} iri */
const statement = (iri) => {
  const entry = state.open?.entries.get(iri);
  return entry && isStatement(entry.kind) ? entry : undefined;
};

/** Returns the statements of the open text that pass on another. @param {string} iri */
const passing = (iri) =>
  [...(state.open?.entries.values() ?? [])]
    .filter((entry) => entry.fields.reports?.includes(iri))
    .map((entry) => entry.iri);

export class StatementForm extends EntryForm {
  /** @param {Entry | null} original */
  constructor(original) {
    super("Utterance", original);
    this.kind = original?.kind ?? "Utterance";
    this.before = renamed(this.before, directName);
    /** @type {string[]} */
    this.passedBefore = original ? passing(original.iri) : [];
    this.before.passed_on_by = this.passedBefore;
    /** @type {Promise<{speakers: Option[], claims: Option[]}>} */
    this.suggested = Promise.resolve({ speakers: [], claims: [] });
    /** The drafts that it comes from. @type {string[]} */
    this.drafts = [];
    /** What it says of them. @type {Fields} */
    this.derived = {};
    /** Which way the claim judges, as far as is known. @type {FieldValue[]} */
    this.judged = [];
    this.judging = Promise.resolve();
  }

  build() {
    super.build();
    this.#readJudgement();
    return this;
  }

  get specs() {
    const { fields } = state.project.forms.Utterance;
    const actors = fields.find((spec) => spec.name === "speaker")?.kinds ?? [];
    const passed = { label: t("passed_on_by"), help: t("passed_on_help"), value: "node", kinds: actors, many: true };
    const own = (/** @type {FieldSpec} */ spec) => {
      const word = `field_${spec.name}`;
      return hasWord(word) ? { ...spec, label: t(word) } : spec;
    };
    const said = fields.filter((spec) => !BY_PROGRAM.includes(spec.name)).map(own);
    const judges = state.project.forms.Claim.fields.filter((spec) => spec.name === "evaluation");
    const judgement = judges.map((spec) => ({ ...own(spec), help: `${spec.help} ${t("evaluation_help")}` }));
    return [...said, ...judgement, { name: "passed_on_by", choices: [], ...passed }];
  }

  get mainFields() {
    return MAIN;
  }

  /** @param {FieldSpec} spec */
  makeEditor(spec) {
    if (spec.name === "polarity") return polarityField(spec, this.context, polarityLetters());
    if (spec.name !== "passed_on_by") return fieldEditor(spec, this.context);
    return nodeField(spec, this.context, () =>
      [...(state.open?.entries.values() ?? [])]
        .filter((entry) => isStatement(entry.kind) && entry.iri !== this.original?.iri)
        .map(({ iri, label }) => candidate({ iri, label, aliases: [], uses: 0, help: t("a_statement") })),
    );
  }

  /** @returns {FormContext} */
  get context() {
    return {
      ...super.context,
      next: (spec) => {
        const next = this.editors.get({ speaker: "claim", claim: "polarity" }[spec.name] ?? "");
        if (next) next.focus();
        else this.focusAfter(spec.name);
      },
      suggest: (spec) => {
        if (spec.name === "speaker") return this.suggested.then(({ speakers }) => speakers);
        return spec.name === "claim" ? this.suggested.then(({ claims }) => claims) : null;
      },
    };
  }

  /** Fills in what a new statement on these words is likely to be. @param {Span[]} spans */
  begin(spans) {
    this.evidence?.setSpans(spans);
    if (spans.length && state.open) this.editors.get("quotation_mode")?.set([quotation(state.open.map.text, spans[0])]);
    this.#carry();
    this.touched.clear();
    this.opened = this.read();
    this.suggest();
  }

  /**
   * Fills in what a draft proposes.
   * @param {Draft} draft
   * @param {Span[]} spans
   * @param {string | undefined} claim
   */
  beginDraft(draft, spans, claim) {
    this.begin(spans);
    const set = (/** @type {string} */ name, /** @type {FieldValue[]} */ values) => {
      if (values.length) this.editors.get(name)?.set(values);
    };
    const actor = (/** @type {string} */ iri, /** @type {string} */ name) =>
      iri && state.catalogue.has(iri) ? iri : this.news.add("Actor", name, { label: [name] });
    const words = draft.cue.map((one) => state.open?.map.words(spanOf(one)) ?? "").join(" … ");
    set("speaker", draft.speaker ? [actor(draft.speaker.iri ?? "", draft.speaker.name)] : []);
    this.#carry();
    set("quotation_mode", [draft.kind === "mixed" ? "mixedQuotation" : draft.kind]);
    set("cue", words ? [words] : []);
    set("claim", claim ? [claim] : []);
    set("polarity", claim && draft.polarity ? [draft.polarity] : []);
    set("speech_act", draft.speech_act ? [draft.speech_act] : []);
    set(
      "passed_on_by",
      draft.passed_on_by.map((one) => (one.includes("://") ? one : actor("", one))),
    );
    this.drafts = [draft.iri];
    this.derived = { derived_from: this.drafts, drafted_by: [`${draft.program} ${draft.version}`] };
    this.touched.clear();
    this.opened = this.read();
    this.suggest();
  }

  /**
   * Fills in what a coder coded apart.
   * @param {Fields} fields
   * @param {Span[]} spans
   * @param {string[]} versions
   */
  beginVersion(fields, spans, versions) {
    this.begin(spans);
    for (const [name, values] of Object.entries(fields)) if (name !== "evidence") this.editors.get(name)?.set(values);
    this.derived = { derived_from: versions };
    this.touched.clear();
    this.opened = this.read();
    this.suggest();
  }

  suggest() {
    const [place] = this.evidence?.get() ?? [];
    if (!place || typeof place === "string") return;
    const [speaker] = this.editors.get("speaker")?.get() ?? [];
    const known = typeof speaker === "string" && !speaker.startsWith("new:") ? { speaker } : {};
    const rows = (/** @type {Suggestion[]} */ found) =>
      found.slice(0, 9).map(({ iri, label, reason }) => ({ value: iri, label, help: reason }));
    this.suggested = send("suggest", { ...place, ...known }).then(
      ({ speakers, claims }) => ({ speakers: rows(speakers), claims: rows(claims) }),
      () => ({ speakers: [], claims: [] }),
    );
  }

  /** @param {string} name */
  fieldChanged(name) {
    if (name === "claim") this.#readJudgement();
    if (name === "speech_act") this.#showJudgement();
    if (name !== "speaker") return;
    if (!this.original) this.#carry();
    this.suggest();
  }

  /** Shows which way the claim judges where it does, or where the words do. */
  #showJudgement() {
    const editor = this.editors.get("evaluation");
    const judging = this.editors.get("speech_act")?.get().includes("evaluating") || editor?.get().length;
    if (editor) editor.element.hidden = !judging;
  }

  #readJudgement() {
    const [claim] = this.editors.get("claim")?.get() ?? [];
    const known = typeof claim === "string" && claim.includes("://");
    /** @param {FieldValue[]} values */
    const take = (values) => {
      if (this.editors.get("claim")?.get()[0] !== claim) return;
      this.judged = values;
      if (this.opened) this.opened.evaluation = values;
      if (!this.touched.has("evaluation")) this.editors.get("evaluation")?.set(values);
      this.#showJudgement();
    };
    take([]);
    if (known)
      this.judging = ask("entry", { iri: claim }).then(
        ({ fields }) => take(fields.evaluation ?? []),
        () => {},
      );
  }

  async settled() {
    await this.judging;
    return super.settled();
  }

  /** Returns the change of a claim that is there; a new one takes over which way it judges. @returns {Put[]} */
  #judgementPuts() {
    const evaluation = this.editors.get("evaluation")?.get() ?? [];
    const [claim] = this.editors.get("claim")?.get() ?? [];
    if (typeof claim !== "string" || JSON.stringify(evaluation) === JSON.stringify(this.judged)) return [];
    const made = this.news.made.get(claim);
    if (!made) return [{ kind: "Claim", iri: claim, fields: { evaluation } }];
    made.fields = withoutEmpty({ ...made.fields, evaluation });
    return [];
  }

  #carry() {
    const [speaker] = this.editors.get("speaker")?.get() ?? [];
    const said = [...(state.open?.entries.values() ?? [])].filter(
      (entry) => isStatement(entry.kind) && renamed(entry.fields, directName).speaker?.[0] === speaker,
    );
    const last = speaker === undefined ? undefined : (lastCoded.get(String(speaker)) ?? said.at(-1));
    const carried = carriedOver(last);
    for (const name of ["on_behalf_of", "speech_act", "certainty"])
      if (!this.touched.has(name)) this.editors.get(name)?.set(carried[name] ?? []);
    this.#showJudgement();
  }

  /** @param {string} value */
  press(value) {
    const editor = /** @type {PolarityEditor | undefined} */ (this.editors.get("polarity"));
    editor?.press(value);
    editor?.focus();
  }

  puts() {
    const { passed_on_by: chain = [], evaluation: _judged, ...all } = this.read();
    const { passed_on_by: _chain, evaluation: _judgement, ...changed } = this.changedFields();
    const judgements = this.#judgementPuts();
    const after = /** @type {string[]} */ (chain);
    const puts = this.original
      ? changedStatement(this.original, changed, withoutEmpty(all), this.passedBefore, after, statement)
      : [newStatement({ ...withoutEmpty(all), ...this.derived }, after, statement)];
    const said = puts.map((put) => {
      const more = this.news.usedIn(put.fields, ...(put.new ?? []).map((one) => one.fields));
      return { ...put, new: [...more, ...(put.new ?? [])] };
    });
    return [...said, ...judgements];
  }
}

/** The last statement of each speaker in this session. @type {Map<string, Entry>} */
export const lastCoded = new Map();

/** @returns {Record<string, string>} */
const polarityLetters = () => {
  const first = (/** @type {string} */ action) => (state.project.keys[action] ?? "").split(/\s/)[0];
  return { affirms: first("affirms"), denies: first("denies"), neutral: first("neutral"), asks: first("asks") };
};
