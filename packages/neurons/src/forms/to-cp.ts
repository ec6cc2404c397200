import { flatten, type Tensor, tensor } from '@neuronseek/tensor';
import type {
  CpInteraction,
  Interaction,
  SymmetricInteraction,
  TtInteraction,
  TuckerInteraction,
} from '../interaction.js';

/**
 * Any interaction as a CP interaction of the same coefficient tensor; one in CP form is returned as it is.
 *
 * The rank is R of a symmetric interaction, Π R_m of Tucker (one component for each element of the core) and Π R_m over the inner ranks of a train (one for
 * each path through them). A train is only rearranged; weights and core elements are multiplied into the first factor, which rounds its
 * entries once and nothing else. Cost: order·rank·inputs·outputs numbers.
 */
export function toCp(part: Interaction): CpInteraction {
  switch (part.form) {
    case 'cp':
      return part;
    case 'symmetric':
      return symmetricToCp(part);
    case 'tucker':
      return tuckerToCp(part);
    case 'tt':
      return trainToCp(part);
  }
}

function symmetricToCp({ order, rank, weights, factor }: SymmetricInteraction): CpInteraction {
  const [inputs, , outputs] = factor.shape;
  const w = flatten(weights);
  const u = flatten(factor);
  const first = filled(factor, [inputs, rank, outputs], (i) => u[i] * w[i % (rank * outputs)]);
  return { form: 'cp', order, rank, factors: [first, ...new Array<Tensor>(order - 1).fill(factor)] };
}

function tuckerToCp({ order, ranks, core, factors }: TuckerInteraction): CpInteraction {
  const [inputs] = factors[0].shape;
  const outputs = core.shape[order];
  const rank = core.size / outputs;
  const elements = flatten(core);
  let inner = rank;
  return {
    form: 'cp',
    order,
    rank,
    factors: factors.map((factor, m) => {
      const u = flatten(factor);
      inner /= ranks[m];
      const step = inner;
      return filled(factor, [inputs, rank, outputs], (i) => {
        const [d, r, c] = [Math.floor(i / (rank * outputs)), Math.floor(i / outputs) % rank, i % outputs];
        const value = u[(d * ranks[m] + (Math.floor(r / step) % ranks[m])) * outputs + c];
        return m === 0 ? value * elements[r * outputs + c] : value;
      });
    }),
  };
}

function trainToCp({ order, ranks, cores }: TtInteraction): CpInteraction {
  const [, inputs, , outputs] = cores[0].shape;
  const rank = ranks.reduce((product, r) => product * r, 1);
  const sides = [1, ...ranks, 1];
  // Component r is the path through the inner ranks whose mixed-radix digits, the first the slowest, are r.
  const digit = (r: number, m: number): number => {
    const step = sides.slice(m + 1).reduce((product, side) => product * side, 1);
    return Math.floor(r / step) % sides[m];
  };
  const factors = cores.map((core, m) => {
    const values = flatten(core);
    const path = Array.from({ length: rank }, (_, r) => [digit(r, m), digit(r, m + 1)]);
    return filled(core, [inputs, rank, outputs], (i) => {
      const [d, r, c] = [Math.floor(i / (rank * outputs)), Math.floor(i / outputs) % rank, i % outputs];
      const [left, right] = path[r];
      return values[((left * inputs + d) * sides[m + 1] + right) * outputs + c];
    });
  });
  return { form: 'cp', order, rank, factors };
}

/** A tensor of the dtype of another one. */
function filled(like: Tensor, shape: readonly number[], value: (i: number) => number): Tensor {
  const size = shape.reduce((product, n) => product * n, 1);
  const data = like.dtype === 'float32' ? new Float32Array(size) : new Float64Array(size);
  for (let i = 0; i < size; i++) data[i] = value(i);
  return tensor(data, shape);
}
