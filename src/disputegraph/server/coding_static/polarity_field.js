// Polarity as buttons that are pressed by a letter, or by a digit.

import { el, freshId } from "./coding_elements.js";

/** @import { FormContext } from "./field_editors.js" */

/** @typedef {FieldEditor & {press: (value: string) => void}} PolarityEditor */

/**
 * @param {FieldSpec} spec
 * @param {FormContext} context
 * @param {Record<string, string>} letters the key of each value that has one
 * @returns {PolarityEditor}
 */
export function polarityField(spec, context, letters) {
  const name = freshId();
  const inputs = spec.choices.map(({ value }) =>
    el("input", { type: "radio", name, value, change: () => context.changed(spec) }),
  );
  const press = (/** @type {string} */ value) => {
    for (const input of inputs) input.checked = input.value === value;
    context.changed(spec);
  };
  const labelId = freshId();
  const key = (/** @type {KeyboardEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const choice = spec.choices[Number(event.key) - 1];
    if (choice) press(choice.value);
    else if (event.key === "Backspace" || event.key === "Delete") press("");
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const choices = spec.choices.map(({ value, label, help }, place) =>
    el("label", { title: help }, inputs[place], label, el("kbd", {}, letters[value] ?? place + 1)),
  );
  const group = el(
    "div",
    { class: "field", role: "radiogroup", "aria-labelledby": labelId, keydown: key },
    el("b", { id: labelId, title: spec.help }, spec.label),
    el("div", { class: "radios" }, ...choices),
  );
  return {
    spec,
    element: group,
    press,
    get: () => inputs.filter((input) => input.checked).map((input) => input.value),
    set: (values) => {
      for (const input of inputs) input.checked = values.includes(input.value);
    },
    focus: () => (inputs.find((input) => input.checked) ?? inputs[0])?.focus(),
    unfinished: () => "",
  };
}
