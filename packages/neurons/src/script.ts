const raised: readonly string[] = [...'⁰¹²³⁴⁵⁶⁷⁸⁹'];
const lowered: readonly string[] = [...'₀₁₂₃₄₅₆₇₈₉'];

/** An integer in superscript digits: ⁻¹². */
export function superscript(n: number): string {
  return (n < 0 ? '⁻' : '') + digits(n, raised);
}

/** An integer ≥ 0 in subscript digits: ₁₂. */
export function subscript(n: number): string {
  return digits(n, lowered);
}

function digits(n: number, alphabet: readonly string[]): string {
  return Array.from(String(Math.abs(n)), (digit) => alphabet[Number(digit)]).join('');
}
