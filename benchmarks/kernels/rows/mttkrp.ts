import { mttkrp } from '@neuronseek/decomposition';
import { type Tensor, tensor } from '@neuronseek/tensor';
import { mttkrpSweep } from '../../../packages/tensor/src/kernels/mttkrp/index.js';
import { numbers, resident } from '../data.js';
import type { NumPy } from '../numpy.js';
import { type Floor, type Group, inTime, type Row } from '../row.js';
import { calls } from '../timer.js';

/**
 * NumPy forms the Khatri–Rao product of the other factors and multiplies, one product a mode. The unfoldings are made beforehand and cost it nothing,
 * the ones of inner modes copies among them: TensorLy makes them anew in every sweep.
 */
const python = (shape: readonly number[], rank: number): string => `
shape, rank = ${JSON.stringify(shape)}, ${rank}
f = lambda n: 2 * (np.arange(1, n + 1) * 0.618033988749895 % 1) - 1
x = f(int(np.prod(shape))).reshape(shape)
factors = [f(n * rank).reshape(n, rank) for n in shape]
unfolded = [np.moveaxis(x, m, 0).reshape(n, -1) for m, n in enumerate(shape)]
def khatri_rao(ms):
    r = ms[0]
    for m in ms[1:]:
        r = (r[:, None, :] * m[None, :, :]).reshape(-1, rank)
    return r
def sweep():
    for m in range(len(shape)):
        unfolded[m] @ khatri_rao(factors[:m] + factors[m + 1:])
`;

function row(numpy: NumPy, name: string, shape: readonly number[], rank: number, floor: Floor): Row {
  return {
    name,
    floors: { NumPy: floor },
    prepare: () => {
      const size = shape.reduce((a, b) => a * b, 1);
      const values = numbers(size);
      const x = resident('float64', values);
      const factors = shape.map((n) => numbers(n * rank));
      const tensors: readonly Tensor[] = factors.map((data, m) => tensor(data, [shape[m], rank]));
      const tx = tensor(values, shape);
      const wanted = shape.map(() => true);
      const sweep = mttkrpSweep(x, shape, rank);
      return {
        kernel: calls(() => sweep.run(factors, wanted, () => undefined)),
        api: calls(() => shape.map((_, mode) => mttkrp(tx, tensors, mode))),
        peers: { NumPy: numpy.timer(python(shape, rank), 'sweep()') },
      };
    },
  };
}

export function mttkrpGroup(numpy: NumPy): Group {
  return {
    title: 'MTTKRP, all modes',
    rows: [
      row(numpy, '200³, rank 16', [200, 200, 200], 16, inTime(1)),
      row(numpy, '50⁴, rank 10', [50, 50, 50, 50], 10, inTime(0.55)),
    ],
  };
}
