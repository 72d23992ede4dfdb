// Elements are made from text only; no markup is ever parsed.

/**
 * Returns the element with that identifier, which must be there.
 * @param {string} id
 */
export const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

// Characters that are not seen but change what is seen: a name must not pretend to be another.
const UNSEEN = /(?![\t\n])\p{Cc}|[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/**
 * Returns a name with unseen characters written out.
 * @param {string} text
 */
export const visible = (text) =>
  text.replace(UNSEEN, (c) => `⟨U+${c.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}⟩`);

/**
 * Makes an element. Attributes that are functions listen to the event of their name; those that are not true are left
 * out.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {Record<string, string | number | boolean | null | undefined | ((event: any) => void)>} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, String(value));
  }
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    made.append(child instanceof Node ? child : visible(String(child)));
  }
  return made;
}

/**
 * Makes a button.
 * @param {string} text
 * @param {() => void} act
 * @param {Record<string, string | boolean | undefined>} [attributes]
 */
export const button = (text, act, attributes = {}) => el("button", { type: "button", click: act, ...attributes }, text);

/**
 * Tells whether keys typed there become text.
 * @param {EventTarget | null} target
 */
export const takesText = (target) =>
  target instanceof HTMLTextAreaElement ||
  target instanceof HTMLSelectElement ||
  (target instanceof HTMLInputElement && !["radio", "checkbox", "button", "file"].includes(target.type));

let last = 0;

/** Returns an identifier that no other element has. */
export const freshId = () => {
  last += 1;
  return `e${last}`;
};
