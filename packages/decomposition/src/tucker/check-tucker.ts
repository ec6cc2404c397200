import { showShape } from '@neuronseek/tensor';
import { checkTensor } from '../checks/check-tensor.js';
import type { TuckerTensor } from './tucker-tensor.js';

/** What a Tucker tensor is held to, beyond a core that fits its factors. */
export interface TuckerExpectation {
  /** Name of the argument where there are several: 'init', 'b'. */
  readonly argument?: string;
  /** The sizes that its modes must have. */
  readonly shape?: readonly number[];
  /** The sizes that its core must have. */
  readonly ranks?: readonly number[];
}

/** Sizes of the modes and of the core. */
export interface TuckerSizes {
  readonly shape: readonly number[];
  readonly ranks: readonly number[];
}

/** Refuses what is not a Tucker tensor as expected; looks at shapes, not at numbers. */
export function checkTucker(name: string, tucker: TuckerTensor, expected: TuckerExpectation = {}): TuckerSizes {
  const { argument = '', shape, ranks } = expected;
  const prefix = argument === '' ? '' : `${argument} `;
  if (typeof tucker !== 'object' || tucker === null) {
    throw new TypeError(`${name}: ${argument || 'tucker'} is not a Tucker tensor { core, factors }: ${String(tucker)}`);
  }
  const { core, factors } = tucker;
  checkTensor(name, `${prefix}core`, core);
  if (!Array.isArray(factors)) {
    throw new TypeError(`${name}: ${prefix}factors is not an array of tensors: ${String(factors)}`);
  }
  const needed = shape?.length ?? core.order;
  if (factors.length !== needed || factors.length === 0) {
    throw new RangeError(`${name}: ${prefix}factors has length ${factors.length}, expected ${needed || 'at least 1'}`);
  }
  const sizes = ranks ?? core.shape;
  if (showShape(core.shape) !== showShape(sizes) || core.order !== needed || core.size === 0) {
    const wanted = ranks ? showShape(ranks) : `${needed} modes, none of them empty`;
    throw new RangeError(`${name}: ${prefix}core has shape ${showShape(core.shape)}, expected ${wanted}`);
  }
  const received = factors.map((factor, mode) => {
    checkTensor(name, `${prefix}factor ${mode}`, factor);
    return factor.shape;
  });
  received.forEach((found, mode) => {
    const rows = shape?.[mode] ?? found[0];
    if (found.length === 2 && found[0] === rows && found[1] === sizes[mode] && rows > 0) return;
    const wanted = `[${rows && (shape || found.length === 2) ? rows : `I${mode}`}, ${sizes[mode]}]`;
    throw new RangeError(`${name}: ${prefix}factor ${mode} has shape ${showShape(found)}, expected ${wanted}`);
  });
  return { shape: received.map(([rows]) => rows), ranks: [...sizes] };
}
