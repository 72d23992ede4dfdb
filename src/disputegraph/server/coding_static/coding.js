// The beginning: loads the project, draws the frame, and joins keys to what they do.

import { adjudicationActions } from "./adjudication_actions.js";
import { units } from "./adjudication_state.js";
import { openUnits } from "./adjudication_view.js";
import { announce, trouble } from "./announcing.js";
import { watchChanges } from "./change_watch.js";
import { byId, el } from "./coding_elements.js";
import { t, useWords } from "./coding_wording.js";
import "./coded_list.js";
import { drawCodebook } from "./codebook_view.js";
import { drawDocuments } from "./documents_view.js";
import { draftActions, idleDraftActions, walkActions } from "./draft_actions.js";
import { reached } from "./draft_panel.js";
import { closeForm, openForm, saveForm, wouldLose } from "./form_desk.js";
import { showHelp } from "./help_view.js";
import { listen } from "./key_dispatch.js";
import { showPalette } from "./palette.js";
import { Refusal, unsaved, whenSaved } from "./project_client.js";
import { loadCatalogue, loadProject, on, openText, state } from "./project_state.js";
import { report } from "./refusals.js";
import { drawReview } from "./review_view.js";
import { StatementForm } from "./statement_form.js";
import { goTo, textActions } from "./text_actions.js";
import { cursor, onMove } from "./text_cursor.js";
import { drawSearch } from "./text_search.js";
import { drawTools } from "./text_toolbar.js";
import { focusText } from "./text_view.js";
import { redo, showHistory, undo } from "./undo_history.js";
import { drawViews, shownView, showView, whenShown } from "./views.js";
import { interest } from "./words_of_interest.js";

const desk = byId("desk");
const inDesk = () => desk.contains(document.activeElement);
const PLACE = "disputegraph.place";

/** @param {string} value */
const press = (value) => () => {
  const form = openForm();
  if (form instanceof StatementForm) form.press(value);
};

/** @param {string} name */
const field = (name) => () => openForm()?.editors.get(name)?.focus();

/** @type {Record<string, () => void>} */
const formActions = {
  save: () => saveForm(false),
  save_and_stay: () => saveForm(true),
  close: closeForm,
  affirms: press("affirms"),
  denies: press("denies"),
  neutral: press("neutral"),
  asks: press("asks"),
  take_words: () => openForm()?.evidence?.takeWords(),
  go_speaker: field("speaker"),
  go_on_behalf_of: field("on_behalf_of"),
  go_claim: field("claim"),
  go_polarity: field("polarity"),
  go_passed_on_by: field("passed_on_by"),
  go_addressee: field("addressee"),
  go_date: field("date"),
  go_cue: field("cue"),
  go_note: field("note"),
  more_fields: () => openForm()?.showMore?.(),
};

/** @type {Record<string, () => void>} */
const pageActions = {
  show_help: showHelp,
  show_palette: showPalette,
  show_documents: () => showView("documents"),
  show_text: () => showView("reading"),
  show_codebook: () => showView("codebook"),
  show_review: () => showView("review"),
  show_adjudication: () => state.project.several && showView("adjudication"),
  show_search: () => showView("search"),
  show_history: showHistory,
  undo,
  redo,
  other_side: () => (inDesk() ? focusText() : openForm()?.focusFirst()),
};

/** Goes on where the coder was before the page was loaded anew. */
async function takeUp() {
  const { iri, start = 0 } = JSON.parse(sessionStorage.getItem(PLACE) ?? "{}");
  const known = state.project.documents.find((one) => one.iri === iri) ?? state.project.documents[0];
  if (!known) {
    showView("documents");
    return;
  }
  await openText(known.iri);
  showView("reading");
  if (start && known.iri === iri) goTo({ start, end: start });
}

async function begin() {
  await Promise.all([loadProject(), loadCatalogue()]);
  const { project } = state;
  useWords(project.words);
  document.documentElement.lang = t("language_of_page");
  document.title = `${project.title} – ${t("coding")}`;
  byId("text").setAttribute("aria-label", t("text_help"));
  byId("list").setAttribute("aria-label", t("coded_list"));
  desk.setAttribute("aria-label", t("form"));
  byId("draft").setAttribute("aria-label", t("draft"));
  byId("tools").setAttribute("aria-label", t("tools"));
  interest.words = JSON.parse(localStorage.getItem("disputegraph.interest") ?? "[]");
  byId("apart").hidden = !project.apart;
  if (project.apart) byId("apart").textContent = t("codes_apart", { coder: project.coder });
  drawViews(showHelp);
  drawTools({ ...textActions, ...walkActions });
  whenSaved((saved) => {
    byId("saved").textContent = t(`state_${saved}`);
    byId("saved").className = saved;
    if (saved === "unreachable") trouble(t("server_gone"));
    else if (saved === "saved") trouble(null);
  });
  byId("saved").textContent = t("state_saved");
  on("open", () => {
    byId("title").replaceChildren(project.title, el("small", {}, state.open?.label ?? ""));
  });
  byId("title").textContent = project.title;
  onMove(() => {
    sessionStorage.setItem(PLACE, JSON.stringify({ iri: state.open?.iri, start: cursor.span.start }));
  });
  whenShown("documents", drawDocuments);
  whenShown("reading", () => (openForm() ? openForm()?.focusFirst() : focusText()));
  whenShown("codebook", drawCodebook);
  whenShown("review", drawReview);
  whenShown("adjudication", () => openUnits(units.document || (state.open?.iri ?? "")));
  whenShown("search", drawSearch);
  listen(project.keys, [
    { active: inDesk, actions: formActions },
    {
      active: () => shownView() === "reading" && !inDesk() && reached() !== undefined,
      actions: { open: draftActions.change_draft },
    },
    { active: () => shownView() === "reading" && !inDesk(), actions: { ...walkActions, ...textActions } },
    { active: () => shownView() === "reading" && openForm() === null, actions: draftActions },
    { active: () => openForm() !== null && shownView() === "reading", actions: formActions },
    { active: () => shownView() === "adjudication", actions: adjudicationActions },
    { active: () => true, actions: pageActions },
    { active: () => true, actions: idleDraftActions },
  ]);
  await takeUp();
  watchChanges();
}

addEventListener("beforeunload", (event) => {
  if (wouldLose() || unsaved()) event.preventDefault();
});
addEventListener("unhandledrejection", (event) => {
  if (!(event.reason instanceof Error)) return;
  report(event.reason);
});

try {
  await begin();
  document.documentElement.dataset.ready = "";
} catch (error) {
  const told = error instanceof Refusal && error.status === 401;
  trouble(
    told ? "Open the address that `disputegraph code` printed: this one has no token, or an old one." : String(error),
  );
  announce("");
}
