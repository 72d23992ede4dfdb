// What a filled-in statement form asks the server for. Words known only through somebody who passes them on are a
// ReportedUtterance, whose fields have names of their own; who passes them on makes an Utterance that reports it.

const RENAMED = [
  "speaker",
  "on_behalf_of",
  "claim",
  "polarity",
  "certainty",
  "speech_act",
  "addressee",
  "date",
  "intensity",
];

/** @param {string} name */
export const reportedName = (name) => (RENAMED.includes(name) ? `reported_${name}` : name);

/** @param {string} name */
export const directName = (name) => {
  const bare = name.replace(/^reported_/, "");
  return RENAMED.includes(bare) ? bare : name;
};

/**
 * @param {Fields} fields
 * @param {(name: string) => string} rename
 * @returns {Fields}
 */
export const renamed = (fields, rename) =>
  Object.fromEntries(Object.entries(fields).map(([name, values]) => [rename(name), values]));

/**
 * Returns the change that makes a chain of people pass on a statement.
 * @param {string} inner the statement's IRI, or the key of a new one
 * @param {string[]} chain actors, the nearest to the words first; the last may be a statement that is there
 * @param {Fields} shared what each link takes over: evidence and quotation mode
 * @param {(iri: string) => Entry | undefined} statement
 * @returns {Put}
 */
export function passedOn(inner, chain, shared, statement) {
  /** @type {NewEntry[]} */
  const links = [];
  let told = inner;
  for (const [place, who] of chain.entries()) {
    const there = statement(who);
    if (there) {
      const reports = [...(there.fields.reports ?? []), told];
      return { kind: there.kind, iri: there.iri, fields: { reports }, new: links };
    }
    /** @type {Fields} */
    const own = { speaker: [who], certainty: ["underspecified"], speech_act: ["asserting"] };
    if (place === chain.length - 1)
      return { kind: "Utterance", fields: { ...own, ...shared, reports: [told] }, new: links };
    const key = `new:link-${place}`;
    links.push({
      key,
      kind: "ReportedUtterance",
      fields: { ...renamed(own, reportedName), ...shared, reports: [told] },
    });
    told = key;
  }
  throw new Error("a chain needs somebody");
}

/**
 * Returns the change that adds a new statement.
 * @param {Fields} fields with the names of an Utterance
 * @param {string[]} chain who passed it on
 * @param {(iri: string) => Entry | undefined} statement
 * @returns {Put}
 */
export function newStatement(fields, chain, statement) {
  if (!chain.length) return { kind: "Utterance", fields, new: [] };
  const { evidence = [], quotation_mode = [] } = fields;
  const shared = { evidence, ...(quotation_mode.length ? { quotation_mode } : {}) };
  const put = passedOn("new:said", chain, shared, statement);
  const said = { key: "new:said", kind: "ReportedUtterance", fields: renamed(fields, reportedName) };
  return { ...put, new: [said, ...(put.new ?? [])] };
}

/**
 * Returns the changes that turn a statement into what the form says.
 * @param {Entry} original
 * @param {Fields} changed the fields that are different, with the names of an Utterance; an empty list removes
 * @param {Fields} all all fields of the form
 * @param {string[]} before the statements that passed it on
 * @param {string[]} after who passes it on now: statements, or actors
 * @param {(iri: string) => Entry | undefined} statement
 * @returns {Put[]}
 */
export function changedStatement(original, changed, all, before, after, statement) {
  /** @type {Put[]} */
  const puts = [];
  const kind = after.length ? "ReportedUtterance" : before.length ? "Utterance" : original.kind;
  const rename = kind === "ReportedUtterance" ? reportedName : directName;
  if (kind !== original.kind) {
    const old = Object.keys(original.fields).filter((name) => rename(directName(name)) !== name);
    const emptied = Object.fromEntries(old.map((name) => [name, []]));
    puts.push({ kind, iri: original.iri, fields: { ...emptied, ...renamed(all, rename) } });
  } else if (Object.keys(changed).length) puts.push({ kind, iri: original.iri, fields: renamed(changed, rename) });
  for (const iri of before.filter((one) => !after.includes(one))) {
    const there = statement(iri);
    const reports = (there?.fields.reports ?? []).filter((one) => one !== original.iri);
    if (there) puts.push({ kind: there.kind, iri, fields: { reports } });
  }
  const added = after.filter((one) => !before.includes(one));
  const { evidence = [], quotation_mode = [] } = all;
  const shared = { evidence, ...(quotation_mode.length ? { quotation_mode } : {}) };
  if (added.length) puts.push(passedOn(original.iri, added, shared, statement));
  return puts;
}

/**
 * Returns what the last statement of the same speaker suggests for a new one.
 * @param {Entry | undefined} last
 * @returns {Fields}
 */
export function carriedOver(last) {
  /** @type {Fields} */
  const carried = { certainty: ["certain"] };
  const fields = renamed(last?.fields ?? {}, directName);
  for (const name of ["on_behalf_of", "speech_act"]) if (fields[name]?.length) carried[name] = fields[name];
  return carried;
}
