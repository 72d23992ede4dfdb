// The view of camps: counts of shared and disputed claims, hulls around coalitions, and how sure a membership is.

/** Counts the claims that still join or part a pair under the filters, and says which kind of pair that makes. */
function campCount(edge) {
  edge.live = { agree: [], conflict: [] };
  for (const kind of ["agree", "conflict"]) {
    for (const part of edge.rests?.[kind] ?? []) if (part[1].some(passes) && part[3].some(passes)) edge.live[kind].push(part);
  }
  const { agree, conflict } = edge.live;
  edge.now = agree.length && conflict.length ? "mixed" : agree.length ? "agree" : "conflict";
  return agree.length + conflict.length;
}

// Camps are computed over the whole period; filters change the lines, not the camps.
const campName = (camp) => t("camp", { name: String.fromCodePoint(65 + (camp % 26)) });

function drawHulls(nodes) {
  const camps = new Map();
  for (const node of nodes) if (node.camp !== undefined && node.camp !== null) push(camps, node.camp, node);
  return [...camps].sort((a, b) => a[0] - b[0]).flatMap(([camp, members]) => {
    const corners = members.flatMap((node) => {
      return [node.icon, node.slot.box].filter(Boolean).flatMap(({ x0, x1, y0, y1 }) => [[x0 - 9, y0 - 9], [x1 + 9, y0 - 9], [x1 + 9, y1 + 9], [x0 - 9, y1 + 9]]);
    });
    const ring = hull(corners);
    const top = Math.min(...ring.map(([, y]) => y));
    const highest = ring.filter(([, y]) => y < top + 3).map(([x]) => x);
    const topmost = [(Math.min(...highest) + Math.max(...highest)) / 2, top];
    return [svg("path", { class: `hull camp-${camp % 6}`, d: `M${ring.map((point) => point.map((v) => v.toFixed(1)).join(" ")).join("L")}Z` }),
      svg("text", { class: "hull-name", x: topmost[0].toFixed(1), y: (topmost[1] - 5).toFixed(1) }, campName(camp))];
  });
}

/** Returns the convex hull of points (Andrew's monotone chain). */
function hull(points) {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (list) => {
    const found = [];
    for (const p of list) {
      while (found.length > 1) {
        const [a, b] = found.slice(-2);
        if ((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]) > 0) break;
        found.pop();
      }
      found.push(p);
    }
    return found.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

/** Returns the arc around a mark that shows how often a voice stays in its camp: a full ring is always. */
function sureArc(node) {
  const r = node.r + 4, share = Math.max(0, Math.min(1, Number(node.sure)));
  if (share > 0.999) return `M0 ${-r}A${r} ${r} 0 1 1 -0.01 ${-r}`;
  const angle = share * 2 * Math.PI;
  return `M0 ${-r}A${r} ${r} 0 ${share > 0.5 ? 1 : 0} 1 ${(Math.sin(angle) * r).toFixed(2)} ${(-Math.cos(angle) * r).toFixed(2)}`;
}
