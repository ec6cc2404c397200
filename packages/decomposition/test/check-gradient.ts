import { add, mul, sum, type Tensor, vjp } from '@neuronseek/tensor';
import { checkVjp, checkVjpOrder2 } from '@neuronseek/testkit';
import { toData, toTensor } from './arbitraries.js';
import { irregular } from './irregular.js';

/**
 * The vjp laws of order 1 and 2 for a function of tensors. Directions and cotangents are made from the shapes: fixed
 * irregular numbers, so that no two entries of the Jacobian can stand in for each other.
 */
export function checkGradient(f: (xs: Tensor[]) => Tensor, inputs: readonly Tensor[]): void {
  const pullback = (xs: Tensor[], g: Tensor): Tensor[] => vjp((ys: Tensor[]) => f(ys), xs).pullback(g);
  const xs = inputs.map(toData);
  const g = toData(irregular(f([...inputs]).shape, 1));
  checkVjp({
    apply: (ds) => toData(f(ds.map(toTensor))),
    pullback: (ds, d) => pullback(ds.map(toTensor), toTensor(d)).map(toData),
    inputs: xs,
    direction: xs.map(({ shape }, k) => toData(irregular(shape, k + 2))),
    cotangent: g,
  });
  checkVjpOrder2({
    pullback: (ds, d) => pullback(ds.map(toTensor), toTensor(d)).map(toData),
    pullback2: (ds, d, ws) => {
      const outer = vjp(
        (all: Tensor[]) => dotAll(pullback(all.slice(0, -1), all[all.length - 1]), ws.map(toTensor)),
        [...ds.map(toTensor), toTensor(d)],
      );
      return outer.pullback(toTensor({ shape: [], data: Float64Array.of(1) })).map(toData);
    },
    inputs: xs,
    cotangent: g,
    direction: [...xs, g].map(({ shape }, k) => toData(irregular(shape, k + 11))),
    cotangents2: xs.map(({ shape }, k) => toData(irregular(shape, k + 23))),
  });
}

/** Σ_k ⟨as_k, bs_k⟩ */
function dotAll(as: readonly Tensor[], bs: readonly Tensor[]): Tensor {
  return as.map((a, k) => sum(mul(a, bs[k]))).reduce((total, part) => add(total, part));
}
