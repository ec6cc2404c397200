import {
  balancedCut,
  gemm,
  type MttkrpSweep,
  mttkrpSweep,
  type Workspace,
  workspace,
  workspaceBytes,
} from '@neuronseek/tensor/kernels';
import { khatriRaoKernel } from '../../kernels/khatri-rao/index.js';

/** A tensor of the size of the data that a model is written to, and that gradients are taken of once it holds derivatives by the elements of the model. */
export interface DenseModel {
  /** Overwritten by `fill`, row-major. */
  readonly elements: Float64Array;
  /** elements += Σ_r a₀[:, r] ∘ … ∘ a_{N-1}[:, r] where `add`, else =. Cost: 2·R·size flops. */
  readonly fill: (factors: readonly Float64Array[], add: boolean) => void;
  /** MTTKRPs of the elements as they are. Cost: 4·R·size flops. */
  readonly products: MttkrpSweep;
  readonly release: () => void;
}

/** Multiplications below which the kernels work on ordinary arrays too. */
const SMALL = 2 ** 15;

export function denseModel(
  shape: readonly number[],
  rank: number,
  allocate: (bytes: number) => Workspace | undefined = workspace,
): DenseModel {
  const cut = balancedCut(shape);
  const rows = shape.slice(0, cut).reduce((product, n) => product * n, 1);
  const cols = shape.slice(cut).reduce((product, n) => product * n, 1);
  const size = rows * cols;
  const bytes = workspaceBytes(8 * size, 8 * rows * rank, 8 * cols * rank);
  const memory = size * rank < SMALL ? undefined : allocate(bytes);
  const make = memory?.float64 ?? ((length: number): Float64Array => new Float64Array(length));
  const [elements, left, right] = [make(size), make(rows * rank), make(cols * rank)];
  const products = mttkrpSweep(elements, shape, rank);
  return {
    elements,
    fill: (factors, add) => {
      khatriRaoKernel(factors.slice(0, cut), rank, left);
      khatriRaoKernel(factors.slice(cut), rank, right);
      gemm(rows, cols, rank, left, 0, rank, 1, right, 0, 1, rank, elements, 0, cols, add);
    },
    products,
    release: () => {
      products.release();
      memory?.release();
    },
  };
}
