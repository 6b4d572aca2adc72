/** What the colours and shapes of a picture of the plane mean. */

export const LEGEND = `
  <ul class="legend" aria-label="Legend">
    <li><svg viewBox="-5 -5 10 10" aria-hidden="true"><circle r="4" fill="var(--real)"/></svg>
      data</li>
    <li><svg viewBox="-5 -5 10 10" aria-hidden="true"><path d="M0-4.5 4 3H-4z"
      fill="var(--fake)"/></svg> forgeries</li>
    <li class="wash-key"><span data-low>D says: forged</span><i></i><span
      data-high>real</span></li>
  </ul>`;

/**
 * Say what the wash means: a probability or, where only differences of D's scores mean
 * anything, a score whose zero lies half-way between those of the data and of the fakes.
 */
export function nameWash(root: ParentNode, scores: boolean): void {
  const [low, high] = scores ? ["D’s score: lower", "higher"] : ["D says: forged", "real"];
  for (const [end, text] of [["low", low], ["high", high]]) {
    const place = root.querySelector(`[data-${end}]`);
    if (place) place.textContent = text;
  }
}
