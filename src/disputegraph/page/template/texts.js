// All words of the page come from one island, so that translating one file translates the page.

const TEXTS = JSON.parse(byId("texts").textContent);

/** Returns the text of that name, {placeholders} filled in; a name nobody wrote down becomes readable words. */
function t(name, values = {}) {
  const text = Object.hasOwn(TEXTS, name) ? TEXTS[name] : spaced(name.split(".").pop());
  return text.replace(/\{(\w+)\}/g, (whole, key) => (Object.hasOwn(values, key) ? String(values[key]) : whole));
}

/** Returns "1 utterance" or "2 utterances". */
const counted = (name, count) => t(`${name}.${count === 1 ? "one" : "many"}`, { count: count.toLocaleString("en") });

const spaced = (word) => word.replace(/([\p{Ll}\d])(\p{Lu})/gu, (_, a, b) => `${a} ${b.toLowerCase()}`).replace(/[-_]/g, " ");
