import { isTensor, type Tensor } from '@neuronseek/tensor';
import { checkCp } from '../cp/check-cp.js';
import type { CpTensor } from '../cp/cp-tensor.js';
import { checkTt } from '../tt/check-tt.js';
import type { TtTensor } from '../tt/tt-tensor.js';
import { checkTucker } from '../tucker/check-tucker.js';
import type { TuckerTensor } from '../tucker/tucker-tensor.js';

/** A tensor in one of the structured formats, told apart by its fields: weights, core or cores. */
export type StructuredTensor = CpTensor | TuckerTensor | TtTensor;

/** A tensor, dense or in one of the structured formats. */
export type AnyTensor = Tensor | StructuredTensor;

/** A tensor with its format and the sizes of its modes, checked: shapes agree. */
export type Known =
  | { readonly format: 'dense'; readonly shape: readonly number[]; readonly tensor: Tensor }
  | KnownStructured;

/** The same for the structured formats. */
export type KnownStructured =
  | { readonly format: 'cp'; readonly shape: readonly number[]; readonly tensor: CpTensor }
  | { readonly format: 'tucker'; readonly shape: readonly number[]; readonly tensor: TuckerTensor }
  | { readonly format: 'tt'; readonly shape: readonly number[]; readonly tensor: TtTensor };

/** Tells the format of a tensor and checks its shapes; refuses what is no tensor in any format. */
export function known(name: string, argument: string, x: AnyTensor): Known {
  return isTensor(x) ? { format: 'dense', shape: x.shape, tensor: x } : knownStructured(name, argument, x);
}

/** The same for the structured formats alone. */
export function knownStructured(name: string, argument: string, x: StructuredTensor): KnownStructured {
  if (typeof x === 'object' && x !== null) {
    if ('weights' in x) return { format: 'cp', shape: checkCp(name, x, { argument }).shape, tensor: x };
    if ('core' in x) return { format: 'tucker', shape: checkTucker(name, x, { argument }).shape, tensor: x };
    if ('cores' in x) return { format: 'tt', shape: checkTt(name, x, { argument }).shape, tensor: x };
  }
  const wanted = 'a CP tensor { weights, factors }, a Tucker tensor { core, factors } or a tensor train { cores }';
  throw new TypeError(`${name}: ${argument} is not ${wanted}: ${String(x)}`);
}
