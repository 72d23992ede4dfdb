async () => {
  let count = 0;
  const click = (one) => {
    const box = one.getBoundingClientRect();
    const at = { bubbles: true, clientX: box.x, clientY: box.y, pointerId: 1, button: 0 };
    one.dispatchEvent(new PointerEvent("pointerdown", at));
    one.dispatchEvent(new PointerEvent("pointerup", at));
    one.dispatchEvent(new MouseEvent("click", at));
    count += 1;
  };
  const names = [...document.querySelectorAll("#stage [data-id], #stage [data-edge]")]
    .map((one) => (one.dataset.id ? ["id", one.dataset.id] : ["edge", one.dataset.edge]));
  for (const [kind, name] of names) {
    const one = document.querySelector(`#stage [data-${kind}="${CSS.escape(name)}"]`);
    if (one) click(one);
    for (const group of document.querySelectorAll("#panel details")) group.open = true;
  }
  for (const one of [...document.querySelectorAll("#panel .ref, #table .ref")].slice(0, 200)) click(one);
  return count;
}
