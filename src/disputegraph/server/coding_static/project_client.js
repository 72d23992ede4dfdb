// Talks to the server. Changes go one after the other, and are tried again while the server does not answer.

const HELD = "disputegraph.token";

/** The address that the command prints ends with the token; it is taken out so that it is in no history or picture. */
function takeToken() {
  const given = location.hash.slice(1);
  if (given) {
    sessionStorage.setItem(HELD, given);
    history.replaceState(null, "", location.pathname + location.search);
  }
  return sessionStorage.getItem(HELD) ?? "";
}

const token = takeToken();

/** What the server says is wrong. */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {{title?: string, message?: string}} body
   */
  constructor(status, body) {
    super(body.message ?? body.title ?? `HTTP ${status}`);
    this.status = status;
    this.title = body.title ?? "";
    this.body = body;
  }
}

/** The server does not answer at all. */
export class Unreachable extends Error {}

/**
 * @param {string} path
 * @param {RequestInit} options
 */
async function request(path, options) {
  let answer;
  try {
    answer = await fetch(`/code/${path}`, {
      ...options,
      headers: { ...options.headers, "X-Disputegraph-Token": token },
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Unreachable(String(error));
  }
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refusal(answer.status, body);
  return body;
}

/**
 * Asks for something.
 * @param {string} path
 * @param {Record<string, string>} [query]
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export const ask = (path, query = {}, signal = undefined) =>
  request(`${path}?${new URLSearchParams(query)}`, { signal });

/**
 * Sends something to be computed with, once.
 * @param {string} path
 * @param {object} body
 * @returns {Promise<any>}
 */
export const send = (path, body) =>
  request(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

/** @typedef {"saved" | "saving" | "unreachable"} SavedState */

/** @type {(state: SavedState) => void} */
let tellSaved = () => {};
let waiting = 0;

/** @param {(state: SavedState) => void} act */
export const whenSaved = (act) => {
  tellSaved = act;
};

/** How many changes are not on disk. */
export const unsaved = () => waiting;

/** @type {Promise<unknown>} */
let queue = Promise.resolve();

/**
 * Changes the project, after the changes before it.
 * @param {string} path
 * @param {() => object} body made when it is sent, so that it names the last revision
 * @param {(answer: ChangeAnswer) => void} done before the next change is sent
 * @returns {Promise<ChangeAnswer>}
 */
export function change(path, body, done) {
  waiting += 1;
  tellSaved("saving");
  const turn = queue
    .then(() => persist(path, body()))
    .then((answer) => {
      done(answer);
      return answer;
    });
  queue = turn.catch(() => {});
  return turn.finally(() => {
    waiting -= 1;
    tellSaved(waiting ? "saving" : "saved");
  });
}

/**
 * @param {string} path
 * @param {object} body
 * @returns {Promise<ChangeAnswer>}
 */
async function persist(path, body) {
  for (;;) {
    try {
      return await send(path, body);
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      tellSaved("unreachable");
      await new Promise((resolve) => setTimeout(resolve, 1500));
    }
  }
}
