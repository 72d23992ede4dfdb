() => {
  const words = [...document.querySelectorAll(".node:not(.off) .words:not(.off)")];
  const boxes = words.map((one) => one.getBoundingClientRect());
  const stage = document.querySelector("#stage").getBoundingClientRect();
  const over = [];
  for (const [i, a] of boxes.entries()) for (const [j, b] of boxes.entries())
    if (i < j && a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
      over.push([words[i].textContent, words[j].textContent]);
  const out = boxes.flatMap((a, i) => (a.left < stage.left - 1 || a.right > stage.right + 1 || a.top < stage.top - 1 || a.bottom > stage.bottom + 1 ? [words[i].textContent] : []));
  return { sizes: Math.min(...words.map((one) => parseFloat(getComputedStyle(one).fontSize))), over, out,
    shown: words.length, all: document.querySelectorAll(".node:not(.off)").length };
}
