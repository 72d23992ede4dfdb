// What the server answers to its own pages, and the one library that they load.

// biome-ignore lint/suspicious/noExplicitAny: CodeMirror 5 comes without types
declare const CodeMirror: any;
// biome-ignore lint/suspicious/noExplicitAny: the same
type Editor = any;

interface Term {
  name: string;
  label: string;
  definition?: string;
}

interface Vocabulary {
  prefixes: Record<string, string>;
  terms: Term[];
}

interface NamedQuery {
  name: string;
  title: string;
  question: string;
  text: string;
  parameters: Record<string, string>;
}

/** A term of an answer, as in SPARQL 1.1 Query Results JSON Format. */
interface Cell {
  type: string;
  value: string;
}

type Row = (Cell | undefined)[];

interface Result {
  kind: "rows" | "graph" | "truth";
  truth?: boolean;
  columns: string[];
  rows: Row[];
}
