import type { PolynomialNeuron } from '@neuronseek/neurons';
import { type Tensor, tensor, treeMap } from '@neuronseek/tensor';

/** A neuron with one number changed. */
export interface ChangedNeuron {
  readonly neuron: PolynomialNeuron;
  readonly place: string;
}

/** One neuron for every number of the given one: moved by 1/2, which keeps the degrees as they are. */
export function changedNumbers(neuron: PolynomialNeuron): ChangedNeuron[] {
  const all: ChangedNeuron[] = [];
  treeMap((found: Tensor, path: string) => {
    for (let i = 0; i < found.size; i++) {
      const changed = treeMap((x: Tensor, here: string) => {
        if (here !== path) return x;
        const data = Float64Array.from(x.toTypedArray());
        data[i] += 0.5;
        return tensor(data, x.shape);
      }, neuron);
      all.push({ neuron: changed, place: `${path} #${i}` });
    }
    return found;
  }, neuron);
  return all;
}
