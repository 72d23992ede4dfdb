// Buttons over the text, for hands that hold the mouse; each says its key.

import { button, byId } from "./coding_elements.js";
import { t } from "./coding_wording.js";
import { state } from "./project_state.js";
import { focusText } from "./text_view.js";
import { redo, undo } from "./undo_history.js";

const SHOWN = [
  "previous_sentence", "next_sentence", "previous_coded", "next_coded", "previous_draft", "next_draft",
  "shrink_start", "grow_start", "shrink_end", "grow_end",
  "keep_words", "cut_words", "interest", "remove", "withdraw", "open_new",
]; // biome-ignore format: one glance

/** @param {Record<string, () => void>} actions */
export function drawTools(actions) {
  /** @type {Record<string, () => void>} */
  const all = { ...actions, undo, redo };
  byId("tools").replaceChildren(
    ...[...SHOWN, "undo", "redo"].map((name) => {
      const act = () => {
        all[name]();
        if (name !== "open_new") focusText();
      };
      const made = button(t(`short_${name}`), act, {
        title: `${t(`key_${name}`)} (${state.project.keys[name] ?? ""})`,
      });
      if (!/\p{L}/u.test(made.textContent)) made.setAttribute("aria-label", t(`key_${name}`));
      made.addEventListener("mousedown", (event) => event.preventDefault());
      return made;
    }),
  );
}
