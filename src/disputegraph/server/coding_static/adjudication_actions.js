// What keys and buttons do with the versions of coders: take one, mix them, write another, or none.

import { hideNames, inOrder, nextOpen, undecided, unitReached, units } from "./adjudication_state.js";
import { drawAdjudication, goToUnit, openUnits, tellUnit, useAdjudication, wordsOf } from "./adjudication_view.js";
import { announce } from "./announcing.js";
import { askFor, wordsField } from "./asking.js";
import { counted, t } from "./coding_wording.js";
import { openForm, versionForm } from "./form_desk.js";
import { alter, on, spanOf } from "./project_state.js";
import { showView } from "./views.js";

/** Set while another version is written in the form, to come back from there. */
let writing = false;

/** @param {1 | -1} way */
const walk = (way) => () => {
  const next = units.at + way;
  if (next >= 0 && next < units.all.length) goToUnit(next);
  else announce(t("no_further"));
};

/** @param {(unit: CodedUnit) => void} doing */
const withOpen = (doing) => () => {
  const unit = unitReached();
  if (!unit) announce(t("unit_none"));
  else if (!undecided(unit)) announce(t("unit_decided"));
  else doing(unit);
};

/**
 * Carries a decision out, and goes on to where the coders differ next.
 * @param {string} path
 * @param {object} body
 * @returns {Promise<string>} what was done
 */
async function decide(path, body) {
  const from = units.at;
  const { label, done, notes = [], count } = await alter(path, body);
  await openUnits(units.document);
  const next = nextOpen(units.all, from);
  if (next >= 0) goToUnit(next);
  const told = count === undefined ? (label ?? done ?? "") : counted("unit_taken", count);
  const what = [told, ...notes, ...(next < 0 ? [t("unit_none")] : [])].join(". ");
  announce(t("done_what", { what }));
  return what;
}

/**
 * Takes a version: the whole of it, or what it says in the field whose turn it is.
 * @param {number} number
 * @param {boolean} byField
 */
const choose = (number, byField = false) =>
  withOpen((unit) => {
    const version = inOrder(unit, units.blind)[number];
    if (!version) {
      announce(t("unit_no_version", { number: number + 1 }));
      return;
    }
    if (!byField) {
      decide("adjudicate", { key: unit.key, coder: version.coder });
      return;
    }
    if (!unit.differs.length) {
      announce(t("unit_nothing_to_mix"));
      return;
    }
    units.mixing = [...(units.mixing ?? []), version.coder];
    if (units.mixing.length < unit.differs.length) {
      drawAdjudication();
      return;
    }
    const [coder, ...others] = units.mixing;
    const fields = Object.fromEntries(others.map((other, at) => [unit.differs[at + 1], other]));
    decide("adjudicate", { key: unit.key, coder, fields });
  });

const askWhy = withOpen((unit) => {
  const reason = wordsField(t("unit_no_reason"));
  const words = wordsOf(unit.spans).slice(0, 80);
  askFor(t("unit_no_what", { words }), [reason], t("short_no_utterance"), () =>
    decide("reject_unit", { key: unit.key, reason: reason.get() }),
  );
});

/** @type {Record<string, () => void>} */
export const adjudicationActions = {
  next_unit: walk(1),
  previous_unit: walk(-1),
  take_first: choose(0),
  take_second: choose(1),
  take_third: choose(2),
  take_fourth: choose(3),
  pick_first: choose(0, true),
  pick_second: choose(1, true),
  pick_third: choose(2, true),
  pick_fourth: choose(3, true),
  leave_mixing: () => {
    units.mixing = null;
    drawAdjudication();
  },
  write_version: withOpen((unit) => {
    const [version] = inOrder(unit, units.blind);
    const evidence = /** @type {Evidence[]} */ (version.fields.evidence ?? []);
    const spans = evidence.filter((one) => one.document === units.document).map(spanOf);
    writing = true;
    showView("reading");
    versionForm(
      version.fields,
      spans,
      unit.versions.map((one) => one.iri),
    );
  }),
  no_utterance: () => {
    const unit = unitReached();
    if (unit?.state === "rejected") decide("restore_unit", { key: unit.key });
    else askWhy();
  },
  take_agreed: () => {
    decide("adjudicate_agreed", { document: units.document });
  },
  blind: () => {
    hideNames(!units.blind);
    drawAdjudication();
    announce(t(units.blind ? "blind_on" : "blind_off"));
  },
};

useAdjudication(adjudicationActions);

// Who has written another version comes back to where it was begun.
on("entries", () => {
  if (!writing) return;
  writing = false;
  setTimeout(async () => {
    if (openForm()) return;
    showView("adjudication");
    await openUnits(units.document);
    const next = nextOpen(units.all, units.at);
    if (next >= 0) goToUnit(next);
    else tellUnit();
  });
});
