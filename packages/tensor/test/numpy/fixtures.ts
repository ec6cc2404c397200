/// <reference types="vite/types/importMeta.d.ts" />
import type { DType } from '../../src/core/dtype.js';
import { Tensor } from '../../src/core/tensor.js';
import { typed } from '../support/elements.js';

/** An array as make-fixtures.py writes it: NumPy's dtype, shape, elements in row-major order. */
export type Written = readonly [dtype: string, shape: readonly number[], data: readonly (number | string)[]];

/** Options of our call, whatever they are called there; see ./calls. */
export interface Params {
  readonly axes?: number | readonly number[];
  readonly axis?: number;
  readonly bounds?: readonly number[];
  readonly contract?: number | readonly [number | readonly number[], number | readonly number[]];
  readonly correction?: number;
  readonly count?: number;
  readonly countIncludePadding?: boolean;
  readonly counts?: number | readonly number[];
  readonly descending?: boolean;
  readonly dilation?: number;
  readonly dtype?: DType;
  readonly groups?: number;
  readonly indexing?: 'xy' | 'ij';
  readonly indices?: readonly number[];
  readonly keepDims?: boolean;
  readonly lower?: boolean;
  readonly mode?: string;
  readonly n?: number;
  readonly offset?: number;
  readonly ord?: number | 'fro' | 'nuc' | 'inf' | '-inf';
  readonly order?: readonly number[];
  readonly p?: number | 'fro' | 'nuc' | 'inf' | '-inf';
  readonly padding?: number | 'valid' | 'same';
  readonly q?: number | readonly number[];
  readonly ranges?: readonly (number | null | { start?: number; stop?: number; step?: number })[];
  readonly sections?: number | readonly number[];
  readonly shape?: readonly number[];
  readonly shift?: number | readonly number[];
  readonly source?: number | readonly number[];
  readonly spec?: string;
  readonly stride?: number;
  readonly target?: number | readonly number[];
  readonly tol?: number;
  readonly transpose?: boolean;
  readonly unitDiagonal?: boolean;
  readonly value?: number;
  readonly widths?: number | readonly [number, number] | readonly (readonly [number, number])[];
  readonly window?: number | readonly number[];
}

/** A line of fixtures/<family>.json. */
export interface Fixture {
  readonly call: string;
  /** What NumPy evaluated, its operands being a, b, c and d. */
  readonly numpy: string;
  readonly inputs?: readonly string[];
  readonly params?: Params;
  /** The bound is factor·eps·scale, or factor·eps times each element's own magnitude; without a factor every bit counts. */
  readonly factor?: number;
  readonly scale?: number;
  readonly expected: readonly Written[];
}

const files = import.meta.glob<readonly Fixture[]>(['./fixtures/*.json', '!./fixtures/inputs.json'], {
  eager: true,
  import: 'default',
});

/** All fixtures by family. */
export const families: ReadonlyMap<string, readonly Fixture[]> = new Map(
  Object.entries(files).map(([path, fixtures]) => [path.replace(/.*\/(.*)\.json/, '$1'), fixtures]),
);

const inputs = Object.values(
  import.meta.glob<Readonly<Record<string, Written>>>('./fixtures/inputs.json', { eager: true, import: 'default' }),
)[0];

const words: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  '-inf': Number.NEGATIVE_INFINITY,
};

/** The numbers of an array, not yet rounded to its dtype. */
export function numbersOf([, , data]: Written): number[] {
  return data.map((v) => (typeof v === 'number' ? v : words[v]));
}

const dtypes: readonly DType[] = ['float64', 'float32', 'int32', 'bool'];

/** An input by its name: views are made of strides and offsets here, not by the functions under test. */
export function read(name: string): Tensor {
  const [base, ...views] = name.split('.');
  const written = inputs[base];
  const dtype = dtypes.find((d) => d === written[0]);
  if (dtype === undefined) throw new Error(`${base} is ${written[0]}`);
  const plain = new Tensor(typed(dtype, numbersOf(written)), dtype, written[1]);
  return views.reduce(viewOf, plain);
}

function viewOf({ data, dtype, shape, strides, offset }: Tensor, view: string): Tensor {
  if (view === 'T') return new Tensor(data, dtype, [...shape].reverse(), [...strides].reverse(), offset);
  if (view === 'flip') {
    const last = shape.reduce((place, n, axis) => place + Math.max(n - 1, 0) * strides[axis], offset);
    return new Tensor(
      data,
      dtype,
      shape,
      strides.map((s) => -s),
      last,
    );
  }
  if (view !== 'even') throw new Error(`no view is called ${view}`);
  const halved = [...shape.slice(0, -1), Math.ceil(shape[shape.length - 1] / 2)];
  return new Tensor(data, dtype, halved, [...strides.slice(0, -1), 2 * strides[strides.length - 1]], offset);
}
