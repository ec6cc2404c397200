/** Which page of docs/decisions says what was tried, for rows that stay below a floor; by the beginning of the row's name. */
export const decisions: Readonly<Record<string, string>> = {
  'GEMM f64': '0018-below-the-reach',
  'GEMM f32': '0018-below-the-reach',
  'add f64': '0018-below-the-reach',
  'tanh f32': '0018-below-the-reach',
};

export function decisionOf(row: string): string | undefined {
  const found = Object.keys(decisions).find((beginning) => row.startsWith(beginning));
  return found === undefined ? undefined : decisions[found];
}
