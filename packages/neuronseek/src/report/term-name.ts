/** A term as the page calls it. */
export function termName({ stream, order }: { readonly stream: string; readonly order: number }): string {
  return `${stream}, order ${order}`;
}
