// Evidence: an utterance as a card, with who heard it from whom, when, where, and the words where they are at hand.

/** Makes a link within the page that selects something. */
function goTo(id, label, always) {
  if (!always && !known(id)) return el("span", {}, label ?? labelOf(id));
  return el("a", { class: "ref", href: fragment({ select: id }), data: { go: id }, on: { click: (event) => { event.preventDefault(); choose({ select: id }); } } }, label ?? labelOf(id));
}

const listed = (ids, make = goTo) => (ids ?? []).flatMap((id, place) => [place ? ", " : "", make(id)]);

/** Returns a sentence of the texts with elements in its {places}. */
function sentence(name, parts) {
  return t(name).split(/(\{\w+\})/).map((part) => parts[part.slice(1, -1)] ?? part);
}

function card(place) {
  const one = UTTERANCES[place];
  const kinds = [one.polarity && chip(`says.${one.polarity}`, one.polarity), chip(`tone.${one.tone}`, one.tone),
    one.certainty && chip(`certainty.${one.certainty}`), one.act && chip(`act.${one.act}`), one.superseded && chip("superseded", "lost")];
  return el("article", { class: `card tone-${one.tone} says-${one.polarity ?? "none"}`, data: { utterance: one.id } },
    el("p", { class: "who" }, goTo(one.voice), one.speaker !== one.voice && [" (", sentence("spoken_by", { speaker: goTo(one.speaker) }), ")"],
      one.to?.length ? [" ", sentence("told", { whom: listed(one.to) })] : ""),
    one.claims?.length ? one.claims.map((id) => el("p", { class: "what" }, verb(one), " ", goTo(id)))
      : el("p", { class: "what" }, one.reports?.length ? t("passes_on") : t("no_claim")),
    (one.reports ?? []).map((id) => el("p", { class: "what" }, "↳ ", goTo(id))),
    (stancesOf.get(one.id) ?? []).map((stance) => el("p", { class: "what" }, stanceLine(stance))),
    el("p", { class: "chips" }, kinds),
    el("p", { class: "chain" }, chain(one, place)),
    one.note && el("p", { class: "note" }, one.note),
    one.supersedes?.length && el("p", { class: "note" }, t("supersedes"), " ", listed(one.supersedes)),
    (one.evidence ?? []).map((number) => anchorBox(DATA.anchors[number])),
    el("p", { class: "address" }, goTo(one.id, t("this_utterance"))));
}

const verb = (one) => t(`verb.${one.polarity ?? "neutral"}`);
const chip = (name, kind) => el("span", { class: `chip${kind ? ` is-${kind}` : ""}` }, t(name));

function stanceLine(stance) {
  return sentence(`stance.${stance.value ?? "mixedStance"}`, { holder: goTo(stance.holder), on: goTo(stance.on) });
}

/** Spells out how an utterance reached us: first-hand, or through whom. */
function chain(one, place) {
  const when = one.date ? el("time", { datetime: one.date }, one.date) : "";
  const dated = one.dated === "said" ? sentence("said_on", { date: when }) : one.date ? sentence("said_by", { date: when }) : [t("no_date")];
  const where = one.documents?.length ? sentence("printed_in", { document: listed(one.documents) }) : [t("no_document")];
  const steps = [];
  let at = one;
  const seen = new Set([one.id]);
  for (;;) {
    const outer = (reportersOf.get(at.id) ?? []).map((p) => UTTERANCES[p]).find((r) => !seen.has(r.id));
    if (!outer) break;
    seen.add(outer.id);
    steps.push(outer);
    at = outer;
  }
  const how = steps.length ? [el("strong", {}, t("hearsay")), ": ", goTo(one.speaker), steps.flatMap((step) => [" → ", goTo(step.speaker)])]
    : one.hearsay ? [el("strong", {}, t("hearsay"))] : [el("strong", {}, t("first_hand"))];
  return [...how, ". ", ...dated, " ", ...where];
}

function anchorBox(anchor) {
  const source = documents.get(anchor.document);
  const where = anchor.start === undefined ? [] : [t("characters", { start: anchor.start, end: anchor.end })];
  const status = anchor.status && el("span", { class: `chip is-${anchor.status.replace(/[^a-z]/g, "")}` }, t(`status.${anchor.status}`));
  const place = el("p", { class: "source" }, goTo(anchor.document), where.length ? " · " : "", where, " ", status);
  if (anchor.quote) {
    return el("figure", { class: "quote" },
      el("blockquote", {}, shortened(anchor.before, -160), el("mark", {}, anchor.quote), shortened(anchor.after, 160)), el("figcaption", {}, place));
  }
  return el("details", { class: "anchor" }, el("summary", {}, source?.label ?? labelOf(anchor.document), where.length ? " · " : "", where, " ", status),
    el("p", {}, anchor.sha256 && [t("digest"), " ", el("code", {}, anchor.sha256)]),
    source?.digest && el("p", {}, t("document_digest"), " ", el("code", {}, source.digest)),
    el("p", {}, t("verify")), el("p", {}, el("code", {}, t("verify_command"))));
}

/** Returns the near end of a long paragraph, cut at a word. */
function shortened(text = "", most) {
  const points = [...text];
  if (points.length <= Math.abs(most)) return text;
  const near = (most < 0 ? points.slice(most) : points.slice(0, most)).join("");
  return most < 0 ? `…${near.slice(Math.max(0, near.indexOf(" ")))}` : `${near.slice(0, near.lastIndexOf(" ") < 0 ? undefined : near.lastIndexOf(" "))} …`;
}
