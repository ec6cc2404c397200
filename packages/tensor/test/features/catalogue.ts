import { section as arranging } from './arranging.js';
import { section as creation } from './creation.js';
import { section as derivatives } from './derivatives.js';
import { section as elementwise } from './elementwise.js';
import type { Section } from './feature.js';
import { section as io } from './io.js';
import { section as linalg } from './linalg.js';
import { section as math } from './math.js';
import { section as ndarray } from './ndarray.js';
import { section as parallel } from './parallel.js';
import { section as products } from './products.js';
import { section as random } from './random.js';
import { section as reductions } from './reductions.js';

/** Every public function, in the order of FEATURES.md. */
export const catalogue: readonly Section[] = [
  creation,
  elementwise,
  reductions,
  arranging,
  products,
  derivatives,
  linalg,
  random,
  io,
  ndarray,
  parallel,
  math,
];
