import { div, equal, mul, sum, type Tensor, where } from '@neuronseek/tensor';

/** 1 / Σ x², or 1 / Σ weights·x², or 1 where that is 0; written in operations. */
export function inverseSquares(x: Tensor, weights?: Tensor): Tensor {
  const squares = sum(weights ? mul(weights, mul(x, x)) : mul(x, x));
  return div(1, where(equal(squares, 0), 1, squares));
}
