import { type Tensor, tensor } from '@neuronseek/tensor';
import { checkFinite } from '../checks/check-finite.js';
import { float64Elements } from '../float64-elements.js';
import { checkTucker, type TuckerExpectation, type TuckerSizes } from './check-tucker.js';
import type { TuckerTensor } from './tucker-tensor.js';

/** A Tucker tensor as the kernels read it: row-major float64. */
export interface TuckerNumbers extends TuckerSizes {
  readonly core: Float64Array;
  readonly factors: readonly Float64Array[];
}

/** The numbers of a Tucker tensor, not to be written to, checked: shapes as in `checkTucker`, and finite. */
export function tuckerNumbers(name: string, tucker: TuckerTensor, expected: TuckerExpectation = {}): TuckerNumbers {
  const sizes = checkTucker(name, tucker, expected);
  const prefix = expected.argument ? `${expected.argument} ` : '';
  const numbersOf = (argument: string, x: Tensor): Float64Array => {
    const elements = float64Elements(x);
    checkFinite(name, `${prefix}${argument}`, elements, x.shape);
    return elements;
  };
  const core = numbersOf('core', tucker.core);
  return { ...sizes, core, factors: tucker.factors.map((factor, mode) => numbersOf(`factor ${mode}`, factor)) };
}

/** The numbers as tensors, which take over the arrays. */
export function fromNumbers({ shape, ranks, core, factors }: TuckerNumbers): { core: Tensor; factors: Tensor[] } {
  return {
    core: tensor(core, ranks),
    factors: factors.map((factor, mode) => tensor(factor, [shape[mode], ranks[mode]])),
  };
}
