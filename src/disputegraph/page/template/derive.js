// Edges that the page draws on demand, by the rules of graphs.py: when a node of a big dispute is expanded, or found.

/** Returns the actors an utterance speaks of; see `about_whom` in graphs.py. */
function aboutWhom(utterance) {
  const found = new Set();
  const isActor = (id) => things.get(id)?.actor;
  for (const id of utterance.claims ?? []) {
    const claim = claims.get(id) ?? {};
    const agents = (claim.agents ?? []).filter(isActor);
    const others = agents.filter((id) => id !== utterance.voice);
    const targets = (claim.targets ?? []).filter((id) => isActor(id) && id !== utterance.voice);
    for (const one of others.length ? others : targets.length ? targets : agents) found.add(one);
  }
  return found;
}

const bundled = {}; // view → node → its edges, over the whole dispute

function adjacency(view) {
  if (bundled[view]) return bundled[view];
  const bundles = new Map();
  const add = (from, to, kind, place) => {
    const id = `${from} > ${to} : ${kind}`;
    if (!bundles.has(id)) bundles.set(id, { id, from, to, kind, arrows: "to", utterances: [] });
    bundles.get(id).utterances.push(place);
  };
  for (const [place, utterance] of UTTERANCES.entries()) {
    if (!things.has(utterance.voice) || utterance.superseded) continue;
    if (view === "claims") {
      for (const id of utterance.claims ?? []) if (claims.has(id)) add(utterance.voice, id, utterance.polarity ?? "neutral", place);
    } else {
      for (const id of aboutWhom(utterance)) add(utterance.voice, id, utterance.tone, place);
      for (const inner of utterance.reports ?? []) {
        const voice = UTTERANCES[placeOf.get(inner)]?.voice;
        if (things.has(voice) && voice !== utterance.voice) add(utterance.voice, voice, "reports", place);
      }
    }
  }
  const found = new Map();
  for (const edge of bundles.values()) for (const end of new Set([edge.from, edge.to])) push(found, end, edge);
  return (bundled[view] = found);
}

/** Returns the neighbours of a node that are not drawn, the busiest first. */
function undrawn(view, id, drawn) {
  if (view !== "whom" && view !== "claims") return [];
  const count = new Map();
  for (const edge of adjacency(view).get(id) ?? []) {
    const other = edge.from === id ? edge.to : edge.from;
    if (!drawn.has(other)) count.set(other, (count.get(other) ?? 0) + edge.utterances.length);
  }
  return [...count].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([other]) => other);
}

const SHAPE_OF = { Person: "dot", Organization: "square", HospitalTrust: "square", NewsOrganization: "triangleDown",
  Collective: "hexagon", UnnamedSource: "ellipse", Hospital: "triangle", Claim: "box" };

/** Returns a view's graph with further nodes drawn in, each set down near a neighbour that is there. */
function enlarged(view, graph, wanted) {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const fresh = wanted.filter((id) => !nodes.has(id) && (things.has(id) || (view === "claims" && claims.has(id))));
  const weaker = state.min && Number(state.min) < graph.least;
  if ((!fresh.length && !weaker) || (view !== "whom" && view !== "claims")) return graph;
  const edges = new Map(graph.edges.map((edge) => [edge.id, edge]));
  if (weaker) for (const id of nodes.keys()) for (const edge of adjacency(view).get(id) ?? []) if (nodes.has(edge.from) && nodes.has(edge.to)) edges.set(edge.id, edge);
  const around = new Map();
  for (const id of fresh) {
    const mine = adjacency(view).get(id) ?? [];
    const beside = mine.map((edge) => (edge.from === id ? edge.to : edge.from)).find((other) => nodes.has(other));
    const from = nodes.get(beside) ?? { x: 0, y: 0, tall: [0, 0] };
    const turn = around.get(beside) ?? 0;
    around.set(beside, turn + 1);
    // Golden-angle spiral: every further node finds a free direction.
    const angle = turn * 2.39996, reach = 90 + 16 * Math.sqrt(turn);
    const dx = Math.round(Math.cos(angle) * reach), dy = Math.round(Math.sin(angle) * reach * 0.8);
    const kind = kindOf(id);
    nodes.set(id, { id, label: labelOf(id), shape: SHAPE_OF[kind] ?? "diamond", group: kind, x: from.x + dx, y: from.y + dy,
      tall: [from.tall[0] + dx, from.tall[1] + dy], value: mine.reduce((sum, edge) => sum + edge.utterances.length, 0),
      known: things.get(id)?.introducedBy ? "claim" : undefined, fresh: true });
    for (const edge of mine) if (nodes.has(edge.from) && nodes.has(edge.to)) edges.set(edge.id, edge);
  }
  return { ...graph, nodes: [...nodes.values()], edges: [...edges.values()] };
}
