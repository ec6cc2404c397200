import { arange, eye, full, fullLike, linspace, ones, onesLike, zeros, zerosLike } from '../../../src/index.js';
import { type Calls, given, unary } from './call.js';

export const calls: Calls = {
  ...unary({ onesLike, zerosLike }),
  arange: (_xs, { bounds = [], dtype }) => arange(bounds[0], bounds[1], bounds[2], { dtype }),
  eye: (_xs, { n, dtype }) => eye(given(n), { dtype }),
  full: (_xs, { shape, value, dtype }) => full(given(shape), given(value), { dtype }),
  fullLike: ([x], { value }) => fullLike(x, given(value)),
  linspace: (_xs, { bounds = [], count }) => linspace(bounds[0], bounds[1], count),
  ones: (_xs, { shape, dtype }) => ones(given(shape), { dtype }),
  zeros: (_xs, { shape, dtype }) => zeros(given(shape), { dtype }),
};
