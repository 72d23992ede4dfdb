// Where paragraphs, sentences and words of a text are. Sentences and words are sought when a paragraph is first
// visited.

// After these a full stop ends no sentence: titles, initials, and what German abbreviates.
const ABBREVIATION =
  /(?:^|[\s("“„])(?:\p{Lu}|Mr|Mrs|Ms|Dr|Prof|St|vs|No|Nr|bzw|ca|etc|[zd]\. ?[BhA]|e\.g|i\.e|usw)\.\s*$/u;

// Before these a part of a sentence begins, often what was said.
const JOINING =
  "that|whether|and|but|because|before|after|while|who|which|if|so|" +
  "dass|ob|und|aber|weil|wenn|bevor|nachdem|der|die|das";
const JOINT = new RegExp(`^(${JOINING})$`, "iu");

const PARTING = /[,;:.!?“”"„«»()]/;

/**
 * A token is a word, or a run of other marks that are not space.
 * @typedef {Span & {word: boolean}} Token
 */

export class TextMap {
  /**
   * @param {string} text
   * @param {string} language
   */
  constructor(text, language) {
    this.text = text;
    this.language = language;
    /** @type {Span[]} */
    this.paragraphs = [...text.matchAll(/[^\n]*\S[^\n]*/g)].map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
    }));
    /** @type {Span[][]} */
    this.sentencesOf = [];
    /** @type {Token[][]} */
    this.tokensOf = [];
    this.bySentence = new Intl.Segmenter(language, { granularity: "sentence" });
    this.byWord = new Intl.Segmenter(language, { granularity: "word" });
  }

  /**
   * Returns the number of the paragraph that holds a place, or else of the next one (the last, after the end).
   * @param {number} place
   */
  paragraphAt(place) {
    let low = 0;
    let high = this.paragraphs.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.paragraphs[middle].end <= place) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low);
  }

  /**
   * Returns the sentences of a paragraph, without the space around them.
   * @param {number} number
   */
  sentences(number) {
    const { start, end } = this.paragraphs[number];
    if (!this.sentencesOf[number]) {
      /** @type {Span[]} */
      const found = [];
      let open = "";
      for (const { segment, index } of this.bySentence.segment(this.text.slice(start, end))) {
        const from = start + index;
        const last = found.at(-1);
        if (last && ABBREVIATION.test(open)) {
          last.end = from + segment.length;
          open += segment;
        } else {
          found.push({ start: from, end: from + segment.length });
          open = segment;
        }
      }
      this.sentencesOf[number] = found.map((span) => this.trimmed(span)).filter((span) => span.end > span.start);
    }
    return this.sentencesOf[number];
  }

  /**
   * Returns the words of a paragraph and what stands between them.
   * @param {number} number
   */
  tokens(number) {
    const { start, end } = this.paragraphs[number];
    if (!this.tokensOf[number]) {
      /** @type {Token[]} */
      const found = [];
      for (const { segment, index, isWordLike } of this.byWord.segment(this.text.slice(start, end))) {
        if (!segment.trim()) continue;
        const from = start + index;
        const last = found.at(-1);
        if (last && !isWordLike && !last.word && last.end === from) last.end += segment.length;
        else found.push({ start: from, end: from + segment.length, word: Boolean(isWordLike) });
      }
      this.tokensOf[number] = found;
    }
    return this.tokensOf[number];
  }

  /**
   * Returns the parts of a paragraph's sentences: marks, and the words between marks and joints.
   * @param {number} number
   */
  clauses(number) {
    /** @type {Token[]} */
    const found = [];
    for (const token of this.tokens(number)) {
      const last = found.at(-1);
      const joint = token.word && JOINT.test(this.text.slice(token.start, token.end));
      // A mark within a word, as in "24-hour", parts nothing.
      const close = last?.end === token.start && !PARTING.test(this.text.slice(token.start - 1, token.start + 1));
      if (last && ((token.word && last.word && !joint) || close)) last.end = token.end;
      else found.push({ ...token });
    }
    return found;
  }

  /**
   * Returns a span without the space at its ends.
   * @param {Span} span
   * @returns {Span}
   */
  trimmed({ start, end }) {
    const words = this.text.slice(start, end);
    return { start: start + words.length - words.trimStart().length, end: end - words.length + words.trimEnd().length };
  }

  /** @param {Span} span */
  words({ start, end }) {
    return this.text.slice(start, end);
  }
}
