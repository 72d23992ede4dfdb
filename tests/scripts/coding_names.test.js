import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { actionsByKey, canonical, keyName } from "../../src/disputegraph/server/coding_static/key_names.js";
import { candidate, fit, isKnown, ranked } from "../../src/disputegraph/server/coding_static/name_ranking.js";
import { fieldsFromWords, NewNodes } from "../../src/disputegraph/server/coding_static/new_nodes.js";

const row = (label, aliases = [], uses = 0) => candidate({ iri: label, label, aliases, uses });

test("names fit by their beginning, then by their words' beginnings, then by what they hold", () => {
  assert.equal(fit("ada osei", "ada osei"), 5);
  assert.equal(fit("ada osei", "ada"), 4);
  assert.equal(fit("the port authority", "po au"), 3);
  assert.equal(fit("the port authority", "auth port"), 2);
  assert.equal(fit("the port authority", "hority"), 1);
  assert.equal(fit("the port authority", "crane"), 0);
});

test("type-ahead finds by alias and without accents; of equal ones the more used comes first", () => {
  const all = [
    row("Harbour Workers' Union", ["HWU"]),
    row("Häfen AG", [], 1),
    row("Port", [], 1),
    row("Port police", [], 9),
  ];
  const labels = (typed) => ranked(typed, all, 9).map((one) => one.label);
  assert.deepEqual(labels("hwu"), ["Harbour Workers' Union"]);
  assert.deepEqual(labels("hafen"), ["Häfen AG"]);
  assert.deepEqual(labels("por"), ["Port police", "Port"]);
  assert.deepEqual(labels("port"), ["Port", "Port police"], "the same name comes before a longer one");
  assert.equal(isKnown(" HÄFEN ag ", all), true);
  assert.equal(isKnown("Hafen", all), false);
});

test("keys have the names of the file of keys", () => {
  const pressed = (key, held = {}) =>
    keyName({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });
  assert.equal(pressed("j"), "j");
  assert.equal(pressed("U", { shiftKey: true }), "U");
  assert.equal(pressed("Enter", { shiftKey: true }), "Shift+Enter");
  assert.equal(pressed("Z", { ctrlKey: true, shiftKey: true }), canonical("Ctrl+Shift+z"));
  assert.equal(pressed("k", { metaKey: true }), "Ctrl+k");
  assert.equal(pressed("å", { altKey: true, code: "KeyA" }), "Alt+a");
  assert.equal(pressed("+"), canonical("+"));
  assert.equal(canonical("Shift+u"), "U");
  assert.deepEqual(actionsByKey({ save: "Enter Ctrl+Enter", open: "Enter" }).get("Enter"), ["save", "open"]);
});

test("a new node is made of a few words", () => {
  const spec = (name, value) => ({ name, value });
  assert.deepEqual(fieldsFromWords("Person", [spec("label", "label")], "Ada"), { label: ["Ada"] });
  assert.deepEqual(fieldsFromWords("Quantity", [], "98 %"), { amount: ["98"], unit: ["%"] });
  assert.deepEqual(fieldsFromWords("Quantity", [], "54,000"), { amount: ["54000"] });
  assert.equal(fieldsFromWords("Quantity", [], "many"), null);
  assert.deepEqual(fieldsFromWords("BallotResult", [spec("choice", "plain")], "yes"), { choice: ["yes"] });
  assert.equal(fieldsFromWords("Argument", [spec("premise", "node:Claim")], "x"), null);
  const news = new NewNodes();
  const [ada, bela] = ["Ada", "Bela"].map((name) => news.add("Person", name, { label: [name] }));
  assert.equal(news.label(ada), "Ada");
  assert.deepEqual(news.usedIn({ speaker: [bela] }), [{ key: bela, kind: "Person", fields: { label: ["Bela"] } }]);
});

test("both languages have the same words, and every key has its own", () => {
  const folder = new URL("../../src/disputegraph/server/coding_texts/", import.meta.url);
  const table = (name) =>
    new Map(
      [...readFileSync(new URL(name, folder), "utf8").matchAll(/^(\w+) = "(.*)"$/gm)].map(([, key, text]) => [
        key,
        text,
      ]),
    );
  const [english, german, keys] = ["en.toml", "de.toml", "keys.toml"].map(table);
  assert.deepEqual([...german.keys()], [...english.keys()]);
  const placeholders = (text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  for (const [key, text] of english) assert.deepEqual(placeholders(german.get(key)), placeholders(text), key);
  for (const action of keys.keys()) assert.ok(english.has(`key_${action}`), action);
});
