// Legend and filters are one: each row of the legend switches what it explains.

import { DATA, documents, FIRST_DAY, LAST_DAY, labelOf, saidBy, things, UTTERANCES } from "./data.js";
import { byId, el, focusedKey, keyed, svg, visible } from "./dom.js";
import { counts, FILTERS, least, wayOf } from "./filters.js";
import { filtersBox } from "./frame.js";
import { arc } from "./geometry.js";
import { tick } from "./multimap.js";
import { scene } from "./scene.js";
import { colourMark, kindMark, lineMark, widthMark } from "./shapes.js";
import { BEGIN, choose, state } from "./state.js";
import { LANGUAGE, t } from "./texts.js";

/** Kinds of lines that the legend of a view explains. @type {Record<string, string[]>} */
const LINES = {
  whom: ["via", "reports", "tie"],
  claims: ["via", "contradicts", "supports", "introduces"],
  coalitions: ["agree", "conflict", "mixed"],
};
const TONES = ["critical", "supportive", "mixed", "neutral"];
/** Lines of a tone that are called otherwise. @type {Record<string, string>} */
const LOOKS = { mixed: "mixedTone" };
/** How a document may give the words of a speaker. */
const MODES = ["direct", "indirect", "mixedQuotation"];
const SIDES = ["affirms", "denies", "neutral"];

/**
 * The name of what a row switches, its mark, and how many there are.
 * @typedef {[string, Child, number | null]} Row
 */

export function showLegend() {
  const kept = focusedKey(filtersBox);
  const view = state.view;
  const edges = DATA.views[view]?.edges ?? [];
  const lines = (LINES[view] ?? []).filter((line) =>
    edges.some((edge) => edge.kind === line || edge.rests || edge[/** @type {keyof ViewEdge} */ (line)] === true),
  );
  const said = UTTERANCES.length > 0;
  const close = { type: "button", class: "close only-phone", "aria-label": t("close"), data: { key: "close" } };
  const tally = (/** @type {(one: Utterance) => boolean} */ test) =>
    UTTERANCES.filter((one) => counts(one) && test(one)).length;
  const parts = [
    el("button", { ...close, on: { click: () => drawer(false) } }, "✕"),
    el("h2", {}, t("legend")),
    rows(
      "kinds",
      "kind",
      kindsDrawn(view).map(([kind, count]) => [kind, kindMark(kind), count]),
    ),
    DATA.colours ? colourMeaning() : null,
    said &&
      view !== "claims" &&
      view !== "coalitions" &&
      rows(
        "tones",
        "tone",
        TONES.map(
          (tone) => /** @type {Row} */ ([tone, lineMark(LOOKS[tone] ?? tone), tally((one) => one.tone === tone)]),
        ).filter(([tone, , count]) => count || tone !== "mixed"),
      ),
    said &&
      rows(
        "polarity",
        "says",
        SIDES.map((side) => {
          const mark = view === "claims" && lineMark(side);
          return [side, mark, tally((one) => (one.polarity ?? "neutral") === side)];
        }),
      ),
    rows(
      "lines",
      "line",
      lines.map((line) => [line, lineMark(line), null]),
    ),
    scene.view === view && scene.most > 1 && widthMeaning(view),
    view === "coalitions" && DATA.views.coalitions?.nodes.some((one) => one.sure !== undefined) && ringMeaning(),
    said && moreFilters(),
    resetButton(),
  ];
  filtersBox.replaceChildren(...parts.filter((part) => part !== false && part !== null));
  if (kept) keyed(filtersBox, kept)?.focus();
}

/** Says what the width of a line means. */
const widthMeaning = (/** @type {string} */ view) =>
  el("p", { class: "row widths" }, el("span", { class: "name" }, t(`width.${view}`)), widthMark(scene.most));

/** Says what the colours of marks mean, where they are not those of kinds. */
function colourMeaning() {
  const { name, values } = DATA.colours ?? { name: "", values: [] };
  const row = (/** @type {ValueColour} */ one) =>
    el(
      "p",
      { class: "row" },
      colourMark(one.colour),
      el("span", { class: "name" }, one.value ? visible(one.value) : t("other_values")),
      el("span", { class: "count" }, one.count),
    );
  return el("div", { class: "colours" }, el("h3", {}, t("coloured_by", { name: visible(name) })), values.map(row));
}

/** Says what the ring around a mark means. */
const ringMeaning = () =>
  el(
    "p",
    { class: "row ring-meaning" },
    svg(
      "svg",
      { class: "mark", viewBox: "-12 -12 24 24", width: 22, height: 22, "aria-hidden": "true" },
      svg("circle", { class: "shape kind-Person", r: 6 }),
      svg("path", { class: "sure", d: arc(9.5, 0.7) }),
    ),
    el("span", { class: "name" }, t("ring")),
  );

/**
 * Returns the kinds in a view with their numbers, the most frequent first; those that are hidden too.
 * @param {string} view
 */
function kindsDrawn(view) {
  /** @type {Map<string, number>} */
  const count = new Map();
  const nodes = DATA.views[view] && (scene.view === view ? [...scene.nodes.values()] : DATA.views[view].nodes);
  const kinds = nodes?.map((node) => node.kind) ?? UTTERANCES.filter(counts).map((one) => things.get(one.voice)?.kind);
  for (const kind of kinds) if (kind) tick(count, kind);
  for (const name of state.hide) if (name.startsWith("kind.")) tick(count, name.slice(5), 0);
  return [...count].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

/**
 * @param {string} title
 * @param {string} group
 * @param {Row[]} list
 */
function rows(title, group, list) {
  if (!list.length) return null;
  const row = (/** @type {Row} */ [name, mark, count]) => {
    const key = `${group}.${name}`;
    const rest = state.hide.filter((one) => one !== key);
    const change = () => choose({ hide: box.checked ? rest : [...rest, key] }, { keep: true });
    const box = el("input", { type: "checkbox", data: { key }, on: { change } });
    box.checked = !state.hide.includes(key);
    const number = count !== null && el("span", { class: "count" }, count.toLocaleString(LANGUAGE));
    return el("label", { class: "row" }, box, mark, el("span", { class: "name" }, t(key)), number);
  };
  return el("fieldset", {}, el("legend", {}, t(title)), list.map(row));
}

/**
 * Returns a field whose value is chosen for the state of that name.
 * @template {HTMLInputElement | HTMLSelectElement} T
 * @param {"speaker" | "document" | "heard" | "from" | "to" | "min"} name
 * @param {string} label
 * @param {T} box
 */
function field(name, label, box, value = state[name]) {
  box.dataset.key = name;
  box.value = value;
  box.addEventListener("change", () => choose({ [name]: box.value }, { keep: true }));
  return el("label", { class: "field" }, el("span", {}, t(label)), box);
}

/**
 * @param {"speaker" | "document" | "heard"} name
 * @param {[string, string][]} options values and their labels
 */
function pick(name, options) {
  /** @type {[string, string][]} */
  const all = [["", t("any")], ...options];
  const items = all.map(([value, text]) => el("option", { value }, text));
  return field(name, name, el("select", {}, items));
}

/** @param {"from" | "to"} name */
const day = (name) => field(name, name, el("input", { type: "date", min: FIRST_DAY, max: LAST_DAY }));

/** @type {[string, string][] | null} */
let voices = null;

function moreFilters() {
  voices ??= [...saidBy]
    .sort((a, b) => b[1].length - a[1].length)
    .slice(0, 500)
    .map(([id, places]) => [id, `${visible(labelOf(id))} (${places.length})`]);
  const box = el("input", { type: "number", min: 1, max: 999, inputmode: "numeric" });
  /** @type {[string, string][]} */
  const named = [...documents.values()].slice(0, 1000).map((one) => [one.id, visible(one.label)]);
  return el(
    "fieldset",
    { class: "more-filters" },
    el("legend", {}, t("more_filters")),
    pick("speaker", voices),
    named.length > 1 && pick("document", named),
    pick("heard", [
      ["first", t("first_hand")],
      ...MODES.filter((mode) => UTTERANCES.some((one) => wayOf(one) === mode)).map(
        (mode) => /** @type {[string, string]} */ ([mode, t(`from_${mode}`)]),
      ),
      ["hearsay", t("hearsay")],
    ]),
    FIRST_DAY < LAST_DAY && [day("from"), day("to")],
    state.view in DATA.views && field("min", "least", box, state.min || String(least(state.view))),
  );
}

function resetButton() {
  const any = FILTERS.some((name) => String(state[name]) !== String(BEGIN[name]));
  const click = () => choose(Object.fromEntries(FILTERS.map((name) => [name, BEGIN[name]])), { keep: true });
  return any && el("button", { type: "button", class: "more", data: { key: "reset" }, on: { click } }, t("reset"));
}

/** Says whether the filters lie open over the stage of a phone. */
export const drawerOpen = () => document.body.classList.contains("filters-open");

/**
 * On a phone, opens or closes the filters over the stage.
 * @param {boolean} open
 */
export function drawer(open) {
  document.body.classList.toggle("filters-open", open);
  const next = open
    ? filtersBox.querySelector("button, input")
    : byId("tools").querySelector("[data-tool=filters_button]");
  if (next instanceof HTMLElement) next.focus();
}
