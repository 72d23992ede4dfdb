// Returns a picture (a data address) as 48 × 32 cells of darkness, 0 to 1, row by row, against its own paper colour.
async (address) => {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  const { data } = pen.getImageData(0, 0, image.width, image.height);
  const cells = Array.from({ length: 48 * 32 }, () => [0, 0]);
  for (let y = 0; y < image.height; y += 1) for (let x = 0; x < image.width; x += 1) {
    const at = (y * image.width + x) * 4;
    const cell = cells[Math.floor((y * 32) / image.height) * 48 + Math.floor((x * 48) / image.width)];
    cell[0] += (Math.abs(data[at] - data[0]) + Math.abs(data[at + 1] - data[1]) + Math.abs(data[at + 2] - data[2])) / 765;
    cell[1] += 1;
  }
  return cells.map(([sum, count]) => sum / count);
}
