// An editor for each field of a form, by what its values are.

import { Chooser } from "./chooser.js";
import { t } from "./coding_wording.js";
import { evidenceField } from "./evidence_field.js";
import { candidate, isKnown, ranked } from "./name_ranking.js";
import { fieldsFromWords } from "./new_nodes.js";
import { candidates, kindLabel, labelOf, state } from "./project_state.js";
import { textField } from "./text_field.js";

/** @import { NewNodes } from "./new_nodes.js" */
/** @import { Candidate } from "./name_ranking.js" */

const ROWS = 9;

/**
 * What an editor needs to know of its form.
 * @typedef {object} FormContext
 * @property {NewNodes} news
 * @property {(spec: FieldSpec) => void} changed
 * @property {(spec: FieldSpec) => void} next
 * @property {(spec: FieldSpec) => Promise<Option[]> | null} suggest
 */

/**
 * @param {FieldSpec} spec
 * @param {FormContext} context
 * @returns {FieldEditor}
 */
export function fieldEditor(spec, context) {
  if (spec.value === "evidence") return evidenceField(spec, context);
  if (spec.value === "boolean") return choiceField({ ...spec, choices: truths() }, context);
  if (spec.choices.length) return choiceField(spec, context);
  if (spec.value.startsWith("node")) return nodeField(spec, context);
  return textField(spec, context);
}

const truths = () => ["true", "false"].map((value) => ({ value, label: t(value), help: "" }));

/**
 * @param {FieldSpec} spec
 * @param {FormContext} context
 * @returns {FieldEditor}
 */
function choiceField(spec, context) {
  const among = spec.choices.map(({ value, label, help }) =>
    candidate({ iri: value, label, help, aliases: [value], uses: 0 }),
  );
  return chooserField(spec, context, {
    find: (typed) => ranked(typed, among, ROWS),
    suggest: async () => among,
    name: (value) => among.find((one) => one.value === value)?.label ?? value,
  });
}

/**
 * @param {FieldSpec} spec
 * @param {FormContext} context
 * @param {() => Candidate[]} further what may be chosen besides
 * @returns {FieldEditor}
 */
export function nodeField(spec, context, further = () => []) {
  const { news } = context;
  const kinds = spec.kinds.length ? spec.kinds : Object.keys(state.project.forms);
  const makeable = kinds.filter((kind) => !/Utterance$|^Document$/.test(kind) && state.project.forms[kind]);
  let turn = 0;
  /** @param {string} typed @returns {Option[]} */
  const find = (typed) => {
    const known = [...news.candidates(spec.kinds), ...candidates(spec.kinds), ...further()];
    const rows = ranked(typed, known, ROWS);
    const kind = makeable[turn];
    if (!kind || !fieldsFromWords(kind, state.project.forms[kind].fields, typed.trim())) return rows;
    const other = makeable.length > 1 ? t("other_kind") : "";
    const fresh = {
      value: "",
      label: t("new_named", { kind: kindLabel(kind), name: typed.trim() }),
      help: other,
      fresh: kind,
    };
    return isKnown(typed, known) && rows.length ? rows : [...rows, fresh];
  };
  return chooserField(spec, context, {
    find,
    eager: context.suggest(spec) !== null,
    // Quantities begin with digits, which must not choose.
    suggest: () =>
      context.suggest(spec) ?? Promise.resolve(spec.kinds.includes("Quantity") ? [] : mostUsed(spec.kinds)),
    name: (value) => {
      const kind = news.kind(value);
      return kind ? t("new_chip", { name: news.label(value), kind: kindLabel(kind) }) : labelOf(value);
    },
    make: ({ fresh = "" }, typed) => {
      const fields = fieldsFromWords(fresh, state.project.forms[fresh].fields, typed);
      return fields && news.add(fresh, typed, fields);
    },
    cycle: (way) => {
      turn = (turn + way + makeable.length) % makeable.length;
    },
  });
}

/** @param {string[]} kinds */
const mostUsed = (kinds) => [...candidates(kinds)].sort((a, b) => b.uses - a.uses).slice(0, ROWS);

/**
 * @param {FieldSpec} spec
 * @param {FormContext} context
 * @param {Omit<import("./chooser.js").ChooserSettings, "label" | "help" | "many" | "changed" | "next">} settings
 * @returns {FieldEditor & {chooser: Chooser}}
 */
function chooserField(spec, context, settings) {
  const chooser = new Chooser({
    label: spec.label,
    help: spec.help,
    many: spec.many,
    changed: () => context.changed(spec),
    next: () => context.next(spec),
    ...settings,
  });
  return {
    spec,
    chooser,
    element: chooser.element,
    get: () => chooser.values,
    set: (values) => chooser.set(/** @type {string[]} */ (values)),
    focus: () => chooser.focus(),
    unfinished: () => chooser.unfinished,
    settled: () => chooser.settled(),
  };
}
