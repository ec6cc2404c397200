import { describe, expect, test } from 'vitest';
import { eye, ones } from '../../src/core/create.js';
import * as linalg from '../../src/linalg/index.js';

/** What follows the first argument in a call that is right. */
const rest: Readonly<Record<string, unknown[]>> = {
  cholesky: [],
  cond: [],
  det: [],
  eigh: [],
  eigvalsh: [],
  expm: [],
  inv: [],
  lstsq: [ones([2])],
  matrixPower: [2],
  matrixRank: [],
  norm: [],
  pinv: [],
  qr: [],
  slogdet: [],
  solve: [ones([2])],
  svd: [],
  svdvals: [],
  triangularSolve: [ones([2])],
};

function call(name: string, args: unknown[]): unknown {
  const f: unknown = Object.entries(linalg).find(([exported]) => exported === name)?.[1];
  if (typeof f !== 'function') throw new Error(`${name} is not a function`);
  return Reflect.apply(f, undefined, args);
}

test('every function stands in the table', () => {
  const functions = Object.entries(linalg).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));
  expect(Object.keys(rest).sort()).toEqual(functions.sort());
});

describe.each(Object.entries(rest))('%s', (name, others) => {
  test.each([
    ['an array', [[1]], 'an array; make a tensor of it with tensor(…)'],
    ['a number', 1, 'a value of type number'],
    ['nothing', undefined, 'undefined'],
    ['an object', { shape: [2, 2] }, 'a value of type object'],
  ])('refuses %s', (_what, wrong, described) => {
    const error = new TypeError(`${name}: expected a tensor, got ${described}`);
    expect(() => call(name, [wrong, ...others])).toThrow(error);
    if (others.length === 1 && typeof others[0] === 'object') {
      expect(() => call(name, [eye(2), wrong])).toThrow(error);
    }
    expect(() => call(name, [eye(2), ...others])).not.toThrow();
  });
});

test('options of the wrong kind', () => {
  for (const option of ['lower', 'transpose', 'unitDiagonal']) {
    expect(() => call('triangularSolve', [eye(2), ones([2]), { [option]: 0 }])).toThrow(
      new TypeError(`triangularSolve: ${option} must be a boolean, got 0`),
    );
    expect(() => call('triangularSolve', [eye(2), ones([2]), { [option]: undefined }])).not.toThrow();
  }
  expect(() => call('lstsq', [eye(2), ones([2]), { rcond: '1' }])).toThrow(
    new TypeError("lstsq: rcond must be a number, got '1'"),
  );
  expect(() => call('lstsq', [eye(2), ones([2]), { rcond: Number.NaN }])).toThrow(
    'lstsq: rcond is negative or NaN: NaN',
  );
});
