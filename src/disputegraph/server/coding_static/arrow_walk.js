// Arrow keys walk through the buttons of a list or table.

/**
 * @param {HTMLElement} box
 * @param {string} rows selects the rows; in each, left and right go from button to button
 * @param {HTMLElement} [above] has the focus before the first row
 */
export function walk(box, rows, above = undefined) {
  const step = (/** @type {KeyboardEvent} */ event) => {
    const down = { ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0;
    const right = { ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? 0;
    if ((!down && !right) || event.ctrlKey || event.altKey || event.shiftKey) return;
    const all = [...box.querySelectorAll(rows)];
    const row = all.findIndex((one) => one.contains(document.activeElement));
    const buttons = (/** @type {number} */ at) => [...(all[at]?.querySelectorAll("button") ?? [])];
    const column = buttons(row).indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    if (row >= 0 && column < 0) return;
    const next = down
      ? (buttons(row + down)[Math.max(0, column)] ?? (row + down < 0 ? above : undefined))
      : buttons(row)[column + right];
    if (!next) return;
    next.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  box.addEventListener("keydown", step);
  above?.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") step(event);
  });
}
