// Evidence: the words on which an entry rests. Other texts' words are kept and named, this text's are shown.

import { announce } from "./announcing.js";
import { button, el } from "./coding_elements.js";
import { t } from "./coding_wording.js";
import { evidenceOf, labelOf, spanOf, state } from "./project_state.js";
import { cursor } from "./text_cursor.js";

/** @import { FormContext } from "./field_editors.js" */

/**
 * @typedef {FieldEditor & {spans: () => Span[], setSpans: (spans: Span[]) => void, takeWords: () => void}}
 * EvidenceEditor
 */

const SHOWN = 160;

/**
 * @param {FieldSpec} spec
 * @param {FormContext} context
 * @returns {EvidenceEditor}
 */
export function evidenceField(spec, context) {
  /** @type {Evidence[]} */
  let values = [];
  const list = el("ul", { class: "quotes" });
  const here = () => values.filter((one) => one.document === state.open?.iri);

  /** @param {Evidence} one */
  function shown(one) {
    if (one.document !== state.open?.iri) return t("in_other_text", { name: labelOf(one.document) });
    const words = state.open.map.words(spanOf(one));
    return words.length > SHOWN ? `${words.slice(0, SHOWN / 2)} … ${words.slice(-SHOWN / 2)}` : words;
  }

  /** @param {Evidence[]} given */
  function set(given) {
    values = given;
    list.replaceChildren(
      ...values.map((one) => {
        const words = shown(one);
        const away = () => {
          set(values.filter((other) => other !== one));
          context.changed(spec);
          take.focus();
        };
        const label = t("take_away", { name: words.slice(0, 40) });
        return el("li", {}, el("q", {}, words), button("×", away, { "aria-label": label, title: label }));
      }),
      ...(values.length ? [] : [el("li", { class: "soft" }, t("no_evidence"))]),
    );
  }

  /** @param {Span[]} spans */
  function setSpans(spans) {
    const others = values.filter((one) => one.document !== state.open?.iri);
    const sorted = [...spans].sort((a, b) => a.start - b.start || a.end - b.end);
    set([...others, ...sorted.map(evidenceOf)]);
    context.changed(spec);
  }

  function takeWords() {
    const taken = cursor.spans();
    if (!taken.length) return;
    const kept = here()
      .map(spanOf)
      .filter((span) => !taken.some((one) => one.start < span.end && span.start < one.end));
    setSpans([...kept, ...taken]);
    announce(t("words_taken"));
  }

  const take = button(t("take_words"), takeWords, { class: "quiet" });
  set([]);
  return {
    spec,
    element: el(
      "div",
      { class: "field evidence", role: "group", "aria-label": spec.label },
      el("b", {}, spec.label),
      list,
      take,
    ),
    get: () => values,
    set: (given) => set([.../** @type {Evidence[]} */ (given)]),
    focus: () => take.focus(),
    unfinished: () => "",
    spans: () => here().map(spanOf),
    setSpans,
    takeWords,
  };
}
