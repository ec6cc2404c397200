import { dot, einsum, inner, kron, matmul, outer, tensordot, vdot } from '../../../src/index.js';
import { binary, type Calls, given } from './call.js';

export const calls: Calls = {
  ...binary({ dot, inner, kron, matmul, outer, vdot }),
  einsum: (xs, { spec }) => einsum(given(spec), ...xs),
  tensordot: ([a, b], { contract }) => tensordot(a, b, { axes: contract }),
};
