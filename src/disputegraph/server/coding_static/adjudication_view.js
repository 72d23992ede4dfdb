// Adjudication: the text with what each coder marked, and beside it the versions of one utterance, side by side.

import { inOrder, loadUnits, undecided, unitReached, units } from "./adjudication_state.js";
import { announce } from "./announcing.js";
import { button, byId, el } from "./coding_elements.js";
import { hasWord, t } from "./coding_wording.js";
import { Refusal } from "./project_client.js";
import { labelOf, on, openText, spanOf, state } from "./project_state.js";
import { flattened } from "./text_painters.js";
import { shownView } from "./views.js";

const place = byId("adjudication");
const DIGITS = ["take_first", "take_second", "take_third", "take_fourth"];
const PICKS = ["pick_first", "pick_second", "pick_third", "pick_fourth"];

/** @type {Record<string, () => void>} */
let acts = {};

/** @param {Record<string, () => void>} actions what the buttons do */
export const useAdjudication = (actions) => {
  acts = actions;
};

/** Loads the units of a text, and shows them. @param {string} document */
export async function openUnits(document) {
  try {
    await loadUnits(document);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    place.replaceChildren(el("p", { role: "alert" }, error.message));
    return;
  }
  if (units.document && state.open?.iri !== units.document) await openText(units.document);
  drawAdjudication();
}

export function drawAdjudication() {
  const text = el("div", { id: "unit-text" }, ...paragraphs());
  place.replaceChildren(text, el("div", { id: "unit-panel" }, head(), panel()));
  text.querySelector(".unit-here")?.scrollIntoView({ block: "center" });
}

/** Says which unit was reached, for who cannot see it. */
export function tellUnit() {
  const unit = unitReached();
  if (unit) announce(t("unit_reached", { number: units.at + 1, state: standing(unit), words: wordsOf(unit.spans) }));
}

/** What a coder is called here. @param {CodedUnit} unit @param {string} coder */
export const nameOf = (unit, coder) => {
  const at = inOrder(unit, units.blind).findIndex((one) => one.coder === coder);
  return units.blind ? t("coder_letter", { letter: at < 0 ? "?" : String.fromCodePoint(65 + at) }) : coder;
};

/** @param {Evidence[]} spans */
export const wordsOf = (spans) =>
  spans
    .filter((one) => one.document === units.document)
    .map((one) => state.open?.map.words(spanOf(one)) ?? "")
    .join(" … ");

/** @param {string} field */
export const fieldLabel = (field) => {
  if (field === "evidence") return t("unit_words");
  if (field === "passed_on_by") return t("passed_on_by");
  if (hasWord(`field_${field}`)) return t(`field_${field}`);
  return state.project.forms.Utterance.fields.find((spec) => spec.name === field)?.label ?? field;
};

/** @param {CodedUnit} unit */
const standing = (unit) => {
  const [there] = unit.statements;
  return t(`unit_${unit.state}`, { label: there ? labelOf(there) : "" });
};

function paragraphs() {
  const map = state.open?.map;
  if (!map) return [];
  /** @type {(Span & {style: string, at: number})[]} */
  const marks = units.all.flatMap((unit, at) =>
    inOrder(unit, units.blind).flatMap((version, number) =>
      evidenceIn(version).map((one) => ({ ...spanOf(one), style: `coder-${number + 1}`, at })),
    ),
  );
  return map.paragraphs.map(({ start, end }, number) => {
    const here = marks.filter((mark) => mark.start < end && start < mark.end);
    const pieces = flattened(here, start, end).map((piece) => {
      const words = map.text.slice(piece.start, piece.end);
      const on = here.filter((mark) => mark.start <= piece.start && piece.end <= mark.end);
      if (!on.length) return words;
      const at = on.some((mark) => mark.at === units.at) ? units.at : on[0].at;
      const styles = [...new Set(on.filter((mark) => mark.at === at).map((mark) => mark.style))];
      if (at === units.at) styles.push("unit-here");
      if (!undecided(units.all[at])) styles.push("unit-done");
      return el("mark", { class: styles.join(" "), click: () => goToUnit(at) }, document.createTextNode(words));
    });
    return el("p", { "data-number": number + 1 }, ...pieces);
  });
}

/** @param {number} at */
export function goToUnit(at) {
  units.at = at;
  units.mixing = null;
  drawAdjudication();
  tellUnit();
}

/** @param {CoderVersion} version @returns {Evidence[]} */
const evidenceIn = ({ fields }) =>
  /** @type {Evidence[]} */ (fields.evidence ?? []).filter((one) => one.document === units.document);

function head() {
  const count = (/** @type {UnitState} */ name) => units.all.filter((unit) => unit.state === name).length;
  const open = count("open");
  const agreed = count("agreed");
  const told = { done: units.all.length - open - agreed, count: units.all.length, open, agreed };
  const choose = (/** @type {Event} */ event) =>
    openUnits(/** @type {HTMLSelectElement} */ (event.target).value).then(tellUnit);
  const several = units.documents.length > 1;
  return el(
    "div",
    {},
    several
      ? el(
          "label",
          { class: "soft" },
          t("unit_document"),
          " ",
          el(
            "select",
            { change: choose },
            ...units.documents.map(({ iri, label, counts }) => {
              const left = (counts.open ?? 0) + (counts.agreed ?? 0);
              return el(
                "option",
                { value: iri, selected: iri === units.document },
                left ? `${label} (${left})` : label,
              );
            }),
          ),
        )
      : null,
    el("progress", { max: told.count, value: told.done, "aria-label": t("unit_progress", told) }),
    el("p", { class: "soft" }, t("unit_progress", told)),
    el("p", { class: "actions" }, act("take_agreed", agreed === 0), act("blind")),
  );
}

/** @param {string} name */
function act(name, disabled = false, label = t(`short_${name}`), main = false) {
  const key = (state.project.keys[name] ?? "").split(" ")[0];
  const made = button(label, () => acts[name]?.(), { class: main ? "main" : "quiet", disabled });
  made.append(" ", el("kbd", {}, key));
  return made;
}

function panel() {
  const unit = unitReached();
  if (!unit) return el("p", { class: "soft" }, t("unit_none"));
  const versions = inOrder(unit, units.blind);
  const alike = Object.keys(versions[0].fields).filter((name) => !unit.differs.includes(name) && name in known(name));
  const mixed = units.mixing;
  const open = undecided(unit);
  return el(
    "section",
    { id: "unit", "aria-label": t("unit_versions") },
    el("h2", {}, t("unit_of", { number: units.at + 1, count: units.all.length }), " · ", standing(unit)),
    unit.rejection ? el("p", {}, t("unit_rejected_by", { ...unit.rejection, by: unit.rejection.by ?? "?" })) : null,
    el(
      "table",
      {},
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          el("th", { scope: "col" }, t("unit_field")),
          ...versions.map(({ coder }, number) =>
            el("th", { scope: "col", class: `coder-${number + 1}` }, nameOf(unit, coder)),
          ),
          ...unit.absent.map((coder) => el("th", { scope: "col" }, nameOf(unit, coder))),
        ),
      ),
      el(
        "tbody",
        {},
        ...unit.differs.map((field, row) =>
          el(
            "tr",
            { class: mixed?.length === row ? "mixing" : undefined },
            el("th", { scope: "row" }, fieldLabel(field)),
            ...versions.map((version) =>
              el("td", { class: mixed?.[row] === version.coder ? "taken" : undefined }, told(field, version)),
            ),
            ...unit.absent.map(() => el("td", { class: "soft" }, "–")),
          ),
        ),
        unit.absent.length && !unit.differs.length
          ? el(
              "tr",
              {},
              el("th", { scope: "row" }, t("unit_words")),
              ...versions.map((version) => el("td", {}, told("evidence", version))),
              ...unit.absent.map(() => el("td", { class: "soft" }, t("unit_has_none"))),
            )
          : null,
      ),
    ),
    el("h3", {}, t("unit_alike")),
    el(
      "dl",
      {},
      ...alike.flatMap((field) => [el("dt", {}, fieldLabel(field)), el("dd", {}, told(field, versions[0]))]),
    ),
    open && unit.differs.length > 1
      ? el(
          "p",
          { class: "actions" },
          el("span", { class: "soft" }, t("unit_mixing", { field: fieldLabel(unit.differs[mixed?.length ?? 0]) })),
          ...versions.slice(0, PICKS.length).map(({ coder }, number) => act(PICKS[number], false, nameOf(unit, coder))),
        )
      : null,
    el(
      "p",
      { class: "actions" },
      ...(open
        ? [
            ...versions
              .slice(0, DIGITS.length)
              .map(({ coder }, number) =>
                act(DIGITS[number], false, t("unit_take", { coder: nameOf(unit, coder) }), number === 0),
              ),
            act("write_version"),
            act("no_utterance"),
          ]
        : unit.state === "rejected"
          ? [act("no_utterance", false, t("short_restore_unit"))]
          : []),
    ),
  );
}

/** Fields that a coder fills in, not a program. @param {string} name @returns {Record<string, true>} */
const known = (name) => (["coded_by", "derived_from", "drafted_by"].includes(name) ? {} : { [name]: true });

/** What a version says in a field. @param {string} field @param {CoderVersion} version */
function told(field, version) {
  const values = version.fields[field] ?? [];
  if (!values.length) return el("span", { class: "soft" }, t("unit_empty"));
  if (field === "evidence") return el("q", {}, wordsOf(evidenceIn(version)));
  const choices = state.project.forms.Utterance.fields.find((spec) => spec.name === field)?.choices ?? [];
  return values
    .map(String)
    .map(
      (value) => choices.find((one) => one.value === value)?.label ?? (value.includes("://") ? labelOf(value) : value),
    )
    .join(" ← ");
}

on("entries", () => {
  if (shownView() === "adjudication") openUnits(units.document);
});
