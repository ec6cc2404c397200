/** A small horizontal bar for a share in [0, 1], as markup; the number beside it carries the value, so it is hidden from readers. */
export function bar(share: number): string {
  const percent = Math.round(100 * Math.min(1, Math.max(0, Number.isFinite(share) ? share : 0)));
  return `<span class="bar" aria-hidden="true"><i style="width:${percent}%"></i></span>`;
}
