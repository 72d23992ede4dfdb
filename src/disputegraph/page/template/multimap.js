// Maps with several values for a key.

/**
 * Adds a value to the list of a key.
 * @template K, V
 * @param {Map<K, V[]>} map
 * @param {K} key
 * @param {V} value
 */
export function push(map, key, value) {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/**
 * Adds one to the count of a key.
 * @template K
 * @param {Map<K, number>} map
 * @param {K} key
 */
export const tick = (map, key, by = 1) => map.set(key, (map.get(key) ?? 0) + by);
