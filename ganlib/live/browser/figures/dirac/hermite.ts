/** Gauss–Hermite nodes for averages over a standard normal, as many as ganlib takes. */

const NUM_NODES = 24;
let kept: [node: number, weight: number][] = [];

/** Hermite polynomials Heₙ and Heₙ₋₁ at x, divided by √n! so that they stay small. */
function hermite(x: number): [number, number] {
  let before = 0, now = 1;
  for (let n = 0; n < NUM_NODES; n++) {
    [before, now] = [now, (x * now - Math.sqrt(n) * before) / Math.sqrt(n + 1)];
  }
  return [now, before];
}

/** The roots of He₂₄, by halving intervals, each with its share of the mass. */
export function nodes(): readonly (readonly [node: number, weight: number])[] {
  if (kept.length === 0) {
    const reach = 2 * Math.sqrt(NUM_NODES), cells = 40 * NUM_NODES;
    for (let k = 0; k < cells; k++) {
      let low = reach * (2 * k / cells - 1), high = reach * (2 * (k + 1) / cells - 1);
      const sign = Math.sign(hermite(low)[0]);
      if (sign === Math.sign(hermite(high)[0])) continue;
      for (let halving = 0; halving < 60; halving++) {
        const middle = (low + high) / 2;
        if (Math.sign(hermite(middle)[0]) === sign) low = middle;
        else high = middle;
      }
      kept.push([high, 1 / hermite(high)[1] ** 2]);
    }
    const total = kept.reduce((sum, [, weight]) => sum + weight, 0);
    kept = kept.map(([node, weight]) => [node, weight / total]);
  }
  return kept;
}
