import assert from "node:assert/strict";
import { test } from "node:test";
import { csvCell, embedCode, folded, shortened, spaced } from "../../src/disputegraph/page/template/words.js";

test("text is folded and spaced", () => {
  assert.equal(folded("Älice ÉTÉ"), "alice ete");
  assert.equal(folded(undefined), "");
  assert.equal(spaced("subOrganizationOf"), "sub organization of");
  assert.equal(spaced("two-words_here"), "two words here");
});

test("long text is cut at a word, by code points", () => {
  assert.equal(shortened("one two three", 20), "one two three");
  assert.equal(shortened("one two three", 9), "one two …");
  assert.equal(shortened("one two three", -9), "… three");
  assert.equal(shortened("😀😀😀😀", 2), "😀😀 …");
  assert.equal(shortened(undefined, 5), "");
});

test("a cell that a spreadsheet would compute becomes text; numbers stay numbers", () => {
  assert.equal(csvCell("=1+1"), "'=1+1");
  assert.equal(csvCell("@SUM(A1)"), "'@SUM(A1)");
  assert.equal(csvCell("-5"), "-5");
  assert.equal(csvCell('a "b", c'), '"a ""b"", c"');
  assert.equal(csvCell("two\nlines"), '"two\nlines"');
  assert.equal(csvCell(undefined), "");
});

test("the embed code leads to the view, and nothing in it can leave its attribute", () => {
  const code = embedCode("https://e.example/d.html?embed=1#view=time", "#view=claims&select=a", 'A "b" <c> & d');
  assert.equal(
    code,
    '<iframe src="https://e.example/d.html?embed=1&amp;view=claims&amp;select=a" ' +
      'title="A &quot;b&quot; &lt;c&gt; &amp; d" width="100%" height="640" style="border:0" loading="lazy"></iframe>',
  );
});
