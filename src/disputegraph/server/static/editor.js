// CodeMirror for SPARQL, with completion of prefixes, terms, variables and keywords.

import { el } from "./elements.js";

const KEYWORDS = `
  SELECT DISTINCT REDUCED CONSTRUCT DESCRIBE ASK WHERE FROM NAMED PREFIX BASE OPTIONAL UNION MINUS
  GRAPH FILTER BIND VALUES GROUP BY HAVING ORDER ASC DESC LIMIT OFFSET AS COUNT SUM AVG MIN MAX SAMPLE
  GROUP_CONCAT STR LANG LANGMATCHES DATATYPE BOUND IF COALESCE EXISTS NOT IN REGEX CONTAINS STRSTARTS
  STRENDS STRBEFORE STRAFTER CONCAT REPLACE SUBSTR STRLEN UCASE LCASE YEAR MONTH DAY ISIRI ISBLANK
  ISLITERAL
`
  .trim()
  .split(/\s+/);

/**
 * Makes an editor of a text area.
 * @param {HTMLElement} area
 * @param {Vocabulary} vocabulary
 * @param {() => void} run called with Ctrl-Enter
 * @returns {Editor}
 */
export function makeEditor(area, vocabulary, run) {
  const hints = (/** @type {Editor} */ editor) => complete(editor, vocabulary);
  const editor = CodeMirror.fromTextArea(area, {
    mode: "sparql",
    lineNumbers: true,
    lineWrapping: true,
    matchBrackets: true,
    autoCloseBrackets: true,
    indentUnit: 2,
    tabSize: 2,
    extraKeys: {
      "Ctrl-Enter": run,
      "Cmd-Enter": run,
      Tab: false,
      "Shift-Tab": false,
      "Ctrl-Space": (/** @type {Editor} */ cm) => cm.showHint({ hint: hints, completeSingle: false }),
    },
  });
  editor.getInputField().setAttribute("aria-label", "SPARQL query");
  editor.on("inputRead", (/** @type {Editor} */ cm, /** @type {Editor} */ change) => {
    if (/[:\w?]$/.test(change.text.at(-1)) && change.origin === "+input")
      cm.showHint({ hint: hints, completeSingle: false });
  });
  return editor;
}

/**
 * Returns what the word before the cursor may become.
 * @param {Editor} editor
 * @param {Vocabulary} vocabulary
 */
function complete(editor, { prefixes, terms }) {
  const cursor = editor.getCursor();
  const before = editor.getLine(cursor.line).slice(0, cursor.ch);
  const word = before.match(/(?:[?$]\w*|[A-Za-z][\w-]*:[\w-]*|[A-Za-z_][\w-]*)$/)?.[0] ?? "";
  const from = CodeMirror.Pos(cursor.line, cursor.ch - word.length);
  const folded = word.toLowerCase();
  /** @type {{ text: string, note?: string }[]} */
  let list = [];
  if (/^[?$]/.test(word)) {
    const seen = new Set(editor.getValue().match(/[?$]\w+/g) ?? []);
    seen.delete(word);
    list = [...seen]
      .filter((name) => name.toLowerCase().startsWith(folded))
      .sort()
      .map((text) => ({ text }));
  } else if (word) {
    const local = word.includes(":") ? null : folded;
    const fits = (/** @type {Term} */ term) =>
      local === null
        ? term.name.toLowerCase().startsWith(folded)
        : term.name.split(":")[1].toLowerCase().startsWith(local) || term.label.toLowerCase().startsWith(local);
    if (local !== null) {
      list = KEYWORDS.filter((name) => name.toLowerCase().startsWith(folded)).map((text) => ({ text }));
      list.push(
        ...Object.entries(prefixes)
          .filter(([name]) => name.startsWith(word))
          .map(([name, iri]) => ({ text: `${name}:`, note: iri })),
      );
    }
    list.push(...terms.filter(fits).map((term) => ({ text: term.name, note: term.definition || term.label })));
  }
  const found = list.slice(0, 60).map(({ text, note }) => ({
    text,
    render: (/** @type {HTMLElement} */ item) => {
      item.append(text);
      if (note) item.append(el("small", {}, note));
    },
  }));
  const data = { list: found, from, to: cursor };
  CodeMirror.on(data, "pick", (/** @type {{ text: string }} */ picked) => {
    if (picked.text.includes(":")) fillPrefixes(editor, prefixes);
  });
  return data;
}

/**
 * Declares, at the top, every known prefix that the query uses and does not declare.
 * @param {Editor} editor
 * @param {Record<string, string>} prefixes
 */
export function fillPrefixes(editor, prefixes) {
  const bare = editor.getValue().replace(/<[^<>"{}|^`\\\s]*>|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*/g, " ");
  const declared = new Set([...bare.matchAll(/prefix\s+([\w-]*):/gi)].map((match) => match[1]));
  const used = new Set([...bare.matchAll(/(?<![\w?$:-])([A-Za-z][\w-]*):/g)].map((match) => match[1]));
  const missing = [...used].filter((name) => prefixes[name] && !declared.has(name)).sort();
  if (!missing.length) return;
  // Behind the comment block that a named query begins with.
  let line = 0;
  while (line < editor.lineCount() && editor.getLine(line).startsWith("#")) line += 1;
  editor.replaceRange(missing.map((name) => `PREFIX ${name}: <${prefixes[name]}>\n`).join(""), CodeMirror.Pos(line, 0));
}

/**
 * Marks the line that the server complains of, or none.
 * @param {Editor} editor
 * @param {number | null} line
 */
export function markLine(editor, line) {
  editor.eachLine((/** @type {Editor} */ handle) => editor.removeLineClass(handle, "background", "wrong-line"));
  if (line) {
    editor.addLineClass(line - 1, "background", "wrong-line");
    editor.scrollIntoView({ line: line - 1, ch: 0 });
  }
}
