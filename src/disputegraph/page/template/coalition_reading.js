// What is said of the coalitions: over what they disagree, and what alone holds one of them together.

import { bridges, disputes, sharedClaims } from "./coalition_ties.js";
import { coalitionName, idsOf, MEMBERS, PAIRS } from "./coalitions.js";
import { el } from "./dom.js";
import { goTo, listed } from "./evidence.js";
import { sentence, t } from "./texts.js";

const MOST_NAMED = 3;

/** Says over what the coalitions disagree, and which claim alone holds one together. @returns {Child[]} */
export function coalitionTies() {
  const numbers = [...MEMBERS.keys()];
  /** @type {Child[]} */
  const parts = [];
  for (const [place, one] of numbers.entries())
    for (const other of numbers.slice(place + 1)) {
      const found = disputes(idsOf(one), idsOf(other), PAIRS);
      if (!found.length) continue;
      const over = found.slice(0, MOST_NAMED).map(({ claims: [a, b] }) => [goTo(a), a !== b && [" ≠ ", goTo(b)]]);
      const more = found.length > MOST_NAMED && ` ${t("and_more", { count: found.length - MOST_NAMED })}`;
      const names = { one: coalitionName(one), other: coalitionName(other), claims: [semicolons(over), more] };
      parts.push(el("p", { class: "reading" }, sentence("disagree", names)));
    }
  for (const number of numbers) {
    const ids = idsOf(number);
    const [only, ...others] = sharedClaims(ids, PAIRS);
    if (ids.size > 1 && !others.length) {
      const told = { name: coalitionName(number), claim: only && goTo(only) };
      parts.push(el("p", { class: "warning" }, sentence(only ? "one_claim" : "shares_none", told)));
      continue;
    }
    const found = bridges(ids, PAIRS);
    const items = found
      .slice(0, MOST_NAMED)
      .map(({ claim, off }) => el("li", {}, goTo(claim), " ", t("cuts_off"), " ", listed(off)));
    const more = found.length > MOST_NAMED && el("li", {}, t("and_more", { count: found.length - MOST_NAMED }));
    if (found.length)
      parts.push(
        el(
          "div",
          { class: "warning" },
          sentence("bridged", { name: coalitionName(number) }),
          el("ul", {}, items, more),
        ),
      );
  }
  return parts.slice(0, MOST_PARTS);
}

const MOST_PARTS = 8;

/** @param {Child[]} items @returns {Child[]} */
const semicolons = (items) => items.flatMap((item, place) => [place > 0 && "; ", item]);
