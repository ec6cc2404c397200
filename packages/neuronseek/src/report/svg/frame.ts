import { escapeMarkup } from '../escape-markup.js';
import type { Scale } from './scale.js';

/** What surrounds the marks of a chart. */
export interface FrameOptions {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly description: string;
  readonly x: Scale;
  readonly y: Scale;
  readonly xLabel: string;
  readonly yLabel: string;
  /** Room on the right for labels, in user units; default 14. */
  readonly right?: number;
  /** Room above the plot for a legend; default 0. */
  readonly above?: number;
  /** Vertical grid lines too; default false. */
  readonly verticals?: boolean;
}

/** Axes drawn, and where data go. */
export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  x(value: number): number;
  y(value: number): number;
  /** The whole SVG element around `marks`. */
  wrap(marks: string): string;
}

/** Average advance of a character of the labels' 12-unit system font; generous, because fonts differ. */
export const CHARACTER: number = 6.6;

/** Coordinate with one decimal: a tenth of a pixel. */
export function at(value: number): string {
  return String(Math.round(value * 10) / 10 + 0);
}

/** Axes, grid and labels of a chart; text and lines take the colour of the page (currentColor), so they suit light and dark. */
export function frame(options: FrameOptions): Frame {
  const { width, height, x, y } = options;
  const longest = Math.max(...y.labels.map((text) => text.length));
  const left = 10 + longest * CHARACTER;
  const last = (x.labels.at(-1)?.length ?? 0) * CHARACTER;
  const right = width - Math.max(options.right ?? 14, last / 2 + 2);
  const top = 30 + (options.above ?? 0);
  const bottom = height - 44;
  const toX = project(x, left, right);
  const toY = project(y, bottom, top);
  const parts: string[] = [];
  y.ticks.forEach((value, i) => {
    const v = at(toY(value));
    parts.push(
      `<line x1="${at(left)}" x2="${at(right)}" y1="${v}" y2="${v}" stroke="currentColor" stroke-opacity="0.14"/>`,
    );
    parts.push(
      `<text x="${at(left - 7)}" y="${v}" dy="0.35em" text-anchor="end" fill-opacity="0.7">${escapeMarkup(y.labels[i] ?? '')}</text>`,
    );
  });
  x.ticks.forEach((value, i) => {
    const h = at(toX(value));
    const from = options.verticals ? top : bottom;
    parts.push(
      `<line x1="${h}" x2="${h}" y1="${at(from)}" y2="${at(bottom + 4)}" stroke="currentColor" stroke-opacity="${options.verticals ? 0.14 : 0.4}"/>`,
    );
    parts.push(
      `<text x="${h}" y="${at(bottom + 18)}" text-anchor="middle" fill-opacity="0.7">${escapeMarkup(x.labels[i] ?? '')}</text>`,
    );
  });
  parts.push(
    `<line x1="${at(left)}" x2="${at(right)}" y1="${at(bottom)}" y2="${at(bottom)}" stroke="currentColor" stroke-opacity="0.4"/>`,
  );
  parts.push(
    `<text x="${at((left + right) / 2)}" y="${at(height - 7)}" text-anchor="middle">${escapeMarkup(options.xLabel)}</text>`,
  );
  parts.push(`<text x="2" y="14">${escapeMarkup(options.yLabel)}</text>`);
  return {
    left,
    right,
    top,
    bottom,
    x: toX,
    y: toY,
    wrap: (marks) => svgElement(width, height, options.title, options.description, parts.join('') + marks),
  };
}

/** The SVG element: an image with a name and a description for those who cannot see it. */
export function svgElement(width: number, height: number, title: string, description: string, content: string): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 ${at(width)} ${at(height)}" font-family="system-ui, sans-serif" font-size="12" fill="currentColor">` +
    `<title>${escapeMarkup(title)}</title><desc>${escapeMarkup(description)}</desc>${content}</svg>`
  );
}

function project(scale: Scale, from: number, to: number): (value: number) => number {
  const warp = (value: number): number => (scale.kind === 'log' ? Math.log10(value) : value);
  const lo = warp(scale.lo);
  const span = warp(scale.hi) - lo;
  return (value) => from + ((warp(value) - lo) / span) * (to - from);
}
