// Drags the background for two seconds, one step a frame, and returns the frames a second that were drawn.
async () => {
  const picture = document.querySelector("#picture");
  const at = (x, y) => ({ bubbles: true, clientX: x, clientY: y, pointerId: 1, button: 0, isPrimary: true });
  picture.dispatchEvent(new PointerEvent("pointerdown", at(600, 400)));
  const start = performance.now();
  let frames = 0;
  await new Promise((done) => {
    const step = (now) => {
      frames += 1;
      picture.dispatchEvent(new PointerEvent("pointermove", at(600 + 120 * Math.sin(frames / 9), 400 + 90 * Math.cos(frames / 9))));
      if (now - start < 2000) requestAnimationFrame(step); else done();
    };
    requestAnimationFrame(step);
  });
  picture.dispatchEvent(new PointerEvent("pointerup", at(600, 400)));
  return frames / ((performance.now() - start) / 1000);
}
