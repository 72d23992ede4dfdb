// Search for words, in the open text first and in all texts.

import { walk } from "./arrow_walk.js";
import { byId, el } from "./coding_elements.js";
import { counted, t } from "./coding_wording.js";
import { goToPlace } from "./going_to.js";
import { ask } from "./project_client.js";
import { state } from "./project_state.js";
import { repaintAll } from "./text_view.js";
import { interest } from "./words_of_interest.js";

const place = byId("search");
const input = el("input", { type: "search", autocomplete: "off" });
const status = el("p", { role: "status" });
const list = el("ul", { class: "hits" });
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let asked = 0;

input.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(look, 120);
});
input.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  list.querySelector("button")?.click();
  event.preventDefault();
});
walk(list, "li", input);

export function drawSearch() {
  if (!input.isConnected)
    place.replaceChildren(
      el(
        "div",
        { class: "wide" },
        el("h2", {}, t("view_search")),
        el("p", {}, el("label", {}, t("search_words"), " ", input)),
        status,
        list,
      ),
    );
  input.select();
}

async function look() {
  const words = input.value.trim();
  asked += 1;
  const mine = asked;
  interest.found = words;
  repaintAll();
  if (!words) {
    list.replaceChildren();
    status.textContent = "";
    return;
  }
  const { hits, more } = await ask("search", { words });
  if (mine !== asked) return;
  const here = (/** @type {Hit} */ hit) => Number(hit.document === state.open?.iri);
  hits.sort((/** @type {Hit} */ a, /** @type {Hit} */ b) => here(b) - here(a));
  status.textContent = counted("hits", hits.length) + (more ? ` ${t("more_hits")}` : "");
  list.replaceChildren(
    ...hits.map((/** @type {Hit} */ hit) => {
      const go = () => goToPlace(hit.document, hit.start, hit.end, words);
      return el(
        "li",
        {},
        el(
          "button",
          { type: "button", click: go },
          el("small", {}, `${hit.label} `),
          `…${hit.before}`,
          el("b", {}, hit.words),
          `${hit.after}…`,
        ),
      );
    }),
  );
}
