// The table of everything: sorted, filtered, and what screen readers and print get.

const tableBox = byId("table");
const PAGE = 200;
let tableShown = PAGE;

const TABLES = {
  utterances: { list: () => UTTERANCES.flatMap((one, place) => (passes(place) ? [one] : [])),
    columns: { date: (one) => one.date ?? "", voice: (one) => ref(one.voice), says: (one) => t(`says.${one.polarity ?? "neutral"}`), claim: (one) => (one.claims ?? []).map(ref), tone: (one) => t(`tone.${one.tone}`),
      certainty: (one) => (one.certainty ? t(`certainty.${one.certainty}`) : ""), heard: (one) => t(one.hearsay ? "hearsay" : "first_hand"), ...(documents.size > 1 && { document: (one) => (one.documents ?? []).map(ref) }), quotation: (one) => (one.evidence ?? []).map((n) => DATA.anchors[n].quote).filter(Boolean).join(" … ") || ref(one.id, t("evidence")) } },
  claims: { list: () => DATA.claims.filter((one) => !filtering() || allowed(saidOn.get(one.id)).length),
    columns: { claim: (one) => ref(one.id), paraphrase: (one) => one.paraphrase ?? "", affirmed: (one) => sides(one, "affirms"), denied: (one) => sides(one, "denies"), left_open: (one) => sides(one, "neutral"), agents: (one) => (one.agents ?? []).map(ref), issues: (one) => (one.issues ?? []).map(ref) } },
  things: { list: () => DATA.things.filter((one) => !hidden("kind", one.kind)),
    columns: { name: (one) => ref(one.id), kind: (one) => t(`kind.${one.kind}`), says_all: (one) => allowed(saidBy.get(one.id)).length, said_about: (one) => allowed(saidAbout.get(one.id)).length, date: (one) => one.start ?? "", facts: (one) => (one.facts ?? []).map((fact) => `${t(`fact.${fact.relation}`)}: ${fact.text}`).join("; ") } },
  stances: { list: () => DATA.stances, columns: { name: (one) => ref(one.holder), stance: (one) => t(`value.${one.value}`), on: (one) => ref(one.on), shown_by: (one) => (one.utterances ?? []).map(ref) } },
  documents: { list: () => DATA.documents, columns: { document: (one) => ref(one.id), publisher: (one) => one.publisher ?? "", date: (one) => one.date ?? "", document_digest: (one) => one.digest ?? "" } },
};

const ref = (id, label) => ({ id, label: visible(typeof label === "string" ? label : labelOf(id)) });
const sides = (claim, side) => allowed(saidOn.get(claim.id)).filter((place) => (UTTERANCES[place].polarity ?? "neutral") === side).length;
const plain = (value) => (Array.isArray(value) ? value.map(plain).join("; ") : typeof value === "object" && value ? value.label : value);
const column = (name) => t(`column.${name}`);

/** Returns the rows of a table under the filters, the search words and the order of the reader. */
function tableRows(kind = state.rows) {
  const { list, columns } = TABLES[kind] ?? TABLES.utterances;
  const words = folded(state.find).split(/\s+/).filter(Boolean);
  let found = list().map((one) => Object.values(columns).map((make) => make(one)));
  if (words.length) found = found.filter((row) => { const text = folded(row.map(plain).join(" ")); return words.every((word) => text.includes(word)); });
  const [name, way] = state.sort.split(" ");
  const at = Object.keys(columns).indexOf(name);
  if (at >= 0) {
    const keys = new Map(found.map((row) => [row, plain(row[at])]));
    const order = new Intl.Collator("en", { numeric: true });
    found.sort((a, b) => (typeof keys.get(a) === "number" ? keys.get(a) - keys.get(b) : order.compare(keys.get(a), keys.get(b))) * (way === "down" ? -1 : 1));
  }
  return found;
}

function showTable(all = false) {
  const kept = document.activeElement?.closest?.("#table [data-key]")?.dataset.key;
  const at = document.activeElement?.selectionStart;
  const kind = TABLES[state.rows] && (UTTERANCES.length || state.rows !== "utterances") ? state.rows : UTTERANCES.length ? "utterances" : "things";
  const found = tableRows(kind);
  const most = all ? 5000 : tableShown;
  const [by, way] = state.sort.split(" ");
  const heads = Object.keys(TABLES[kind].columns).map((name) => el("th", { scope: "col", "aria-sort": by === name ? (way === "down" ? "descending" : "ascending") : "none" },
    el("button", { type: "button", data: { key: `sort ${name}` }, on: { click: () => choose({ sort: by === name && way !== "down" ? `${name} down` : name }, { keep: true }) } }, column(name), el("span", { "aria-hidden": "true" }, by === name ? (way === "down" ? " ↓" : " ↑") : ""))));
  const cell = (value) => (Array.isArray(value) ? value.flatMap((one, place) => [place ? "; " : "", cell(one)]) : value && typeof value === "object" ? goTo(value.id, value.label) : String(value));
  const input = el("input", { type: "search", data: { key: "find" }, placeholder: t("find_hint"), "aria-label": t("find_hint"), on: { input: () => choose({ find: input.value }, { keep: true }) } });
  input.value = state.find;
  tableBox.replaceChildren(el("h2", {}, t("table")),
    el("div", { class: "table-tools" }, el("div", { role: "group", "aria-label": t("which_table") }, Object.keys(TABLES).filter((name) => TABLES[name].list().length || name === kind).map((name) => el("button", { type: "button", class: "tab", "aria-pressed": String(name === kind), data: { key: `rows ${name}` }, on: { click: () => choose({ rows: name, sort: "", find: "" }, { keep: true }) } }, t(name)))), input,
      el("span", { class: "note", role: "status" }, counted("row", found.length))),
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t(kind) }, el("table", {}, el("caption", { class: "only-read" }, t(kind)), el("thead", {}, el("tr", {}, heads)), el("tbody", {}, found.slice(0, most).map((row) => el("tr", {}, row.map((value) => el("td", {}, cell(value)))))))),
    found.length > most ? el("button", { type: "button", class: "more", data: { key: "more rows" }, on: { click: () => { tableShown += 1000; showTable(); } } }, t("more", { count: Math.min(1000, found.length - most) })) : "");
  if (kept) { const again = tableBox.querySelector(`[data-key="${CSS.escape(kept)}"]`); again?.focus(); if (kept === "find") try { again.setSelectionRange(at, at); } catch { /* no caret */ } }
}
