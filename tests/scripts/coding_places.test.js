import assert from "node:assert/strict";
import { test } from "node:test";
import { CodePoints } from "../../src/disputegraph/server/coding_static/code_points.js";
import { byParagraph, layers } from "../../src/disputegraph/server/coding_static/span_layers.js";
import * as moves from "../../src/disputegraph/server/coding_static/span_moves.js";
import { TextMap } from "../../src/disputegraph/server/coding_static/text_map.js";
import { flattened } from "../../src/disputegraph/server/coding_static/text_painters.js";
import { interest, interestIn, occurrences } from "../../src/disputegraph/server/coding_static/words_of_interest.js";

const TEXT = `Cranes stand still

“They knew about the cranes,” said Mr. Osei, who works there. 😀 The port denied it.
A last-minute deal failed`;
const map = new TextMap(TEXT, "en");
const words = (span) => map.words(span);
const find = (part) => ({ start: TEXT.indexOf(part), end: TEXT.indexOf(part) + part.length });

test("units and code points are each other's inverse, whatever the text holds", () => {
  const texts = [
    "",
    "plain",
    "😀",
    "a😀b🇩🇪c",
    "e\u0301 \u00a0 soft\u00adhyphen",
    "שלום 😀 שלום",
    "👩‍👩‍👧‍👦 x",
    "\ud800 lone 😀",
  ];
  for (const text of texts) {
    const places = new CodePoints(text);
    const points = [...text];
    let unit = 0;
    for (let point = 0; point <= points.length; point += 1) {
      assert.equal(places.toUnit(point), unit, `${text}: point ${point}`);
      assert.equal(places.toPoint(unit), point, `${text}: unit ${unit}`);
      unit += points[point]?.length ?? 0;
    }
  }
  assert.equal(new CodePoints("a😀b").toPoint(2), 1, "the second half of a pair belongs to its beginning");
});

test("paragraphs, sentences and words are found", () => {
  assert.equal(map.paragraphs.length, 3);
  assert.deepEqual(map.sentences(1).map(words), [
    "“They knew about the cranes,” said Mr. Osei, who works there.",
    "😀 The port denied it.",
  ]);
  assert.deepEqual(map.tokens(0).map(words), ["Cranes", "stand", "still"]);
  assert.equal(map.paragraphAt(19), 1, "a blank line belongs to what follows");
  assert.equal(map.paragraphAt(TEXT.length), 2);
  assert.deepEqual(map.clauses(1).map(words).slice(0, 4), ["“", "They knew about the cranes", ",”", "said Mr"]);
  assert.deepEqual(map.clauses(2).map(words), ["A last-minute deal failed"], "a hyphen parts nothing");
});

test("the selection goes by sentence and by word, and stays at the ends", () => {
  const first = moves.sentenceAt(map, 0);
  assert.equal(words(first), "Cranes stand still");
  const second = moves.sentence(map, first, 1);
  assert.match(words(second), /^“They/);
  assert.deepEqual(moves.sentence(map, second, -1), first);
  const last = moves.sentence(map, moves.sentence(map, second, 1), 1);
  assert.equal(words(last), "A last-minute deal failed");
  assert.deepEqual(moves.sentence(map, last, 1), last);
  assert.equal(words(moves.word(map, first, 1)), "Cranes", "from several words to their first");
  assert.equal(words(moves.word(map, first, -1)), "still", "or to their last");
  assert.equal(words(moves.word(map, find("still"), 1)), "They", "over a blank line and a mark");
  assert.equal(words(moves.word(map, find("They"), -1)), "still");
});

test("either end grows and shrinks, and never passes the other", () => {
  const { moveEnd, moveStart } = moves;
  const they = find("They");
  assert.equal(words(moveEnd("tokens")(map, they, 1)), "They knew");
  assert.equal(words(moveStart("tokens")(map, they, -1)), "“They");
  assert.deepEqual(moveEnd("tokens")(map, they, -1), they);
  assert.deepEqual(moveStart("tokens")(map, they, 1), they);
  assert.equal(words(moveEnd("clauses")(map, they, 1)), "They knew about the cranes");
  assert.equal(words(moveEnd("sentences")(map, find("stand"), 1)), "stand still");
  assert.equal(words(moveEnd("tokens")(map, find("cranes,”"), -1)), "cranes");
});

test("what the mouse touched is widened to words, marks only where they were touched", () => {
  assert.equal(words(moves.snapped(map, find("new abo"))), "knew about");
  assert.equal(words(moves.snapped(map, find("ranes,"))), "cranes,");
  assert.equal(words(moves.snapped(map, find("😀"))), "😀");
});

test("words are cut out of the span around them", () => {
  const sentence = map.sentences(1)[0];
  const parts = moves.cutOut(map, [sentence], find(",” said Mr. Osei,"));
  assert.deepEqual(parts?.map(words), ["“They knew about the cranes", "who works there."]);
  assert.deepEqual(
    moves.cutOut(map, [sentence], find("“They knew about the cranes,” said Mr. Osei, who works there"))?.map(words),
    [],
  );
  assert.equal(moves.cutOut(map, [sentence], find("A last")), null);
  assert.equal(moves.cutOut(map, [sentence], sentence), null);
});

test("quotation is told by the marks", () => {
  const told = (part) => moves.quotation(TEXT, find(part));
  assert.equal(told("“They knew about the cranes,”"), "direct");
  assert.equal(told("They knew about the cranes"), "direct", "within marks that were opened before");
  assert.equal(told("“They knew about the cranes,” said Mr. Osei"), "mixedQuotation");
  assert.equal(told("The port denied it"), "indirect");
});

test("layers count what lies on each stretch", () => {
  const within = { start: 10, end: 30 };
  const spans = [
    { start: 0, end: 15 },
    { start: 12, end: 20 },
    { start: 12, end: 14 },
    { start: 12, end: 13 },
    { start: 40, end: 50 },
  ];
  assert.deepEqual(layers(spans, within), [
    { start: 10, end: 12, depth: 1 },
    { start: 12, end: 13, depth: 3 },
    { start: 13, end: 14, depth: 3 },
    { start: 14, end: 15, depth: 2 },
    { start: 15, end: 20, depth: 1 },
  ]);
  const filed = byParagraph([{ start: 2, end: 40 }], (place) => Math.floor(place / 15));
  assert.deepEqual([...filed.keys()], [0, 1, 2]);
});

test("where highlights are missing, every stretch gets all its styles", () => {
  const flat = flattened(
    [
      { start: 2, end: 6, style: "picked" },
      { start: 4, end: 8, style: "said-1" },
    ],
    0,
    10,
  );
  assert.deepEqual(
    flat.map(({ start, styles }) => [start, styles.join(" ")]),
    [
      [0, ""],
      [2, "picked"],
      [4, "said-1 picked"],
      [6, "said-1"],
      [8, ""],
    ],
  );
});

test("words of interest stand where words begin, in any case, accents passed over", () => {
  interest.words = ["crane"];
  assert.deepEqual(
    interestIn("Cranes, hurricanes and a crane", 100).map(({ start }) => start),
    [100, 125],
  );
  interest.words = [];
  assert.deepEqual(occurrences("Éclair", "ecl"), [{ start: 0, end: 3 }]);
  // Where folding changes the length, only the same letters count.
  assert.deepEqual(occurrences("e\u0301clair Éclair", "écl"), [{ start: 8, end: 11 }]);
  assert.deepEqual(occurrences("anything", " "), []);
});
