import { feature, type Section } from './feature.js';

export const section: Section = {
  title: 'Threads',
  entry: '/parallel',
  features: {
    configure: feature(''),
    capabilities: feature('np.show_runtime', undefined, { jax: 'jax.devices' }),
    parallelFor: feature(''),
    mapTasks: feature(''),
  },
};
