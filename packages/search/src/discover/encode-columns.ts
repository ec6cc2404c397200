import { moments } from './moments.js';
import type { ColumnSummary } from './report.js';
import type { Cell, Column } from './table.js';
import { yearOf } from './year-of.js';

/** How one input is scaled: limited to [low, high], then (value − mean)/deviation. All four were fitted on training rows. */
export interface FeatureScale {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly mean: number;
  readonly deviation: number;
}

/** One column as inputs. */
export interface EncodedColumn {
  readonly summary: ColumnSummary;
  /** For each input its scale, and its standardised value in every row of the table. */
  readonly inputs: readonly { readonly scale: FeatureScale; readonly values: Float64Array }[];
}

/** A text column with more different values than this is left out. */
const mostLevels = 12;
/** Where numbers are far out, those beyond these shares of the training rows are pulled in: one outlier to the fifth power would drown every other row. */
const tails: readonly [number, number] = [0.005, 0.995];
/** Interquartile ranges beyond a quartile from which on a number is far out. */
const farOut = 3;

/** Turns a feature column into standardised inputs; everything that is fitted is fitted on the rows `train`. */
export function encodeColumn(column: Column, train: readonly number[]): EncodedColumn {
  const missing = column.values.filter((v) => v === null).length;
  const numbers = column.values.every((v) => v === null || typeof v === 'number');
  if (numbers)
    return encodeNumbers(
      column.name,
      column.values.map((v) => (v === null ? Number.NaN : Number(v))),
      train,
      missing,
      'number',
      'standardised',
    );
  const dates = column.values.map((v) => (v === null ? Number.NaN : yearOf(String(v))));
  if (column.values.every((v, i) => v === null || Number.isFinite(dates[i]))) {
    return encodeNumbers(column.name, dates, train, missing, 'date', 'dates as years with fractions, standardised');
  }
  return encodeCategories(column, train, missing);
}

function encodeNumbers(
  name: string,
  values: readonly number[],
  train: readonly number[],
  missing: number,
  kind: 'number' | 'date',
  how: string,
): EncodedColumn {
  const known = train.map((row) => values[row]).filter((v) => !Number.isNaN(v));
  const scale = fitScale(name, known, true);
  if (!scale) return dropped(name, missing, known.length > 0 ? constant : 'missing in every training row');
  const limited = known.some((v) => v < scale.low || v > scale.high);
  const note = how + (limited ? `, limited to ${show(scale.low)} … ${show(scale.high)}` : '');
  const filled = missing > 0 ? { filledWith: `the training mean, ${show(scale.mean)}` } : {};
  const standardised = Float64Array.from(values, (v) => (Number.isNaN(v) ? 0 : standardise(v, scale)));
  return {
    summary: { name, kind, missing, ...filled, note, inputs: [name] },
    inputs: [{ scale, values: standardised }],
  };
}

function encodeCategories({ name, values }: Column, train: readonly number[], missing: number): EncodedColumn {
  const counts = new Map<string, number>();
  for (const row of train) counts.set(label(values[row]), (counts.get(label(values[row])) ?? 0) + 1);
  if (counts.size > mostLevels)
    return dropped(
      name,
      missing,
      `text with ${counts.size} different values in the training rows, more than ${mostLevels}`,
    );
  // The most frequent level is the baseline: all its inputs are zero, as they are for a level that training rows do not have.
  const levels = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([level]) => level);
  const inputs = levels.slice(1).flatMap((level) => {
    const indicator = values.map((v) => Number(label(v) === level));
    const scale = fitScale(
      `${name}=${level}`,
      train.map((row) => indicator[row]),
      false,
    );
    return scale ? [{ scale, values: Float64Array.from(indicator, (v) => standardise(v, scale)) }] : [];
  });
  if (inputs.length === 0) return dropped(name, missing, constant);
  const note = `categories, one indicator each against the most frequent, "${levels[0]}"`;
  const filled = missing > 0 ? { filledWith: `a category of its own, "${missingLevel}"` } : {};
  return {
    summary: { name, kind: 'category', missing, ...filled, note, inputs: inputs.map(({ scale }) => scale.name) },
    inputs,
  };
}

const missingLevel = '(missing)';
const constant = 'the same in every training row';

function label(v: Cell): string {
  return v === null ? missingLevel : String(v);
}

function dropped(name: string, missing: number, why: string): EncodedColumn {
  return { summary: { name, kind: 'dropped', missing, note: `left out: ${why}`, inputs: [] }, inputs: [] };
}

/** Undefined when the values do not vary. */
function fitScale(name: string, values: readonly number[], limit: boolean): FeatureScale | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length === 0 || sorted[0] === sorted[sorted.length - 1]) return undefined;
  let [low, high] = limit ? limitsOf(sorted) : [sorted[0], sorted[sorted.length - 1]];
  // A column that is constant but for a few rows keeps those rows.
  if (low === high) [low, high] = [sorted[0], sorted[sorted.length - 1]];
  const inside = sorted.map((v) => Math.min(Math.max(v, low), high));
  const { mean, deviation } = moments(inside);
  return deviation > 0 ? { name, low, high, mean, deviation } : undefined;
}

/**
 * The range of the values; on a side where some are far out (Tukey 1977: more than three interquartile ranges beyond a quartile) the quantile of half a
 * percent, so that no single value decides a power. Well-behaved columns are left alone: a target that is a polynomial in them is none in limited ones.
 */
function limitsOf(sorted: readonly number[]): [low: number, high: number] {
  const [first, third] = [quantile(sorted, 0.25), quantile(sorted, 0.75)];
  const far = farOut * (third - first);
  const [least, most] = [sorted[0], sorted[sorted.length - 1]];
  return [
    least < first - far ? quantile(sorted, tails[0]) : least,
    most > third + far ? quantile(sorted, tails[1]) : most,
  ];
}

/** Linear interpolation between order statistics, NumPy's default. */
function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}

function standardise(v: number, { low, high, mean, deviation }: FeatureScale): number {
  return (Math.min(Math.max(v, low), high) - mean) / deviation;
}

function show(v: number): string {
  return String(Number(v.toPrecision(4)));
}
