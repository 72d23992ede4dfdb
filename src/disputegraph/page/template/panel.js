// The evidence panel: what the selection rests on.

const panelBox = byId("panel");
const FIRST_CARDS = 25;

function showPanel() {
  const id = state.select;
  const edge = scene.edges.find((one) => one.id === id) ?? edgeNamed(id);
  const content = placeOf.has(id) ? utterancePanel(id) : claims.has(id) ? claimPanel(id) : things.has(id) ? thingPanel(id)
    : documents.has(id) ? documentPanel(id) : edge ? edgePanel(edge) : overview();
  panelBox.replaceChildren(...content.flat(3).filter(Boolean));
  panelBox.scrollTop = 0;
  document.body.classList.toggle("has-selection", Boolean(id));
}

/** Returns an edge of any view by its name, so that a link to it works in every view. */
function edgeNamed(id) {
  if (!id) return null;
  for (const view of Object.keys(DATA.views)) {
    const found = DATA.views[view].edges.find((edge) => edge.id === id);
    if (found) return found;
  }
  const [, from, , kind] = /^(.*) > (.*) : (\w+)$/.exec(id) ?? [];
  return from ? [...(adjacency("whom").get(from) ?? []), ...(adjacency("claims").get(from) ?? [])].find((edge) => edge.id === id && edge.kind === kind) : null;
}

function head(title, kind, more) {
  return el("div", { class: "panel-head" },
    el("button", { type: "button", class: "close", "aria-label": t("close"), on: { click: () => choose({ select: "" }) } }, "✕"),
    el("h2", {}, title), kind && el("p", { class: "kind" }, kind), more);
}

/** Returns a titled list of cards; what the filters hide is counted, not shown. */
function cards(title, places, open = true) {
  if (!places?.length) return null;
  const shown = inOrder(allowed(places));
  const count = shown.length === places.length ? places.length : t("of", { shown: shown.length, all: places.length });
  const list = el("div", { class: "cards" }, shown.slice(0, FIRST_CARDS).map(card));
  const rest = shown.length > FIRST_CARDS && el("button", { type: "button", class: "more", on: { click: (event) => { list.append(...shown.slice(FIRST_CARDS, 400).map(card)); event.target.remove(); } } },
    t("more", { count: Math.min(shown.length, 400) - FIRST_CARDS }));
  return el("details", { class: "group", open }, el("summary", {}, el("h3", {}, `${t(title)} (${count})`)),
    !shown.length && el("p", { class: "note" }, t("filtered_out")), list, rest);
}

function overview() {
  const view = DATA.views[state.view];
  const analysis = state.view === "camps" && view.analysis;
  const some = (kinds) => DATA.things.filter(kinds).length;
  return [el("h2", {}, t("overview")), el("p", {}, t(`help.${state.view}`)),
    analysis && coalitionReading(analysis),
    state.view === "time" && changesList(),
    state.view === "camps" && !analysis && el("p", { class: "note" }, t("no_coalitions")),
    el("ul", { class: "figures" }, [["utterance", UTTERANCES.length], ["claim", claims.size], ["actor", some((one) => one.actor)], ["document", documents.size], ["thing", UTTERANCES.length ? 0 : things.size]]
      .filter(([, count]) => count).map(([name, count]) => el("li", {}, counted(name, count)))),
    UTTERANCES.length > 0 && [el("h3", {}, t("most_said")), busiest(voicedBy, 6), el("h3", {}, t("most_disputed")), busiest(saidOn, 6)],
    el("h3", {}, t("keys")), el("p", { class: "note" }, t("keys_help")), el("h3", {}, t("method")), el("p", { class: "note" }, t("method_help"))];
}

function coalitionReading(found) {
  const words = [counted("camp_count", found.camps), found.index ? t("misfits", { index: found.index, edges: found.edges }) : t("no_misfits", { edges: found.edges }), t(found.proven ? "proven" : "not_proven")];
  if (found.balanced !== null) words.push(t("triangles", { share: Math.round(found.balanced * 100), count: found.triangles }));
  return [el("p", { class: "reading" }, words.join(" ")), el("p", { class: "note" }, t(found.complete ? "sure_help" : "sure_none"), " ", t("camps_note"))];
}

function changesList() {
  const found = DATA.changes ?? [];
  if (!found.length) return el("p", { class: "note" }, t("no_changes"));
  return [el("h3", {}, t("changes")), el("ul", {}, found.slice(0, 100).map((one) => el("li", {}, goTo(one.actor), ": ", t(`value.${one.before}`), " → ", t(`value.${one.after}`), " ", goTo(one.about),
    ` (${[one.last, one.first].filter(Boolean).join(" – ")})`, one.at_once && ` ${t("at_once")}`, " ", el("span", { class: "note" }, listed(one.utterances)))))];
}

function busiest(map, most) {
  const rows = [...map].map(([id, places]) => [id, allowed(places).length]).filter(([, count]) => count).sort((a, b) => b[1] - a[1]).slice(0, most);
  return el("ol", { class: "busiest" }, rows.map(([id, count]) => el("li", {}, goTo(id), ` ${count}`)));
}

function thingPanel(id) {
  const thing = things.get(id);
  const stances = (stancesOf.get(id) ?? []);
  const days = thing.start && (thing.end && thing.end !== thing.start ? `${thing.start} – ${thing.end}` : thing.start);
  return [head(thing.label, t(`kind.${thing.kind}`), [days && el("p", {}, days), thing.aliases && el("p", { class: "note" }, t("also"), " ", thing.aliases.join(", ")),
    thing.note && el("p", {}, thing.note), sureness(id)]),
    thing.introducedBy && el("p", { class: "warning" }, t("known_through"), " ", listed(thing.introducedBy)),
    (thing.facts || thing.links || pointsAt.has(id)) && facts(thing), expandButton(id),
    stances.length > 0 && el("details", { class: "group", open: true }, el("summary", {}, el("h3", {}, `${t("stances")} (${stances.length})`)),
      el("ul", {}, stances.map((stance) => el("li", {}, stanceLine(stance), " ", el("span", { class: "note" }, t("shown_by"), " ", listed(stance.utterances)))))),
    cards("says_all", saidBy.get(id)), cards("said_about", saidAbout.get(id)),
    thing.evidence && el("details", { class: "group" }, el("summary", {}, el("h3", {}, `${t("attested")} (${thing.evidence.length})`)), thing.evidence.map((n) => anchorBox(DATA.anchors[n]))),
    relations(id), address(id)];
}

function sureness(id) {
  const node = DATA.views.camps?.nodes.find((one) => one.id === id);
  if (node?.camp === undefined) return null;
  return el("p", {}, campName(node.camp), node.sure !== undefined && ` · ${t("sure", { share: Math.round(node.sure * 100) })}`);
}

function facts(thing) {
  const line = (relation, ...rest) => el("div", {}, el("dt", {}, relation), el("dd", {}, rest));
  const own = (thing.facts ?? []).map((fact) => line(t(`fact.${fact.relation}`), fact.to && known(fact.to) ? goTo(fact.to, fact.text) : fact.text,
    fact.at && fact.at !== fact.to && [", ", goTo(fact.at)], fact.on && ` (${t("attested_on")} ${fact.on})`, (fact.from || fact.until) && ` (${fact.from ?? ""}–${fact.until ?? ""})`));
  const others = (pointsAt.get(thing.id) ?? []).filter((fact) => fact.relation !== "linked").slice(0, 40).map((fact) => line(t(`inverse.${fact.relation}`), goTo(fact.from)));
  return el("dl", { class: "facts" }, own, others, (thing.links ?? []).map((one) => line(t("link"), link(one))));
}

function claimPanel(id) {
  const claim = claims.get(id);
  const places = saidOn.get(id) ?? [];
  const by = (polarity) => places.filter((place) => (UTTERANCES[place].polarity ?? "neutral") === polarity);
  const role = (name) => claim[name]?.length && el("div", {}, el("dt", {}, t(`role.${name}`)), el("dd", {}, name === "actions" ? claim[name].join(", ") : listed(claim[name])));
  const against = new Set([...(claim.contradicts ?? []), ...DATA.claims.filter((one) => one.contradicts?.includes(id)).map((one) => one.id)]);
  const heard = places.filter((place) => UTTERANCES[place].hearsay).length;
  return [head(claim.label, t("kind.Claim"), [claim.paraphrase && claim.paraphrase !== claim.label && el("p", { class: "paraphrase" }, claim.paraphrase),
    el("p", { class: "note" }, t("claim_note"))]),
    el("p", { class: "balance" }, t("balance", { affirm: by("affirms").length, deny: by("denies").length, neutral: by("neutral").length, first: places.length - heard, heard })),
    el("dl", { class: "facts" }, ["agents", "actions", "targets", "content", "purposes", "issues"].map(role),
      against.size > 0 && el("div", {}, el("dt", {}, t("role.contradicts")), el("dd", {}, listed([...against]))), role("supports")),
    expandButton(id), cards("affirmed", by("affirms")), cards("denied", by("denies")), cards("left_open", by("neutral")), address(id)];
}

function edgePanel(edge) {
  const title = [goTo(edge.from), edge.arrows === "" ? " – " : " → ", goTo(edge.to)];
  const parts = edge.rests && ["agree", "conflict"].filter((kind) => edge.rests[kind]).map((kind) =>
    el("details", { class: "group", open: true }, el("summary", {}, el("h3", {}, `${t(`rests.${kind}`)} (${edge.rests[kind].length})`)),
      el("ul", {}, edge.rests[kind].map(([a, , b]) => el("li", {}, goTo(a), a !== b && [" ≠ ", goTo(b)])))));
  return [head(title, t(`line.${edge.now ?? edge.kind}`), null), (edge.relation || edge.weight) && el("p", {}, t(edge.relation ? `fact.${edge.relation}` : "weight"), edge.weight !== undefined && `: ${edge.weight}`),
    edge.utterances.length > 1 && !edge.rests && el("p", {}, el("button", { type: "button", class: "more", on: { click: () => spread(edge) } }, t(state.spread === edge.id ? "bundle" : "spread", { count: edge.utterances.length }))),
    parts, cards("rests_on", edge.utterances)].map((part) => part ?? false);
}

function utterancePanel(id) {
  const place = placeOf.get(id);
  const around = reportersOf.get(id) ?? [];
  return [head(t("utterance"), "", el("p", {}, utteranceLabel(id))), card(place), cards("passed_on_by", around), address(id)];
}

function documentPanel(id) {
  const item = documents.get(id);
  const places = UTTERANCES.flatMap((one, place) => (one.documents?.includes(id) ? [place] : []));
  const line = (name, value) => value && el("div", {}, el("dt", {}, t(name)), el("dd", {}, value));
  return [head(item.label, t("document")), el("dl", { class: "facts" }, line("publisher", item.publisher), line("date", item.date),
    line("length", item.length && t("code_points", { count: item.length })), line("document_digest", item.digest && el("code", {}, item.digest)), line("normalisation", item.normalisation),
    (item.links ?? []).map((one) => line("link", link(one)))), cards("printed_here", places), address(id)];
}

/** Returns the lines of a node as a list: what a mouse finds on the stage, for the keyboard and screen readers. */
function relations(id) {
  const edges = scene.edges.filter((edge) => edge.shown && (edge.from === id || edge.to === id));
  return edges.length > 0 && el("details", { class: "group" }, el("summary", {}, el("h3", {}, `${t("lines")} (${edges.length})`)),
    el("ul", {}, edges.map((edge) => el("li", {}, goTo(edge.id, `${labelOf(edge.from)} ${edge.arrows === "" ? "–" : "→"} ${labelOf(edge.to)}`, true), ` ${t(`line.${edge.kind}`)}${edge.count ? ` ${edge.count}` : ""}`))));
}

function expandButton(id) {
  const waitingNodes = undrawn(state.view, id, scene.nodes);
  if (!waitingNodes.length || !scene.graph || DATA.views[state.view].total <= DATA.views[state.view].shown) return null;
  const next = waitingNodes.slice(0, 12);
  return el("p", {}, el("button", { type: "button", class: "more", on: { click: () => choose({ open: [...new Set([...state.open, id, ...next])] }) } },
    t("expand", { count: next.length, all: waitingNodes.length })));
}

const address = (id) => el("p", { class: "address" }, link(addressOf(id)));
