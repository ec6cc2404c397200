export { fold } from './fold.js';
export { type Key, key } from './key.js';
export { type NormalOptions, normal, normalDefaults } from './normal.js';
export { permutation } from './permutation.js';
export { type RandintOptions, randint, randintDefaults } from './randint.js';
export { split } from './split.js';
export { type UniformOptions, uniform, uniformDefaults } from './uniform.js';
