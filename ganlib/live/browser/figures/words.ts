/** Numbers as the figures write them: a real minus sign, and no more digits than meant. */

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** So many digits after the point; what rounds to zero has no sign. */
export function fixed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/**
 * Three digits after the point, or a power of ten where those would all be zero: a plain 0
 * is exactly 0.
 */
export function small(value: number): string {
  if (value === 0) return "0";
  if (Math.abs(value) >= 0.0005) return fixed(value, 3);
  const [digits, power] = Math.abs(value).toExponential(1).split("e-");
  const raised = [...power].map((digit) => RAISED[Number(digit)]).join("");
  return `${value < 0 ? "−" : ""}${digits} × 10⁻${raised}`;
}

/** A factor of 1 or more: 1.5, 54.6, 2,981. */
export function factor(value: number): string {
  return value < 100 ? fixed(value, 1) : Math.round(value).toLocaleString("en");
}

/** A chance in per cent, with enough digits that it is neither 0 nor 100. */
export function percent(chance: number): string {
  const distance = Math.min(chance, 1 - chance);
  return `${fixed(100 * chance, distance < 0.0005 ? 3 : distance < 0.005 ? 2 : 1)} %`;
}

/** A slope by its two sides: one number, or what it jumps from and to. */
export function slope(sides: { left: number; right: number }): string {
  if (Math.abs(sides.left - sides.right) < 1e-12) return small(sides.right);
  return `jumps from ${small(sides.left)} to ${small(sides.right)}`;
}
