// What the page's data hold (docs/page.md describes them), and what the scripts add to it for drawing.

interface Fact {
  relation: string;
  text: string;
  to?: string;
  at?: string;
  on?: string;
  from?: string;
  until?: string;
}

interface Thing {
  id: string;
  kind: string;
  label: string;
  aliases?: string[];
  actor?: boolean;
  note?: string;
  links?: string[];
  facts?: Fact[];
  introducedBy?: string[];
  start?: string;
  end?: string;
  evidence?: number[];
}

interface Claim {
  id: string;
  label: string;
  paraphrase?: string;
  actions?: string[];
  subjects?: string[];
  agents?: string[];
  targets?: string[];
  content?: string[];
  purposes?: string[];
  issues?: string[];
  contradicts?: string[];
  supports?: string[];
  modality?: string;
  evaluation?: string;
  negated?: boolean;
}

interface Utterance {
  id: string;
  speaker: string;
  voice: string;
  tone: string;
  to?: string[];
  claims?: string[];
  polarity?: string;
  neutral?: string;
  certainty?: string;
  act?: string;
  date?: string;
  dated?: string;
  note?: string;
  reports?: string[];
  supersedes?: string[];
  /** How the document gives the words. */
  mode?: string;
  /** When it was said, as far as is known (EDTF). */
  roughly?: string;
  superseded?: boolean;
  /** When and why it was withdrawn. */
  withdrawn?: string;
  /** It only passes on another utterance: a link of a chain, counted nowhere. */
  relay?: boolean;
  hearsay?: boolean;
  uncounted?: boolean;
  /** The quotation, where the graph itself keeps it and no source text gave it. */
  kept?: string;
  documents?: string[];
  evidence?: number[];
}

interface Stance {
  /** Utterances that should show it, and are not in the data. */
  missing?: string[];
  id: string;
  holder: string;
  on: string;
  value: string;
  utterances?: string[];
}

interface Source {
  id: string;
  label: string;
  publisher?: string;
  date?: string;
  digest?: string;
  length?: number;
  /** How many of its words are in the page. */
  words?: number;
  normalisation?: string;
  links?: string[];
}

interface Anchor {
  document: string;
  start?: number;
  end?: number;
  sha256?: string;
  status?: string;
  quote?: string;
  before?: string;
  after?: string;
}

interface Change {
  actor: string;
  about: string;
  before: string;
  after: string;
  last: string;
  first: string;
  at_once: boolean;
  utterances: string[];
}

interface ViewNode {
  id: string;
  label: string;
  kind: string;
  value: number;
  x: number;
  y: number;
  tall: [number, number];
  known?: string;
  coalition?: number;
  sure?: number;
  /** The voice is in its coalition by one statement alone. */
  either?: boolean;
  single?: boolean;
  /** How many people are drawn with it. */
  people?: number;
}

/** A claim and places of one voice, a claim and places of the other. */
type Rest = [string, number[], string, number[]];
type Rests = Partial<Record<"agree" | "conflict", Rest[]>>;

interface ViewEdge {
  id: string;
  from: string;
  to: string;
  kind: string;
  arrows?: string;
  utterances: number[];
  relation?: string;
  /** All its utterances are hearsay: the voice is said to have said them. */
  via?: boolean;
  weight?: number;
  rests?: Rests;
  /** The edges that it sums, where people are drawn with their organisation. */
  parts?: ViewEdge[];
}

interface Analysis {
  coalitions: number;
  edges: number;
  /** Pairs that are opposed more than they agree. */
  opposed: number;
  index: number;
  proven: boolean;
  firm: boolean;
  complete: boolean;
  triangles: number;
  balanced: number | null;
  /** Divisions that fit as well as the best; null where they were not counted. */
  optima: number | null;
  optima_exact: boolean;
  /** Null where it was not computed; its value is null where there is too little data. */
  polarisation: {
    value: number | null;
    expected: number | null;
    p: number | null;
    interval: [number, number] | null;
  } | null;
  /** Who brokers most between coalitions, with the range of paths over the best divisions; null where nobody does. */
  broker: { actor: string; paths: number; low: number; high: number } | null;
  baseline: "none" | "expected";
  /** What was chosen otherwise than by default, as options of the command line. */
  options: string[];
  /** Claims left out since nearly all agree on them. */
  consensual: { count: number; share: number } | null;
}

interface View {
  nodes: ViewNode[];
  edges: ViewEdge[];
  total: number;
  shown: number;
  least: number;
  analysis?: Analysis | null;
}

interface ValueColour {
  /** Empty for all that have no colour of their own. */
  value: string;
  colour: string;
  count: number;
}

interface PageData {
  base: string;
  hearsay?: "news" | "all" | "none";
  title: string;
  coders?: string[];
  coded?: string;
  licence_label?: string;
  things: Thing[];
  claims: Claim[];
  utterances: Utterance[];
  stances: Stance[];
  documents: Source[];
  anchors: Anchor[];
  views: Record<string, View>;
  changes?: Change[];
  /** By what actors are coloured, where not by kind; `of` has the place of its value, by actor. */
  colours?: { name: string; values: ValueColour[]; of: Record<string, number>; rest: string };
  /** Person → organisation, where the dispute has many voices. */
  folds?: Record<string, string>;
  download?: { packed: string; suffix: string };
}

interface State {
  view: string;
  select: string;
  speaker: string;
  document: string;
  from: string;
  to: string;
  min: string;
  heard: string;
  find: string;
  sort: string;
  rows: string;
  spread: string;
  /** "none": people are not drawn with their organisation. */
  fold: string;
  hide: string[];
  open: string[];
  /** Organisations whose people are drawn apart. */
  apart: string[];
}

type Point = [number, number];

/** The corners of a box on the stage, and the node or edge that it belongs to. */
interface Box {
  x0: number;
  x1: number;
  y0: number;
  y1: number;
  owner?: string;
  gone?: boolean;
  badge?: boolean;
}

/** A quadratic Bézier curve, and the direction in which it ends. */
interface Curve {
  start: Point;
  bend: Point;
  end: Point;
  angle: number;
}

interface Wrapped {
  lines: string[];
  short: boolean;
  width: number;
  height: number;
}

interface Slot {
  x: number;
  y: number;
  place: number;
  box: Box;
}

/** A node of the scene: `w…` are its places in the layout, `p…` on the stage. */
interface SceneNode extends ViewNode {
  isClaim: boolean;
  wx: number;
  wy: number;
  px: number;
  py: number;
  r: number;
  text: Wrapped;
  shown: boolean;
  labelled: boolean;
  icon: Box;
  slot: Slot;
  g: SVGElement;
  mark: SVGElement;
  words: SVGElement;
}

interface SceneEdge extends ViewEdge {
  count: number;
  tie: boolean;
  shown: boolean;
  single?: boolean;
  /** The kind that the filters leave, which is drawn. */
  look: string;
  path: Curve;
  badge: string;
  spot: { x: number; y: number; width: number };
  g?: SVGElement;
  tag?: SVGElement;
}

interface Scene {
  view: string;
  tall: boolean;
  nodes: Map<string, SceneNode>;
  edges: SceneEdge[];
  /** For how many utterances, or claims, its widest line stands. */
  most: number;
  /** How much wider than the layout it is. */
  stretch: number;
}

interface Stage extends Box {
  whole: boolean;
  taken: Box[];
}

type Child = Node | string | number | false | null | undefined | Child[];
// biome-ignore lint/suspicious/noExplicitAny: each listener knows its own event
type Listener = (event: any) => void;
interface Properties {
  on?: Record<string, Listener>;
  text?: string;
  data?: Record<string, string>;
  [name: string]: unknown;
}

/** What a table cell shows: text, a number, a reference, or several of them. */
type Cell = string | number | { id: string; label: string } | Cell[];
