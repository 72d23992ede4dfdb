// All keys, as the file of keys has them.

import { byId, el } from "./coding_elements.js";
import { t } from "./coding_wording.js";
import { showDialog } from "./dialogs.js";
import { state } from "./project_state.js";

export function showHelp() {
  const rows = Object.entries(state.project.keys).map(([action, keys]) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, t(`key_${action}`)),
      el("td", {}, ...keys.split(/\s+/).flatMap((key) => [el("kbd", {}, key), " "])),
    ),
  );
  const own = ["digits", "typing", "kind", "chain"].map((name) => el("p", {}, t(`help_${name}`)));
  showDialog(
    byId("help"),
    t("help_title"),
    ...own,
    el("table", { class: "keys" }, el("tbody", {}, ...rows)),
    el("p", { class: "soft" }, t("help_file")),
  );
}
