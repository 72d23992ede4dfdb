// Where the coder is in the text: the selected words, words kept beside them, and the entry that was reached.

export const cursor = {
  span: /** @type {Span} */ ({ start: 0, end: 0 }),
  kept: /** @type {Span[]} */ ([]),
  /** The entry that was reached by its words, or "". */
  active: "",
  /** The draft that was reached, or "". */
  draft: "",
  /** Returns the words that a new entry would rest on. */
  spans() {
    const { span, kept } = cursor;
    const within = kept.some((one) => one.start <= span.start && span.end <= one.end);
    const all = within || span.end <= span.start ? [...kept] : [...kept, { ...span }];
    return all.sort((a, b) => a.start - b.start);
  },
};

/** @type {((before: Span[]) => void)[]} */
const watchers = [];

/** @param {(before: Span[]) => void} act is told where the marks were */
export const onMove = (act) => watchers.push(act);

/** Where marks of the cursor are now. */
export const marked = () => [cursor.span, ...cursor.kept];

/** @param {Partial<{span: Span, kept: Span[], active: string, draft: string}>} to */
export function move(to) {
  const before = marked();
  Object.assign(cursor, to);
  for (const act of watchers) act(before);
}
