/** Numbers for a reader: three digits that matter, and a minus that is one. */

/** "1.31", "−0.0633", "1,234", "1.2×10⁻⁷"; a dash for what is not there yet. */
export function shortNumber(value: number): string {
  if (Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value), sign = value < 0 ? "−" : "";
  if (size >= 1000 && size < 1e6) return sign + Math.round(size).toLocaleString("en");
  if (size === 0 || (size >= 0.001 && size < 1000)) return sign + size.toPrecision(3);
  const [digits, exponent] = size.toExponential(1).split("e");
  return `${sign}${digits}×10${raised(Number(exponent))}`;
}

function raised(exponent: number): string {
  return String(exponent).replace(/./g, (letter) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(letter)]);
}
