// Outlines: the mark of each kind, and the ends of lines. Shape tells the kind, line and end tell the tone; colour only helps.

/** Returns the outline of a mark around the origin. */
function outline(shape, r) {
  const ring = (points) => `M${points.map(([x, y]) => `${+(x * r).toFixed(2)} ${+(y * r).toFixed(2)}`).join("L")}Z`;
  switch (shape) {
    case "square": return ring([[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]]);
    case "triangle": return ring([[0, -1.1], [1.05, 0.8], [-1.05, 0.8]]);
    case "triangleDown": return ring([[0, 1.1], [1.05, -0.8], [-1.05, -0.8]]);
    case "hexagon": return ring([[-1.1, 0], [-0.55, -0.95], [0.55, -0.95], [1.1, 0], [0.55, 0.95], [-0.55, 0.95]]);
    case "diamond": return ring([[0, -1.15], [1.15, 0], [0, 1.15], [-1.15, 0]]);
    case "box": return ring([[-1.2, -0.7], [1.2, -0.7], [1.2, 0.7], [-1.2, 0.7]]);
    default: return `M${-r} 0A${r} ${r} 0 1 1 ${r} 0A${r} ${r} 0 1 1 ${-r} 0Z`;
  }
}

const shapeOf = (kind) => SHAPE_OF[kind] ?? "diamond";

/** Returns a small picture of a kind's mark, for legend and lists. */
function kindMark(kind, dashed) {
  return svg("svg", { class: "mark", viewBox: "-10 -10 20 20", width: 18, height: 18, "aria-hidden": "true", focusable: "false" },
    svg("path", { class: `shape kind-${cssName(kind)}${dashed ? " known-claim" : ""}`, d: outline(shapeOf(kind), 7) }));
}

/** Returns a small picture of a kind of line. */
function lineMark(kind) {
  return svg("svg", { class: "mark", viewBox: "0 0 34 12", width: 34, height: 12, "aria-hidden": "true", focusable: "false" },
    svg("g", { class: `edge line-${kind}` },
      kind === "mixed" ? [svg("path", { class: "line a", d: "M1 4H33" }), svg("path", { class: "line b", d: "M1 9H33" })]
        : svg("path", { class: "line", d: "M1 6H24" }),
      svg("path", { class: "end", d: lineEnd(kind, 25, 6, 0) })));
}

const cssName = (kind) => String(kind).replace(/[^A-Za-z0-9]/g, "");

const MIDDLE_SIGN = { contradicts: "≠", conflict: "✕", agree: "=", mixed: "≈" };

/** Returns the end of a line at a point, pointing along `angle`. */
function lineEnd(kind, x, y, angle) {
  const c = Math.cos(angle), s = Math.sin(angle);
  const at = (dx, dy) => `${(x + dx * c - dy * s).toFixed(1)} ${(y + dx * s + dy * c).toFixed(1)}`;
  switch (kind) {
    case "critical": case "affirms": return `M${at(8, 0)}L${at(-1, 4)}L${at(-1, -4)}Z`;
    case "supportive": return `M${at(8, 0)}L${at(0, 4)}M${at(8, 0)}L${at(0, -4)}M${at(8, 0)}L${at(-2, 0)}M${at(3, 4)}L${at(3, 4)}`;
    case "denies": return `M${at(6, 5)}L${at(6, -5)}M${at(2, 5)}L${at(2, -5)}M${at(-1, 0)}L${at(6, 0)}`;
    case "neutral": return `M${at(0, 0)}m-3 0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0Z`;
    case "relation": case "reports": case "introduces": case "supports": return `M${at(7, 0)}L${at(1, 3.5)}M${at(7, 0)}L${at(1, -3.5)}M${at(7, 0)}L${at(-1, 0)}`;
    default: return "";
  }
}
