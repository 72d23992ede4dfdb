// The buttons: saving, theme, filters of a phone, zoom.

import { DATA } from "./data.js";
import { byId, el, under } from "./dom.js";
import { stageBox, statusBox } from "./frame.js";
import { drawer, drawerOpen } from "./legend.js";
import { altText } from "./picture_caption.js";
import { saveCsv, savePlaces, savePng, saveSvg, saveTurtle } from "./saving.js";
import { fit, zoom } from "./stage.js";
import { fragment } from "./state.js";
import { t } from "./texts.js";
import { embedCode } from "./words.js";

/**
 * @param {string} name
 * @param {() => unknown} act
 * @param {string} [label]
 */
const button = (name, act, label) => {
  const sign = label && { "aria-label": t(name) };
  return el("button", { type: "button", data: { tool: name }, on: { click: act }, ...sign }, label ?? t(name));
};

export function makeTools() {
  byId("tools").append(
    button("filters_button", () => drawer(!drawerOpen())),
    savingMenu(),
    button("theme", turnTheme),
  );
  const scale = [button("zoom_in", () => zoom(1.3), "+"), button("zoom_out", () => zoom(1 / 1.3), "−")];
  stageBox.append(el("div", { class: "zoom", role: "group", "aria-label": t("zoom") }, scale, button("fit", fit)));
}

function savingMenu() {
  const summary = el("summary", { class: "button" }, t("save"));
  const menu = el(
    "details",
    { class: "menu" },
    summary,
    el(
      "div",
      {},
      button("save_png", savePng),
      button("save_svg", saveSvg),
      button("save_csv", saveCsv),
      DATA.download && button("save_turtle", saveTurtle),
      button("save_places", savePlaces),
      button("copy_link", copyLink),
      button("copy_embed", copyEmbed),
      button("copy_alt", () => copy(altText())),
      button("print", () => print()),
    ),
  );
  menu.addEventListener("click", (event) => {
    if (under(event, "button")) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    summary.focus();
    event.stopPropagation();
  });
  menu.addEventListener("focusout", (event) => {
    if (!(event.relatedTarget instanceof Node && menu.contains(event.relatedTarget))) menu.open = false;
  });
  return menu;
}

/**
 * Puts a text on the clipboard, or where that is not allowed shows it.
 * @param {string} text
 */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    statusBox.textContent = t("copied");
  } catch {
    statusBox.textContent = text;
  }
}

const copyLink = () => copy(location.href.split("#")[0] + fragment());

const copyEmbed = () => copy(embedCode(location.href, fragment(), altText()));

function turnTheme() {
  const { dataset } = document.documentElement;
  const dark = dataset.theme ? dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  dataset.theme = dark ? "light" : "dark";
}

addEventListener("pointerdown", (event) => {
  if (drawerOpen() && !under(event, "#filters, [data-tool=filters_button]")) drawer(false);
});
