// The command palette: one field that goes to anything and makes anything.

import { Chooser } from "./chooser.js";
import { byId, el } from "./coding_elements.js";
import { t } from "./coding_wording.js";
import { showDialog } from "./dialogs.js";
import { newForm } from "./form_desk.js";
import { goToEntry, goToText } from "./going_to.js";
import { candidate, ranked } from "./name_ranking.js";
import { candidates, kindLabel, state } from "./project_state.js";
import { showView } from "./views.js";

/** @import { Candidate } from "./name_ranking.js" */

const ROWS = 12;
const VIEWS = /** @type {const} */ (["documents", "reading", "codebook", "review", "search"]);

/** @returns {Map<string, {told: Candidate, run: () => void}>} */
function commands() {
  const found = new Map();
  const add = (
    /** @type {string} */ key,
    /** @type {string} */ label,
    /** @type {() => void} */ run,
    aliases = /** @type {string[]} */ ([]),
  ) => found.set(key, { told: candidate({ iri: key, label, aliases, uses: 9 }), run });
  for (const kind of Object.keys(state.project.forms)) {
    if (/^Document$|^ReportedUtterance$|^Dispute$|^Coder$/.test(kind)) continue;
    const make = () => {
      showView("reading");
      newForm(kind);
    };
    add(`kind ${kind}`, t("new_of_kind", { kind: kindLabel(kind) }), make, [kindLabel(kind), kind]);
  }
  for (const view of VIEWS) add(`view ${view}`, t(`view_${view}`), () => showView(view));
  for (const { iri, label } of state.project.documents)
    add(`text ${iri}`, t("open_text", { name: label }), () => goToText(iri), [label]);
  return found;
}

export function showPalette() {
  const all = commands();
  const told = [...all.values()].map((one) => one.told);
  const chooser = new Chooser({
    label: t("palette_label"),
    many: false,
    find: (typed) => ranked(typed, [...told, ...candidates([])], ROWS),
    suggest: async () => told.slice(0, ROWS),
    name: (value) => value,
    changed: ([value]) => {
      box.close();
      const run = all.get(value)?.run;
      if (run) run();
      else goToEntry(value);
    },
  });
  const box = showDialog(byId("palette"), t("palette"), chooser.element, el("p", { class: "soft" }, t("palette_help")));
  chooser.focus();
}
