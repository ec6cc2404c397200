import { cp, cpSymmetric, tensorTrain, tucker } from '@neuronseek/decomposition';
import { isTensor, mul, pad, showShape, stack, type Tensor } from '@neuronseek/tensor';
import { fold, type Key, key as keyOf } from '@neuronseek/tensor/random';
import type { Interaction } from '../interaction.js';

/** Options of {@link interactionFromTensor}. */
export interface InteractionFromTensorOptions {
  /** Default: 'cp'. */
  readonly form?: Interaction['form'];
  /** CP rank, plain or symmetric, which must be given; for Tucker and TT the largest of any rank. Default: none. */
  readonly rank?: number;
  /** For Tucker and TT without `rank`: bound of the relative error. Default: 1e-12. */
  readonly eps?: number;
  /** Decides every random number of the fits. Default: key(0). */
  readonly key?: Key;
  /** Ends the fit of CP forms before its next iteration; the best so far is returned. Default: none. */
  readonly signal?: AbortSignal;
}

/** Defaults of {@link interactionFromTensor}. */
export const interactionFromTensorDefaults: {
  readonly form: Interaction['form'];
  readonly eps: number;
  readonly key: Key;
} = { form: 'cp', eps: 1e-12, key: /* @__PURE__ */ keyOf(0) };

/** What {@link interactionFromTensor} returns. */
export interface InteractionFromTensor {
  readonly interaction: Interaction;
  /** ‖A − interaction‖ / ‖A‖ of each output. */
  readonly relativeErrors: readonly number[];
}

/**
 * The interaction whose coefficient tensors are nearest to given ones of shape [D, …, D], one for each output, by decomposition: `cp`, `cpSymmetric`, `tucker` or
 * `tensorTrain` of @neuronseek/decomposition. For 'symmetric' the tensors must be. Ranks that differ between outputs are filled up with zeros.
 *
 * Throws a TypeError for what is no tensor, a RangeError for shapes that are not cubes of one size, for a missing rank, and where the decomposition does. Cost:
 * that of the decomposition, once for each output.
 */
export function interactionFromTensor(
  coefficients: Tensor | readonly Tensor[],
  options: InteractionFromTensorOptions = {},
): InteractionFromTensor {
  const { form = interactionFromTensorDefaults.form, key = interactionFromTensorDefaults.key, signal } = options;
  const tensors = isTensor(coefficients) ? [coefficients] : coefficients;
  const { order } = checkCubes(tensors);
  const keys = tensors.map((_, c) => fold(key, c));
  if (form === 'cp' || form === 'symmetric') {
    const { rank } = options;
    if (rank === undefined) throw new RangeError(`interactionFromTensor: form '${form}' needs a rank: got none`);
    const fits = tensors.map((a, c) => (form === 'cp' ? cp : cpSymmetric)(a, rank, { key: keys[c], signal }));
    const relativeErrors = fits.map((fit) => fit.relativeError);
    if (form === 'symmetric') {
      const factor = stack(
        fits.map(({ factors }) => factors[0]),
        { axis: 2 },
      );
      const weights = stack(
        fits.map((fit) => fit.weights),
        { axis: 1 },
      );
      return { interaction: { form, order, rank, weights, factor }, relativeErrors };
    }
    const factors = Array.from({ length: order }, (_, m) =>
      stack(
        fits.map((fit) => (m === 0 ? mul(fit.factors[m], fit.weights) : fit.factors[m])),
        { axis: 2 },
      ),
    );
    return { interaction: { form, order, rank, factors }, relativeErrors };
  }
  const { rank, eps = interactionFromTensorDefaults.eps } = options;
  if (form === 'tucker') {
    const fits = tensors.map((a, c) =>
      tucker(a, { ...(rank === undefined ? { eps } : { ranks: rank }), key: keys[c] }),
    );
    const ranks = largest(fits.map(({ core }) => core.shape));
    const core = stacked(fits.map((fit) => padded(fit.core, ranks)));
    const factors = ranks.map((r, m) =>
      stacked(fits.map((fit) => padded(fit.factors[m], [fit.factors[m].shape[0], r]))),
    );
    const relativeErrors = fits.map((fit) => fit.relativeError);
    return { interaction: { form, order, ranks, core, factors }, relativeErrors };
  }
  const fits = tensors.map((a) => tensorTrain(a, rank === undefined ? { eps } : { ranks: rank }));
  const ranks = largest(fits.map(({ cores }) => cores.slice(1).map((core) => core.shape[0])));
  const sides = [1, ...ranks, 1];
  const cores = Array.from({ length: order }, (_, m) =>
    stacked(fits.map((fit) => padded(fit.cores[m], [sides[m], fit.cores[m].shape[1], sides[m + 1]]))),
  );
  return { interaction: { form: 'tt', order, ranks, cores }, relativeErrors: fits.map((fit) => fit.relativeError) };
}

function checkCubes(tensors: readonly Tensor[]): { readonly order: number } {
  const name = 'interactionFromTensor';
  if (tensors.length === 0) throw new RangeError(`${name}: needs a coefficient tensor for each output: got none`);
  tensors.forEach((a, c) => {
    if (!isTensor(a)) throw new TypeError(`${name}: coefficients[${c}] must be a tensor: got ${typeof a}`);
    const [side] = a.shape;
    if (a.order < 1 || side < 1 || a.shape.some((n) => n !== side)) {
      throw new RangeError(
        `${name}: coefficients[${c}] must have shape [D, …, D] with D ≥ 1: got ${showShape(a.shape)}`,
      );
    }
    if (showShape(a.shape) !== showShape(tensors[0].shape)) {
      const shapes = `${showShape(a.shape)} and ${showShape(tensors[0].shape)}`;
      throw new RangeError(`${name}: coefficients[${c}] and coefficients[0] must have one shape: got ${shapes}`);
    }
  });
  return { order: tensors[0].order };
}

/** The largest number at each place. */
function largest(lists: readonly (readonly number[])[]): number[] {
  return lists[0].map((_, m) => Math.max(...lists.map((list) => list[m])));
}

/** Outputs as the last axis. */
function stacked(tensors: readonly Tensor[]): Tensor {
  return stack(tensors, { axis: tensors[0].order });
}

/** Filled up with zeros at the end of each axis. */
function padded(t: Tensor, shape: readonly number[]): Tensor {
  return pad(
    t,
    shape.map((n, axis) => [0, n - t.shape[axis]] as const),
  );
}
