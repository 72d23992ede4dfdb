// What the server sends to the coding page, and what its modules pass to each other.

/** Words of a text as the server counts them: Unicode code points of the normalised text. */
interface Evidence {
  document: string;
  start: number;
  end: number;
}

type FieldValue = string | Evidence;
type Fields = Record<string, FieldValue[]>;

interface Entry {
  iri: string;
  kind: string;
  label: string;
  fields: Fields;
  /** Statements only. */
  withdrawn_by?: string[];
  /** Statements only: what is said of their withdrawals, day and reason. */
  withdrawn?: Fields[];
}

interface Use {
  iri: string;
  kind: string;
  label: string;
  field: string;
}

/** A node as type-ahead and codebook know it. */
interface CatalogueRow {
  iri: string;
  kind: string;
  label: string;
  aliases: string[];
  uses: number;
}

interface DocumentRow {
  iri: string;
  label: string;
  date: string | null;
  publisher: string | null;
  length: number;
  statements: number;
  coded_share: number;
  text: boolean;
}

interface Choice {
  value: string;
  label: string;
  help: string;
}

interface FieldSpec {
  name: string;
  label: string;
  help: string;
  value: string;
  kinds: string[];
  many: boolean;
  choices: Choice[];
}

interface Form {
  label: string;
  fields: FieldSpec[];
}

interface ProjectAnswer {
  title: string;
  language: string;
  coder: string;
  apart: boolean;
  /** Whether several coders coded apart, so that there is something to adjudicate. */
  several: boolean;
  revision: number;
  documents: DocumentRow[];
  forms: Record<string, Form>;
  words: Record<string, string>;
  keys: Record<string, string>;
}

interface Suggestion {
  iri: string;
  label: string;
  score: number;
  reason: string;
}

/** A statement that a program proposes. */
interface Draft {
  iri: string;
  state: "open" | "accepted" | "rejected" | "coded" | "doubled";
  program: string;
  version: string;
  content: Evidence[];
  source: Evidence[];
  cue: Evidence[];
  kind: "direct" | "indirect" | "mixed";
  speaker: { iri: string | null; name: string; score: number; reason: string } | null;
  claims: { iri: string; label: string; score: number }[];
  /** Which of the claims is likely enough to be taken unless the coder says otherwise; -1 is none. */
  likely: number;
  polarity: string | null;
  speech_act: string | null;
  /** IRIs or names; the nearest to the speaker first. */
  passed_on_by: string[];
  statements: string[];
  rejection: { by: string | null; on: string; reason: string } | null;
  /** From which place on it is shown, where its sentence is held back. */
  held_until: number | null;
}

interface DraftsAnswer {
  document: string;
  passed: number;
  notes: string[];
  drafts: Draft[];
}

interface DraftCounts {
  document: string;
  label: string;
  program: string;
  open: number;
  as_proposed: number;
  changed: number;
  rejected: number;
  coded: number;
  doubled: number;
}

interface Compared {
  shown: number;
  shown_statements: number;
  held: number;
  held_statements: number;
}

interface DraftFigures {
  counts: DraftCounts[];
  compared: Compared;
  notes: string[];
}

interface ChangeAnswer {
  revision: number;
  iri?: string;
  entries?: Entry[];
  removed?: string[];
  notes?: string[];
  /** What was undone, or what was done. */
  label?: string;
  done?: string;
  count?: number;
}

interface Finding {
  severity: string;
  check: string;
  node: string;
  label: string;
  message: string;
  document?: string;
  later: boolean;
}

interface DoublePair {
  iri: string;
  label: string;
  other_iri: string;
  other_label: string;
  kind: string;
  score: number;
}

interface Hit {
  document: string;
  label: string;
  start: number;
  end: number;
  before: string;
  words: string;
  after: string;
}

interface NewEntry {
  key: string;
  kind: string;
  fields: Fields;
}

interface Put {
  kind: string;
  iri?: string;
  fields: Fields;
  new?: NewEntry[];
}

/** A stretch of the open text, in UTF-16 units as the browser counts. */
interface Span {
  start: number;
  end: number;
}

/** A stretch that is evidence of an utterance. */
interface CodedSpan extends Span {
  iri: string;
}

/** One row of a type-ahead list. */
interface Option {
  value: string;
  label: string;
  help?: string;
  /** Set on the row that makes a new node of what was typed. */
  fresh?: string;
}

type Child = Node | string | number | null | undefined | false;

interface Command {
  action?: string;
  label: string;
  run: () => void;
}

/** An editor of one field of an entry. */
interface FieldEditor {
  spec: FieldSpec;
  element: HTMLElement;
  get: () => FieldValue[];
  set: (values: FieldValue[]) => void;
  focus: () => void;
  /** What was typed and not chosen. */
  unfinished: () => string;
  /** Waits until what was chosen ahead of its list is known. */
  settled?: () => Promise<void>;
}

type UnitState = "open" | "agreed" | "adjudicated" | "rejected" | "coded";

/** What one coder made of an utterance; the fields have the names of an Utterance, hearsay or not. */
interface CoderVersion {
  coder: string;
  iri: string;
  fields: Fields;
}

/** One utterance as several coders have it. */
interface CodedUnit {
  key: string;
  state: UnitState;
  spans: Evidence[];
  versions: CoderVersion[];
  absent: string[];
  differs: string[];
  statements: string[];
  rejection: { by: string | null; on: string; reason: string } | null;
}

interface UnitDocument {
  iri: string;
  label: string;
  counts: Partial<Record<UnitState, number>>;
}

interface UnitsAnswer {
  document: string;
  coders: string[];
  documents: UnitDocument[];
  units: CodedUnit[];
}
