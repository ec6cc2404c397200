import { add, exp, max, sum, type Tensor, tanh, tensor } from '@neuronseek/tensor';
import ndarray from 'ndarray';
import ops from 'ndarray-ops';
import * as nts from 'numpy-ts';
import type { ElementwiseUnary } from '../../../packages/tensor/src/kernels/elementwise/index.js';
import { addKernel, expKernel, tanhKernel } from '../../../packages/tensor/src/kernels/elementwise/index.js';
import { type Fold, maxFold, reduce, sumFold } from '../../../packages/tensor/src/kernels/reduce/index.js';
import { numbers, ordinary, type Precision, resident } from '../data.js';
import type { NumPy } from '../numpy.js';
import { type Contestants, faster, type Group, type Row } from '../row.js';
import { tf, tfjsTimer } from '../tfjs.js';
import { calls } from '../timer.js';

const n = 1e6;
const values = numbers(n, 4);
const more = numbers(n, 4, 7);

const python = (precision: Precision): string =>
  `f = lambda i: (8 * ((np.arange(${n}) + i) * 0.618033988749895 % 1) - 4).astype(np.${precision})
x, y, out = f(1), f(7), np.empty(${n}, np.${precision})`;

const row = (name: string, floors: Row['floors'], prepare: () => Contestants): Row => ({ name, floors, prepare });

export function elementwiseGroup(numpy: NumPy): Group {
  const bandwidth = { NumPy: faster(0.8) };

  const addition = row('add f64 10⁶', bandwidth, () => {
    const [x, y, out] = [values, more, values].map((v) => resident('float64', v));
    const [tx, ty] = [tensor(values, [n]), tensor(more, [n])];
    const [nx, ny] = [nts.array(Array.from(values)), nts.array(Array.from(more))];
    const [dx, dy, sums] = [values, more, new Float64Array(n)].map((v) => ndarray(v, [n]));
    return {
      kernel: calls(() => addKernel(out, x, 0, [1], y, 0, [1], [n])),
      api: calls(() => add(tx, ty)),
      peers: {
        NumPy: numpy.timer(python('float64'), 'np.add(x, y, out=out)'),
        'numpy-ts': calls(() => nts.add(nx, ny).dispose()),
        'ndarray-ops': calls(() => ops.add(sums, dx, dy)),
      },
    };
  });

  const reduction = (name: 'sum' | 'max', fold: Fold, api: (x: Tensor) => Tensor): Row =>
    row(`${name} f64 10⁶`, bandwidth, () => {
      const [x, out] = [resident('float64', values), new Float64Array(1)];
      const tx = tensor(values, [n]);
      const nx = nts.array(Array.from(values));
      const dx = ndarray(values, [n]);
      return {
        kernel: calls(() => reduce(fold, out, x, 0, [], [], n, 1)),
        api: calls(() => api(tx)),
        peers: {
          NumPy: numpy.timer(python('float64'), `np.${name}(x)`),
          'numpy-ts': calls(() => (name === 'sum' ? nts.sum(nx) : nts.max(nx))),
          'ndarray-ops': calls(() => (name === 'sum' ? ops.sum(dx) : ops.sup(dx))),
        },
      };
    });

  const unary = (
    name: 'exp' | 'tanh',
    kernel: ElementwiseUnary,
    api: (x: Tensor) => Tensor,
    precision: Precision,
  ): Row => {
    const [single, js] = [precision === 'float32', faster(3)];
    const floors = { NumPy: faster(single ? 0.5 : 0.24), 'numpy-ts': js, 'ndarray-ops': js, 'tfjs-wasm': js };
    return row(`${name} ${single ? 'f32' : 'f64'} 10⁶`, floors, () => {
      const [x, out] = [values, values].map((v) => resident(precision, v));
      const tx = tensor(ordinary(precision, values), [n]);
      const nx = nts.array(Array.from(values), precision);
      const [dx, results] = [values, values].map((v) => ndarray(ordinary(precision, v), [n]));
      const tfjs = (): (() => tf.Tensor) => {
        const t = tf.tensor1d(Float32Array.from(values));
        return () => tf[name](t);
      };
      return {
        kernel: calls(() => kernel(out, x, 0, [1], [n])),
        api: calls(() => api(tx)),
        peers: {
          NumPy: numpy.timer(python(precision), `np.${name}(x, out=out)`),
          'numpy-ts': calls(() => (name === 'exp' ? nts.exp(nx) : nts.tanh(nx)).dispose()),
          ...(name === 'exp' ? { 'ndarray-ops': calls(() => ops.exp(results, dx)) } : {}),
          ...(single ? { 'tfjs-wasm': tfjsTimer(tfjs) } : {}),
        },
      };
    });
  };

  return {
    title: 'Elementwise and reductions',
    rows: [
      addition,
      reduction('sum', sumFold, sum),
      reduction('max', maxFold, max),
      unary('exp', expKernel, exp, 'float64'),
      unary('tanh', tanhKernel, tanh, 'float64'),
      unary('exp', expKernel, exp, 'float32'),
      unary('tanh', tanhKernel, tanh, 'float32'),
    ],
  };
}
