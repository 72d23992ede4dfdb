// Evidence: an utterance as a card, with who heard it from whom, when, where, and the words where they are at hand.

import { chainOf, DATA, documents, known, labelOf, stancesOf, UTTERANCES } from "./data.js";
import { el } from "./dom.js";
import { choose, fragment } from "./state.js";
import { sentence, t } from "./texts.js";

/**
 * Makes a link within the page that selects something; of what the page does not know, only text.
 * @param {string} id
 * @param {string} [label]
 * @param {boolean} [always]
 */
export function goTo(id, label = labelOf(id), always = false) {
  if (!always && !known(id)) return el("span", {}, label);
  const click = (/** @type {Event} */ event) => {
    event.preventDefault();
    choose({ select: id });
  };
  return el("a", { class: "ref", href: fragment({ select: id }), data: { go: id }, on: { click } }, label);
}

/** @param {string[] | undefined} ids */
export const listed = (ids) => (ids ?? []).flatMap((id, place) => [place > 0 && ", ", goTo(id)]);

/** @param {number} place */
export function card(place) {
  const one = UTTERANCES[place];
  const kinds = [
    one.polarity && chip(`says.${one.neutral ?? one.polarity}`, one.polarity),
    chip(`tone.${one.tone}`, one.tone),
    one.certainty && chip(`certainty.${one.certainty}`),
    one.act && chip(`act.${one.act}`),
    one.superseded && chip("superseded", "lost"),
    one.uncounted && chip("uncounted", "lost"),
  ];
  const what = (/** @type {Child[]} */ ...parts) => el("p", { class: "what" }, parts);
  return el(
    "article",
    { class: `card tone-${one.tone} says-${one.polarity ?? "none"}`, data: { utterance: one.id } },
    el(
      "p",
      { class: "who" },
      goTo(one.voice),
      one.hearsay && [", ", according(one)],
      one.speaker !== one.voice && [" (", sentence("spoken_by", { speaker: goTo(one.speaker) }), ")"],
      one.to && [" ", sentence("told", { whom: listed(one.to) })],
    ),
    one.claims?.map((id) => what(t(`verb.${one.polarity ?? "neutral"}`), " ", goTo(id))) ??
      what(t(one.reports ? "passes_on" : "no_claim")),
    one.reports?.map((id) => what("↳ ", goTo(id))),
    stancesOf.get(one.id)?.map((stance) => what(stanceLine(stance))),
    el("p", { class: "chips" }, kinds),
    el("p", { class: "chain" }, chain(one)),
    one.note && el("p", { class: "note" }, one.note),
    one.withdrawn && el("p", { class: "note" }, t("withdrawn"), ": ", one.withdrawn),
    one.supersedes && el("p", { class: "note" }, t("supersedes"), " ", listed(one.supersedes)),
    one.kept && el("blockquote", { class: "quote" }, one.kept),
    one.evidence?.map((number) => anchorBox(DATA.anchors[number])),
    el("p", { class: "address" }, goTo(one.id, t("this_utterance"))),
  );
}

/**
 * @param {string} name
 * @param {string} [kind]
 */
const chip = (name, kind) => el("span", { class: `chip${kind ? ` is-${kind}` : ""}` }, t(name));

/** @param {Stance} stance */
export const stanceLine = (stance) =>
  sentence(`stance.${stance.value ?? "mixedStance"}`, { holder: goTo(stance.holder), on: goTo(stance.on) });

/**
 * Says through whom the document has the words: nobody should take them for the speaker's own.
 * @param {Utterance} one
 * @returns {Child[]}
 */
function according(one) {
  const through = chainOf(one).slice(1).reverse();
  if (!through.length) return [t("as_told")];
  return sentence("according_to", { whom: through.map((step, place) => [place > 0 && " ← ", goTo(step.voice)]) });
}

/**
 * Spells out how an utterance reached us: first-hand, or through whom; when and where.
 * @param {Utterance} one
 * @returns {Child[]}
 */
function chain(one) {
  const when = one.date && (one.roughly ? roughDay(one.roughly) : el("time", { datetime: one.date }, one.date));
  const said = { said: "said_on", roughly: "said_roughly" }[one.dated ?? ""] ?? "said_by";
  const dated = when ? sentence(said, { date: when }) : t("no_date");
  const where = one.documents ? sentence("printed_in", { document: listed(one.documents) }) : t("no_document");
  const steps = chainOf(one);
  const heard = one.hearsay || steps.length > 1;
  const how = el("strong", {}, t(heard ? "hearsay" : `mode.${one.mode ?? "unknown"}`));
  const through = steps.map((step, place) => [place ? " → " : ": ", goTo(step.speaker)]);
  return [how, steps.length > 1 && through, ". ", dated, " ", where];
}

/**
 * Says in words when something known roughly (EDTF) was: a month, about a day, some time in between. @param {string}
 * told
 */
function roughDay(told) {
  const [first, last] = told.split("/").map((part) => part.replace(/[~?%]/g, ""));
  const day = last ? t("day.between", { first, last }) : first;
  return /[~%]/.test(told) ? t("day.about", { day }) : told.includes("?") ? t("day.perhaps", { day }) : day;
}

/** @param {Anchor} anchor */
export function anchorBox(anchor) {
  const source = documents.get(anchor.document);
  const status = anchor.status;
  const where = [
    anchor.start !== undefined && [" · ", t("characters", { start: anchor.start, end: anchor.end })],
    " ",
    status && el("span", { class: `chip is-${status.replace(/[^a-z]/g, "")}` }, t(`status.${status}`)),
  ];
  if (anchor.quote) {
    const words = [anchor.before, el("mark", {}, anchor.quote), anchor.after];
    const caption = el("figcaption", {}, el("p", { class: "source" }, goTo(anchor.document), where));
    return el("figure", { class: "quote" }, el("blockquote", {}, words), caption);
  }
  return el(
    "details",
    { class: "anchor" },
    el("summary", {}, source?.label ?? labelOf(anchor.document), where),
    el("p", {}, anchor.sha256 && [t("digest"), " ", el("code", {}, anchor.sha256)]),
    source?.digest && el("p", {}, t("document_digest"), " ", el("code", {}, source.digest)),
    el("p", {}, t("verify")),
    el("p", {}, el("code", {}, t("verify_command"))),
  );
}
