import { formatNumber } from '../../format-number.js';
import { drawable } from './drawable.js';
import { at, frame } from './frame.js';
import { linearScale } from './scale.js';

/** Options of `scatterChart`. */
export interface ScatterChartOptions {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  /** Pairs that are not finite are left out. */
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Side in user units; default 460. */
  readonly size?: number;
}

/** Points over two axes with the same bounds, and the diagonal where both are equal, as an SVG element. */
export function scatterChart(options: ScatterChartOptions): string {
  const { size = 460 } = options;
  const points = options.points.filter(drawable);
  let lo = Number.POSITIVE_INFINITY;
  let hi = Number.NEGATIVE_INFINITY;
  for (const [x, y] of points) {
    lo = Math.min(lo, x, y);
    hi = Math.max(hi, x, y);
  }
  const scale = linearScale(...(lo <= hi ? ([lo, hi] as const) : ([0, 1] as const)));
  const box = frame({
    ...options,
    width: size,
    height: size,
    x: scale,
    y: scale,
    verticals: true,
    description: `${points.length} points between ${formatNumber(scale.lo)} and ${formatNumber(scale.hi)}, with the diagonal where both are equal.`,
  });
  const corner = (value: number): string => `${at(box.x(value))} ${at(box.y(value))}`;
  const diagonal = `<path d="M${corner(scale.lo)}L${corner(scale.hi)}" stroke="currentColor" stroke-opacity="0.5" stroke-dasharray="5 4"/>`;
  // One path of dots (segments of no length with round caps) is a tenth of the size of as many circles.
  const dots = points.map(([x, y]) => `M${at(box.x(x))} ${at(box.y(y))}h0`).join('');
  const thickness = points.length > 800 ? 3 : points.length > 200 ? 4 : 5.5;
  const marks = `<path d="${dots}" fill="none" style="stroke:var(--accent,#2f6fbd)" stroke-width="${thickness}" stroke-linecap="round" stroke-opacity="0.6"/>`;
  return box.wrap(diagonal + (dots === '' ? '' : marks));
}
