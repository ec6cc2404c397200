import { feature, type Section } from './feature.js';

export const section: Section = {
  title: 'Files',
  entry: '/io',
  features: {
    decodeNpy: feature('np.load', undefined, { jax: 'jnp.load' }),
    encodeNpy: feature('np.save', undefined, { jax: 'jnp.save' }),
    decodeNpz: feature('np.load', undefined, { jax: 'jnp.load' }),
    encodeNpz: feature('np.savez; np.savez_compressed', undefined, { jax: 'jnp.savez' }),
    decodeSafetensors: feature('safetensors.numpy.load', undefined, { jax: 'safetensors.flax.load' }),
    encodeSafetensors: feature('safetensors.numpy.save', undefined, { jax: 'safetensors.flax.save' }),
  },
};
