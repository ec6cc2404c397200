import { showShape, type Tensor } from '@neuronseek/tensor';
import type { Layer } from './layers/layer.js';
import { type Applied, type ApplyOptions, applyDefaults, type Variables } from './layers/rules.js';
import { rulesOf } from './layers/table.js';

/**
 * Runs a layer on a batch x [rows, columns]: the output [rows, outputs] and the state to go on with, which differs from the old one only when
 * `training` (default false) is set. Differentiable in the parameters and in x; NaN and Infinity in x pass through. Throws a RangeError when
 * the columns or the shapes of the variables do not fit the layer or training has no rows, a TypeError when variables are missing.
 */
export function apply(
  layer: Layer,
  variables: Variables,
  x: Tensor,
  { training = applyDefaults.training }: ApplyOptions = {},
): Applied {
  if (x.order !== 2) throw new RangeError(`apply: x must have shape [rows, columns], got ${showShape(x.shape)}`);
  if (training && x.shape[0] === 0) throw new RangeError('apply: training needs at least one row, got none');
  const rules = rulesOf(layer);
  rules.outputs(layer, x.shape[1], 'apply: layer');
  return rules.apply(layer, variables, x, { training });
}
