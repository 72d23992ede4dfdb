import assert from "node:assert/strict";
import { test } from "node:test";
import { byDay, dayName, dayNumber, dayText } from "../../src/disputegraph/page/template/days.js";

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

test("a day is named in the reader's language, its year where it is new", () => {
  assert.equal(dayName("2016-08-18", "en"), "18 Aug 2016");
  assert.equal(dayName("2016-08-18", "en", "2016-01-12"), "18 Aug");
  assert.equal(dayName("2017-01-02", "en", "2016-12-31"), "2 Jan 2017");
  assert.equal(dayName("2016-05-01", "de", "2016-01-12"), "1. Mai");
  assert.equal(dayName("-0044-03-15", "en"), "-0044-03-15");
});
