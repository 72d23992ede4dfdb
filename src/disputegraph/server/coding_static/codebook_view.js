// The codebook: everything that can be named, how often it is used, and what can be done with it.

import { walk } from "./arrow_walk.js";
import * as work from "./codebook_work.js";
import { button, byId, el } from "./coding_elements.js";
import { counted, t } from "./coding_wording.js";
import { goToEntry } from "./going_to.js";
import { plain } from "./name_ranking.js";
import { ask } from "./project_client.js";
import { isStatement, kindLabel, loadCatalogue, on, state } from "./project_state.js";
import { removeEntry } from "./removing.js";
import { shownView } from "./views.js";

const place = byId("codebook");
const AT_ONCE = 100;
const GROUPS = /** @type {const} */ (["actors", "claims", "issues", "others"]);

const chosen = { group: /** @type {string} */ ("claims"), words: "", most: AT_ONCE };
const body = el("tbody");
const more = button("", () => {
  chosen.most += AT_ONCE;
  fill();
});
const tabs = el("div", { class: "actions", role: "group" });
const doubles = el("div");
const find = el("input", {
  type: "search",
  input: () => {
    chosen.words = find.value;
    chosen.most = AT_ONCE;
    fill();
  },
});
walk(body, "tr", find);

/** @param {CatalogueRow} row */
function groupOf({ kind }) {
  if (kind === "Claim") return "claims";
  if (kind === "Issue") return "issues";
  const actors = state.project.forms.Utterance.fields.find((spec) => spec.name === "speaker")?.kinds ?? [];
  return actors.includes(kind) ? "actors" : "others";
}

export async function drawCodebook() {
  await loadCatalogue();
  const heads = ["name", "kind", "aliases", "uses", "what"];
  place.replaceChildren(
    el(
      "div",
      { class: "wide" },
      el("h2", {}, t("view_codebook")),
      el(
        "div",
        { class: "filters" },
        tabs,
        el("label", {}, t("filter"), " ", find),
        button(t("recode"), () => work.recode(fill)),
        button(t("show_doubles"), showDoubles),
      ),
      doubles,
      el(
        "div",
        { class: "scroll", tabindex: "0", role: "region", "aria-label": t("view_codebook") },
        el(
          "table",
          {},
          el("thead", {}, el("tr", {}, ...heads.map((name) => el("th", { scope: "col" }, t(`column_${name}`))))),
          body,
        ),
      ),
      more,
    ),
  );
  fill();
  find.focus();
}

// A row that is drawn anew gives the focus back to the button that had it.
let held = "";
body.addEventListener("focusin", ({ target }) => {
  held = (target instanceof HTMLElement && target.dataset.key) || held;
});

function fill() {
  const at = document.activeElement;
  // A dialog that was closed just now may have the focus still.
  const lost = !at || at === document.body || body.contains(at) || at.closest("dialog:not([open])") !== null;
  const rows = [...state.catalogue.values()].filter((row) => !isStatement(row.kind) && row.kind !== "Document");
  tabs.setAttribute("aria-label", t("column_kind"));
  tabs.replaceChildren(
    ...GROUPS.map((group) => {
      const count = rows.filter((row) => groupOf(row) === group).length;
      const choose = () => {
        chosen.group = group;
        fill();
      };
      return button(`${t(`group_${group}`)} (${count})`, choose, { "aria-pressed": String(chosen.group === group) });
    }),
  );
  const words = plain(chosen.words.trim());
  const found = rows
    .filter(
      (row) => groupOf(row) === chosen.group && [row.label, ...row.aliases].some((name) => plain(name).includes(words)),
    )
    .sort((a, b) => b.uses - a.uses || a.label.localeCompare(b.label));
  body.replaceChildren(...found.slice(0, chosen.most).map(line));
  more.hidden = found.length <= chosen.most;
  more.textContent = counted("more_rows", found.length - chosen.most);
  if (!lost || !held) return;
  const again = body.querySelector(`[data-key="${CSS.escape(held)}"]`) ?? body.closest(".scroll");
  if (again instanceof HTMLElement) again.focus();
}

/** @param {CatalogueRow} row */
function line(row) {
  const name = el("span", {}, row.label);
  const said = row.label;
  const act = (/** @type {string} */ label, /** @type {() => void} */ run) =>
    button(t(label), run, {
      "data-key": `${label} ${row.iri}`,
      "aria-label": t("act_on", { act: t(label), name: said }),
    });
  const rename = () => work.renameInline(name, row);
  const actions = el(
    "div",
    {},
    act("open_entry", () => goToEntry(row.iri)),
    act("rename", rename),
    act("add_alias", () => work.addAlias(row, fill)),
    act("merge", () => work.merge(row, fill)),
    row.kind === "Claim" ? act("split", () => work.splitClaim(row, fill)) : null,
    act("remove", () => removeEntry(row)),
  );
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, name),
    el("td", {}, kindLabel(row.kind)),
    el("td", {}, row.aliases.join(", ")),
    el("td", { class: "number" }, row.uses),
    el("td", { class: "row-actions" }, actions),
  );
}

async function showDoubles() {
  /** @type {{pairs: DoublePair[]}} */
  const { pairs } = await ask("doubles");
  doubles.replaceChildren(
    el("h3", { tabindex: "-1" }, counted("doubles", pairs.length)),
    ...pairs.map((pair) => {
      const one = { iri: pair.iri, label: pair.label };
      const other = { iri: pair.other_iri, label: pair.other_label };
      const into = (/** @type {typeof one} */ from, /** @type {typeof one} */ to) => async () => {
        if (await work.mergeNow(from.iri, to.iri)) shown.remove();
      };
      const shown = el(
        "div",
        { class: "pair" },
        el("span", {}, t("alike", { one: pair.label, other: pair.other_label, score: Math.round(pair.score * 100) })),
        button(t("keep_name", { name: pair.label }), into(other, one)),
        button(t("keep_name", { name: pair.other_label }), into(one, other)),
        button(t("not_alike"), () => shown.remove(), { class: "quiet" }),
      );
      return shown;
    }),
  );
  doubles.querySelector("h3")?.focus();
}

on("catalogue", () => {
  if (shownView() === "codebook" && body.isConnected && !body.querySelector("input")) fill();
});
// How often things are used is counted by the server.
on("entries", () => {
  if (shownView() === "codebook") loadCatalogue();
});
