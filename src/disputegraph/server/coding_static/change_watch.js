// Notices what another tab, program or person changed.

import { announce, trouble } from "./announcing.js";
import { t } from "./coding_wording.js";
import { loadDrafts } from "./draft_state.js";
import { ask, Refusal, unsaved } from "./project_client.js";
import { loadCatalogue, refreshText, state } from "./project_state.js";

const PAUSE = 2000;
const SHORT = 100;

export async function watchChanges() {
  let gone = false;
  for (;;) {
    try {
      const answer = await ask("changes", { since: String(state.revision) });
      if (gone) trouble(null);
      gone = false;
      // A change of our own that is on its way names the new revision itself.
      if (answer.trouble) trouble(t("project_trouble", { message: answer.trouble }));
      if (String(answer.revision) !== String(state.revision) && !unsaved()) {
        await Promise.all([refreshText(), loadCatalogue(), loadDrafts()]);
        state.revision = answer.revision;
        announce(t("changed_elsewhere"));
      }
      if (answer.trouble || unsaved()) await pause(answer.trouble ? PAUSE : SHORT);
    } catch (error) {
      if (error instanceof Refusal && error.status === 401) {
        trouble(t("token_old"));
        return;
      }
      if (!gone) trouble(t("server_gone"));
      gone = true;
      await pause(PAUSE);
    }
  }
}

/** @param {number} milliseconds */
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
