// A speaker took a statement back: another statement of theirs supersedes it. (What the coder got wrong is removed.)

import { askFor, entryField } from "./asking.js";
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
  askFor(t("withdraw_what", { name: entry.label }), [by], t("withdraw"), async () => {
    if (!by.get()) return undefined;
    return (await alter("withdraw", { iri: entry.iri, by: by.get() })).label ?? "";
  });
}
