/** Grey images on a canvas, pixel for pixel. */

const GAP = 2; // pixels between neighbours, as in ganlib.notebook.image_grid

/** A byte of grey for a number in [−1, 1], as `ganlib.data.to_uint8` does it. */
export function toByte(value: number): number {
  return Math.max(0, Math.min(255, Math.round(127.5 * (value + 1))));
}

/** Width and height in pixels of `count` images in rows of `columns`. */
export function sheetSize(count: number, columns: number, side: number): [number, number] {
  const across = Math.min(count, columns), down = Math.ceil(count / columns);
  return [across * (side + GAP) - GAP, down * (side + GAP) - GAP];
}

/** Paint the images `from` … `from + count − 1` in rows; what is between stays clear. */
export function paint(
  canvas: HTMLCanvasElement, images: Float32Array, side: number,
  { columns = 1, from = 0, count = 1 }: { columns?: number; from?: number; count?: number },
): void {
  [canvas.width, canvas.height] = sheetSize(count, columns, side);
  const context = canvas.getContext("2d")!, picture = new ImageData(side, side);
  for (let k = 0; k < count; k++) {
    const start = (from + k) * side * side;
    for (let p = 0; p < side * side; p++) {
      picture.data.fill(toByte(images[start + p]), 4 * p, 4 * p + 3);
      picture.data[4 * p + 3] = 255;
    }
    const across = k % columns, down = Math.floor(k / columns);
    context.putImageData(picture, across * (side + GAP), down * (side + GAP));
  }
}
