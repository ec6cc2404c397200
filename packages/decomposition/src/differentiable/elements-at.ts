import type { Tensor } from '@neuronseek/tensor';
import { knownStructured, type StructuredTensor } from '../convert/any-tensor.js';
import type { SampleIndices } from '../tt/sample-indices.js';
import { ttAt } from '../tt/tt-at.js';
import { cpAt } from './cp-at.js';
import { tuckerAt } from './tucker-at.js';

/** `cpAt`, `tuckerAt` or `ttAt`, whichever fits the format. */
export function elementsAt(name: string, argument: string, model: StructuredTensor, indices: SampleIndices): Tensor {
  const { format, tensor } = knownStructured(name, argument, model);
  switch (format) {
    case 'cp':
      return cpAt(tensor, indices);
    case 'tucker':
      return tuckerAt(tensor, indices);
    case 'tt':
      return ttAt(tensor, indices);
  }
}
