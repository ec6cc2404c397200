import { type Network, networkOf } from '../constructions/network.js';
import { checkSteps } from './check-steps.js';
import { type AffineRows, reluLayers } from './dyadic-layers.js';

/** Most steps that {@link reluProduct} takes. */
export const reluProductMaxSteps = 24;

/** x + y, x and y: what is squared, by its weights. */
const forms = [
  [1, 1],
  [1, 0],
  [0, 1],
];

/**
 * x·y on [−M, M]² by ReLU layers: 2M²·(f_m(|x + y|/2M) − f_m(|x|/2M) − f_m(|y|/2M)) with f_m of `sawtoothSquare`.
 *
 * The error is in [−4, 2]·M²·2^(−2m−2), so at most M²·2^(−2m), and the value is 0 where x or y is 0, exactly. One layer of 6 units for
 * the three absolute values and m of 9. Throws a RangeError unless m is an integer in 1 … 24 and M a power of two in 2^−64 … 2^64: then every
 * weight is dyadic and the network is this function in real arithmetic. Source: Yarotsky (2017), proposition 3.
 */
export function reluProduct(m: number, M: number): Network<2> {
  checkSteps('reluProduct', m, reluProductMaxSteps);
  if (!(M >= 2 ** -64 && M <= 2 ** 64 && isPowerOfTwo(M))) {
    throw new RangeError(`reluProduct: M must be a power of two in 2^-64 … 2^64: got ${M}`);
  }
  const { layers, variables } = reluLayers([magnitudes(), firstOf(M), ...inner(m), last(m, M)]);
  return networkOf(layers, variables, { dimension: 2, evaluationError: M * M * (m + 2) * 2 ** -45 });
}

function isPowerOfTwo(M: number): boolean {
  let rest = M;
  while (rest < 1) rest *= 2;
  while (rest > 1) rest /= 2;
  return rest === 1;
}

/** relu(s) and relu(−s) of each form s. */
function magnitudes(): AffineRows {
  return [...[0, 1].map((d) => forms.flatMap((form) => [form[d], 0 - form[d]])), new Array<number>(6).fill(0)];
}

function firstOf(M: number): AffineRows {
  const scale = 1 / (2 * M);
  const rows = Array.from({ length: 6 }, (_, d) =>
    Array.from({ length: 9 }, (__, unit) => (Math.floor(unit / 3) === Math.floor(d / 2) ? scale : 0)),
  );
  return [...rows, bias()];
}

function bias(): number[] {
  return forms.flatMap(() => [0, -0.5, 0]);
}

/** The maps of the three squares side by side. */
function inner(m: number): AffineRows[] {
  return Array.from({ length: m - 1 }, (_, i): AffineRows => {
    const own = [
      [2, 2, -2 / 4 ** (i + 1)],
      [-4, -4, 4 / 4 ** (i + 1)],
      [0, 0, 1],
    ];
    const rows = Array.from({ length: 9 }, (__, d) =>
      Array.from({ length: 9 }, (___, unit) => (Math.floor(unit / 3) === Math.floor(d / 3) ? own[d % 3][unit % 3] : 0)),
    );
    return [...rows, bias()];
  });
}

function last(m: number, M: number): AffineRows {
  const own = [-2 / 4 ** m, 4 / 4 ** m, 1];
  const rows = [2 * M * M, -2 * M * M, -2 * M * M].flatMap((scale) => own.map((w) => [scale * w]));
  return [...rows, [0]];
}
