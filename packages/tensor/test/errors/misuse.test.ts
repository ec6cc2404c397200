import { describe, expect, test } from 'vitest';
import type { DType } from '../../src/core/dtype.js';
import { astype } from '../../src/core/ops/astype.js';
import { treeLeaves, treeMap } from '../../src/core/tree.js';
import * as api from '../../src/index.js';
import * as io from '../../src/io/index.js';
import * as linalg from '../../src/linalg/index.js';
import * as ndarray from '../../src/ndarray/index.js';
import * as random from '../../src/random/index.js';
import { rows as arranging } from './misuse/arranging.js';
import { rows as convolutions } from './misuse/convolutions.js';
import { rows as create } from './misuse/create.js';
import { calls, rows as derivatives } from './misuse/derivatives.js';
import { rows as draws } from './misuse/draws.js';
import { rows as elementwise } from './misuse/elementwise.js';
import { rows as files } from './misuse/files.js';
import { rows as matrices } from './misuse/matrices.js';
import { rows as ndarrays } from './misuse/ndarrays.js';
import { rows as plumbing } from './misuse/plumbing.js';
import { rows as products } from './misuse/products.js';
import { rows as reductions } from './misuse/reductions.js';
import { kinds, type Row, why } from './misuse/row.js';
import { rows as selection } from './misuse/selection.js';
import { rows as views } from './misuse/views.js';

const tables: readonly [entry: string, module: object, rows: readonly Row[]][] = [
  [
    '.',
    api,
    [
      ...create,
      ...elementwise,
      ...reductions,
      ...arranging,
      ...views,
      ...selection,
      ...products,
      ...convolutions,
      ...derivatives,
      ...plumbing,
    ],
  ],
  ['./linalg', linalg, matrices],
  ['./random', random, draws],
  ['./io', io, files],
  ['./ndarray', ndarray, ndarrays],
];

function functionsOf(module: object): Map<string, (...args: unknown[]) => unknown> {
  return new Map(
    Object.entries(module).flatMap(([name, f]) =>
      typeof f === 'function'
        ? [[name, (...args: unknown[]): unknown => Reflect.apply(f, undefined, args)] as const]
        : [],
    ),
  );
}

function dtypesOf({ dtypes }: Row): [DType, DType][] {
  return dtypes === undefined
    ? []
    : (['bool', 'int32', 'float32', 'float64'] as const).map((dtype) => [dtype, dtypes[dtype]]);
}

/** Exported classes, which are functions too. */
const classes = ['Tensor'];

describe.each(tables)('%s', (_entry, module, rows) => {
  const functions = functionsOf(module);
  const call = (name: string): ((...args: unknown[]) => unknown) => {
    const f = functions.get(name);
    if (f === undefined) throw new Error(`${name} is not exported`);
    return f;
  };

  test('every function has a row, and one only', () => {
    const names = [...functions.keys()].filter((name) => !classes.includes(name));
    expect(rows.map(({ name }) => name).sort()).toEqual(names.sort());
  });

  describe.each(rows.map((row) => [row.name, row] as const))('%s', (name, row) => {
    test('every kind of misuse, or why not', () => {
      for (const kind of kinds) {
        const given = row.misuses[kind]?.length ?? 0;
        const reason = row.without[kind];
        // One of the two, not both.
        expect([kind, given > 0, reason === undefined]).toEqual([kind, given > 0, given > 0]);
      }
      // Where every dtype is accepted the row says what comes out.
      if (row.without.dtype === why.accepted) expect(row.dtypes).toBeDefined();
    });

    test('a call that is right', () => {
      expect(() => call(name)(...row.valid)).not.toThrow();
    });

    test.each(dtypesOf(row))('of %s is %s', (dtype, expected) => {
      const args = treeMap((t) => astype(t, dtype), row.valid);
      const [first] = treeLeaves(call(name)(...args));
      expect(first?.dtype).toBe(expected);
    });

    const misuses = Object.entries(row.misuses).flatMap(([kind, list]) =>
      list.map((misuse) => [kind, misuse] as const),
    );
    test.each(misuses.map(([kind, { args, error }]) => [kind, error.message, args, error] as const))(
      '%s: %s',
      (_kind, message, args, error) => {
        expect(() => call(name)(...args)).toThrow(
          error instanceof TypeError ? new TypeError(`${name}: ${message}`) : new RangeError(`${name}: ${message}`),
        );
      },
    );
  });
});

describe('what functions of functions return', () => {
  test.each(calls.map(({ name, make, args, error }) => [name, error.message, make, args, error] as const))(
    '%s: %s',
    (name, message, make, args, error) => {
      const f = functionsOf(api).get(name)?.(...make);
      const kind = error instanceof TypeError ? TypeError : RangeError;
      expect(() => typeof f === 'function' && Reflect.apply(f, undefined, args)).toThrow(
        new kind(`${name}: ${message}`),
      );
    },
  );
});
