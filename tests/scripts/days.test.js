import assert from "node:assert/strict";
import { test } from "node:test";
import { byDay, dayNumber, dayText } from "../../src/disputegraph/page/template/days.js";

const DAYS = ["-0100-01-05", "-0044-03-15", "0000-02-29", "0999-12-31", "2016-02-29", "12016-01-05", "270000-12-31"];

test("days are in order by their place in time, what has none last", () => {
  const mixed = ["", ...DAYS.toReversed(), undefined];
  assert.deepEqual(mixed.filter(Boolean).sort(byDay), DAYS);
  assert.deepEqual([undefined, ...DAYS].sort((a, b) => byDay(a, b))[0], DAYS[0]);
  assert.equal(byDay("", "2016-01-01"), 1);
  assert.equal(byDay("2016-01-01", undefined), -1);
  assert.equal(byDay("2016-01-01", "2016-01-01"), 0);
});

test("a day is written as it was read", () => {
  for (const day of DAYS) assert.equal(dayText(dayNumber(day)), day);
  assert.equal(dayNumber("1970-01-02"), 1);
});
