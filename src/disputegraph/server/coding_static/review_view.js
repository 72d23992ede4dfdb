// Review: what the rules find, what is still to do, what was taken back, with a way to the dispute's page.

import { button, byId, el } from "./coding_elements.js";
import { counted, t } from "./coding_wording.js";
import { draftsInReview } from "./draft_figures.js";
import { goToEntry, goToText } from "./going_to.js";
import { ask } from "./project_client.js";
import { isWithdrawn, state } from "./project_state.js";
import { report } from "./refusals.js";

const place = byId("review");

export async function drawReview() {
  place.replaceChildren(el("p", {}, t("looking")));
  /** @type {{findings: Finding[]}} */
  const { findings } = await ask("findings");
  const wrong = findings.filter((one) => !one.later);
  const later = findings.filter((one) => one.later);
  const gone = [...(state.open?.entries.values() ?? [])].filter(isWithdrawn);
  const beside = () =>
    window.open("/", "disputegraph-page", `popup,width=${screen.availWidth / 2},height=${screen.availHeight}`);
  const list = el(
    "div",
    { class: "wide" },
    el("h2", { tabindex: "-1" }, t("view_review")),
    el("p", {}, button(t("live_page"), beside)),
    section(counted("mistakes", wrong.length), wrong.map(line)),
    section(counted("later", later.length), later.map(line)),
    section(
      counted("taken_back", gone.length),
      gone.map((entry) =>
        el(
          "li",
          {},
          button(entry.label, () => goToEntry(entry.iri)),
        ),
      ),
    ),
  );
  place.replaceChildren(list);
  const first = list.querySelector("li button") ?? list.querySelector("h2");
  if (first instanceof HTMLElement) first.focus();
  // To count many drafts may take a while; nobody has to wait for it.
  const drafted = await draftsInReview();
  if (drafted) list.append(drafted);
}

/** @param {string} title @param {HTMLElement[]} rows */
const section = (title, rows) => el("section", {}, el("h3", {}, title), el("ul", { class: "hits" }, ...rows));

/** @param {Finding} finding */
function line({ node, label, message, severity, document, later }) {
  const go = () =>
    (state.catalogue.has(node) ? goToEntry(node) : document ? goToText(document) : Promise.resolve()).catch(report);
  return el(
    "li",
    {},
    el(
      "button",
      { type: "button", click: go },
      el("strong", {}, label),
      " ",
      message,
      later ? null : el("small", {}, ` ${t(`severity_${severity}`)}`),
    ),
  );
}
