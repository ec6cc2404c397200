/** Which page of docs/decisions says what was tried, for rows that stay below a floor; by the beginning of the row's name. */
export const decisions: Readonly<Record<string, string>> = {};

export function decisionOf(row: string): string | undefined {
  const found = Object.keys(decisions).find((beginning) => row.startsWith(beginning));
  return found === undefined ? undefined : decisions[found];
}
