// Search: names, other names, claims, quotations; a list of hits, each of which selects.

import { DATA, labelOf, saidBy, saidOn, UTTERANCES } from "./data.js";
import { byId, el } from "./dom.js";
import { statusBox } from "./frame.js";
import { reveal } from "./stage.js";
import { choose, state, VIEWS } from "./state.js";
import { counted, t } from "./texts.js";
import { folded, shortened } from "./words.js";

const MOST_HITS = 14;

/**
 * What can be found: folded text and name, how often it is heard, and the words of a quotation.
 * @typedef {{ id: string, kind: string, text: string, name: string, count: number, quote?: string }} Entry
 */
/** @type {Entry[] | null} */
let index = null;

function entries() {
  if (index) return index;
  index = [];
  for (const { id, kind, label, aliases = [] } of DATA.things) {
    const text = folded([label, ...aliases].join(" · "));
    index.push({ id, kind: t(`kind.${kind}`), text, name: folded(label), count: saidBy.get(id)?.length ?? 0 });
  }
  for (const { id, label, paraphrase = "" } of DATA.claims) {
    const text = folded(`${label} · ${paraphrase}`);
    index.push({ id, kind: t("kind.Claim"), text, name: folded(label), count: saidOn.get(id)?.length ?? 0 });
  }
  for (const { id, label } of DATA.documents)
    index.push({ id, kind: t("document"), text: folded(label), name: folded(label), count: 0 });
  for (const { id, evidence = [], relay } of UTTERANCES) {
    const quote = evidence.map((number) => DATA.anchors[number].quote ?? "").join(" · ");
    if (quote && !relay) index.push({ id, kind: t("quotation"), text: folded(quote), name: "", count: 0, quote });
  }
  return index;
}

/**
 * Returns the hits for a query: all words must occur; a whole name comes first, then names that begin with it.
 * @param {string} query
 */
export function find(query) {
  const words = folded(query).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const rank = (/** @type {Entry} */ { text, name, count }) => {
    const exact = ` · ${text} · `.includes(` · ${words.join(" ")} · `);
    return (exact ? 2e6 : 0) + (name.startsWith(words[0]) ? 1e6 : 0) + (name.includes(words[0]) ? 1e5 : 0) + count;
  };
  return entries()
    .filter(({ text }) => words.every((word) => text.includes(word)))
    .map((entry) => ({ entry, rank: rank(entry) }))
    .sort((a, b) => b.rank - a.rank)
    .map(({ entry }) => entry);
}

export function makeSearch() {
  let chosen = -1;
  const list = el("ul", { id: "hits", role: "listbox", "aria-label": t("hits"), hidden: true });
  const input = el("input", {
    id: "query",
    type: "search",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    "aria-expanded": "false",
    "aria-controls": "hits",
    "aria-autocomplete": "list",
    placeholder: t("search_hint"),
    "aria-label": t("search"),
  });
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    chosen = -1;
  };
  const take = (/** @type {string} */ id) => {
    close();
    choose({ select: id, view: state.view === "table" ? VIEWS[0] : state.view });
    reveal(id);
  };
  const mark = (/** @type {number} */ to) => {
    const options = [...list.querySelectorAll("[role=option]")];
    if (!options.length) return;
    chosen = (to + options.length) % options.length;
    for (const [place, option] of options.entries()) option.setAttribute("aria-selected", String(place === chosen));
    input.setAttribute("aria-activedescendant", options[chosen].id);
    options[chosen].scrollIntoView({ block: "nearest" });
  };
  const item = (/** @type {Entry} */ { id, kind, count, quote }, /** @type {number} */ place) => {
    const pointerdown = (/** @type {Event} */ event) => {
      event.preventDefault();
      take(id);
    };
    return el(
      "li",
      { id: `hit-${place}`, role: "option", "aria-selected": "false", data: { hit: id }, on: { pointerdown } },
      el("span", { class: "name" }, quote ? shortened(quote, 90) : labelOf(id)),
      el("span", { class: "count" }, kind, count ? ` · ${count}` : ""),
    );
  };
  const note = (/** @type {string} */ text) =>
    el("li", { role: "option", "aria-selected": "false", "aria-disabled": "true", class: "note" }, text);
  const show = () => {
    const asked = input.value.trim() !== "";
    const hits = find(input.value);
    list.replaceChildren(...hits.slice(0, MOST_HITS).map(item));
    if (asked && !hits.length) list.append(note(t("no_hits")));
    if (hits.length > MOST_HITS) list.append(note(t("more_hits", { count: hits.length - MOST_HITS })));
    list.hidden = !asked;
    input.setAttribute("aria-expanded", String(asked));
    chosen = -1;
    statusBox.textContent = asked ? counted("hit", hits.length) : "";
  };
  input.addEventListener("input", show);
  input.addEventListener("focus", () => {
    if (input.value.trim()) show();
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark(chosen + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter") {
      const hit = list.querySelectorAll("[data-hit]")[Math.max(0, chosen)];
      if (hit instanceof HTMLElement) take(hit.dataset.hit ?? "");
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (list.hidden) {
        input.value = "";
        input.blur();
      }
      close();
    }
  });
  byId("search").append(input, list);
}
