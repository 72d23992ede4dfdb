// A field that chooses: typing narrows a list, digits choose from it, what was chosen stands before it as a chip.

import { announce } from "./announcing.js";
import { button, el, freshId } from "./coding_elements.js";
import { counted, t } from "./coding_wording.js";

/**
 * @typedef {object} ChooserSettings
 * @property {string} label
 * @property {string} [help]
 * @property {boolean} many
 * @property {(typed: string) => Option[]} find
 * @property {() => Promise<Option[]>} suggest what is offered before anything is typed
 * @property {(value: string) => string} name
 * @property {(option: Option, typed: string) => string | null} [make] makes what is not known; null where it cannot
 * @property {(way: 1 | -1) => void} [cycle] changes the kind of what would be made
 * @property {(values: string[]) => void} changed
 * @property {() => void} [next] goes on after a choice
 * @property {boolean} [eager] whether Enter in the empty field takes the first suggestion
 */

export class Chooser {
  /** @param {ChooserSettings} settings */
  constructor(settings) {
    this.settings = settings;
    /** @type {string[]} */
    this.values = [];
    /** @type {Option[]} */
    this.rows = [];
    this.active = -1;
    this.asked = 0;
    /** @type {Promise<unknown>} */
    this.pending = Promise.resolve();
    const [inputId, listId, helpId] = [freshId(), freshId(), freshId()];
    this.list = el("ul", { role: "listbox", id: listId, "aria-label": settings.label, hidden: true });
    this.chips = el("span", { class: "chips" });
    this.input = el("input", {
      id: inputId,
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": listId,
      "aria-describedby": settings.help ? helpId : undefined,
      input: () => this.#offer(),
      focus: () => this.#offer(),
      blur: () => this.#close(),
      keydown: (/** @type {KeyboardEvent} */ event) => this.#key(event),
    });
    // The list must not take the focus from the input.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.element = el(
      "div",
      { class: "field chooser" },
      el("label", { for: inputId, title: settings.help }, settings.label),
      el("div", { class: "box" }, this.chips, this.input, this.list),
      settings.help ? el("span", { id: helpId, class: "unseen" }, settings.help) : null,
    );
  }

  /** @param {string[]} values */
  set(values) {
    this.values = [...values];
    this.chips.replaceChildren(
      ...this.values.map((value) => {
        const name = this.settings.name(value);
        const away = () => {
          this.#choose(this.values.filter((one) => one !== value));
          this.input.focus();
        };
        const label = t("take_away", { name });
        return el("span", { class: "chip" }, name, button("×", away, { "aria-label": label, title: label }));
      }),
    );
    const names = this.values.map((value) => this.settings.name(value)).join(", ");
    this.input.setAttribute("aria-label", names ? `${this.settings.label}: ${names}` : this.settings.label);
  }

  /** What was typed and not chosen. */
  get unfinished() {
    return this.input.value.trim();
  }

  focus() {
    this.input.focus();
  }

  async settled() {
    await this.pending;
  }

  /** Offers anew what may be chosen, where the field has the focus. */
  renew() {
    if (document.activeElement === this.input) this.#offer();
  }

  #offer() {
    const typed = this.input.value;
    this.asked += 1;
    const { asked } = this;
    if (typed.trim()) this.#show(this.settings.find(typed), 0);
    else {
      this.#show([], -1);
      // What was asked before must not come after what is asked now.
      this.suggestions = this.settings.suggest();
      this.suggestions.then(
        (rows) => asked === this.asked && this.#show(rows, this.settings.eager && !this.values.length ? 0 : -1, true),
        () => {},
      );
    }
  }

  /**
   * @param {Option[]} rows
   * @param {number} active
   * @param {boolean} numbered
   */
  #show(rows, active, numbered = false) {
    this.rows = rows;
    const focused = document.activeElement === this.input;
    const open = rows.length > 0 && focused;
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    this.list.replaceChildren(
      ...rows.map((row, place) =>
        el(
          "li",
          { role: "option", id: `${this.list.id}-${place}`, click: () => this.#take(place) },
          numbered && place < 9 ? el("kbd", {}, place + 1) : null,
          el("span", {}, row.label),
          row.help ? el("small", {}, row.help) : null,
        ),
      ),
    );
    this.#activate(open ? active : -1);
    const around = this.element.closest("#right");
    const below = this.list.getBoundingClientRect().bottom - (around?.getBoundingClientRect().bottom ?? 0);
    if (open && around && below > 0) around.scrollTop += below + 6;
    if (open && this.input.value) announce(counted("rows", rows.length));
  }

  #close() {
    this.asked += 1;
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.#activate(-1);
  }

  /** @param {number} place */
  #activate(place) {
    this.active = place;
    for (const [at, row] of [...this.list.children].entries()) row.setAttribute("aria-selected", String(at === place));
    const row = this.list.children[place];
    if (row) {
      this.input.setAttribute("aria-activedescendant", row.id);
      // Not scrollIntoView, which would move the page as well.
      const { offsetTop, offsetHeight } = /** @type {HTMLElement} */ (row);
      const { scrollTop, clientHeight } = this.list;
      this.list.scrollTop = Math.min(offsetTop, Math.max(scrollTop, offsetTop + offsetHeight - clientHeight));
    } else this.input.removeAttribute("aria-activedescendant");
  }

  /** @param {number} place */
  #take(place) {
    const row = this.rows[place];
    if (!row) return;
    const value = row.fresh ? (this.settings.make?.(row, this.input.value.trim()) ?? null) : row.value;
    if (value === null) return;
    this.input.value = "";
    this.#choose(this.settings.many ? [...this.values.filter((one) => one !== value), value] : [value]);
    if (this.settings.many || !this.settings.next) this.#offer();
    else this.settings.next();
  }

  /** @param {string[]} values */
  #choose(values) {
    this.set(values);
    this.settings.changed(values);
  }

  /**
   * Whether there is, or may soon be, a row of that number; else the digit is a word like others.
   * @param {number} number
   */
  #offers(number) {
    return this.rows.length >= number || (!this.rows.length && Boolean(this.settings.eager));
  }

  /**
   * Chooses the row of a digit; fast fingers need not wait for the list.
   * @param {number} place
   */
  #digit(place) {
    if (this.rows.length || !this.suggestions) {
      this.#take(place);
      return;
    }
    const { suggestions } = this;
    if (!this.settings.many) this.settings.next?.();
    this.pending = suggestions.then((rows) => {
      if (rows[place]) this.#choose(this.settings.many ? [...this.values, rows[place].value] : [rows[place].value]);
      else announce(t("no_such_row", { number: place + 1 }));
    });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const typed = this.input.value;
    const { key } = event;
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    const digit = /^Digit([1-9])$/.exec(event.code)?.[1] ?? (/^[1-9]$/.test(key) ? key : undefined);
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    if (step && !modified) {
      if (this.list.hidden) this.#offer();
      const count = this.rows.length;
      if (count) this.#activate((Math.max(this.active, step > 0 ? -1 : 0) + step + count) % count);
    } else if (key === "Enter" && !modified && !event.shiftKey && this.active >= 0) this.#take(this.active);
    else if (key === "Enter" && !modified && !event.shiftKey && this.settings.eager && !typed && !this.values.length)
      this.#digit(0);
    else if (digit && this.#offers(Number(digit)) && (event.altKey || (!typed && !modified && !event.shiftKey)))
      this.#digit(Number(digit) - 1);
    else if (key === "Backspace" && !typed && this.values.length) this.#choose(this.values.slice(0, -1));
    else if (key === "Escape" && typed) {
      this.input.value = "";
      this.#offer();
    } else if (
      event.altKey &&
      this.settings.cycle &&
      (key === "ArrowRight" || key === "ArrowLeft" || event.code === "KeyK")
    ) {
      this.settings.cycle(key === "ArrowLeft" ? -1 : 1);
      const { active } = this;
      this.#show(this.settings.find(typed), active);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
