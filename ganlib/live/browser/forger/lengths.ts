/** The length of z along the two paths, as a plot. */

export interface Lengths {
  /** Lengths at evenly spaced places from 0 to 1, on the great circle. */
  circle: readonly number[];
  /** The same on the chord. */
  chord: readonly number[];
  /** Where the reader is, from 0 to 1. */
  t: number;
  /** √d, near which draws lie. */
  usual: number;
}

const WIDTH = 240, HEIGHT = 150, LEFT = 30, RIGHT = 8, TOP = 22, BOTTOM = 30;
const TALLEST = 1.3; // top of the axis, in units of `usual`

/** The plot as SVG; colours are the figure's variables. */
export function drawLengths({ circle, chord, t, usual }: Lengths): string {
  const x = (place: number): number => LEFT + place * (WIDTH - LEFT - RIGHT);
  const y = (length: number): number =>
    HEIGHT - BOTTOM - length / (TALLEST * usual) * (HEIGHT - TOP - BOTTOM);
  const curve = (lengths: readonly number[]): string => "M" + lengths.map((length, k) =>
    `${x(k / (lengths.length - 1)).toFixed(1)} ${y(length).toFixed(1)}`).join("L");
  const here = x(t).toFixed(1), floor = HEIGHT - BOTTOM, level = y(usual).toFixed(1);
  const words = "Length of z against the place between A and B: solid the great circle, " +
    `dashed the chord, dotted ${usual.toFixed(0)}, near which draws lie.`;
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${words}">
    <text x="${LEFT}" y="12">‖z‖: — circle, - - chord</text>
    <path class="axis" d="M${LEFT} ${TOP}V${floor}H${WIDTH - RIGHT}"/>
    <path class="usual" d="M${LEFT} ${level}H${WIDTH - RIGHT}"/>
    <text x="${LEFT - 5}" y="${Number(level) + 4}" text-anchor="end">${usual.toFixed(0)}</text>
    <text x="${LEFT - 5}" y="${floor + 2}" text-anchor="end">0</text>
    <text x="${LEFT}" y="${HEIGHT - 12}">A</text>
    <text x="${WIDTH - RIGHT}" y="${HEIGHT - 12}" text-anchor="end">B</text>
    <path class="here" d="M${here} ${TOP}V${floor}"/>
    <path class="circle" d="${curve(circle)}"/>
    <path class="chord" d="${curve(chord)}"/></svg>`;
}
