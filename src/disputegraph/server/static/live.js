// What the server adds to the page: links to its other pages, word of trouble with the data, and evidence on demand.

import { byId, el } from "./elements.js";

const data = JSON.parse(byId("data").textContent ?? "");

byId("tools")?.append(
  el("span", { id: "server-links" }, el("a", { href: "/query" }, "Query"), el("a", { href: "/data.ttl" }, "Turtle")),
);

// The data may change, or break, while the page is open.

/** @type {string | null} */
let version = null;
let failures = 0;

async function look() {
  try {
    const status = await (await fetch("/status")).json();
    failures = 0;
    const { message, since } = status.problem ?? {};
    const told = `The data cannot be read since ${since}; this is the last good state. ${message}`;
    trouble(status.problem ? told : null);
    if (version !== null && status.version !== version) location.reload();
    version = status.version;
    return status.watch || status.writable;
  } catch {
    failures += 1;
    if (failures > 1) trouble("The server does not answer."); // once may be a connection that was closed just then
    return true;
  }
}

/** @param {string | null} text */
function trouble(text) {
  const shown = byId("server-trouble");
  if (!text) {
    shown?.remove();
    return;
  }
  if (shown) shown.textContent = text;
  else document.body.prepend(el("p", { id: "server-trouble", role: "alert" }, text));
}

if (await look()) setInterval(look, 2000);

// Evidence that the page left out because there is much of it.

if (data.live) {
  const asked = new WeakSet();
  const fill = () => {
    for (const card of document.querySelectorAll(".card[data-utterance]"))
      if (!asked.has(card)) {
        asked.add(card);
        show(card);
      }
  };
  new MutationObserver(fill).observe(document.body, { childList: true, subtree: true });
  fill();
}

/** @param {Element} card */
async function show(card) {
  const id = card.getAttribute("data-utterance") ?? "";
  const answer = await fetch(`/evidence?utterance=${encodeURIComponent(id.includes(":") ? id : data.base + id)}`);
  if (!answer.ok) return;
  for (const one of await answer.json()) {
    if (one.start === null) continue; // a document as a whole has no words of its own to show
    const place = el(
      "small",
      {},
      `${one.start}–${one.end}`,
      one.status ? ` · ${one.status}` : "",
      one.sha256 ? ` · SHA-256 ${one.sha256}` : "",
    );
    card.append(el("blockquote", { class: "live-quote" }, one.quote ?? "", place));
  }
}

document.documentElement.dataset.live = "";
