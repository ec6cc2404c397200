import { tensor } from '@neuronseek/tensor';
import { checkFinite } from '../checks/check-finite.js';
import { float64Elements } from '../float64-elements.js';
import { checkTt, type TtExpectation, type TtSizes } from './check-tt.js';
import type { TtTensor } from './tt-tensor.js';

/** A tensor train as algorithms read it: row-major float64 cores [ranks[k], shape[k], ranks[k + 1]]. */
export interface TtNumbers extends TtSizes {
  readonly cores: readonly Float64Array[];
}

/** The numbers of a tensor train, checked: shapes as in `checkTt`, and finite. Its own buffers where those are float64, so not to be written to. */
export function ttNumbers(name: string, tt: TtTensor, expected: TtExpectation = {}): TtNumbers {
  const { shape, ranks } = checkTt(name, tt, expected);
  const prefix = expected.argument ? `${expected.argument} ` : '';
  const cores = tt.cores.map(float64Elements);
  cores.forEach((core, k) => {
    checkFinite(name, `${prefix}core ${k}`, core, tt.cores[k].shape);
  });
  return { shape, ranks, cores };
}

/** The tensor train of some numbers; takes over their buffers. */
export function ttOfNumbers({ shape, ranks, cores }: TtNumbers): TtTensor {
  return { cores: cores.map((core, k) => tensor(core, [ranks[k], shape[k], ranks[k + 1]])) };
}
