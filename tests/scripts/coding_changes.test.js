import assert from "node:assert/strict";
import { test } from "node:test";
import * as changes from "../../src/disputegraph/server/coding_static/statement_changes.js";

const { carriedOver, changedStatement, directName, newStatement, renamed, reportedName } = changes;

const EVIDENCE = [{ document: "d", start: 1, end: 5 }];
const FIELDS = {
  speaker: ["ada"],
  claim: ["c"],
  polarity: ["affirms"],
  cue: ["said"],
  quotation_mode: ["direct"],
  evidence: EVIDENCE,
};
const nobody = () => undefined;
const entry = (iri, kind, fields) => ({ iri, kind, label: iri, fields });

test("fields of reported words have names of their own", () => {
  assert.equal(reportedName("speaker"), "reported_speaker");
  assert.equal(reportedName("cue"), "cue");
  assert.equal(directName("reported_on_behalf_of"), "on_behalf_of");
  assert.equal(directName("reports"), "reports");
  assert.deepEqual(renamed(renamed(FIELDS, reportedName), directName), FIELDS);
});

test("a statement of one's own is one entry", () => {
  assert.deepEqual(newStatement(FIELDS, [], nobody), { kind: "Utterance", fields: FIELDS, new: [] });
});

test("who passes words on makes an utterance that reports them, on the same words", () => {
  const put = newStatement(FIELDS, ["bbc"], nobody);
  assert.equal(put.kind, "Utterance");
  assert.deepEqual(put.fields, {
    speaker: ["bbc"],
    certainty: ["underspecified"],
    speech_act: ["asserting"],
    evidence: EVIDENCE,
    quotation_mode: ["direct"],
    reports: ["new:said"],
  });
  assert.deepEqual(put.new, [{ key: "new:said", kind: "ReportedUtterance", fields: renamed(FIELDS, reportedName) }]);
});

test("in a chain every link but the last is itself reported", () => {
  const put = newStatement(FIELDS, ["bela", "bbc"], nobody);
  assert.deepEqual(put.fields.speaker, ["bbc"]);
  const [said, link] = put.new;
  assert.deepEqual(put.fields.reports, [link.key]);
  assert.deepEqual(
    [link.kind, link.fields.reported_speaker, link.fields.reports],
    ["ReportedUtterance", ["bela"], [said.key]],
  );
});

test("a statement that is there reports the new one besides what it reports", () => {
  const there = entry("u1", "Utterance", { speaker: ["bbc"], reports: ["old"] });
  const put = newStatement(FIELDS, ["u1"], (iri) => (iri === "u1" ? there : undefined));
  assert.deepEqual([put.iri, put.kind, put.fields], ["u1", "Utterance", { reports: ["old", "new:said"] }]);
  assert.equal(put.new[0].kind, "ReportedUtterance");
});

test("a change sends what is different, under the names of its kind", () => {
  const direct = entry("u", "Utterance", FIELDS);
  const change = { polarity: ["denies"] };
  assert.deepEqual(changedStatement(direct, {}, FIELDS, [], [], nobody), []);
  assert.deepEqual(changedStatement(direct, change, FIELDS, [], [], nobody), [
    { kind: "Utterance", iri: "u", fields: change },
  ]);
  const reported = entry("u", "ReportedUtterance", renamed(FIELDS, reportedName));
  assert.deepEqual(changedStatement(reported, change, FIELDS, ["b"], ["b"], nobody), [
    { kind: "ReportedUtterance", iri: "u", fields: { reported_polarity: ["denies"] } },
  ]);
});

test("a statement that turns out to be passed on changes its kind, and gets its reporter", () => {
  const direct = entry("u", "Utterance", FIELDS);
  const [turned, reporter, ...rest] = changedStatement(direct, {}, FIELDS, [], ["bbc"], nobody);
  assert.equal(turned.kind, "ReportedUtterance");
  assert.deepEqual([turned.fields.speaker, turned.fields.reported_speaker, turned.fields.cue], [[], ["ada"], ["said"]]);
  assert.deepEqual([reporter.kind, reporter.fields.speaker, reporter.fields.reports], ["Utterance", ["bbc"], ["u"]]);
  assert.deepEqual(rest, []);
});

test("who no longer passes it on no longer reports it", () => {
  const reporter = entry("b", "Utterance", { reports: ["u", "other"] });
  const reported = entry("u", "ReportedUtterance", renamed(FIELDS, reportedName));
  const puts = changedStatement(reported, {}, FIELDS, ["b", "c"], ["c"], (iri) => (iri === "b" ? reporter : undefined));
  assert.deepEqual(puts, [{ kind: "Utterance", iri: "b", fields: { reports: ["other"] } }]);
});

test("defaults are carried over from the last statement of the speaker", () => {
  assert.deepEqual(carriedOver(undefined), { certainty: ["certain"] });
  const last = entry("u", "ReportedUtterance", {
    reported_on_behalf_of: ["hwu"],
    reported_speech_act: ["accusing"],
    reported_claim: ["c"],
  });
  assert.deepEqual(carriedOver(last), { certainty: ["certain"], on_behalf_of: ["hwu"], speech_act: ["accusing"] });
});
