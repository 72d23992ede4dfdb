// The evidence panel: what the selection rests on.

import { coalitionTies } from "./coalition_reading.js";
import { coalitionName } from "./coalitions.js";
import {
  addressOf,
  claims,
  DATA,
  documents,
  inOrder,
  known,
  labelOf,
  placeOf,
  pointsAt,
  reportersOf,
  STATEMENT_COUNT,
  saidAbout,
  saidBy,
  saidOn,
  stancesOf,
  things,
  UTTERANCES,
  utteranceLabel,
  voicedBy,
} from "./data.js";
import { el, link } from "./dom.js";
import { anchorBox, card, goTo, listed, stanceLine } from "./evidence.js";
import { undrawn } from "./expansion.js";
import { allowed, counts, filtering, passingCount } from "./filters.js";
import { canFold, edgesOfView, FOLDS, peopleOf } from "./folding.js";
import { panelBox } from "./frame.js";
import { scene } from "./scene.js";
import { choose, state } from "./state.js";
import { counted, LANGUAGE, t } from "./texts.js";

const FIRST_CARDS = 25;
const MOST_CARDS = 400;

export function showPanel() {
  panelBox.replaceChildren(...el("div", {}, content(state.select)).childNodes);
  panelBox.scrollTop = 0;
  document.body.classList.toggle("has-selection", Boolean(state.select));
}

/**
 * @param {string} id
 * @returns {Child[]}
 */
function content(id) {
  const [claim, thing, item] = [claims.get(id), things.get(id), documents.get(id)];
  if (placeOf.has(id)) return utterancePanel(id);
  if (claim) return claimPanel(claim);
  if (thing) return thingPanel(thing);
  if (item) return documentPanel(item);
  const edge = id && (scene.edges.find((one) => one.id === id) ?? edgeNamed(id));
  if (edge) return edgePanel(edge);
  return id
    ? [head(t("dead_link")), el("p", { class: "warning" }, t("dead_link_help", { id })), overview()]
    : overview();
}

/**
 * Returns an edge of any view by its name, so that a link to it works in every view.
 * @param {string} id
 */
function edgeNamed(id) {
  const named = (/** @type {ViewEdge} */ edge) => edge.id === id;
  const views = Object.keys(DATA.views);
  for (const view of views) {
    const found = edgesOfView(view).find(named);
    if (found) return found;
  }
  return views.flatMap((view) => DATA.views[view].edges).find(named); // one that is a part of another
}

/**
 * @param {Child} title
 * @param {Child} [kind]
 * @param {...Child} more
 */
function head(title, kind, ...more) {
  const click = () => choose({ select: "" });
  return el(
    "div",
    { class: "panel-head" },
    el("button", { type: "button", class: "close", "aria-label": t("close"), on: { click } }, "✕"),
    el("h2", {}, title),
    kind && el("p", { class: "kind" }, kind),
    more,
  );
}

/**
 * Returns a part that can be folded up.
 * @param {string} title
 * @param {number | string} count
 * @param {boolean} open
 * @param {...Child} children
 */
const group = (title, count, open, ...children) =>
  el("details", { class: "group", open }, el("summary", {}, el("h3", {}, `${t(title)} (${count})`)), children);

/** @param {Child[]} items */
const list = (items) =>
  el(
    "ul",
    {},
    items.map((item) => el("li", {}, item)),
  );

/**
 * Returns a line of a list of facts.
 * @param {Child} name
 * @param {...Child} rest
 */
const line = (name, ...rest) => el("div", {}, el("dt", {}, name), el("dd", {}, rest));

/**
 * Returns a button that does something with the panel.
 * @param {string} label
 * @param {Listener} click
 */
const moreButton = (label, click) => el("button", { type: "button", class: "more", on: { click } }, label);

/**
 * Returns a titled list of cards; what the filters hide is counted, not shown.
 * @param {string} title
 * @param {number[] | undefined} places
 */
function cards(title, places) {
  if (!places?.length) return null;
  const shown = inOrder(allowed(places));
  const count = shown.length === places.length ? places.length : t("of", { shown: shown.length, all: places.length });
  const box = el("div", { class: "cards" }, shown.slice(0, FIRST_CARDS).map(card));
  const rest = shown.slice(FIRST_CARDS, MOST_CARDS);
  const more = moreButton(t("more", { count: rest.length }), () => {
    box.append(...rest.map(card));
    more.remove();
  });
  return group(
    title,
    count,
    true,
    !shown.length && el("p", { class: "note" }, t("filtered_out")),
    box,
    rest.length > 0 && more,
  );
}

function overview() {
  const analysis = DATA.views[state.view]?.analysis;
  /** @type {[string, number][]} */
  const figures = [
    ["utterance", passingCount],
    ["claim", filtering() ? DATA.claims.filter((one) => allowed(saidOn.get(one.id)).length).length : claims.size],
    ["actor", DATA.things.filter((one) => one.actor).length],
    ["document", documents.size],
    ["thing", STATEMENT_COUNT ? 0 : things.size],
  ];
  return [
    el("h2", {}, t("overview")),
    state.view === "coalitions" && coalitionTies(),
    el("p", {}, t(`help.${state.view}`)),
    analysis && coalitionReading(analysis),
    state.view === "time" && changesList(),
    state.view === "coalitions" && !analysis && el("p", { class: "note" }, t("no_coalitions")),
    el(
      "ul",
      { class: "figures" },
      figures.filter(([, count]) => count).map(([name, count]) => el("li", {}, counted(name, count))),
    ),
    filtering() &&
      el(
        "p",
        { class: "note" },
        t("passing", { shown: passingCount.toLocaleString(LANGUAGE), all: STATEMENT_COUNT.toLocaleString(LANGUAGE) }),
      ),
    hearsayNote(),
    FOLDS.size > 0 && el("p", { class: "note" }, t("fold_help")),
    STATEMENT_COUNT > 0 && [el("h3", {}, t("most_said")), busiest(voicedBy)],
    STATEMENT_COUNT > 0 && [el("h3", {}, t("most_disputed")), busiest(saidOn)],
    ["keys", "method"].map((name) => [el("h3", {}, t(name)), el("p", { class: "note" }, t(`${name}_help`))]),
  ];
}

/** Says which hearsay counts, and how much of it there is and is left out. */
function hearsayNote() {
  const heard = UTTERANCES.filter((one) => one.hearsay && !one.relay && !one.superseded);
  const left = heard.filter((one) => one.uncounted).length;
  const rule = t(`rule.${DATA.hearsay ?? "news"}`);
  return heard.length > 0 && el("p", { class: "note" }, t("hearsay_count", { count: heard.length, left }), " ", rule);
}

/** @param {Analysis["polarisation"]} found */
function polarisationReading(found) {
  if (!found) return "";
  if (found.value === null) return t("no_polarisation");
  const { value, expected, p, interval } = found;
  const [low, high] = interval ?? [null, null];
  const index = t(low === null ? "polarisation" : "polarisation_sure", { value, low, high });
  return p === null ? index : `${index} ${t("polarisation_chance", { expected, p })}`;
}

/** @param {Analysis} found */
function coalitionReading(found) {
  const { index, edges, balanced, triangles, broker } = found;
  const several = (found.optima ?? 0) > 1;
  const fit = [
    t(index ? "misfits" : "no_misfits", { index, edges }),
    t(!found.proven ? "not_proven" : found.firm ? "proven" : found.complete ? "best_unsure" : "best"),
  ];
  const words = [
    counted("coalition_count", found.coalitions),
    ...(found.opposed ? fit : [t("nobody_opposed", { edges })]),
    several ? t(found.optima_exact ? "optima" : "optima_at_least", { count: found.optima?.toLocaleString() }) : "",
    balanced === null || !found.opposed ? "" : t("triangles", { share: Math.round(balanced * 100), count: triangles }),
    polarisationReading(found.polarisation),
    several && found.polarisation?.value != null ? t("polarisation_all") : "",
    broker ? t("broker", { name: labelOf(broker.actor), paths: broker.paths }) : "",
    broker && broker.low < broker.high ? t("broker_range", { low: broker.low, high: broker.high }) : "",
    found.baseline === "expected" ? t("baseline_expected") : "",
    found.consensual ? t("consensual", found.consensual) : "",
    found.options.length ? t("coalition_options", { options: found.options.join(", ") }) : "",
  ].filter(Boolean);
  const note = [t(found.complete ? "sure_help" : "sure_none"), " ", t("coalitions_note")];
  return [el("p", { class: "reading" }, words.join(" ").trim()), el("p", { class: "note" }, note)];
}

function changesList() {
  const found = DATA.changes ?? [];
  if (!found.length) return el("p", { class: "note" }, t("no_changes"));
  const items = found
    .slice(0, 100)
    .map((one) => [
      [goTo(one.actor), ": ", t(`value.${one.before}`), " → ", t(`value.${one.after}`), " ", goTo(one.about)],
      ` (${[one.last, one.first].filter(Boolean).join(" – ")})`,
      one.at_once && ` ${t("at_once")}`,
      " ",
      el("span", { class: "note" }, listed(one.utterances)),
    ]);
  return [el("h3", {}, t("changes")), list(items)];
}

/** @param {Map<string, number[]>} map */
function busiest(map) {
  const rows = [...map]
    .map(([id, places]) => ({ id, count: allowed(places).filter((place) => counts(UTTERANCES[place])).length }))
    .filter(({ count }) => count)
    .sort((a, b) => b.count - a.count);
  return el(
    "ol",
    { class: "busiest" },
    rows.slice(0, 6).map(({ id, count }) => el("li", {}, goTo(id), ` ${count}`)),
  );
}

/** @param {Thing} thing */
function thingPanel(thing) {
  const { id, start, end, evidence } = thing;
  const stances = stancesOf.get(id) ?? [];
  const days = start && (end && end !== start ? `${start} – ${end}` : start);
  return [
    head(
      thing.label,
      t(`kind.${thing.kind}`),
      days && el("p", {}, days),
      thing.aliases && el("p", { class: "note" }, t("also"), " ", thing.aliases.join(", ")),
      thing.note && el("p", {}, thing.note),
      sureness(id),
    ),
    thing.introducedBy && el("p", { class: "warning" }, t("known_through"), " ", listed(thing.introducedBy)),
    peopleList(id),
    facts(thing),
    expandButton(id),
    stances.length > 0 &&
      group(
        "stances",
        stances.length,
        true,
        list(
          stances.map((stance) => {
            const shown = stance.utterances && [t("shown_by"), " ", listed(stance.utterances)];
            const missing = stance.missing && [shown && "; ", t("shown_missing", { names: stance.missing.join(", ") })];
            return [stanceLine(stance), " ", el("span", { class: "note" }, shown, missing)];
          }),
        ),
      ),
    ...cardsOf(id),
    evidence &&
      group(
        "attested",
        evidence.length,
        false,
        evidence.map((number) => anchorBox(DATA.anchors[number])),
      ),
    relations(id),
    address(id),
  ];
}

/**
 * Returns what somebody says, what others say they said, what no longer stands, and what others say of them, each
 * apart.
 * @param {string} id
 */
function cardsOf(id) {
  const own = saidBy.get(id) ?? [];
  const mine = new Set(own);
  /** @param {(one: Utterance) => boolean} fits */
  const those = (fits) => own.filter((place) => fits(UTTERANCES[place]));
  return [
    cards(
      "says_all",
      those((one) => !one.hearsay && !one.superseded),
    ),
    cards(
      "says_heard",
      those((one) => Boolean(one.hearsay) && !one.superseded),
    ),
    cards(
      "says_withdrawn",
      those((one) => Boolean(one.superseded)),
    ),
    cards(
      "said_about",
      (saidAbout.get(id) ?? []).filter((place) => !mine.has(place)),
    ),
  ];
}

/** @param {string} id */
function sureness(id) {
  const node = DATA.views.coalitions?.nodes.find((one) => one.id === id);
  if (node?.coalition === undefined) return null;
  const sure = node.sure !== undefined && ` · ${t("sure", { share: Math.round(node.sure * 100) })}`;
  return el(
    "p",
    {},
    t("coalition", { name: coalitionName(node.coalition) }),
    sure,
    node.single && ` · ${t("single")}`,
    node.either && ` · ${t("either")}`,
  );
}

/** @param {Thing} thing */
function facts(thing) {
  const own = (thing.facts ?? []).map((fact) =>
    line(
      t(`fact.${fact.relation}`),
      fact.to && known(fact.to) ? goTo(fact.to, fact.text) : fact.text,
      fact.at && fact.at !== fact.to && [", ", goTo(fact.at)],
      fact.on && ` (${t("attested_on")} ${fact.on})`,
      (fact.from || fact.until) && ` (${fact.from ?? ""}–${fact.until ?? ""})`,
    ),
  );
  const others = (pointsAt.get(thing.id) ?? [])
    .filter((fact) => fact.relation !== "linked")
    .slice(0, 40)
    .map((fact) => {
      const here = fact.relation === "holds" && fact.at === thing.id; // it holds a post in it, not it
      return line(t(here ? "inverse.holdsAt" : `inverse.${fact.relation}`), goTo(fact.source));
    });
  const links = (thing.links ?? []).map((one) => line(t("link"), link(one)));
  const all = [...own, ...others, ...links];
  return all.length > 0 && el("dl", { class: "facts" }, all);
}

/** @param {Claim} claim */
function claimPanel(claim) {
  const { id } = claim;
  const places = saidOn.get(id) ?? [];
  const counted = places.filter((place) => counts(UTTERANCES[place]));
  const by = (/** @type {string} */ polarity) =>
    counted.filter((place) => (UTTERANCES[place].polarity ?? "neutral") === polarity);
  const [affirms, denies, neutral] = ["affirms", "denies", "neutral"].map(by);
  const role = (/** @type {string} */ name, /** @type {string[] | undefined} */ ids) =>
    ids?.length ? line(t(`role.${name}`), listed(ids)) : null;
  const rivals = DATA.claims.filter((one) => one.contradicts?.includes(id)).map((one) => one.id);
  const rest = places.filter((place) => !counts(UTTERANCES[place]));
  const heard = counted.filter((place) => UTTERANCES[place].hearsay).length;
  const sides = { affirm: affirms.length, deny: denies.length, neutral: neutral.length };
  return [
    head(
      claim.label,
      t("kind.Claim"),
      claim.paraphrase !== claim.label && claim.paraphrase && el("p", { class: "paraphrase" }, claim.paraphrase),
      el("p", { class: "note" }, t("claim_note")),
    ),
    el(
      "p",
      { class: "balance" },
      t("balance", { ...sides, first: counted.length - heard, heard }),
      rest.length > 0 && t("balance_rest", { count: rest.length }),
    ),
    el(
      "dl",
      { class: "facts" },
      role("subjects", claim.subjects),
      role("agents", claim.agents),
      claim.actions && line(t("role.actions"), claim.actions.join(", ")),
      role("targets", claim.targets),
      claim.modality && line(t("role.modality"), t(`modality.${claim.modality}`)),
      claim.evaluation && line(t("role.evaluation"), t(`evaluation.${claim.evaluation}`)),
      claim.negated && line(t("role.negated"), t("yes")),
      role("content", claim.content),
      role("purposes", claim.purposes),
      role("issues", claim.issues),
      role("contradicts", [...new Set([...(claim.contradicts ?? []), ...rivals])]),
      role("supports", claim.supports),
    ),
    expandButton(id),
    cards("affirmed", affirms),
    cards("denied", denies),
    cards("left_open", neutral),
    cards("not_counted", rest),
    address(id),
  ];
}

/** @param {ViewEdge & Partial<SceneEdge>} edge */
function edgePanel(edge) {
  const title = [goTo(edge.from), arrow(edge), goTo(edge.to)];
  const { utterances, relation, weight, rests } = edge;
  const bundle = t(state.spread === edge.id ? "bundle" : "spread", { count: utterances.length });
  const told = weight === undefined ? "" : relation ? t(`fact.${relation}`) : t("weight");
  return [
    head(
      title,
      `${t(relation ? `fact.${relation}` : `line.${edge.look ?? edge.kind}`)}${edge.via ? `, ${t("line.via")}` : ""}`,
    ),
    edge.via && el("p", { class: "warning" }, t("via_help")),
    told && el("p", {}, told, weight !== undefined && `: ${weight}`),
    edge.parts && partsList(edge),
    utterances.length > 1 &&
      !rests &&
      el(
        "p",
        {},
        moreButton(bundle, () => spread(edge.id)),
      ),
    restsList("agree", rests?.agree),
    restsList("conflict", rests?.conflict),
    cards("rests_on", utterances),
  ];
}

/**
 * Says whose utterances the edge of an organisation sums: its own and those of its people.
 * @param {ViewEdge} edge
 */
function partsList({ id, parts = [] }) {
  const ranked = parts
    .map((part) => ({ part, count: allowed(part.utterances).length }))
    .sort((a, b) => b.count - a.count);
  const people = new Set(parts.flatMap((part) => [part.from, part.to]).filter((one) => FOLDS.has(one)));
  const items = ranked.map(({ part, count }) => {
    const names = `${labelOf(part.from)}${arrow(part)}${labelOf(part.to)}`;
    return [part.id === id ? names : goTo(part.id, names, true), count > 0 && ` ${count}`];
  });
  return group("sums", counted("person", people.size), items.length < 12, list(items));
}

/** Lists the people who are drawn with an organisation, with a button that draws them apart. */
function peopleList(/** @type {string} */ id) {
  const people = peopleOf.get(id) ?? [];
  if (!people.length || !canFold(state.view)) return null;
  const said = (/** @type {string} */ one) => voicedBy.get(one)?.length ?? 0;
  const items = [...people]
    .sort((a, b) => said(b) - said(a))
    .map((one) => [goTo(one), said(one) > 0 && ` ${said(one)}`]);
  const out = state.apart.includes(id);
  const apart = out ? state.apart.filter((one) => one !== id) : [...state.apart, id];
  const button = moreButton(t(out ? "fold_one" : "unfold_one"), () => choose({ apart }));
  return [!state.fold && el("p", {}, button), group("people_of", people.length, people.length < 12, list(items))];
}

/**
 * @param {string} kind
 * @param {Rest[] | undefined} parts
 */
const restsList = (kind, parts) =>
  parts &&
  group(`rests.${kind}`, parts.length, true, list(parts.map(([a, , b]) => [goTo(a), a !== b && [" ≠ ", goTo(b)]])));

/** Draws the single utterances of a bundled edge, or bundles them again. */
const spread = (/** @type {string} */ id) => choose({ spread: state.spread === id ? "" : id });

/** @param {ViewEdge} edge */
const arrow = (edge) => (edge.arrows === "" ? " – " : " → ");

/** @param {string} id */
function utterancePanel(id) {
  const own = (reportersOf.get(id) ?? []).filter((place) => !UTTERANCES[place].relay);
  const passing = cards("passed_on_by", own);
  return [head(t("utterance"), "", el("p", {}, utteranceLabel(id))), card(placeOf.get(id) ?? 0), passing, address(id)];
}

/** @param {Source} item */
function documentPanel(item) {
  const places = UTTERANCES.flatMap((one, place) => (!one.relay && one.documents?.includes(item.id) ? [place] : []));
  const told = (/** @type {string} */ name, /** @type {Child} */ value) => value && line(t(name), value);
  return [
    head(item.label, t("document")),
    el(
      "dl",
      { class: "facts" },
      told("publisher", item.publisher),
      told("date", item.date),
      told("length", item.length && t("code_points", { count: item.length })),
      told("document_digest", item.digest && el("code", {}, item.digest)),
      told("normalisation", item.normalisation),
      (item.links ?? []).map((one) => told("link", link(one))),
    ),
    cards("printed_here", places),
    address(item.id),
  ];
}

/**
 * Returns the lines of a node as a list: what a mouse finds on the stage, for the keyboard and screen readers.
 * @param {string} id
 */
function relations(id) {
  const edges = scene.edges.filter((edge) => edge.shown && (edge.from === id || edge.to === id));
  const items = edges.map((edge) => {
    const what = t(edge.relation ? `fact.${edge.relation}` : `line.${edge.look}`);
    return [
      goTo(edge.id, `${labelOf(edge.from)}${arrow(edge)}${labelOf(edge.to)}`, true),
      ` ${what}${edge.count ? ` ${edge.count}` : ""}${edge.via ? ` ${t("via")}` : ""}`,
    ];
  });
  return items.length > 0 && group("lines", items.length, false, list(items));
}

/** @param {string} id */
function expandButton(id) {
  const view = DATA.views[state.view];
  if (!view || view.total <= view.shown) return null;
  const waiting = undrawn(state.view, id, scene.nodes);
  const next = waiting.slice(0, 12);
  const open = [...new Set([...state.open, id, ...next])];
  const label = t("expand", { count: next.length, all: waiting.length });
  return (
    next.length > 0 &&
    el(
      "p",
      {},
      moreButton(label, () => choose({ open })),
    )
  );
}

/** @param {string} id */
const address = (id) => el("p", { class: "address" }, link(addressOf(id)));
