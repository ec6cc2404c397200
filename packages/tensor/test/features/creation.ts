import * as t from '../../src/index.js';
import { feature, of1, type Section } from './feature.js';
import { vector } from './operands.js';

export const section: Section = {
  title: 'Making and telling tensors',
  entry: '',
  features: {
    Tensor: feature('np.ndarray', undefined, { jax: 'jax.Array' }),
    tensor: feature('np.array'),
    zeros: feature('np.zeros'),
    ones: feature('np.ones'),
    full: feature('np.full'),
    eye: feature('np.eye'),
    arange: feature('np.arange'),
    linspace: feature('np.linspace'),
    zerosLike: feature(
      'np.zeros_like',
      of1(vector, (x) => t.zerosLike(x)),
    ),
    onesLike: feature(
      'np.ones_like',
      of1(vector, (x) => t.onesLike(x)),
    ),
    fullLike: feature(
      'np.full_like',
      of1(vector, (x) => t.fullLike(x, 2)),
    ),
    asTensor: feature('np.asarray'),
    isTensor: feature('isinstance(x, np.ndarray)', undefined, { jax: 'isinstance(x, jax.Array)' }),
    flatten: feature(
      'ndarray.flatten',
      of1(vector, (x) => t.flatten(x)),
      { jax: 'Array.flatten' },
    ),
    sameShape: feature('a.shape == b.shape', undefined, { jax: 'a.shape == b.shape' }),
    showShape: feature('str(x.shape)', undefined, { jax: 'str(x.shape)' }),
  },
};
