import assert from "node:assert/strict";
import { test } from "node:test";
import * as geometry from "../../src/disputegraph/page/template/geometry.js";

const { along, arc, boxAround, cut, hull, inside, overlaps, pathOf, Room, shifted, within } = geometry;

/** A generator of the same numbers each time (mulberry32). */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

test("every point lies within the hull, whose corners are points", () => {
  const next = numbers(1);
  for (let round = 0; round < 50; round += 1) {
    const points = Array.from({ length: 3 + round }, () => [next() * 100, next() * 100]);
    const ring = hull(points);
    assert.ok(ring.every((corner) => points.includes(corner)));
    for (const [x, y] of points) {
      const sides = ring.map(([ax, ay], place) => {
        const [bx, by] = ring[(place + 1) % ring.length];
        return (bx - ax) * (y - ay) - (by - ay) * (x - ax);
      });
      assert.ok(
        sides.every((side) => side > -1e-9),
        "on the same side of every edge",
      );
    }
  }
});

test("room says the same as comparing with every box", () => {
  const next = numbers(2);
  const boxes = Array.from({ length: 200 }, (_, n) =>
    boxAround(next() * 900 - 450, next() * 900 - 450, 5 + next() * 200, 5 + next() * 60, `n${n % 50}`),
  );
  const room = new Room();
  for (const box of boxes) room.add(box);
  boxes[3].gone = true;
  for (let round = 0; round < 300; round += 1) {
    const box = boxAround(next() * 900 - 450, next() * 900 - 450, 20, 20);
    const owner = `n${round % 50}`;
    const wanted = !boxes.some((one) => one.owner !== owner && !one.gone && overlaps(box, one, 1));
    assert.equal(room.free(box, owner), wanted);
    const point = [box.x0, box.y0];
    const there = boxes.filter((one) => !one.gone && inside(one, point));
    assert.deepEqual(new Set(room.at(point).filter((one) => inside(one, point))), new Set(there));
  }
});

test("a part of a curve runs along the curve", () => {
  const [from, bend, to] = [
    [0, 0],
    [50, 80],
    [100, 0],
  ];
  const part = cut(from, bend, to, 0.2, 0.7);
  for (const t of [0, 0.25, 0.5, 1]) {
    const [x, y] = along(part.start, part.bend, part.end, t);
    const [wantedX, wantedY] = along(from, bend, to, 0.2 + t * 0.5);
    assert.ok(Math.hypot(x - wantedX, y - wantedY) < 1e-9);
  }
});

test("curves, arcs and boxes", () => {
  const curve = { start: [0, 0], bend: [5, 0], end: [10, 0], angle: 0 };
  assert.equal(pathOf(shifted(curve, 2)), "M0.0 2.0Q5.0 2.0 10.0 2.0");
  assert.match(arc(10, 1), /^M0 -10A10 10 0 1 1/);
  assert.equal(arc(10, 0.25), "M0 -10A10 10 0 0 1 10.00 -0.00");
  assert.ok(within(boxAround(0, 0, 2, 2), boxAround(0, 0, 4, 4)));
  assert.ok(!within(boxAround(2, 0, 2, 2), boxAround(0, 0, 4, 4)));
});
