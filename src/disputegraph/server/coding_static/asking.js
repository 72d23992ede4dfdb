// Asks for a few things in a dialog, does something with them, and says what the server refused.

import { announce } from "./announcing.js";
import { Chooser } from "./chooser.js";
import { byId, el } from "./coding_elements.js";
import { t } from "./coding_wording.js";
import { showDialog } from "./dialogs.js";
import { ranked } from "./name_ranking.js";
import { Refusal } from "./project_client.js";
import { labelOf } from "./project_state.js";

/**
 * @param {string} title
 * @param {{element: HTMLElement, focus: () => void}[]} fields
 * @param {string} ok what the button says
 * @param {() => Promise<string | undefined>} act returns what was done, or nothing when something is missing
 * @param {() => void} [after]
 */
export function askFor(title, fields, ok, act, after = undefined) {
  const alert = el("p", { role: "alert", class: "alert", hidden: true });
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    try {
      const done = await act();
      if (done === undefined) return;
      box.close();
      announce(t("done_what", { what: done }));
      after?.();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      alert.hidden = false;
      alert.textContent = error.message;
    }
  };
  const form = el(
    "form",
    { submit, class: "stack" },
    alert,
    ...fields.map((field) => field.element),
    el("p", { class: "actions" }, el("button", { class: "main" }, ok)),
  );
  const box = showDialog(byId("asking"), title, form);
  fields[0]?.focus();
}

/**
 * Makes a field of words for a dialog.
 * @param {string} label
 * @param {string} [value]
 * @param {string} [type]
 */
export function wordsField(label, value = "", type = "text") {
  const input = el("input", { value, type, autocomplete: "off" });
  return { element: el("label", {}, label, input), input, focus: () => input.select(), get: () => input.value.trim() };
}

/**
 * A field that chooses one entry of some kinds.
 * @param {string} label
 * @param {() => import("./name_ranking.js").Candidate[]} among
 */
export function entryField(label, among) {
  const chooser = new Chooser({
    label,
    many: false,
    find: (typed) => ranked(typed, among(), 9),
    suggest: async () => among().slice(0, 9),
    name: (value) => among().find((one) => one.value === value)?.label ?? labelOf(value),
    changed: () => {},
  });
  return { element: chooser.element, focus: () => chooser.focus(), get: () => chooser.values[0], chooser };
}
