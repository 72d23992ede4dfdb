// Search: names, other names, claims, quotations; a list of hits, each of which selects.

const MOST_HITS = 14;
let index = null;

function entries() {
  if (index) return index;
  index = [];
  for (const one of DATA.things) index.push([one.id, t(`kind.${one.kind}`), folded([one.label, ...(one.aliases ?? [])].join(" · ")), folded(one.label), saidBy.get(one.id)?.length ?? 0]);
  for (const one of DATA.claims) index.push([one.id, t("kind.Claim"), folded(`${one.label} · ${one.paraphrase ?? ""}`), folded(one.label), saidOn.get(one.id)?.length ?? 0]);
  for (const one of DATA.documents) index.push([one.id, t("document"), folded(one.label), folded(one.label), 0]);
  for (const one of UTTERANCES) {
    const quotes = (one.evidence ?? []).map((n) => DATA.anchors[n].quote ?? "").join(" · ");
    if (quotes) index.push([one.id, t("quotation"), folded(quotes), "", 0, quotes]);
  }
  return index;
}

/** Returns the hits for a query: all words must occur; a whole name comes first, then names that begin with it. */
function find(query) {
  const words = folded(query).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const hits = [];
  for (const entry of entries()) {
    if (!words.every((word) => entry[2].includes(word))) continue;
    const exact = ` · ${entry[2]} · `.includes(` · ${words.join(" ")} · `);
    hits.push([(exact ? 2e6 : 0) + (entry[3].startsWith(words[0]) ? 1e6 : 0) + (entry[3].includes(words[0]) ? 1e5 : 0) + entry[4], entry]);
  }
  return hits.sort((a, b) => b[0] - a[0]).map(([, entry]) => entry);
}

function makeSearch() {
  let chosen = -1;
  const list = el("ul", { id: "hits", role: "listbox", "aria-label": t("hits"), hidden: true });
  const input = el("input", { id: "query", type: "search", role: "combobox", autocomplete: "off", spellcheck: "false", "aria-expanded": "false", "aria-controls": "hits",
    "aria-autocomplete": "list", placeholder: t("search_hint"), "aria-label": t("search") });
  const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); chosen = -1; };
  const take = (id) => { close(); choose({ select: id, view: state.view === "table" ? VIEWS[0] : state.view }); reveal(id); };
  const mark = (to) => {
    const options = [...list.querySelectorAll("[role=option]")];
    if (!options.length) return;
    chosen = (to + options.length) % options.length;
    for (const [place, option] of options.entries()) option.setAttribute("aria-selected", String(place === chosen));
    input.setAttribute("aria-activedescendant", options[chosen].id);
    options[chosen].scrollIntoView({ block: "nearest" });
  };
  const show = () => {
    const hits = find(input.value);
    const first = hits.slice(0, MOST_HITS);
    list.replaceChildren(...first.map(([id, kind, , , count, quote], place) => el("li", { id: `hit-${place}`, role: "option", "aria-selected": "false", data: { hit: id },
      on: { pointerdown: (event) => { event.preventDefault(); take(id); } } }, el("span", { class: "name" }, quote ? shortened(quote, 90) : labelOf(id)), el("span", { class: "count" }, kind, count ? ` · ${count}` : ""))));
    if (!hits.length && input.value.trim()) list.replaceChildren(el("li", { role: "option", "aria-selected": "false", "aria-disabled": "true" }, t("no_hits")));
    if (hits.length > first.length) list.append(el("li", { role: "option", "aria-selected": "false", "aria-disabled": "true", class: "note" }, t("more_hits", { count: hits.length - first.length })));
    list.hidden = !input.value.trim();
    input.setAttribute("aria-expanded", String(!list.hidden));
    chosen = -1;
    byId("status").textContent = input.value.trim() ? counted("hit", hits.length) : "";
  };
  input.addEventListener("input", show);
  input.addEventListener("focus", () => { if (input.value.trim()) show(); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") { event.preventDefault(); mark(chosen + 1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); mark(chosen - 1); }
    else if (event.key === "Enter") { const hit = list.querySelectorAll("[data-hit]")[Math.max(0, chosen)]; if (hit) take(hit.dataset.hit); }
    else if (event.key === "Escape") { event.stopPropagation(); if (list.hidden) { input.value = ""; input.blur(); } close(); }
  });
  byId("search").append(input, list);
}
