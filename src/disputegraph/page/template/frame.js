// The parts of the page that are filled again and again.

import { byId, el } from "./dom.js";

export const stageBox = byId("stage");
export const panelBox = byId("panel");
export const filtersBox = byId("filters");
export const tableBox = byId("table");
export const statusBox = byId("status");
export const timeBox = el("div", { id: "time", hidden: true });
export const noteBox = el("p", { class: "stage-note", role: "note" });

/** Says whether the stage is as tall as a phone's, for which there is a layout of its own. */
export const isTall = () => stageBox.clientWidth < stageBox.clientHeight * 0.8;
