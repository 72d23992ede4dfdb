// Searches the index of the site; without it the list of everything stands there as it is.

/** @typedef {[label: string, kind: string, address: string, words: string]} Entry */

const MOST = 100;

/** @param {string} text */
const plain = (text) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/**
 * Tells how well an entry suits: names before other words, and the beginning of a name before its middle.
 * @param {string[]} wanted
 * @param {string[]} name
 * @param {string[]} more
 */
function rank(wanted, name, more) {
  let sum = 0;
  for (const word of wanted) {
    if (name.some((one) => one.startsWith(word))) sum += name[0]?.startsWith(word) ? 0 : 1;
    else if (more.some((one) => one.startsWith(word))) sum += 3;
    else return -1;
  }
  return sum;
}

/** @param {Entry[]} index */
function start(index) {
  const form = /** @type {HTMLFormElement} */ (document.getElementById("search"));
  const input = /** @type {HTMLInputElement} */ (document.getElementById("wanted"));
  const list = /** @type {HTMLElement} */ (document.getElementById("list"));
  const hits = /** @type {HTMLElement} */ (document.getElementById("hits"));
  const found = /** @type {HTMLElement} */ (document.getElementById("found"));
  const words = index.map(([label, , , more]) => ({ name: plain(label), more: plain(more) }));

  function show() {
    const wanted = plain(input.value);
    list.hidden = wanted.length > 0;
    hits.hidden = !list.hidden;
    if (!list.hidden) {
      found.textContent = "";
      hits.replaceChildren();
      return;
    }
    const suits = index
      .map((entry, place) => ({ entry, rank: rank(wanted, words[place]?.name ?? [], words[place]?.more ?? []) }))
      .filter((hit) => hit.rank >= 0)
      .sort((one, other) => one.rank - other.rank);
    const shown = suits.slice(0, MOST);
    hits.replaceChildren(
      ...shown.map(({ entry: [label, kind, address, more] }) => {
        const item = document.createElement("li");
        const link = document.createElement("a");
        const note = document.createElement("small");
        link.href = address;
        link.textContent = label;
        note.textContent = more && more !== label ? `${kind}: ${more}` : kind;
        item.append(link, " ", note);
        return item;
      }),
    );
    const rest = suits.length > MOST ? `, of which the first ${MOST} are shown` : "";
    found.textContent = suits.length
      ? `${suits.length} found${rest}`
      : "Nothing found. Try fewer words, or a beginning.";
    history.replaceState(null, "", input.value ? `#q=${encodeURIComponent(input.value)}` : "#");
  }

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  input.addEventListener("input", show);
  const asked = /^#q=(.*)$/.exec(location.hash);
  if (asked) {
    try {
      input.value = decodeURIComponent(asked[1] ?? "");
      show();
    } catch {
      // Somebody wrote the address by hand: the list stays.
    }
  }
}

const given = /** @type {any} */ (globalThis).searchIndex;
if (Array.isArray(given)) start(given);
