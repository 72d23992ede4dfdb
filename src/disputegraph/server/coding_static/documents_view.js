// The texts of the project: what is coded of each, and how a new one comes in.

import { announce } from "./announcing.js";
import { button, byId, el } from "./coding_elements.js";
import { t } from "./coding_wording.js";
import { goToText } from "./going_to.js";
import { alter, loadCatalogue, loadProject, state } from "./project_state.js";
import { report } from "./refusals.js";

const place = byId("documents");

export async function drawDocuments() {
  draw([]);
  const { revision } = state;
  await loadProject();
  state.revision = Math.max(revision, state.revision);
  const before = table;
  table = listing();
  before.replaceWith(table);
  const first = place.querySelector("tbody button, input");
  if (first instanceof HTMLElement && !place.contains(document.activeElement)) first.focus();
}

/** @type {Record<string, string>} */
const CLASSES = { publisher: "wide-only", statements: "number" };

let table = el("div");

/** @param {string[]} notes what was said of the text that came in last */
function draw(notes) {
  table = listing();
  place.replaceChildren(
    el("div", { class: "wide" }, el("h2", {}, t("view_documents")), notesOf(notes), table, adding()),
  );
}

/** @param {string[]} notes */
const notesOf = (notes) =>
  notes.length ? el("div", { class: "notes", role: "status" }, ...notes.map((note) => el("p", {}, note))) : null;

function listing() {
  const { documents } = state.project;
  if (!documents.length) return el("div", {}, el("p", {}, t("no_texts")));
  const heads = ["name", "date", "publisher", "coded_share", "statements"];
  return el(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": t("view_documents") },
    el(
      "table",
      {},
      el(
        "thead",
        {},
        el("tr", {}, ...heads.map((name) => el("th", { scope: "col", class: CLASSES[name] }, t(`column_${name}`)))),
      ),
      el("tbody", {}, ...documents.map(row)),
    ),
  );
}

/** @param {DocumentRow} one */
function row({ iri, label, date, publisher, coded_share, statements, text }) {
  const share = Math.round(coded_share * 100);
  return el(
    "tr",
    {},
    el(
      "th",
      { scope: "row" },
      text ? button(label, () => goToText(iri).catch(report)) : [label, " ", el("small", {}, t("text_missing"))],
    ),
    el("td", {}, date),
    el("td", { class: CLASSES.publisher }, publisher),
    el(
      "td",
      {},
      el("meter", { class: "bar", value: coded_share, max: 1, "aria-label": t("column_coded_share") }),
      ` ${share} %`,
    ),
    el("td", { class: CLASSES.statements }, statements),
  );
}

function adding() {
  const input = (/** @type {string} */ name, type = "text") => el("input", { name, type, autocomplete: "off" });
  const [title, date, publisher, url] = [
    input("title"),
    input("date", "date"),
    input("publisher"),
    input("url", "url"),
  ];
  const text = el("textarea", { rows: 6 });
  const told = () =>
    Object.fromEntries(
      [title, date, publisher, url].filter((one) => one.value.trim()).map((one) => [one.name, one.value.trim()]),
    );
  const file = el("input", { type: "file", change: () => take(file.files) });
  const labelled = (/** @type {string} */ name, /** @type {HTMLElement} */ field) =>
    el("label", {}, t(`text_${name}`), field);

  /** @param {FileList | null | undefined} files */
  async function take(files) {
    for (const one of files ?? []) await add({ name: one.name, content: await base64(one), ...told() });
  }
  const drop = el(
    "div",
    {
      class: "drop",
      dragover: (/** @type {DragEvent} */ event) => {
        event.preventDefault();
        drop.classList.add("over");
      },
      dragleave: () => drop.classList.remove("over"),
      drop: (/** @type {DragEvent} */ event) => {
        event.preventDefault();
        drop.classList.remove("over");
        take(event.dataTransfer?.files);
      },
    },
    el("label", {}, t("drop_file"), " ", file),
  );
  const paste = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (text.value.trim()) add({ text: text.value, ...told() });
    else text.focus();
  };
  return el(
    "form",
    { submit: paste },
    el("h3", {}, t("add_text")),
    drop,
    el(
      "div",
      { class: "grid" },
      labelled("title", title),
      labelled("date", date),
      labelled("publisher", publisher),
      labelled("url", url),
    ),
    el("label", { class: "stack" }, t("paste_text"), text),
    el("p", { class: "actions" }, el("button", { class: "main" }, t("add_pasted"))),
  );
}

/** @param {Record<string, string>} body */
async function add(body) {
  try {
    const { iri, notes = [] } = await alter("add_document", body);
    await Promise.all([loadProject(), loadCatalogue()]);
    const label = state.project.documents.find((one) => one.iri === iri)?.label ?? "";
    announce([t("text_added", { name: label }), ...notes].join(" "));
    draw([t("text_added", { name: label }), ...notes]);
    const all = [...place.querySelectorAll("tbody button")];
    /** @type {HTMLElement | undefined} */ (all.find((one) => one.textContent === label))?.focus();
  } catch (error) {
    report(error);
  }
}

/** @param {File} file */
async function base64(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = "";
  for (let at = 0; at < bytes.length; at += 32768) binary += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return btoa(binary);
}
