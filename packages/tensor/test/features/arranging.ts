import * as t from '../../src/index.js';
import { feature, of1, of2, type Section } from './feature.js';
import { matrix, otherVector, signal, vector } from './operands.js';

export const section: Section = {
  title: 'Arranging and indexing',
  entry: '',
  features: {
    reshape: feature(
      'np.reshape',
      of1(matrix, (x) => t.reshape(x, [3, 2])),
    ),
    ravel: feature(
      'np.ravel',
      of1(matrix, (x) => t.ravel(x)),
    ),
    contiguous: feature(
      'np.ascontiguousarray',
      of1(matrix, (x) => t.contiguous(t.transpose(x))),
    ),
    transpose: feature(
      'np.transpose',
      of1(matrix, (x) => t.transpose(x)),
    ),
    matrixTranspose: feature(
      'np.matrix_transpose',
      of1(matrix, (x) => t.matrixTranspose(x)),
    ),
    moveAxis: feature(
      'np.moveaxis',
      of1(matrix, (x) => t.moveAxis(x, 0, 1)),
    ),
    swapAxes: feature(
      'np.swapaxes',
      of1(matrix, (x) => t.swapAxes(x, 0, 1)),
    ),
    expandDims: feature(
      'np.expand_dims',
      of1(matrix, (x) => t.expandDims(x, 0)),
    ),
    squeeze: feature(
      'np.squeeze',
      of1(signal, (x) => t.squeeze(x)),
    ),
    broadcastTo: feature(
      'np.broadcast_to',
      of1(matrix, (x) => t.broadcastTo(x, [2, 2, 3])),
    ),
    broadcastArrays: feature(
      'np.broadcast_arrays',
      of2(matrix, vector, (a, b) => t.broadcastArrays([a, b])),
    ),
    concat: feature(
      'np.concatenate',
      of1(matrix, (x) => t.concat([x, x])),
    ),
    stack: feature(
      'np.stack',
      of1(matrix, (x) => t.stack([x, x])),
    ),
    split: feature(
      'np.split',
      of1(matrix, (x) => t.split(x, 2)),
    ),
    unstack: feature(
      'np.unstack',
      of1(matrix, (x) => t.unstack(x)),
    ),
    flip: feature(
      'np.flip',
      of1(matrix, (x) => t.flip(x)),
    ),
    roll: feature(
      'np.roll',
      of1(matrix, (x) => t.roll(x, 1)),
    ),
    tile: feature(
      'np.tile',
      of1(matrix, (x) => t.tile(x, 2)),
    ),
    repeat: feature(
      'np.repeat',
      of1(matrix, (x) => t.repeat(x, 2)),
    ),
    pad: feature(
      'np.pad',
      of1(matrix, (x) => t.pad(x, 1)),
    ),
    diag: feature(
      'np.diag',
      of1(matrix, (x) => t.diag(x)),
    ),
    diagflat: feature(
      'np.diagflat',
      of1(matrix, (x) => t.diagflat(x)),
    ),
    diagonal: feature(
      'np.diagonal',
      of1(matrix, (x) => t.diagonal(x)),
    ),
    tril: feature(
      'np.tril',
      of1(matrix, (x) => t.tril(x)),
    ),
    triu: feature(
      'np.triu',
      of1(matrix, (x) => t.triu(x)),
    ),
    meshgrid: feature(
      'np.meshgrid',
      of2(vector, otherVector, (a, b) => t.meshgrid([a, b])),
    ),
    slice: feature(
      'x[1:, ::-1]',
      of1(matrix, (x) => t.slice(x, [1, { step: -1 }])),
      { jax: 'x[1:, ::-1]' },
    ),
    take: feature(
      'np.take',
      of1(matrix, (x) => t.take(x, [1, 1])),
    ),
    takeAlongAxis: feature(
      'np.take_along_axis',
      of1(matrix, (x) => t.takeAlongAxis(x, t.argsort(x))),
    ),
    gather: feature(
      'np.take_along_axis',
      of1(matrix, (x) => t.gather(x, t.argsort(x))),
    ),
    scatterAdd: feature(
      'np.add.at',
      of2(vector, otherVector, (a, b) => t.scatterAdd(a, [0, 0, 2], b)),
      { jax: 'x.at[i].add' },
    ),
    sort: feature(
      'np.sort',
      of1(matrix, (x) => t.sort(x)),
    ),
    argsort: feature(
      'np.argsort',
      of1(matrix, (x) => t.argsort(x)),
    ),
    topK: feature(
      '',
      of1(matrix, (x) => t.topK(x, 2)),
      { jax: 'jax.lax.top_k', condition: 'the values; places are constant' },
    ),
    nonzero: feature(
      'np.nonzero',
      of1(matrix, (x) => t.nonzero(x)),
    ),
    oneHot: feature(
      'np.eye(n)[x]',
      of1(t.tensor([0, 2]), (x) => t.oneHot(x, 3)),
      { jax: 'jax.nn.one_hot' },
    ),
  },
};
