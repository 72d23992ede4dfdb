// What happened is said once, to eyes and to screen readers.

import { byId } from "./coding_elements.js";

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @param {string} text */
export function announce(text) {
  const place = byId("told");
  clearTimeout(timer);
  // The same words twice are said twice only when the place was empty in between.
  place.textContent = "";
  timer = setTimeout(() => {
    place.textContent = text;
  }, 30);
}

/**
 * Shows trouble until it is gone, with what can be done about it.
 * @param {string | null} text
 * @param {...HTMLElement} remedies
 */
export function trouble(text, ...remedies) {
  const place = byId("trouble");
  place.hidden = !text;
  place.replaceChildren(...(text ? [`${text} `, ...remedies] : []));
}
