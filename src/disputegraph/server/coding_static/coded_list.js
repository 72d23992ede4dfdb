// The list of what is coded in the open text: the same as the highlights, for whoever reads without them.

import { walk } from "./arrow_walk.js";
import { byId, el } from "./coding_elements.js";
import { counted, t } from "./coding_wording.js";
import { isStatement, isWithdrawn, kindLabel, on, spansOf, state } from "./project_state.js";
import { reachEntry } from "./text_actions.js";
import { cursor, onMove } from "./text_cursor.js";

const place = byId("list");
const head = el("h2", {});
const list = el("ol", { class: "coded" });
place.append(head, list);
walk(list, "li");

/** @type {Map<string, HTMLLIElement>} */
let items = new Map();

/** @param {Entry} entry */
function item(entry) {
  const [span] = spansOf(entry);
  const number = (state.open?.map.paragraphAt(span.start) ?? 0) + 1;
  const gone = isWithdrawn(entry);
  const [polarity] = entry.fields.polarity ?? entry.fields.reported_polarity ?? [];
  const marks = [
    isStatement(entry.kind) ? null : kindLabel(entry.kind),
    typeof polarity === "string" ? concept(polarity) : null,
    entry.kind === "ReportedUtterance" ? t("reported") : null,
    gone ? t("withdrawn") : null,
  ];
  const act = () => reachEntry({ ...span, iri: entry.iri }, true);
  const made = el(
    "li",
    { class: gone ? "gone" : undefined, "data-start": span.start },
    el(
      "button",
      { type: "button", click: act },
      el("small", {}, `¶ ${number} `),
      entry.label,
      el("small", {}, ` ${marks.filter(Boolean).join(" · ")}`),
    ),
  );
  items.set(entry.iri, made);
  return made;
}

/** @param {string} value */
const concept = (value) =>
  state.project.forms.Utterance.fields
    .find((spec) => spec.name === "polarity")
    ?.choices.find((choice) => choice.value === value)?.label ?? value;

const count = () => {
  head.textContent = counted("coded_here", items.size);
};

function fill() {
  items = new Map();
  const entries = [...(state.open?.entries.values() ?? [])].filter((entry) => spansOf(entry).length);
  entries.sort((a, b) => spansOf(a)[0].start - spansOf(b)[0].start);
  list.replaceChildren(...entries.map(item));
  count();
}

/** @param {string[]} iris */
function update(iris) {
  for (const iri of iris) {
    items.get(iri)?.remove();
    items.delete(iri);
    const entry = state.open?.entries.get(iri);
    if (!entry || !spansOf(entry).length) continue;
    const made = item(entry);
    const start = Number(made.dataset.start);
    const rows = /** @type {HTMLElement[]} */ ([...list.children]);
    list.insertBefore(made, rows.find((row) => Number(row.dataset.start) > start) ?? null);
  }
  count();
  mark();
}

let marked = "";
function mark() {
  items.get(marked)?.firstElementChild?.removeAttribute("aria-current");
  marked = cursor.active;
  items.get(marked)?.firstElementChild?.setAttribute("aria-current", "true");
}

on("open", fill);
on("entries", update);
onMove(() => {
  if (marked !== cursor.active) mark();
});
