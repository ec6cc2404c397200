import * as t from '../../src/index.js';
import { feature, of1, type Section } from './feature.js';
import { vector } from './operands.js';

export const section: Section = {
  title: 'Derivatives',
  entry: '',
  features: {
    grad: feature('', undefined, { jax: 'jax.grad' }),
    valueAndGrad: feature('', undefined, { jax: 'jax.value_and_grad' }),
    vjp: feature('', undefined, { jax: 'jax.vjp' }),
    jvp: feature('', undefined, { jax: 'jax.jvp' }),
    jacobian: feature('', undefined, { jax: 'jax.jacobian' }),
    hessian: feature('', undefined, { jax: 'jax.hessian' }),
    hvp: feature('', undefined, { jax: '' }),
    checkpoint: feature(
      '',
      of1(
        vector,
        t.checkpoint((x: t.Tensor) => t.sin(x)),
      ),
      { jax: 'jax.checkpoint' },
    ),
    customVjp: feature(
      '',
      of1(
        vector,
        t.customVjp(
          (x: t.Tensor) => t.sin(x),
          (g, _y, x) => [t.mul(g, t.cos(x))],
        ),
      ),
      { jax: 'jax.custom_vjp' },
    ),
    stopGradient: feature(
      '',
      of1(vector, (x) => t.stopGradient(x)),
      { jax: 'jax.lax.stop_gradient' },
    ),
    compileStep: feature(
      '',
      of1(
        vector,
        t.compileStep((x: t.Tensor) => t.sin(x)),
      ),
      { jax: 'jax.jit' },
    ),
    compileLoop: feature('', undefined, { jax: '' }),
    treeLeaves: feature('', undefined, { jax: 'jax.tree.leaves' }),
    treeMap: feature('', undefined, { jax: 'jax.tree.map' }),
    apply: feature('', undefined, { jax: '' }),
    applyView: feature('', undefined, { jax: '' }),
    applyMulti: feature('', undefined, { jax: '' }),
    backwardVjp: feature('', undefined, { jax: '' }),
  },
};
