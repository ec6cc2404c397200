import { describe, expect, it } from 'vitest';
import * as ns from '../../src/index.js';
import { compileLoop, compileStep } from '../../src/index.js';
import * as linalg from '../../src/linalg/index.js';
import { expectSameTensors } from '../support/same-tensors.js';

const a = ns.tensor([
  [4, 1, 0.5],
  [1, 3, 0.2],
  [0.5, 0.2, 2],
]);
const b = ns.tensor([
  [1, 2],
  [3, 4],
  [5, 6],
]);
const total = (tree: unknown): ns.Tensor =>
  ns
    .treeLeaves(tree)
    .map((x) => ns.sum(ns.square(x)))
    .reduce((x, y) => ns.add(x, y));

const { cholesky, det, eigh, eigvalsh, expm, inv, qr, slogdet, solve, svd, svdvals, triangularSolve } = linalg;
const values: [string, (x: ns.Tensor, y: ns.Tensor) => unknown][] = [
  ['eigh', (x) => eigh(x)],
  ['svd', (x, y) => svd(ns.matmul(x, y))],
  ['expm', (x) => expm(x)],
];
const differentiable: typeof values = [
  ['cholesky', (x) => cholesky(x)],
  ['det', (x) => det(x)],
  ['eigvalsh', (x) => eigvalsh(x)],
  ['inv', (x) => inv(x)],
  ['qr', (x, y) => qr(ns.matmul(x, y))],
  ['slogdet', (x) => slogdet(x)],
  ['solve', (x, y) => solve(x, y)],
  ['solve for a constant', (_x, y) => solve(a, y)],
  ['solve with a constant', (x) => solve(x, b)],
  ['svdvals', (x, y) => svdvals(ns.matmul(x, y))],
  ['triangularSolve', (x, y) => triangularSolve(x, y)],
];

describe('linear algebra in a compiled step', () => {
  it.each<[string, (x: ns.Tensor, y: ns.Tensor) => unknown]>([
    ...values,
    ...differentiable,
    ...differentiable.map(([name, f]): (typeof values)[0] => [
      `the derivative of ${name}`,
      (x, y) => ns.grad(([u, v]: ns.Tensor[]) => total(f(u, v)))([x, y]),
    ]),
  ])('has the bits of the eager run: %s', (_name, f) => {
    for (const dtype of ['float64', 'float32'] as const) {
      const step = compileStep(f);
      for (const scale of [1, 1.5]) {
        const args = [ns.astype(ns.mul(a, scale), dtype), ns.astype(ns.mul(b, scale), dtype)] as const;
        expectSameTensors(ns.treeLeaves(step(...args)), ns.treeLeaves(f(...args)));
      }
    }
  });

  it('throws for a matrix that turns out singular what the eager run throws, and goes on', () => {
    const f = (s: ns.Tensor, x: ns.Tensor): [ns.Tensor, ns.Tensor] => [ns.add(s, 1), ns.matmul(inv(x), solve(x, b))];
    const loop = compileLoop(f, ns.tensor(0));
    loop.step(a);
    const message = (run: () => unknown): string => {
      try {
        run();
      } catch (error) {
        return String(error);
      }
      return 'nothing thrown';
    };
    const singular = ns.mul(a, 0);
    expect(message(() => loop.step(singular))).toBe(message(() => inv(singular)));
    expect(loop.state().item()).toBe(1);
    expectSameTensors([loop.step(a)], [f(ns.tensor(0), a)[1]]);
  });
});
