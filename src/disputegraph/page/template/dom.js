// Building the document: every text goes through textContent, every address through `link`.

export const SVG = "http://www.w3.org/2000/svg";

// Characters that are not seen but change what is seen: controls, among them of direction, and zero-width characters.
const UNSEEN = /(?![\t\n])\p{Cc}|[\p{Default_Ignorable_Code_Point}\u2028\u2029\ufff9-\ufffb]/gu;

/**
 * Returns text with unseen characters written out, so that a name cannot pretend to be another.
 * @param {unknown} text
 */
export function visible(text) {
  const code = (/** @type {string} */ c) => c.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0");
  return String(text ?? "").replace(UNSEEN, (c) => `⟨U+${code(c)}⟩`);
}

/**
 * @template {HTMLElement | SVGElement} T
 * @param {T} node
 * @param {Properties | undefined} properties
 * @param {Child[]} children
 * @returns {T}
 */
function fill(node, properties, children) {
  const { on = {}, text, data = {}, ...attributes } = properties ?? {};
  for (const [event, act] of Object.entries(on)) node.addEventListener(event, act);
  if (text !== undefined) node.textContent = visible(text);
  Object.assign(node.dataset, data);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of /** @type {Exclude<Child, Child[]>[]} */ (children.flat(9))) {
    if (child === undefined || child === null || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(visible(child)));
  }
  return node;
}

/**
 * Makes an HTML element; strings among the children become text.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {Properties} [properties]
 * @param {...Child} children
 */
export const el = (name, properties, ...children) => fill(document.createElement(name), properties, children);

/**
 * Makes an SVG element.
 * @param {string} name
 * @param {Properties} [properties]
 * @param {...Child} children
 * @returns {SVGElement}
 */
export const svg = (name, properties, ...children) =>
  fill(/** @type {SVGElement} */ (document.createElementNS(SVG, name)), properties, children);

/**
 * Makes a link of an http(s) or mailto address; any other address stays text.
 * @param {string} address
 */
export function link(address) {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !["http:", "https:", "mailto:"].includes(url.protocol)) return el("span", { class: "address" }, address);
  return el("a", { href: url.href, target: "_blank", rel: "noopener noreferrer external" }, address);
}

/**
 * Returns the element of the page with that identifier, which must be there.
 * @param {string} id
 */
export const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/**
 * Returns the nearest element around an event's target that fits a selector.
 * @param {Event} event
 * @param {string} selector
 * @returns {HTMLElement | SVGElement | null}
 */
export const under = (event, selector) => (event.target instanceof Element ? event.target.closest(selector) : null);

/**
 * Returns the `data-key` of the element within `box` that has the focus.
 * @param {Element} box
 */
export const focusedKey = (box) => {
  const at = document.activeElement;
  return at && box.contains(at) ? at.closest("[data-key]")?.getAttribute("data-key") : undefined;
};

/**
 * Returns the element within `box` with that `data-key`.
 * @param {Element} box
 * @param {string} key
 * @returns {HTMLElement | null}
 */
export const keyed = (box, key) => box.querySelector(`[data-key="${CSS.escape(key)}"]`);
