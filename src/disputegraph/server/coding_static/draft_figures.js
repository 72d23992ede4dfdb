// Review: what became of the drafts, and how coding with and without them differs.

import { button, el } from "./coding_elements.js";
import { t } from "./coding_wording.js";
import { drafts, loadDrafts } from "./draft_state.js";
import { goToText } from "./going_to.js";
import { ask } from "./project_client.js";
import { alter, state } from "./project_state.js";
import { report } from "./refusals.js";

const HEADS = /** @type {const} */ (["open", "as_proposed", "changed", "rejected", "coded", "doubled"]);

/** Returns the part of the review that tells of drafts, or nothing where there are none. */
export async function draftsInReview() {
  /** @type {DraftFigures} */
  const { counts, compared, notes } = await ask("draft_figures");
  if (!counts.length) return null;
  return el(
    "section",
    {},
    el("h3", {}, t("view_drafts")),
    ...notes.map((note) => el("p", { class: "wrong" }, note)),
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("view_drafts") }, table(counts)),
    el("p", {}, share(counts)),
    ...beside(compared),
    await rejections(),
  );
}

/** @param {DraftCounts[]} counts */
function table(counts) {
  const head = (/** @type {string} */ name) => el("th", { scope: "col", class: "number" }, t(`drafts_${name}`));
  return el(
    "table",
    {},
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        el("th", { scope: "col" }, t("column_name")),
        el("th", { scope: "col" }, t("draft_program")),
        ...HEADS.map(head),
      ),
    ),
    el("tbody", {}, ...counts.map(row)),
  );
}

/** @param {DraftCounts} one */
const row = (one) =>
  el(
    "tr",
    {},
    el(
      "th",
      { scope: "row" },
      button(one.label, () => goToText(one.document).catch(report)),
    ),
    el("td", {}, one.program),
    ...HEADS.map((name) => el("td", { class: "number" }, one[name].toLocaleString())),
  );

/** @param {DraftCounts[]} counts */
function share(counts) {
  const sum = (/** @type {(typeof HEADS)[number]} */ name) => counts.reduce((all, one) => all + one[name], 0);
  const decided = sum("as_proposed") + sum("changed") + sum("rejected");
  if (!decided) return t("drafts_undecided");
  const part = (/** @type {(typeof HEADS)[number]} */ name) => `${Math.round((100 * sum(name)) / decided)} %`;
  return t("drafts_share", {
    count: decided.toLocaleString(),
    as_proposed: part("as_proposed"),
    changed: part("changed"),
    rejected: part("rejected"),
  });
}

/** @param {Compared} compared */
function beside({ shown, shown_statements, held, held_statements }) {
  const rate = (/** @type {number} */ statements, /** @type {number} */ sentences) =>
    sentences ? (statements / sentences).toLocaleString(undefined, { maximumFractionDigits: 2 }) : "–";
  return [
    el(
      "p",
      {},
      t("drafts_compared", {
        shown: shown.toLocaleString(),
        with: rate(shown_statements, shown),
        held: held.toLocaleString(),
        without: rate(held_statements, held),
      }),
    ),
    el("p", { class: "soft" }, t("drafts_bias")),
  ];
}

/** The rejected drafts of the open text, which may be taken back. */
async function rejections() {
  await loadDrafts();
  const gone = drafts.all.filter((one) => one.state === "rejected");
  if (!gone.length || !state.open) return null;
  const item = (/** @type {Draft} */ draft) => {
    const { by, on, reason } = draft.rejection ?? { by: "", on: "", reason: "" };
    const words = draft.content.map(({ start, end }) =>
      state.open?.map.text.slice(state.open.points.toUnit(start), state.open.points.toUnit(end)),
    );
    const made = el("li", {});
    const back = async () => {
      try {
        await alter("restore_draft", { iri: draft.iri });
        made.remove();
      } catch (error) {
        report(error);
      }
    };
    made.append(
      el("q", {}, words.join(" … ")),
      " ",
      el("small", {}, [reason, by, on].filter(Boolean).join(" · ")),
      " ",
      button(t("restore_draft"), back),
    );
    return made;
  };
  return el(
    "details",
    {},
    el("summary", {}, t("drafts_rejected_here", { count: gone.length })),
    el("ul", {}, ...gone.map(item)),
  );
}
