// Which utterances pass the reader's filters. Graph, panel, table and time line all ask here.

let passing = new Uint8Array(UTTERANCES.length).fill(1);
let passingCount = UTTERANCES.length;

const hidden = (group, name) => state.hide.includes(`${group}.${name}`);

function refilter() {
  const off = new Set(state.hide);
  let count = 0;
  passing = new Uint8Array(UTTERANCES.length);
  for (const [place, one] of UTTERANCES.entries()) {
    const ok = !off.has(`tone.${one.tone}`)
      && !off.has(`says.${one.polarity ?? "neutral"}`)
      && !(off.size && off.has(`kind.${things.get(one.voice)?.kind}`))
      && (!state.speaker || one.voice === state.speaker || one.speaker === state.speaker)
      && (!state.document || (one.documents ?? []).includes(state.document))
      && (!state.heard || (state.heard === "hearsay") === Boolean(one.hearsay))
      // An utterance without a day is left out as soon as a day is asked for.
      && (!state.from || (one.date && one.date >= state.from))
      && (!state.to || (one.date && one.date <= state.to));
    if (ok) { passing[place] = 1; count += 1; }
  }
  passingCount = count;
}

const passes = (place) => passing[place] === 1;
const allowed = (places) => (places ?? []).filter(passes);
const filtering = () => passingCount < UTTERANCES.length || kindsHidden();
const kindsHidden = () => state.hide.some((name) => name.startsWith("kind."));
const FILTERS = ["hide", "speaker", "document", "from", "to", "min", "heard"];

/** Returns the least count an edge needs to be drawn: the reader's, or what the view opens with. */
const least = (view) => Number(state.min || DATA.views[view]?.least || 1);
