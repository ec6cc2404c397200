import { feature, type Section } from './feature.js';

export const section: Section = {
  title: 'Random numbers from keys',
  entry: '/random',
  features: {
    key: feature('np.random.SeedSequence', undefined, { jax: 'jax.random.key' }),
    split: feature('SeedSequence.spawn', undefined, { jax: 'jax.random.split' }),
    fold: feature('', undefined, { jax: 'jax.random.fold_in' }),
    uniform: feature('Generator.uniform', undefined, { jax: 'jax.random.uniform' }),
    normal: feature('Generator.normal', undefined, { jax: 'jax.random.normal' }),
    randint: feature('Generator.integers', undefined, { jax: 'jax.random.randint' }),
    permutation: feature('Generator.permutation', undefined, { jax: 'jax.random.permutation' }),
    choice: feature('Generator.choice', undefined, { jax: 'jax.random.choice' }),
    bernoulli: feature('Generator.binomial(1, p)', undefined, { jax: 'jax.random.bernoulli' }),
    exponential: feature('Generator.exponential', undefined, { jax: 'jax.random.exponential' }),
    gamma: feature('Generator.gamma', undefined, { jax: 'jax.random.gamma' }),
  },
};
