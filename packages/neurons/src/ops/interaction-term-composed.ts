import { matmul, mul, reshape, slice, sum, type Tensor } from '@neuronseek/tensor';
import { factorWidths, type InteractionTermSizes } from '../kernels/interaction-term/index.js';

/**
 * What {@link interactionTerm} computes, written in basic operations: the oracle of its tests, and where its second and higher derivatives come
 * from. x [B, D], f [D, W] and core as in the contract of the kernel.
 */
export function interactionTermComposed(x: Tensor, f: Tensor, core: Tensor, sizes: InteractionTermSizes): Tensor {
  const { form, order, outputs, ranks } = sizes;
  const [batch] = x.shape;
  const z = matmul(x, f);
  let start = 0;
  const parts = factorWidths(sizes).map((width) => {
    const part = slice(z, [undefined, { start, stop: start + width }]);
    start += width;
    return part;
  });
  switch (form) {
    case 'symmetric': {
      const value = reshape(parts[0], [batch, ranks[0], outputs]);
      let power = value;
      for (let m = 1; m < order; m++) power = mul(power, value);
      return sum(mul(power, reshape(core, [1, ranks[0], outputs])), { axes: 1 });
    }
    case 'tucker': {
      let rest = reshape(core, [1, core.size / outputs, outputs]);
      for (let m = order - 1; m >= 0; m--) {
        const [rows, left] = [rest.shape[0], rest.shape[1] / ranks[m]];
        const split = reshape(rest, [rows, left, ranks[m], outputs]);
        rest = sum(mul(split, reshape(parts[m], [batch, 1, ranks[m], outputs])), { axes: 2 });
      }
      return reshape(rest, [batch, outputs]);
    }
    case 'tt': {
      const sides = [1, ...ranks, 1];
      let row = reshape(parts[0], [batch, sides[1], outputs]);
      for (let m = 1; m < order; m++) {
        const matrix = reshape(parts[m], [batch, sides[m], sides[m + 1], outputs]);
        row = sum(mul(reshape(row, [batch, sides[m], 1, outputs]), matrix), { axes: 1 });
      }
      return reshape(row, [batch, outputs]);
    }
  }
}
