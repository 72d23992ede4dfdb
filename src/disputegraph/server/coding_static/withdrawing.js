// A statement no longer stands: as in the column `withdrawn` of sheets, the day, why, and by which statement, as far as
// they are known. (What the coder got wrong is removed.)

import { askFor, entryField, wordsField } from "./asking.js";
import { t } from "./coding_wording.js";
import { candidate } from "./name_ranking.js";
import { alter, isStatement, state } from "./project_state.js";

/** @param {Entry} entry */
const speakerOf = (entry) => entry.fields.speaker?.[0] ?? entry.fields.reported_speaker?.[0];

/** @param {Entry} entry */
export function askWithdrawal(entry) {
  const same = (/** @type {CatalogueRow} */ row) => {
    const other = state.open?.entries.get(row.iri);
    return Number(other !== undefined && speakerOf(other) === speakerOf(entry));
  };
  const among = [...state.catalogue.values()]
    .filter((row) => isStatement(row.kind) && row.iri !== entry.iri)
    .sort((a, b) => same(b) - same(a))
    .map((row) => candidate(row));
  const by = entryField(t("withdraw_by"), () => among);
  const on = wordsField(t("withdraw_on"), "", "date");
  const reason = wordsField(t("withdraw_reason"));
  askFor(t("withdraw_what", { name: entry.label }), [by, on, reason], t("withdraw"), async () => {
    const told = { by: by.get(), on: on.get(), reason: reason.get() };
    if (!Object.values(told).some(Boolean)) return undefined;
    await alter("withdraw", { iri: entry.iri, ...told });
    return `${t("withdraw")}: ${entry.label}`;
  });
}
