import { formatNumber } from '../../format-number.js';
import { escapeMarkup } from '../escape-markup.js';
import { drawable } from './drawable.js';
import { at, CHARACTER, type Frame, frame } from './frame.js';
import { linearScale, logarithmic, logScale, type Scale } from './scale.js';

/** One line of a chart; points that are not finite leave a gap. */
export interface LineSeries {
  readonly label: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** `accent`: the page's one colour; `ink`: the text's colour; `muted`: a paler text colour. */
  readonly tone: 'accent' | 'ink' | 'muted';
  /** Dashed; default false. */
  readonly dashed?: boolean;
}

/** Options of `lineChart`. */
export interface LineChartOptions {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly series: readonly LineSeries[];
  /** Where the lines are named: a legend above, at their ends, or nowhere. Default 'legend'. */
  readonly names?: 'legend' | 'ends' | 'none';
  /** Bounds of the y axis; default: those of the data. */
  readonly yBounds?: readonly [number, number];
  /** Default 'auto': logarithmic where all values are positive and span more than a factor of 30. */
  readonly yScale?: 'auto' | 'linear';
  /** In user units; default 460 × 300, and higher where names at the ends need it. */
  readonly width?: number;
  readonly height?: number;
}

/** Most points of a line that are drawn; longer ones are thinned evenly, their last point kept. */
const POINTS = 600;
const NAME_HEIGHT = 15;
const ROW = 18;

/** Lines over a common axis as an SVG element, readable on light and dark; the accent is the CSS variable `--accent`. */
export function lineChart(options: LineChartOptions): string {
  const { names = 'legend', width = 460, yScale = 'auto' } = options;
  const finite = options.series.map((line) => line.points.filter(drawable));
  const xs = extent(finite.flatMap((points) => points.map((point) => point[0])));
  const ys = options.yBounds ?? extent(finite.flatMap((points) => points.map((point) => point[1])));
  const y = yScale === 'auto' && logarithmic(...ys) && ys[1] > 30 * ys[0] ? logScale(...ys) : linearScale(...ys);
  const longest = Math.max(0, ...options.series.map((line) => line.label.length));
  const legend = names === 'legend' ? legendRows(options.series, width) : [];
  const room = names === 'ends' ? options.series.length * NAME_HEIGHT + 80 : 0;
  const box = frame({
    ...options,
    width,
    height: Math.max(options.height ?? 300, room) + legend.length * ROW,
    x: clip(linearScale(...xs, 4), ...xs),
    y,
    description: describe(options.series),
    right: names === 'ends' ? longest * CHARACTER + 30 : 14,
    above: legend.length * ROW,
  });
  const lines = options.series.map((line) => {
    const d = path(thin(line.points), box);
    const dash = line.dashed ? ' stroke-dasharray="5 4"' : '';
    return d === ''
      ? ''
      : `<path d="${d}" fill="none" ${stroke(line)} stroke-linejoin="round" stroke-linecap="round"${dash}/>`;
  });
  return box.wrap(lines.join('') + legend.join('') + (names === 'ends' ? endNames(options.series, box) : ''));
}

/** Smallest and largest value; [0, 1] where there is none. */
function extent(values: readonly number[]): [number, number] {
  let lo = Number.POSITIVE_INFINITY;
  let hi = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    lo = Math.min(lo, value);
    hi = Math.max(hi, value);
  }
  return lo <= hi ? [lo, hi] : [0, 1];
}

/** The axis cut to the data, so that lines run to the edge; left whole where that would leave fewer than two ticks. */
function clip(scale: Scale, lo: number, hi: number): Scale {
  const inside = scale.ticks.map((value) => value >= lo && value <= hi);
  if (inside.filter(Boolean).length < 2) return scale;
  return {
    ...scale,
    lo,
    hi,
    ticks: scale.ticks.filter((_, i) => inside[i]),
    labels: scale.labels.filter((_, i) => inside[i]),
  };
}

function thin(points: LineSeries['points']): LineSeries['points'] {
  if (points.length <= POINTS) return points;
  const stride = Math.ceil(points.length / POINTS);
  return points.filter((_, i) => i % stride === 0 || i === points.length - 1);
}

function path(points: LineSeries['points'], box: Frame): string {
  let d = '';
  let pen = false;
  for (const point of points) {
    const visible = drawable(point);
    if (visible) d += `${pen ? 'L' : 'M'}${at(box.x(point[0]))} ${at(box.y(point[1]))}`;
    // A lone point between gaps still shows: a segment of no length with round caps is a dot.
    if (visible && !pen) d += 'h0';
    pen = visible;
  }
  return d;
}

function stroke({ tone }: LineSeries): string {
  if (tone === 'accent') return 'style="stroke:var(--accent,#2f6fbd)" stroke-width="2.2"';
  return `stroke="currentColor" stroke-opacity="${tone === 'ink' ? 0.85 : 0.38}" stroke-width="1.6"`;
}

function legendRows(series: readonly LineSeries[], width: number): string[] {
  const rows: string[] = [];
  let x = 2;
  let y = 34;
  let row = '';
  for (const line of series) {
    const advance = 30 + line.label.length * CHARACTER + 14;
    if (row !== '' && x + advance > width) {
      rows.push(row);
      row = '';
      x = 2;
      y += ROW;
    }
    const dash = line.dashed ? ' stroke-dasharray="5 4"' : '';
    row += `<path d="M${at(x)} ${at(y - 4)}h22" ${stroke(line)}${dash}/><text x="${at(x + 28)}" y="${at(y)}">${escapeMarkup(line.label)}</text>`;
    x += advance;
  }
  return row === '' ? rows : [...rows, row];
}

/** Names beside the ends of the lines, moved apart where ends are close, with a thin leader to the end. */
function endNames(series: readonly LineSeries[], box: Frame): string {
  const ends = series.flatMap((line) => {
    const last = line.points.filter(drawable).at(-1);
    return last === undefined ? [] : [{ line, x: box.x(last[0]), y: box.y(last[1]), label: 0 }];
  });
  ends.sort((a, b) => a.y - b.y);
  let floor = Number.NEGATIVE_INFINITY;
  for (const end of ends) {
    end.label = Math.max(end.y, floor);
    floor = end.label + NAME_HEIGHT;
  }
  let ceiling = box.bottom;
  for (const end of [...ends].reverse()) {
    end.label = Math.min(end.label, ceiling);
    ceiling = end.label - NAME_HEIGHT;
  }
  return ends
    .map(({ line, x, y, label }) => {
      const leader = `<path d="M${at(x + 3)} ${at(y)}L${at(box.right + 16)} ${at(label)}" fill="none" stroke="currentColor" stroke-opacity="0.3"/>`;
      const paint =
        line.tone === 'accent'
          ? 'style="fill:var(--accent,#2f6fbd)"'
          : `fill-opacity="${line.tone === 'ink' ? 1 : 0.7}"`;
      return `${leader}<text x="${at(box.right + 20)}" y="${at(label)}" dy="0.35em" ${paint}>${escapeMarkup(line.label)}</text>`;
    })
    .join('');
}

function describe(series: readonly LineSeries[]): string {
  return series
    .map(({ label, points }) => {
      const ends = points.filter(drawable);
      const [first, last] = [ends[0], ends.at(-1)];
      return first === undefined || last === undefined
        ? `${label}: no values.`
        : `${label}: from ${formatNumber(first[1])} to ${formatNumber(last[1])}.`;
    })
    .join(' ');
}
