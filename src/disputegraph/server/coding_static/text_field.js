// Fields of words, numbers and days; what can have several values adds one with Enter.

import { button, el, freshId } from "./coding_elements.js";
import { hasWord, t } from "./coding_wording.js";

/** @import { FormContext } from "./field_editors.js" */

const LONG = ["note", "paraphrase", "description", "definition"];

/**
 * @param {FieldSpec} spec
 * @param {FormContext} context
 * @returns {FieldEditor}
 */
export function textField(spec, context) {
  const id = freshId();
  const hint = `hint_${spec.value}`;
  const helpId = freshId();
  /** @type {string[]} */
  let values = [];
  const chips = el("span", { class: "chips" });
  const shared = {
    id,
    autocomplete: "off",
    placeholder: hasWord(hint) ? t(hint) : undefined,
    "aria-describedby": spec.help ? helpId : undefined,
    input: () => context.changed(spec),
  };
  const input = LONG.includes(spec.name) ? el("textarea", { ...shared, rows: 2 }) : el("input", shared);
  const typed = () => input.value.trim();

  function show() {
    chips.replaceChildren(
      ...values.map((value, place) => {
        const away = () => {
          values = values.filter((_, at) => at !== place);
          show();
          context.changed(spec);
          input.focus();
        };
        const label = t("take_away", { name: value });
        return el("span", { class: "chip" }, value, button("×", away, { "aria-label": label, title: label }));
      }),
    );
  }

  input.addEventListener("keydown", (/** @type {Event} */ event) => {
    const { key, ctrlKey, shiftKey } = /** @type {KeyboardEvent} */ (event);
    if (!spec.many || shiftKey || ctrlKey) return;
    if (key === "Enter" && typed()) {
      values.push(typed());
      input.value = "";
    } else if (key === "Backspace" && !input.value && values.length) input.value = values.pop() ?? "";
    else return;
    show();
    context.changed(spec);
    event.preventDefault();
    event.stopPropagation();
  });

  return {
    spec,
    element: el(
      "div",
      { class: "field" },
      el("label", { for: id, title: spec.help }, spec.label),
      el("div", { class: "box" }, spec.many ? chips : null, input),
      spec.help ? el("span", { id: helpId, class: "unseen" }, spec.help) : null,
    ),
    get: () => (spec.many ? [...values, ...(typed() ? [typed()] : [])] : typed() ? [typed()] : []),
    set: (given) => {
      const words = /** @type {string[]} */ (given);
      if (spec.many) {
        values = [...words];
        show();
        input.value = "";
      } else input.value = words[0] ?? "";
    },
    focus: () => input.focus(),
    unfinished: () => "",
  };
}
