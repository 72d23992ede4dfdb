// The server counts Unicode code points, the browser UTF-16 units. They differ by the astral characters before a place.

/** Turns places in a text from UTF-16 units into code points and back. */
export class CodePoints {
  /** @param {string} text */
  constructor(text) {
    const found = [];
    for (const match of text.matchAll(/[\u{10000}-\u{10ffff}]/gu)) found.push(match.index);
    /** Where each astral character begins, in units: the n-th makes units run ahead by n + 1. */
    this.astral = Uint32Array.from(found);
  }

  /**
   * Returns the code point at which a unit lies; the second unit of a pair belongs to its beginning.
   * @param {number} unit
   */
  toPoint(unit) {
    return unit - this.#count((place) => this.astral[place] < unit);
  }

  /**
   * Returns the unit at which a code point begins.
   * @param {number} point
   */
  toUnit(point) {
    return point + this.#count((place) => this.astral[place] - place < point);
  }

  /**
   * Returns how many astral characters fulfil a condition that the first ones do (binary search).
   * @param {(place: number) => boolean} before
   */
  #count(before) {
    let low = 0;
    let high = this.astral.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (before(middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
