// What holds a coalition together and what parts two of them, read off the pairs of the view. Nothing here knows the
// document.

import { push, tick } from "./multimap.js";

/** @typedef {Pick<ViewEdge, "from" | "to" | "rests">} Pair */

/**
 * Returns the members of each coalition, the largest voices first.
 * @template {Pick<ViewNode, "id" | "value" | "coalition">} T
 * @param {T[]} nodes
 * @returns {Map<number, T[]>}
 */
export function membersOf(nodes) {
  /** @type {Map<number, T[]>} */
  const found = new Map();
  const ranked = [...nodes].sort((a, b) => b.value - a.value || (a.id < b.id ? -1 : 1));
  for (const node of ranked) if (node.coalition !== undefined) push(found, node.coalition, node);
  return new Map([...found].sort((a, b) => a[0] - b[0]));
}

/**
 * Returns the claims on which two agree; one that they affirm or deny together is one claim.
 * @param {Pair} pair
 */
const shared = ({ rests }) => (rests?.agree ?? []).map(([claim]) => claim);

/**
 * Returns the claims that members of a coalition share.
 * @param {Set<string>} members
 * @param {Pair[]} pairs
 */
export const sharedClaims = (members, pairs) =>
  new Set(pairs.filter(({ from, to }) => members.has(from) && members.has(to)).flatMap(shared));

/**
 * Returns the claims that alone bridge a coalition: without one, its members are no longer joined by agreement. With
 * each,
 * those who would then be cut off from the largest part.
 * @param {Set<string>} members
 * @param {Pair[]} pairs
 * @returns {{ claim: string, off: string[] }[]}
 */
export function bridges(members, pairs) {
  const within = pairs.filter(({ from, to }) => members.has(from) && members.has(to));
  const whole = partsOf(members, within, () => true);
  // Only a claim that is all that some pair shares can part the coalition by its absence.
  const alone = within.map((pair) => new Set(shared(pair))).filter((claims) => claims.size === 1);
  return [...new Set(alone.flatMap((claims) => [...claims]))]
    .map((claim) => ({ claim, parts: partsOf(members, within, (one) => one !== claim) }))
    .filter(({ parts }) => parts.length > whole.length)
    .map(({ claim, parts }) => ({ claim, off: parts.slice(1).flat() }))
    .sort((a, b) => b.off.length - a.off.length || (a.claim < b.claim ? -1 : 1));
}

/**
 * Returns the parts that agreement joins, the largest first.
 * @param {Set<string>} members
 * @param {Pair[]} pairs
 * @param {(claim: string) => boolean} holds
 */
function partsOf(members, pairs, holds) {
  /** @type {Map<string, string[]>} */
  const beside = new Map();
  for (const pair of pairs) {
    if (!shared(pair).some(holds)) continue;
    push(beside, pair.from, pair.to);
    push(beside, pair.to, pair.from);
  }
  /** @type {Set<string>} */
  const seen = new Set();
  const parts = [];
  for (const first of members) {
    if (seen.has(first)) continue;
    const part = [first];
    seen.add(first);
    for (const one of part)
      for (const other of beside.get(one) ?? [])
        if (!seen.has(other)) {
          seen.add(other);
          part.push(other);
        }
    parts.push(part);
  }
  return parts.sort((a, b) => b.length - a.length);
}

/**
 * Returns the claims over which members of two coalitions conflict, with how many pairs do, the most disputed first.
 * @param {Set<string>} ones
 * @param {Set<string>} others
 * @param {Pair[]} pairs
 * @returns {{ claims: [string, string], count: number }[]}
 */
export function disputes(ones, others, pairs) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { from, to, rests } of pairs) {
    const across = (ones.has(from) && others.has(to)) || (ones.has(to) && others.has(from));
    const over = across ? (rests?.conflict ?? []).map(([a, , b]) => JSON.stringify([a, b].sort())) : [];
    for (const key of new Set(over)) tick(counts, key);
  }
  return [...counts]
    .map(([key, count]) => ({ claims: /** @type {[string, string]} */ (JSON.parse(key)), count }))
    .sort((a, b) => b.count - a.count || (a.claims[0] < b.claims[0] ? -1 : 1));
}
