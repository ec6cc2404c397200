import * as t from '../../src/index.js';
import { feature, of1, of2, type Section } from './feature.js';
import { image, matrix, otherMatrix, otherVector, signal, vector } from './operands.js';

export const section: Section = {
  title: 'Products, convolutions and pooling',
  entry: '',
  features: {
    matmul: feature(
      'np.matmul',
      of2(matrix, otherMatrix, (a, b) => t.matmul(a, b)),
    ),
    dot: feature(
      'np.dot',
      of2(vector, otherVector, (a, b) => t.dot(a, b)),
    ),
    vdot: feature(
      'np.vdot',
      of2(vector, otherVector, (a, b) => t.vdot(a, b)),
    ),
    inner: feature(
      'np.inner',
      of2(vector, otherVector, (a, b) => t.inner(a, b)),
    ),
    outer: feature(
      'np.outer',
      of2(vector, otherVector, (a, b) => t.outer(a, b)),
    ),
    kron: feature(
      'np.kron',
      of2(matrix, otherMatrix, (a, b) => t.kron(a, b)),
    ),
    tensordot: feature(
      'np.tensordot',
      of2(matrix, otherMatrix, (a, b) => t.tensordot(a, b, { axes: 1 })),
    ),
    einsum: feature(
      'np.einsum',
      of2(matrix, otherMatrix, (a, b) => t.einsum('ij,jk->ik', a, b)),
    ),
    einsumPath: feature('np.einsum_path'),
    convolve: feature(
      'np.convolve',
      of2(vector, otherVector, (a, b) => t.convolve(a, b)),
    ),
    correlate: feature(
      'np.correlate',
      of2(vector, otherVector, (a, b) => t.correlate(a, b)),
    ),
    conv1d: feature(
      '',
      of2(signal, signal, (a, b) => t.conv1d(a, b)),
      { jax: 'jax.lax.conv_general_dilated' },
    ),
    convTranspose1d: feature(
      '',
      of2(signal, signal, (a, b) => t.convTranspose1d(a, b)),
      { jax: 'jax.lax.conv_transpose' },
    ),
    avgPool1d: feature(
      '',
      of1(signal, (x) => t.avgPool1d(x, 2)),
      { jax: 'jax.lax.reduce_window' },
    ),
    maxPool1d: feature(
      '',
      of1(signal, (x) => t.maxPool1d(x, 2)),
      { jax: 'jax.lax.reduce_window', note: 'of elements that tie the first' },
    ),
    conv2d: feature(
      '',
      of2(image, image, (a, b) => t.conv2d(a, b)),
      { jax: 'jax.lax.conv_general_dilated' },
    ),
    convTranspose2d: feature(
      '',
      of2(image, image, (a, b) => t.convTranspose2d(a, b)),
      { jax: 'jax.lax.conv_transpose' },
    ),
    avgPool2d: feature(
      '',
      of1(image, (x) => t.avgPool2d(x, 2)),
      { jax: 'jax.lax.reduce_window' },
    ),
    maxPool2d: feature(
      '',
      of1(image, (x) => t.maxPool2d(x, 2)),
      { jax: 'jax.lax.reduce_window', note: 'of elements that tie the first' },
    ),
  },
};
