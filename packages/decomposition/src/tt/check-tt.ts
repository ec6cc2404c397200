import { showShape, type Tensor } from '@neuronseek/tensor';
import { checkTensor } from '../checks/check-tensor.js';
import type { TtTensor } from './tt-tensor.js';

/** What a tensor train is held to, beyond being one. */
export interface TtExpectation {
  /** Name of the argument where there are several: 'init', 'b'. Default: none. */
  readonly argument?: string;
  /** The sizes that the modes must have. */
  readonly shape?: readonly number[];
}

/** Sizes of the modes, and the ranks with both boundaries: one more than there are modes. */
export interface TtSizes {
  readonly shape: readonly number[];
  readonly ranks: readonly number[];
}

/** Refuses what is not a tensor train as expected; looks at shapes, not at numbers. */
export function checkTt(name: string, tt: TtTensor, { argument = '', shape }: TtExpectation = {}): TtSizes {
  const prefix = argument === '' ? '' : `${argument} `;
  const sizes = checkCores(name, prefix, tt, 3, argument);
  if (shape !== undefined && showShape(sizes.shape) !== showShape(shape)) {
    throw new RangeError(
      `${name}: ${prefix}shape differs: it is ${showShape(sizes.shape)}, expected ${showShape(shape)}`,
    );
  }
  return sizes;
}

/** Refuses cores that are not a chain [r₀, …, r₁], [r₁, …, r₂], … with r₀ = r_N = 1 and `order` axes each, none empty; reads axis 1 as the modes. */
export function checkCores(
  name: string,
  prefix: string,
  tt: { readonly cores: readonly Tensor[] },
  order: number,
  argument: string = '',
): TtSizes {
  if (typeof tt !== 'object' || tt === null || !Array.isArray(tt.cores)) {
    const received = typeof tt === 'object' && tt !== null ? `an object with cores ${String(tt.cores)}` : String(tt);
    throw new TypeError(`${name}: ${argument || 'argument'} is not a tensor train { cores }: ${received}`);
  }
  const { cores } = tt;
  if (cores.length === 0) throw new RangeError(`${name}: ${prefix}cores needs at least one core: received none`);
  cores.forEach((core, k) => {
    checkTensor(name, `${prefix}core ${k}`, core);
    if (core.order !== order) {
      throw new RangeError(
        `${name}: ${prefix}core ${k} is not of order ${order}: its shape is ${showShape(core.shape)}`,
      );
    }
    if (core.size === 0)
      throw new RangeError(`${name}: ${prefix}core ${k} is empty: its shape is ${showShape(core.shape)}`);
  });
  const ranks = [...cores.map((core) => core.shape[0]), cores[cores.length - 1].shape[order - 1]];
  cores.forEach((core, k) => {
    if (core.shape[order - 1] === ranks[k + 1]) return;
    throw new RangeError(
      `${name}: ranks of neighbours differ: ${prefix}core ${k} has shape ${showShape(core.shape)}, ` +
        `core ${k + 1} has ${showShape(cores[k + 1].shape)}`,
    );
  });
  if (ranks[0] !== 1 || ranks[cores.length] !== 1) {
    throw new RangeError(`${name}: ${prefix}boundary ranks are not 1: ranks are ${showShape(ranks)}`);
  }
  return { shape: cores.map((core) => core.shape[1]), ranks };
}
