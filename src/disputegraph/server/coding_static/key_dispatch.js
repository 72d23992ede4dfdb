// Keys find their action: in the form, in the text, or anywhere.

import { takesText } from "./coding_elements.js";
import { actionsByKey, keyName } from "./key_names.js";

/**
 * @typedef {object} Context
 * @property {() => boolean} active
 * @property {Record<string, () => void>} actions
 */

/**
 * Listens to keys. Contexts that come first are asked first.
 * @param {Record<string, string>} keys
 * @param {Context[]} contexts
 */
export function listen(keys, contexts) {
  const byKey = actionsByKey(keys);
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
    const name = keyName(event);
    // Where text is typed, letters and what moves the caret are the field's own.
    if (takesText(event.target) && !/^(Ctrl|Alt)\+|^(Shift\+)?Enter$|^Escape$|^F\d/.test(name)) return;
    if (takesText(event.target) && /^Ctrl\+([zZyaxcv]|Arrow|Home|End)/.test(name)) return;
    if (event.target instanceof HTMLTextAreaElement && /^(Shift\+)?Enter$/.test(name)) return;
    // Buttons, links and summaries are pressed by Enter.
    if (
      name === "Enter" &&
      event.target instanceof Element &&
      event.target.closest("button, a, summary, [role=option]")
    )
      return;
    for (const { active, actions } of contexts) {
      const action = byKey.get(name)?.find((one) => one in actions);
      if (!action || !active()) continue;
      event.preventDefault();
      actions[action]();
      return;
    }
  });
}
