"use strict";
// Building the document: every text goes through textContent, every address through `link`.

const SVG = "http://www.w3.org/2000/svg";

// Characters that are not seen but change what is seen: bidi controls, zero-width, other format characters, controls.
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]|\udb40[\udc00-\udfff]/g;

/** Returns text with unseen characters written out, so that a name cannot pretend to be another. */
function visible(text) {
  return String(text ?? "").replace(UNSEEN, (c) => `⟨U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`);
}

function fill(node, properties, children) {
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "on") for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
    else if (name === "text") node.textContent = visible(value);
    else if (name === "data") Object.assign(node.dataset, value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat(4)) {
    if (child === undefined || child === null || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(visible(child)));
  }
  return node;
}

/** Makes an HTML element; strings among the children become text. */
const el = (name, properties, ...children) => fill(document.createElement(name), properties, children);

/** Makes an SVG element. */
const svg = (name, properties, ...children) => fill(document.createElementNS(SVG, name), properties, children);

/** Makes a link of an http(s) or mailto address; any other address stays text. */
function link(address, label) {
  let url = null;
  try { url = new URL(address); } catch { /* not an address */ }
  if (!url || !["http:", "https:", "mailto:"].includes(url.protocol)) return el("span", { class: "address" }, label ?? address);
  return el("a", { href: url.href, target: "_blank", rel: "noopener noreferrer external" }, label ?? address);
}

const byId = (id) => document.getElementById(id);
const folded = (text) => String(text ?? "").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
