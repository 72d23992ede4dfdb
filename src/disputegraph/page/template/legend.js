// Legend and filters are one: each row of the legend switches what it explains.

const filtersBox = byId("filters");
const LINES = { graph: [], whom: ["reports", "tie"], claims: ["contradicts", "supports", "introduces"], camps: ["agree", "conflict", "mixed"], time: [], table: [] };
const TONE_ROWS = ["critical", "supportive", "neutral"];
const SAYS_ROWS = ["affirms", "denies", "neutral"];

function showLegend() {
  const kept = document.activeElement?.closest?.("#filters [data-key]")?.dataset.key;
  const view = state.view;
  const kinds = kindRows(view);
  const groups = [
    kinds.length && rows("kinds", "kind", kinds.map(([kind, count]) => [kind, kindMark(kind), count])),
    view === "claims" || view === "camps" || !UTTERANCES.length ? null : rows("tones", "tone", TONE_ROWS.map((tone) => [tone, lineMark(tone), tally((one) => one.tone === tone)])),
    UTTERANCES.length > 0 && rows("polarity", "says", SAYS_ROWS.map((side) => [side, view === "claims" ? lineMark(side) : null, tally((one) => (one.polarity ?? "neutral") === side)])),
    rows("lines", "line", LINES[view].filter((line) => DATA.views[view]?.edges.some((edge) => edge.kind === line || edge.rests)).map((line) => [line, lineMark(line), null])),
    UTTERANCES.length > 0 && more(), resetButton(),
  ];
  filtersBox.replaceChildren(el("button", { type: "button", class: "close only-phone", "aria-label": t("close"), data: { key: "close" }, on: { click: () => drawer(false) } }, "✕"), el("h2", {}, t("legend")), ...groups.filter(Boolean));
  if (kept) filtersBox.querySelector(`[data-key="${CSS.escape(kept)}"]`)?.focus();
}

function kindRows(view) {
  const count = new Map();
  const nodes = DATA.views[view]?.nodes;
  if (nodes) for (const node of scene.view === view ? scene.nodes.values() : nodes) count.set(node.group, (count.get(node.group) ?? 0) + 1);
  else for (const one of UTTERANCES) { const kind = things.get(one.voice)?.kind; if (kind) count.set(kind, (count.get(kind) ?? 0) + 1); }
  for (const name of state.hide) if (name.startsWith("kind.") && !count.has(name.slice(5))) count.set(name.slice(5), 0);
  return [...count].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

const tally = (test) => UTTERANCES.reduce((sum, one) => sum + (test(one) ? 1 : 0), 0);

function rows(title, group, list) {
  if (!list.length) return null;
  return el("fieldset", {}, el("legend", {}, t(title)), list.map(([name, mark, count]) => {
    const key = `${group}.${name}`;
    const box = el("input", { type: "checkbox", data: { key }, on: { change: () => choose({ hide: box.checked ? state.hide.filter((one) => one !== key) : [...state.hide, key] }, { keep: true }) } });
    box.checked = !state.hide.includes(key);
    return el("label", { class: "row" }, box, mark, el("span", { class: "name" }, t(key)), count !== null && el("span", { class: "count" }, count.toLocaleString("en")));
  }));
}

function pick(name, label, options) {
  const box = el("select", { data: { key: name }, on: { change: () => choose({ [name]: box.value }, { keep: true }) } },
    el("option", { value: "" }, t("any")), options.map(([value, text]) => el("option", { value }, text)));
  box.value = state[name];
  return el("label", { class: "field" }, el("span", {}, t(label)), box);
}

function day(name, label) {
  const box = el("input", { type: "date", min: FIRST_DAY, max: LAST_DAY, data: { key: name }, on: { change: () => choose({ [name]: box.value }, { keep: true }) } });
  box.value = state[name];
  return el("label", { class: "field" }, el("span", {}, t(label)), box);
}

let voiceOptions = null;

function more() {
  voiceOptions ??= [...saidBy].sort((a, b) => b[1].length - a[1].length).slice(0, 500).map(([id, places]) => [id, `${visible(labelOf(id))} (${places.length})`]);
  const box = el("input", { type: "number", min: 1, max: 999, inputmode: "numeric", data: { key: "min" }, on: { change: () => choose({ min: box.value }, { keep: true }) } });
  box.value = state.min || least(state.view);
  return el("fieldset", { class: "more-filters" }, el("legend", {}, t("more_filters")),
    pick("speaker", "speaker", voiceOptions), documents.size > 1 ? pick("document", "document", [...documents.values()].map((one) => [one.id, visible(one.label)]).slice(0, 1000)) : null,
    pick("heard", "heard", [["first", t("first_hand")], ["hearsay", t("hearsay")]]),
    FIRST_DAY < LAST_DAY && [day("from", "from"), day("to", "to")],
    state.view in DATA.views && el("label", { class: "field" }, el("span", {}, t("least")), box));
}

function resetButton() {
  const any = FILTERS.some((name) => String(state[name]) !== String(BEGIN[name]));
  return any && el("button", { type: "button", class: "more", data: { key: "reset" }, on: { click: () => choose(Object.fromEntries(FILTERS.map((name) => [name, BEGIN[name]])), { keep: true }) } }, t("reset"));
}
