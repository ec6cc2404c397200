import type { FormulaProblem, Sampling } from './formula-problem.js';
import { box, cube, grid, makeFormula, numbered } from './make-formula.js';

/** Formula, names of its inputs, how training and how test rows are drawn. */
type Row = readonly [formula: string, features: readonly string[], train: Sampling, test: Sampling];

/** Harmonic numbers have no formula that an expression could be. */
const harmonic = 'sum of 1/i for i = 1 ... x';

const sine = '0.3*x*sin(2*pi*x)';
const x = ['x'];
const xy = ['x', 'y'];

/** 20 rows of [−3, 3]² to learn from, a grid of 601² to be tested on. */
const plane = (formula: string): Row => [formula, xy, box(20, cube(2, -3, 3)), grid(2, -3, 3, 0.01)];

const rows = (): readonly Row[] => {
  const threeInputs: readonly (readonly [number, number])[] = [
    [-1, 1],
    [1, 2],
    [-1, 1],
  ];
  return [
    [sine, x, grid(1, -1, 1, 0.1), grid(1, -1, 1, 0.001)],
    [sine, x, grid(1, -2, 2, 0.1), grid(1, -2, 2, 0.001)],
    [sine, x, grid(1, -3, 3, 0.1), grid(1, -3, 3, 0.001)],
    ['x^3*exp(-x)*cos(x)*sin(x)*(sin(x)^2*cos(x) - 1)', x, grid(1, 0, 10, 0.05), grid(1, 0.05, 10.05, 0.05)],
    ['30*x*z/((x - 10)*y^2)', ['x', 'y', 'z'], box(1000, threeInputs), box(10000, threeInputs)],
    [harmonic, x, grid(1, 1, 50, 1), grid(1, 1, 120, 1)],
    ['log(x)', x, grid(1, 1, 100, 1), grid(1, 1, 100, 0.1)],
    ['sqrt(x)', x, grid(1, 0, 100, 1), grid(1, 0, 100, 0.1)],
    ['log(x + sqrt(x^2 + 1))', x, grid(1, 0, 100, 1), grid(1, 0, 100, 0.1)],
    ['x^y', xy, box(100, cube(2, 0, 1)), grid(2, 0, 1, 0.01)],
    plane('x*y + sin((x - 1)*(y - 1))'),
    plane('x^4 - x^3 + y^2/2 - y'),
    plane('6*sin(x)*cos(y)'),
    plane('8/(2 + x^2 + y^2)'),
    plane('x^3/5 + y^3/2 - y - x'),
  ];
};

/**
 * Problem i of Keijzer, 1 … 15, with the training and test rows of McDermott et al., "Genetic programming needs better benchmarks" (GECCO 2012), after
 * Keijzer, "Improving symbolic regression with interval arithmetic and linear scaling" (EuroGP 2003). Number 6, the sum of 1/i for i = 1 … x,
 * is no expression: its `neuron` is undefined. The test grids of 11 to 15 have 361,201 rows. Throws a RangeError for another i.
 */
export function keijzer(i: number): FormulaProblem {
  const [formula, features, train, test] = numbered('keijzer', rows(), i);
  const name = `Keijzer-${i}`;
  if (formula === harmonic) return { name, neuron: undefined, features, formula, train, test, noise: 0 };
  return makeFormula(name, formula, features, train, test);
}
