// Days as XSD writes them, years before 0001 and after 9999 too.

/** Returns a day as a number of days since 1970. */
export const dayNumber = (/** @type {string} */ day) => {
  const [, minus, year, rest] = /^(-?)(\d+)(-\d\d-\d\d)$/.exec(day) ?? [];
  return Date.parse(`${minus && Number(year) ? "-" : "+"}${year?.padStart(6, "0")}${rest}T00:00:00Z`) / 864e5;
};

/** Returns the day of a number of days since 1970. */
export const dayText = (/** @type {number} */ value) => {
  const [, minus, year, rest] = /^([-+]?)(\d+)(.*)T/.exec(new Date(Math.round(value) * 864e5).toISOString()) ?? [];
  return `${minus === "-" ? "-" : ""}${String(Number(year)).padStart(4, "0")}${rest}`;
};

/**
 * Compares days by their place in time; what has no day comes last.
 * @param {string | undefined} one
 * @param {string | undefined} other
 */
export function byDay(one, other) {
  if (!one || !other) return Number(!one) - Number(!other);
  // Of four-digit years, which nearly all are, the text tells.
  if (one.length === 10 && other.length === 10) return Number(one > other) - Number(one < other);
  return dayNumber(one) - dayNumber(other);
}
