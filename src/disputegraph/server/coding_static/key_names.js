// Keys by name: "Shift+Enter" of the file of keys is compared with what the browser says was pressed.

const MODIFIERS = /** @type {const} */ (["Ctrl", "Alt", "Shift"]);

/**
 * Returns the name of a pressed key. Shift is named only where it does not show in the character: "Shift+Enter", but
 * "U".
 * @param {{key: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean, shiftKey: boolean, code?: string}} event
 */
export function keyName(event) {
  let { key } = event;
  // With Alt some keyboards give another letter; the key's own letter is meant.
  if (event.altKey && event.code?.startsWith("Key")) key = event.code.slice(3).toLowerCase();
  if (event.altKey && event.code?.startsWith("Digit")) key = event.code.slice(5);
  const letter = [...key].length === 1;
  if (event.ctrlKey && letter) key = event.shiftKey ? key.toUpperCase() : key.toLowerCase();
  const held = [event.ctrlKey || event.metaKey, event.altKey, event.shiftKey && !letter];
  return [...MODIFIERS.filter((_, place) => held[place]), key === " " ? "Space" : key].join("+");
}

/**
 * Returns the actions by the names of their keys; several keys of an action are parted by spaces.
 * @param {Record<string, string>} keys
 * @returns {Map<string, string[]>}
 */
export function actionsByKey(keys) {
  const found = new Map();
  for (const [action, names] of Object.entries(keys))
    for (const name of names.split(/\s+/).filter(Boolean)) {
      const written = canonical(name);
      found.set(written, [...(found.get(written) ?? []), action]);
    }
  return found;
}

/**
 * Returns a key's name as `keyName` writes it: modifiers in order, "Shift+u" as "U".
 * @param {string} name
 */
export function canonical(name) {
  const parts = name.length > 1 ? name.split("+") : [name];
  let key = parts.pop() || "+";
  const held = new Set(parts);
  if (held.has("Shift") && [...key].length === 1) {
    key = key.toUpperCase();
    held.delete("Shift");
  }
  return [...MODIFIERS.filter((one) => held.has(one)), key].join("+");
}
