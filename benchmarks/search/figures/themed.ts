/** Colours of text and accent by day and by night, since an image does not inherit those of the page around it; and points large enough to be seen. */
const style =
  '<style>svg{color:#1b1d21;--accent:#1f5fae}@media (prefers-color-scheme:dark){svg{color:#e4e6ea;--accent:#7db0f2}}path[d*="h0M"]{stroke-width:3.4px}</style>';

/** The chart with colours of its own, so that it stands alone as a file. */
export function themed(svg: string): string {
  // Below the title, which readers for the blind expect first.
  const end = svg.indexOf('</desc>') + '</desc>'.length;
  return `${svg.slice(0, end)}${style}${svg.slice(end)}\n`;
}

/** Points that are not joined: gaps between them. */
export function dots(points: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  return points.flatMap((point) => [point, [Number.NaN, Number.NaN] as const]);
}
