// Words: folded for searching, spaced for reading, shortened at a space.

/**
 * Returns text in lower case without accents.
 * @param {unknown} text
 */
export const folded = (text) =>
  String(text ?? "")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase();

/**
 * Returns a name such as "worksAt" as words: "works at".
 * @param {string} word
 */
export const spaced = (word) =>
  word.replace(/([\p{Ll}\d])(\p{Lu})/gu, (_, a, b) => `${a} ${b.toLowerCase()}`).replace(/[-_]/g, " ");

/**
 * Returns the near end of a long text, cut at a word: its beginning, or for a negative number its end.
 * @param {string | undefined} text
 * @param {number} most how many code points are kept
 */
export function shortened(text, most) {
  const points = [...(text ?? "")];
  if (points.length <= Math.abs(most)) return text ?? "";
  const near = (most < 0 ? points.slice(most) : points.slice(0, most)).join("");
  if (most < 0) return `…${near.slice(Math.max(0, near.indexOf(" ")))}`;
  return `${near.includes(" ") ? near.slice(0, near.lastIndexOf(" ")) : near} …`;
}

/**
 * Returns a cell of a CSV file (RFC 4180); what a spreadsheet would compute is made text.
 * @param {unknown} value
 */
export function csvCell(value) {
  let text = String(value ?? "");
  if (/^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text))) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Height of an embedded page, in CSS pixels. */
const EMBEDDED = 640;

/**
 * Returns the markup that shows a view of the page within another page.
 * @param {string} address of the page
 * @param {string} fragment what is chosen
 * @param {string} title what the frame shows, in words
 */
export function embedCode(address, fragment, title) {
  const [place] = address.split(/[?#]/);
  const chosen = fragment.slice(1);
  const safe = (/** @type {string} */ text) =>
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
  const source = `${place}?embed=1${chosen && `&${chosen}`}`;
  const look = `width="100%" height="${EMBEDDED}" style="border:0" loading="lazy"`;
  return `<iframe src="${safe(source)}" title="${safe(title)}" ${look}></iframe>`;
}
