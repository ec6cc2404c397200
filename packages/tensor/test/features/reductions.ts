import * as t from '../../src/index.js';
import { feature, of1, type Section } from './feature.js';
import { matrix } from './operands.js';

export const section: Section = {
  title: 'Reductions and running totals',
  entry: '',
  features: {
    sum: feature(
      'np.sum',
      of1(matrix, (x) => t.sum(x)),
    ),
    prod: feature(
      'np.prod',
      of1(matrix, (x) => t.prod(x)),
    ),
    mean: feature(
      'np.mean',
      of1(matrix, (x) => t.mean(x)),
    ),
    variance: feature(
      'np.var',
      of1(matrix, (x) => t.variance(x)),
    ),
    std: feature(
      'np.std',
      of1(matrix, (x) => t.std(x)),
      { note: 'not finite where the variance is 0' },
    ),
    max: feature(
      'np.max',
      of1(matrix, (x) => t.max(x)),
      { note: 'those that tie share the cotangent' },
    ),
    min: feature(
      'np.min',
      of1(matrix, (x) => t.min(x)),
      { note: 'those that tie share the cotangent' },
    ),
    median: feature(
      'np.median',
      of1(matrix, (x) => t.median(x)),
    ),
    all: feature(
      'np.all',
      of1(matrix, (x) => t.all(x)),
    ),
    any: feature(
      'np.any',
      of1(matrix, (x) => t.any(x)),
    ),
    countNonzero: feature(
      'np.count_nonzero',
      of1(matrix, (x) => t.countNonzero(x)),
    ),
    argmax: feature(
      'np.argmax',
      of1(matrix, (x) => t.argmax(x)),
    ),
    argmin: feature(
      'np.argmin',
      of1(matrix, (x) => t.argmin(x)),
    ),
    cumsum: feature(
      'np.cumsum',
      of1(matrix, (x) => t.cumsum(x)),
    ),
    cumprod: feature(
      'np.cumprod',
      of1(matrix, (x) => t.cumprod(x)),
    ),
    diff: feature(
      'np.diff',
      of1(matrix, (x) => t.diff(x)),
    ),
    trace: feature(
      'np.trace',
      of1(matrix, (x) => t.trace(x)),
    ),
    quantile: feature(
      'np.quantile',
      of1(matrix, (x) => t.quantile(x, 0.3)),
    ),
    percentile: feature(
      'np.percentile',
      of1(matrix, (x) => t.percentile(x, 30)),
    ),
    logsumexp: feature(
      'scipy.special.logsumexp',
      of1(matrix, (x) => t.logsumexp(x)),
      { jax: 'jax.nn.logsumexp' },
    ),
    softmax: feature(
      'scipy.special.softmax',
      of1(matrix, (x) => t.softmax(x)),
      { jax: 'jax.nn.softmax' },
    ),
    logSoftmax: feature(
      'scipy.special.log_softmax',
      of1(matrix, (x) => t.logSoftmax(x)),
      { jax: 'jax.nn.log_softmax' },
    ),
  },
};
