// Putting it together: what is redrawn when something is chosen.

import { isNarrow, showClaimList } from "./claim_list.js";
import { claims, DATA, STATEMENT_COUNT, things } from "./data.js";
import { byId, el, svg } from "./dom.js";
import { paint } from "./drawing.js";
import { FILTERS, filtering, least, passingCount, refilter } from "./filters.js";
import { hover } from "./focus.js";
import { canFold, foldedPeople } from "./folding.js";
import { foldingNote } from "./folding_note.js";
import { boardBox, isTall, noteBox, stageBox, statusBox, tableBox } from "./frame.js";
import { rove } from "./keyboard.js";
import { showLegend } from "./legend.js";
import { MOST_LINES, MOST_NARROW_LINES, showMatrix } from "./matrix.js";
import { showPanel } from "./panel.js";
import { caption } from "./picture_caption.js";
import { build, camera, picture, scene, shownNodes, sift } from "./scene.js";
import { makeSearch } from "./search.js";
import { fit, reveal, soon } from "./stage.js";
import { choose, fragment, reopen, state, VIEWS, watch } from "./state.js";
import { rewindTable, showTable } from "./table.js";
import { LANGUAGE, t } from "./texts.js";
import { showTime } from "./timeline.js";
import { makeTools } from "./toolbar.js";

function showViews() {
  const links = VIEWS.map((view) => {
    const click = (/** @type {Event} */ event) => {
      event.preventDefault();
      choose({ view });
      const again = byId("views").querySelector(`[data-view=${view}]`);
      if (again instanceof HTMLElement) again.focus();
    };
    const current = view === state.view ? "page" : null;
    const about = { href: fragment({ view }), "aria-current": current, data: { view }, on: { click } };
    return el("a", about, t(`view.${view}`));
  });
  byId("views").replaceChildren(...links);
}

/** Views that are a matrix where their lines would be a tangle. */
const MATRICES = ["claims", "coalitions"];

const isGraph = () => state.view in DATA.views;

/**
 * Draws the view; `rebuilt` says that nodes come or go, "fit" that the camera takes in all of them.
 * @param {"fit" | "grown" | ""} rebuilt
 */
function showStage(rebuilt = "") {
  tableBox.hidden = state.view !== "table";
  stageBox.hidden = state.view === "table";
  document.body.dataset.view = state.view;
  const listed = state.view === "claims" && isNarrow();
  showBoard(state.view === "time" || listed);
  document.body.classList.toggle("listing", listed);
  if (state.view === "table") return showTable();
  if (listed) {
    noteBox.hidden = true;
    return showClaimList();
  }
  if (state.view === "time") {
    noteBox.hidden = true;
    return showTime();
  }
  if (rebuilt) build(state.view);
  sift();
  showNote();
  const lines = scene.edges.filter((edge) => edge.shown).length;
  if (MATRICES.includes(state.view) && lines > (isNarrow() ? MOST_NARROW_LINES : MOST_LINES)) {
    showBoard(true);
    noteBox.hidden = true;
    showMatrix(lines);
    return;
  }
  if (rebuilt === "fit" || !camera.fittedOnce) {
    fit();
    camera.fittedOnce = true;
  } else paint();
  rove(state.select);
}

/**
 * Shows the board on the stage instead of the graph, or the graph.
 * @param {boolean} board
 */
function showBoard(board) {
  boardBox.hidden = !board;
  picture.classList.toggle("off", board || !isGraph());
  const scale = stageBox.querySelector(".zoom");
  if (scale instanceof HTMLElement) scale.hidden = board || !isGraph();
}

/** Says what the graph leaves out, and by which measure. */
function showNote() {
  const { total, shown } = DATA.views[state.view];
  const floor = least(state.view);
  const nodes = shownNodes().length;
  const words = [
    total > shown && t(`aggregate.${state.view}`, { shown: nodes, total: total.toLocaleString(LANGUAGE) }),
    floor > 1 && t("least_note", { count: floor }),
    !nodes && t(filtering() ? "filtered_out" : `nothing.${state.view}`),
  ].filter(Boolean);
  const folding = canFold(state.view) && foldingNote([...foldedPeople(state.view).values()].map((one) => one.size));
  noteBox.replaceChildren(...el("p", {}, folding, words.join(" ")).childNodes);
  noteBox.hidden = !words.length && !folding;
}

function showStatus() {
  const [shown, all] = [passingCount, STATEMENT_COUNT].map((count) => count.toLocaleString(LANGUAGE));
  statusBox.textContent = filtering() ? t("passing", { shown, all }) : "";
}

/** Redraws what depends on what has changed. */
function redraw(/** @type {Set<string>} */ changed) {
  const has = (/** @type {string[]} */ ...names) => names.some((name) => changed.has(name));
  const filtered = has(...FILTERS);
  if (filtered) refilter();
  if (has("view")) {
    hover("");
    rewindTable();
  }
  const { view, select } = state;
  const selected = has("select") && isGraph();
  // A selection that is not drawn yet is drawn in; otherwise selecting only moves the light.
  const absent = selected && !scene.nodes.has(select) && (things.has(select) || claims.has(select));
  if (has("view", "fold")) showStage("fit");
  else if (absent || has("open", "spread", "apart")) showStage("grown");
  else if (filtered || (!boardBox.hidden && has("select")) || (view === "table" && has("find", "sort", "rows")))
    showStage();
  else if (selected) {
    sift();
    paint();
    rove(select);
  }
  if (has("view", "open", "fold", "apart") || filtered) showLegend();
  if (has("view", "select", "open", "fold", "apart") || filtered) {
    showPanel();
    showViews();
  }
  if (selected) reveal(select);
  if (filtered) showStatus();
}

/** Goes past heading and legend to what is drawn. */
function skip(/** @type {Event} */ event) {
  event.preventDefault(); // the fragment says what is chosen, and stays
  const at = state.view === "table" ? tableBox : stageBox.querySelector("[tabindex='0']");
  if (at instanceof HTMLElement || at instanceof SVGElement) at.focus();
}

stageBox.append(picture, boardBox, noteBox);
byId("skip").addEventListener("click", skip);
document.body.classList.toggle("embed", new URLSearchParams(location.search).has("embed"));
byId("whole").addEventListener("click", () => byId("whole").setAttribute("href", location.pathname + fragment()));
reopen();
makeTools();
makeSearch();
refilter();
showViews();
showStage("fit");
showLegend();
showPanel();
showStatus();
watch(redraw);

/** Width of the printed legend, in CSS pixels: a page of A4 with its margins. */
const PRINTED = 680;
const printBox = el("div", { id: "print-caption" });
stageBox.after(printBox);

/** While the page is printed the picture stays as it is. */
let printing = false;

let [width, height] = [stageBox.clientWidth, stageBox.clientHeight];
new ResizeObserver(() => {
  if (printing || stageBox.hidden || (stageBox.clientWidth === width && stageBox.clientHeight === height)) return;
  [width, height] = [stageBox.clientWidth, stageBox.clientHeight];
  soon(() => {
    if (!boardBox.hidden || (state.view === "claims" && isNarrow())) showStage("fit");
    else if (isGraph() && (camera.fitted || isTall() !== scene.tall)) showStage("fit");
  });
}).observe(stageBox);

addEventListener("beforeprint", () => {
  printing = true;
  showTable(true);
  const { g, height } = caption(PRINTED);
  const size = { width: PRINTED, height, viewBox: `0 0 ${PRINTED} ${height}` };
  printBox.replaceChildren(svg("svg", { ...size, "aria-hidden": "true" }, g));
  // Paper is narrower than the screen: the picture is made smaller as it is, not cut off.
  picture.setAttribute("viewBox", `0 0 ${stageBox.clientWidth || 1} ${stageBox.clientHeight || 1}`);
});
addEventListener("afterprint", () => {
  printing = false;
  picture.removeAttribute("viewBox");
  if (state.view === "table") showTable();
});

document.documentElement.dataset.ready = "1";
