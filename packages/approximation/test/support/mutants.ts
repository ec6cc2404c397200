import { isTensor, type Tensor, tensor, treeMap } from '@neuronseek/tensor';
import { type Network, networkOf } from '../../src/constructions/network.js';

/** A network with one number changed. */
export interface Mutant {
  readonly network: Network<1>;
  /** Which number, as in [2].weight #3. */
  readonly place: string;
}

/** One mutant for every number of a network: moved by 1/1024 of itself, or to 1/1024 where it is 0. */
export function mutants(h: Network<1>): Mutant[] {
  const all: Mutant[] = [];
  treeMap((found: Tensor, path: string) => {
    for (let i = 0; i < found.size; i++) {
      const params = treeMap((x: Tensor, here: string) => {
        if (here !== path || !isTensor(x)) return x;
        const data = Float64Array.from(x.toTypedArray());
        data[i] = data[i] === 0 ? 1 / 1024 : data[i] * (1 + 1 / 1024);
        return tensor(data, x.shape);
      }, h.variables.params);
      all.push({ network: networkOf(h.layers, { params, state: h.variables.state }, h), place: `${path} #${i}` });
    }
    return found;
  }, h.variables.params);
  return all;
}
