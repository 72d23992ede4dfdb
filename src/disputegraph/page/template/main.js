// Putting it together: what is redrawn when something is chosen.

function showViews() {
  byId("views").replaceChildren(...VIEWS.map((view) => el("a", { href: fragment({ view }), "aria-current": view === state.view ? "page" : null, data: { view },
    on: { click: (event) => { event.preventDefault(); choose({ view }); byId("views").querySelector(`[data-view=${view}]`).focus(); } } }, t(`view.${view}`))));
}

function showStage(rebuilt) {
  const graph = state.view in DATA.views;
  tableBox.hidden = state.view !== "table";
  stageBox.hidden = state.view === "table";
  picture.classList.toggle("off", !graph);
  timeBox.hidden = state.view !== "time";
  stageBox.querySelector(".zoom").hidden = !graph;
  document.body.dataset.view = state.view;
  if (state.view === "table") { showTable(); return; }
  if (state.view === "time") { noteBox.hidden = true; showTime(); return; }
  if (rebuilt) build(state.view);
  sift();
  showNote();
  if (rebuilt === "fit" || !camera.fittedOnce) { fit(); camera.fittedOnce = true; } else paint();
  rove(state.select);
}

/** Says what the graph leaves out, and by which measure. */
function showNote() {
  const { total, shown } = DATA.views[state.view];
  const floor = least(state.view);
  const nodes = [...scene.nodes.values()].filter((node) => node.shown).length;
  const words = [];
  if (total > shown) words.push(t(`aggregate.${state.view}`, { shown: nodes, total: total.toLocaleString("en") }));
  if (floor > 1) words.push(t("least_note", { count: floor }));
  if (!nodes) words.push(t("filtered_out"));
  noteBox.textContent = words.join(" ");
  noteBox.hidden = !words.length;
}

const noteBox = el("p", { class: "stage-note", role: "note" });

function showStatus() {
  byId("status").textContent = filtering() ? t("passing", { shown: passingCount.toLocaleString("en"), all: UTTERANCES.length.toLocaleString("en") }) : "";
}

watch((changed) => {
  const has = (...names) => names.some((name) => changed.has(name));
  const filtered = has(...FILTERS);
  if (filtered) refilter();
  if (has("view")) { hovered = ""; tableShown = PAGE; }
  const view = state.view;
  // A selection that is not drawn yet is drawn in; otherwise selecting only moves the light.
  const absent = has("select") && state.select && view in DATA.views && !scene.nodes.has(state.select) && (things.has(state.select) || claims.has(state.select));
  if (has("view")) showStage("fit");
  else if (absent || has("open", "spread") || (has("min") && DATA.views[view]?.least > 1)) showStage("grown");
  else if (filtered || (view === "time" && has("select")) || (view === "table" && has("find", "sort", "rows"))) showStage();
  else if (has("select") && view in DATA.views) { sift(); paint(); rove(state.select); }
  if (has("view", "open") || filtered) showLegend();
  if (has("view", "select", "open") || filtered) { showPanel(); showViews(); }
  if (has("select") && state.select && view in DATA.views) reveal(state.select);
  if (filtered) showStatus();
});

/** Draws the single utterances of a bundled edge, or bundles them again. */
const spread = (edge) => choose({ spread: state.spread === edge.id ? "" : edge.id });

stageBox.append(picture, timeBox, noteBox);
Object.assign(state, read());
makeTools();
makeSearch();
refilter();
showViews();
showStage("fit");
showLegend();
showPanel();
showStatus();

let width = stageBox.clientWidth, height = stageBox.clientHeight;
new ResizeObserver(() => {
  if (stageBox.hidden || (stageBox.clientWidth === width && stageBox.clientHeight === height)) return;
  [width, height] = [stageBox.clientWidth, stageBox.clientHeight];
  soon(() => { if (state.view === "time") showTime(); else if (state.view in DATA.views && (camera.fitted || isTall() !== scene.tall)) showStage("fit"); });
}).observe(stageBox);

addEventListener("beforeprint", () => { if (tableBox.dataset.print !== "1") { tableBox.dataset.print = "1"; showTable(true); } });
addEventListener("afterprint", () => { delete tableBox.dataset.print; if (state.view === "table") showTable(); });

document.documentElement.dataset.ready = "1";
