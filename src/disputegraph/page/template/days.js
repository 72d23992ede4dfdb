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

/**
 * Returns a day as it is written in a language, "18 Aug" or "18 Aug 2016"; the year is left out where it is that
 * before.
 * @param {string} day
 * @param {string} language
 * @param {string} [before] the day named before
 */
export function dayName(day, language, before = "") {
  const [year, sooner] = [day, before].map((text) => text.replace(/-\d\d-\d\d.*$/, ""));
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return day; // years before 0001 and after 9999 as XSD writes them
  const shown = new Date(dayNumber(day) * 864e5);
  // English as it is written outside of America: the day before its month, as the rest of Europe does.
  const format = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
    day: "numeric",
    month: "short",
    timeZone: "UTC",
    ...(year !== sooner && { year: "numeric" }),
  });
  return format.format(shown);
}
