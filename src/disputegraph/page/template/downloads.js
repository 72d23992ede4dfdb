// Saving: the picture as SVG and PNG, the data as CSV and Turtle, all made here without a server.

const DRAWN = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "opacity", "fill-opacity", "stroke-opacity",
  "font-family", "font-size", "font-weight", "font-style", "paint-order", "text-anchor"];

function save(name, parts, type) {
  const url = URL.createObjectURL(new Blob(parts, { type }));
  const anchor = el("a", { href: url, download: name, hidden: true });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

const fileName = (suffix) => `${folded(DATA.title).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60) || "dispute"}-${state.view}.${suffix}`;

/** Returns the present picture as a document of its own, every style written out. */
function standalone() {
  const time = state.view === "time";
  const original = time ? byId("timeline") : picture;
  const width = original.clientWidth || stageBox.clientWidth, height = (original.clientHeight || stageBox.clientHeight) + 30;
  const copy = original.cloneNode(true);
  const from = original.querySelectorAll("*"), to = copy.querySelectorAll("*");
  for (const [place, node] of from.entries()) {
    const style = getComputedStyle(node);
    if (style.display === "none" || node.classList.contains("hit")) { to[place].setAttribute("display", "none"); continue; }
    for (const name of DRAWN) to[place].setAttribute(name, style.getPropertyValue(name));
  }
  for (const node of copy.querySelectorAll("[display=none]")) node.remove();
  for (const node of [copy, ...copy.querySelectorAll("*")]) for (const name of ["class", "id", "tabindex", "role", "data-id", "data-edge", "aria-pressed", "hidden"]) node.removeAttribute(name);
  const style = getComputedStyle(document.body);
  copy.setAttribute("xmlns", SVG);
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  copy.setAttribute("viewBox", `0 0 ${width} ${height}`);
  const credit = `${DATA.title} — ${t("made_with")}`;
  copy.prepend(svg("title", {}, DATA.title), svg("rect", { width, height, fill: style.backgroundColor }));
  copy.append(svg("text", { x: 12, y: height - 10, fill: style.color, "font-family": "sans-serif", "font-size": "11" }, credit));
  return { text: new XMLSerializer().serializeToString(copy), width, height };
}

const saveSvg = () => save(fileName("svg"), [standalone().text], "image/svg+xml");

async function savePng() {
  const { text, width, height } = standalone();
  const url = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  const image = new Image();
  image.src = url;
  await image.decode();
  const scale = 2;
  const canvas = Object.assign(document.createElement("canvas"), { width: width * scale, height: height * scale });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(url);
  canvas.toBlob((blob) => save(fileName("png"), [blob], "image/png"), "image/png");
}

/** Returns a cell of RFC 4180; a cell that a spreadsheet would compute is made text. */
function csvCell(value) {
  let text = String(plain(value) ?? "");
  if (/^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text))) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function saveCsv() {
  const kind = state.view === "table" && TABLES[state.rows] && (UTTERANCES.length || state.rows !== "utterances") ? state.rows : UTTERANCES.length ? "utterances" : "things";
  const lines = [Object.keys(TABLES[kind].columns).map((name) => csvCell(column(name))), ...tableRows(kind).map((row) => row.map(csvCell))];
  save(fileName("csv").replace(`-${state.view}.`, `-${kind}.`), ["\ufeff", lines.map((line) => line.join(",")).join("\r\n"), "\r\n"], "text/csv;charset=utf-8");
}

/** Unpacks the Turtle that the page carries (gzip in base64) and saves it. */
async function saveTurtle() {
  const bytes = Uint8Array.from(atob(DATA.download.packed), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  save(fileName(DATA.download.suffix).replace(`-${state.view}.`, "."), [await new Response(stream).arrayBuffer()], "text/plain;charset=utf-8");
}

function makeTools() {
  const button = (name, act, label) => el("button", { type: "button", data: { tool: name }, on: { click: act } }, label ?? t(name));
  const saving = el("details", { class: "menu" }, el("summary", { class: "button" }, t("save")), el("div", {}, button("save_png", savePng), button("save_svg", saveSvg), button("save_csv", saveCsv),
    DATA.download && button("save_turtle", saveTurtle), button("copy_link", copyLink), button("print", () => print())));
  saving.addEventListener("click", (event) => { if (event.target.closest("button")) saving.open = false; });
  saving.addEventListener("keydown", (event) => { if (event.key === "Escape" && saving.open) { saving.open = false; saving.querySelector("summary").focus(); event.stopPropagation(); } });
  saving.addEventListener("focusout", (event) => { if (!saving.contains(event.relatedTarget)) saving.open = false; });
  byId("tools").append(button("filters_button", () => drawer(!document.body.classList.contains("filters-open"))), saving, button("theme", turnTheme));
  stageBox.append(el("div", { class: "zoom", role: "group", "aria-label": t("zoom") }, button("zoom_in", () => zoom(1.3), "+"), button("zoom_out", () => zoom(1 / 1.3), "−"), button("fit", fit)));
  for (const name of ["zoom_in", "zoom_out"]) stageBox.querySelector(`[data-tool=${name}]`).setAttribute("aria-label", t(name));
}

/** On a phone, opens or closes the filters over the stage. */
function drawer(open) {
  document.body.classList.toggle("filters-open", open);
  if (open) filtersBox.querySelector("button, input")?.focus();
  else byId("tools").querySelector("[data-tool=filters_button]").focus();
}
addEventListener("pointerdown", (event) => {
  if (document.body.classList.contains("filters-open") && !event.target.closest("#filters, [data-tool=filters_button]")) drawer(false);
});

async function copyLink() {
  const address = location.href.split("#")[0] + fragment();
  try { await navigator.clipboard.writeText(address); byId("status").textContent = t("copied"); } catch { byId("status").textContent = address; }
}

function turnTheme() {
  const dark = document.documentElement.dataset.theme ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "light" : "dark";
}
