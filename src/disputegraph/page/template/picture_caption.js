// What a picture carries with it when it leaves the page: legend, source and method, and its description in words.

import { claims, DATA, documents, labelOf, STATEMENT_COUNT, things, UTTERANCES, voicedBy } from "./data.js";
import { svg } from "./dom.js";
import { allowed, counts, filtering, passingCount } from "./filters.js";
import { boardBox } from "./frame.js";
import { wrapped } from "./labels.js";
import { scene, shownNodes } from "./scene.js";
import { colourMark, kindMark, lineMark, widthMark } from "./shapes.js";
import { state } from "./state.js";
import { counted, LANGUAGE, t } from "./texts.js";

const MARGIN = 14;
const LEGEND_ROW = 22;
const TEXT_ROW = 16;

/** Returns how many documents the picture rests on, who coded them, when, and the licence. */
export function sourceLine() {
  const coders = DATA.coders ?? [];
  return [
    t("from_documents", { documents: counted("document", documents.size) }),
    coders.length > 0 && `${t("coded_by")} ${coders.join(", ")}${DATA.coded ? `, ${DATA.coded}` : ""}.`,
    !coders.length && DATA.coded && `${t("coded_on")} ${DATA.coded}.`,
    DATA.licence_label && `${t("licence")}: ${DATA.licence_label}.`,
    t("made_with"),
  ]
    .filter(Boolean)
    .join(" ");
}

/** Returns how the picture was made: what a line means, which hearsay counts, and what the filters leave. */
function methodNote() {
  const shown = { shown: passingCount.toLocaleString(LANGUAGE), all: STATEMENT_COUNT.toLocaleString(LANGUAGE) };
  const hearsay = UTTERANCES.some((one) => one.hearsay) && t(`rule.${DATA.hearsay ?? "news"}`);
  const key = boardBox.querySelector("#matrix") && !boardBox.hidden && t("matrix_key");
  return [t(`help.${state.view}`), key, hearsay, filtering() && t("passing", shown)].filter(Boolean).join(" ");
}

/** Describes the picture in words, from the data: an alternative text for those who do not see it. */
export function altText() {
  const heard = [...voicedBy]
    .map(([id, places]) => ({ id, count: allowed(places).filter((place) => counts(UTTERANCES[place])).length }))
    .filter(({ count }) => count)
    .sort((a, b) => b.count - a.count)
    .slice(0, 3)
    .map(({ id, count }) => `${labelOf(id)} (${count})`);
  const sizes = [
    counted("utterance", passingCount),
    counted("claim", claims.size),
    counted("actor", [...things.values()].filter((one) => one.actor).length),
    counted("document", documents.size),
  ];
  const most = heard.length > 0 && `${t("most_said")}: ${heard.join(", ")}.`;
  return [`${DATA.title}: ${t(`view.${state.view}`)}. ${sizes.join(", ")}.`, most].filter(Boolean).join(" ");
}

/** Returns the marks and lines that the picture shows, each with its name. @returns {[SVGElement, string][]} */
function legendEntries() {
  if (!boardBox.hidden) return [];
  const kinds = [...new Set(shownNodes().map((node) => node.kind))].sort();
  const edges = scene.edges.filter((edge) => edge.shown);
  const lines = new Set(edges.map((edge) => edge.look).concat(edges.some((edge) => edge.via) ? ["via"] : []));
  return [
    ...kinds.map((kind) => /** @type {[SVGElement, string]} */ ([kindMark(kind), t(`kind.${kind}`)])),
    ...(DATA.colours?.values ?? []).map(
      (one) => /** @type {[SVGElement, string]} */ ([colourMark(one.colour), one.value || t("other_values")]),
    ),
    ...[...lines].sort().map((line) => /** @type {[SVGElement, string]} */ ([lineMark(line), t(`line.${line}`)])),
    ...(edges.some((edge) => edge.count > 1)
      ? [/** @type {[SVGElement, string]} */ ([widthMark(scene.most), t(`width.${state.view}`)])]
      : []),
  ];
}

/**
 * Draws the legend with source and method below it, and returns it with its height.
 * @param {number} width
 */
export function caption(width) {
  const parts = [];
  let [x, y] = [MARGIN, 4];
  for (const [mark, name] of legendEntries()) {
    const { width: long } = wrapped(name, "node", width, 1);
    const wide = Number(mark.getAttribute("width"));
    if (x + wide + long + 24 > width && x > MARGIN) [x, y] = [MARGIN, y + LEGEND_ROW];
    mark.setAttribute("x", String(x));
    mark.setAttribute("y", String(y + 9 - Number(mark.getAttribute("height")) / 2));
    parts.push(mark, svg("text", { class: "caption", x: x + wide + 5, y: y + 13 }, name));
    x += wide + long + 26;
  }
  if (parts.length) y += LEGEND_ROW + 4;
  for (const text of [sourceLine(), methodNote()]) {
    for (const line of wrapped(text, "node", width - 3 * MARGIN, 8).lines) {
      y += TEXT_ROW;
      parts.push(svg("text", { class: "caption", x: MARGIN, y }, line));
    }
    y += 3;
  }
  return { g: svg("g", { class: "caption-box" }, parts), height: y + 10 };
}
