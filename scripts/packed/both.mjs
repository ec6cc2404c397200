// Runs in the project the tarballs were installed in: the ESM and the CJS copy of tensor take each other's tensors.
import { createRequire } from 'node:module';
import * as esm from '@neuronseek/tensor';
import * as esmLinalg from '@neuronseek/tensor/linalg';

/** @import { Tensor } from '@neuronseek/tensor' */

const require = createRequire(import.meta.url);
/** @type {typeof import('@neuronseek/tensor')} */
const cjs = require('@neuronseek/tensor');
/** @type {typeof import('@neuronseek/tensor/linalg')} */
const cjsLinalg = require('@neuronseek/tensor/linalg');

/**
 * @param {string} name
 * @param {boolean} holds
 */
function check(name, holds) {
  console.log(`${holds ? 'ok' : 'FAILED'} ${name}`);
  if (!holds) process.exitCode = 1;
}

/** @param {Tensor} x */
const show = (x) => JSON.stringify(x.toArray());

check('there are two copies', esm.Tensor !== cjs.Tensor);
for (const [from, here, there, linalg] of /** @type {const} */ ([
  ['CJS in ESM', esm, cjs, esmLinalg],
  ['ESM in CJS', cjs, esm, cjsLinalg],
])) {
  const foreign = there.tensor([4, 2, 2, 3], [2, 2]);
  check(`${from}: recognised`, here.isTensor(foreign));
  check(`${from}: computed with`, show(here.add(foreign, here.ones([2, 2]))) === '[[5,3],[3,4]]');
  const gradient = here.grad((/** @type {Tensor} */ x) => here.sum(here.mul(x, here.square(x))))(foreign);
  check(`${from}: differentiated`, show(gradient) === '[[48,12],[12,27]]');
  check(`${from}: decomposed`, here.sum(linalg.inv(foreign)).item() === there.sum(linalg.inv(foreign)).item());
}
