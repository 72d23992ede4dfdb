// The time line: who spoke when, events above, changes of stance marked; and the slider that filters all views.

const timeBox = el("div", { id: "time", hidden: true });
const DOT = 6, STEP = 18, ROW = 26, LEFT = 168, RIGHT = 24, TOP = 30;
const MOST_VOICES = 24, MOST_DOTS = 1500;
const number = (day) => Date.parse(`${day}T00:00:00Z`) / 864e5;
const dayOf = (value) => new Date(Math.round(value) * 864e5).toISOString().slice(0, 10);

function showTime() {
  const width = Math.max(320, stageBox.clientWidth), phone = width < 560;
  const left = phone ? 120 : LEFT * scaleOfLabels;
  if (!FIRST_DAY) { timeBox.replaceChildren(el("p", { class: "note" }, t("no_dates"))); return; }
  setLabels(stageBox.clientWidth > 1000 ? 1.12 : 1);
  const a = number(FIRST_DAY), b = Math.max(number(LAST_DAY), a + 1);
  const x = (day) => left + ((number(day) - a) / (b - a)) * (width - left - RIGHT - spare) + 12;
  const shown = UTTERANCES.flatMap((one, place) => (one.date && passes(place) ? [place] : []));
  // Room on the right for the longest row of one day.
  const sameDay = new Map();
  for (const place of shown) { const key = `${UTTERANCES[place].voice} ${UTTERANCES[place].date}`; sameDay.set(key, (sameDay.get(key) ?? 0) + 1); }
  const most = sameDay.size ? [...sameDay.values()].reduce((p, q) => Math.max(p, q)) : 0;
  const spare = Math.min(width * 0.4, Math.max(40, Math.ceil(most / 2) * STEP));
  const events = DATA.things.filter((one) => one.start && (!state.from || (one.end ?? one.start) >= state.from) && (!state.to || one.start <= state.to));
  const parts = [];
  let y = TOP;
  for (const day of ticks(a, b, phone ? 3 : 7)) parts.push(svg("line", { class: "tick", x1: x(day), x2: x(day), y1: 18, y2: 4000 }), svg("text", { class: "tick-name", x: x(day), y: 13, "text-anchor": "middle" }, day));
  y = drawEvents(parts, events, x, y, width);
  const voices = new Map();
  for (const place of shown) push(voices, UTTERANCES[place].voice ?? "", place);
  const ranked = [...voices].sort((p, q) => q[1].length - p[1].length);
  const lanes = ranked.slice(0, MOST_VOICES).map(([id, places]) => [id, labelOf(id), places]);
  const rest = ranked.slice(MOST_VOICES).flatMap(([, places]) => places);
  if (rest.length) lanes.push(["", t("other_voices", { count: ranked.length - MOST_VOICES }), rest]);
  for (const [id, label, places] of lanes) y = drawLane(parts, id, label, places, { x, y, left, width, a, b, many: shown.length > MOST_DOTS });
  if (!lanes.length) parts.push(svg("text", { class: "words", x: left, y: y + 20 }, t("filtered_out")));
  const drawn = svg("svg", { id: "timeline", width, height: y + 20, viewBox: `0 0 ${width} ${y + 20}`, role: "group", "aria-label": t("help.time") }, parts);
  for (const line of drawn.querySelectorAll(".tick")) line.setAttribute("y2", y + 8);
  timeBox.replaceChildren(el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("time") }, drawn), slider(a, b));
}

function ticks(a, b, most) {
  const days = [...new Set(DAYS)];
  if (days.length <= 3) return days;
  return Array.from({ length: most }, (_, place) => dayOf(a + ((b - a) * place) / (most - 1)));
}

function drawEvents(parts, events, x, y, width) {
  const lanes = [];
  for (const event of [...events].sort((p, q) => (p.start < q.start ? -1 : 1)).slice(0, 60)) {
    const { lines: [name], width: w, short } = wrapped(event.label, "node", 190, 1);
    const x0 = x(event.start), x1 = Math.max(x0, x(event.end ?? event.start));
    const flip = x1 + w + 16 > width;
    const box = flip ? [x0 - w - 16, x1 + 8] : [x0 - 8, x1 + w + 16];
    let lane = lanes.findIndex((ends) => ends.every(([p, q]) => box[1] < p || box[0] > q));
    if (lane < 0) lane = lanes.push([]) - 1;
    lanes[lane].push(box);
    const at = y + 10 + lane * 22;
    parts.push(svg("g", { class: "event mark-button", role: "button", tabindex: "0", data: { id: event.id }, "aria-label": `${visible(event.label)}, ${event.start}` },
      svg("path", { class: `shape kind-${cssName(event.kind)}`, transform: `translate(${x0} ${at})`, d: outline("diamond", 6) }),
      x1 > x0 + 8 && svg("line", { class: "span", x1: x0 + 7, x2: x1, y1: at, y2: at }),
      svg("text", { class: "words", x: flip ? x0 - 11 : x1 + 11, y: at + 4, "text-anchor": flip ? "end" : "start", "aria-hidden": short ? "true" : null }, name)));
  }
  return y + lanes.length * 22 + 16;
}

function drawLane(parts, id, label, places, { x, y, left, width, a, b, many }) {
  const groups = new Map();
  const step = many ? Math.max(1, (b - a) / 40) : 1;
  for (const place of inOrder(places)) push(groups, many ? dayOf(a + Math.floor((number(UTTERANCES[place].date) - a) / step) * step) : UTTERANCES[place].date, place);
  const perColumn = 2;
  const { lines: names, short } = wrapped(label, "node", (left - 22) / 1.15, 2);
  parts.push(svg("line", { class: "lane", x1: 0, x2: width, y1: y, y2: y }),
    svg("g", id ? { class: "mark-button", role: "button", tabindex: "0", data: { id }, "aria-label": `${visible(label)}, ${counted("utterance", places.length)}` } : {}, svg("text", { class: "words lane-name", "text-anchor": "end", "aria-hidden": short ? "true" : null }, names.flatMap((line, n) => [n ? svg("tspan", { "font-size": 0 }, " ") : "", svg("tspan", { x: left - 12, y: y + 17.5 + n * LINE.node }, line)]))));
  let tall = ROW + (names.length - 1) * LINE.node;
  for (const [day, list] of groups) {
    if (many) {
      const r = Math.min(ROW / 2 - 1, 2 + Math.sqrt(list.length));
      parts.push(svg("circle", { class: "bin", cx: x(day), cy: y + ROW / 2, r }, svg("title", {}, `${day}: ${counted("utterance", list.length)}`)));
      continue;
    }
    const rowsHere = Math.min(list.length, perColumn);
    for (const [n, place] of list.entries()) {
      const one = UTTERANCES[place];
      const cx = x(day) + Math.floor(n / rowsHere) * STEP, cy = y + 13 + (n % rowsHere) * STEP;
      const stances = stancesOf.get(one.id);
      parts.push(svg("g", { class: `said tone-${one.tone} mark-button${one.id === state.select ? " selected" : ""}`, role: "button", tabindex: "-1", data: { id: one.id }, transform: `translate(${cx.toFixed(1)} ${cy})`, "aria-label": `${visible(utteranceLabel(one.id))}, ${one.date}` },
        svg("path", { class: "dot", d: outline(one.tone === "critical" ? "triangleDown" : one.tone === "supportive" ? "triangle" : "dot", DOT - 0.5) }),
        one.dated !== "said" && svg("path", { class: "latest", d: "M-9 6H-5M-7 4V8" }), stances && svg("path", { class: changed(stances) ? "stance changed" : "stance", d: outline("diamond", DOT + 2.5) }), svg("title", {}, `${visible(utteranceLabel(one.id))} · ${one.date}`)));
    }
    tall = Math.max(tall, rowsHere * STEP + 8);
  }
  return y + tall;
}

/** Says whether a stance differs from another of the same holder on the same matter. */
const changed = (stances) => stances.some((stance) => (stancesOf.get(stance.holder) ?? []).some((other) => other.on === stance.on && other.value !== stance.value));

function slider(a, b) {
  const from = state.from ? Math.max(a, number(state.from)) : a, to = state.to ? Math.min(b, number(state.to)) : b;
  const handle = (name, value) => {
    const box = el("input", { type: "range", min: a, max: b, step: 1, "aria-label": t(name), data: { key: `slide ${name}` } });
    box.value = value;
    box.setAttribute("aria-valuetext", dayOf(value));
    box.addEventListener("input", () => {
      const [low, high] = [Number(first.value), Number(second.value)].sort((p, q) => p - q);
      words.textContent = `${dayOf(low)} – ${dayOf(high)}`;
      box.setAttribute("aria-valuetext", dayOf(Number(box.value)));
    });
    box.addEventListener("change", () => {
      const [low, high] = [Number(first.value), Number(second.value)].sort((p, q) => p - q);
      choose({ from: low <= a ? "" : dayOf(low), to: high >= b ? "" : dayOf(high) }, { keep: true });
      timeBox.querySelector(`[data-key="slide ${name}"]`)?.focus();
    });
    return box;
  };
  const words = el("output", { class: "span-words" }, `${dayOf(from)} – ${dayOf(to)}`);
  const first = handle("from", from), second = handle("to", to);
  return el("div", { class: "slider", role: "group", "aria-label": t("period") }, el("span", {}, t("period")), first, second, words);
}

timeBox.addEventListener("click", (event) => {
  const target = event.target.closest?.("[data-id]");
  if (target) choose({ select: target.dataset.id });
});
