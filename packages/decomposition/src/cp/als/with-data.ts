import type { Tensor } from '@neuronseek/tensor';
import { type MttkrpSweep, mttkrpSweep, type Workspace, workspace, workspaceBytes } from '@neuronseek/tensor/kernels';
import { checkTensor } from '../../checks/check-tensor.js';
import { type NormalizedData, normalizedData } from '../../normalized-data.js';

/** Multiplications a pass below which the kernels work on ordinary arrays too. */
const SMALL = 2 ** 15;

/**
 * What `use` returns for the data of a fit and the sweeps over them, which share memory that is given back afterwards, also where something throws.
 *
 * Every sweep reads the data twice: they are copied once to where the kernels read them in place, by `allocate`; ordinary arrays where it has nothing, with
 * the same bits.
 */
export function withData<T>(
  name: string,
  x: Tensor,
  rank: number,
  use: (data: NormalizedData, products: MttkrpSweep) => T,
  allocate: (bytes: number) => Workspace | undefined = workspace,
): T {
  checkTensor(name, 'x', x);
  const memory = x.size * rank < SMALL ? undefined : allocate(workspaceBytes(8 * x.size));
  try {
    const data = normalizedData(name, x, memory?.float64);
    const products = mttkrpSweep(data.elements, data.shape, rank);
    try {
      return use(data, products);
    } finally {
      products.release();
    }
  } finally {
    memory?.release();
  }
}
