// The parts of the page that are filled again and again.

import { byId, el } from "./dom.js";

export const stageBox = byId("stage");
export const panelBox = byId("panel");
export const filtersBox = byId("filters");
export const tableBox = byId("table");
export const statusBox = byId("status");
/**
 * What is drawn on the stage instead of the graph: the time line, the matrix of a crowded view, the list of a phone.
 */
export const boardBox = el("div", { id: "board", hidden: true });
export const noteBox = el("p", { class: "stage-note", role: "note" });

/** Says whether the stage is as tall as a phone's, for which there is a layout of its own. */
export const isTall = () => stageBox.clientWidth < stageBox.clientHeight * 0.8;
