() => {
  // Distance of a point from the edge of a box: negative within.
  const off = [];
  let ends = 0;
  const boxes = new Map([...document.querySelectorAll("#picture .node.is-claim:not(.off)")].map((node) => [
    node.dataset.id, node.querySelector(".shape").getBoundingClientRect()]));
  for (const edge of document.querySelectorAll("#picture .edge:not(.line-mixed)")) {
    const [from, rest] = edge.dataset.edge.split(" > ");
    const to = rest.split(" : ")[0];
    const line = edge.querySelector(".line");
    const at = (length) => line.getPointAtLength(length).matrixTransform(line.getScreenCTM());
    const whole = line.getTotalLength();
    const both = edge.classList.contains("line-contradicts");
    for (const [id, point, reach] of [[from, at(0), 2.5], [to, at(whole), both ? 2.5 : 11]]) {
      const box = boxes.get(id);
      if (!box) continue;
      ends += 1;
      const gap = Math.max(box.left - point.x, point.x - box.right, box.top - point.y, point.y - box.bottom);
      if (gap < -1 || gap > reach) off.push([edge.dataset.edge, id, Math.round(gap * 10) / 10]);
    }
  }
  return { ends, off };
}
