import { fileURLToPath } from 'node:url';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import type { Timer } from './row.js';
import { calls } from './timer.js';

setWasmPaths(fileURLToPath(new URL('.', import.meta.resolve('@tensorflow/tfjs-backend-wasm'))));

/** tfjs on its WebAssembly backend has vectors and, in Node, one thread. Says why it is missing where it is. */
const missing: string | undefined = await tf
  .setBackend('wasm')
  .then((set) => (set ? undefined : 'the backend refused'))
  .catch((error: unknown) => String(error));

/** Times what tfjs makes; `prepare` makes the function, whose results are given back. */
export function tfjsTimer(prepare: () => () => tf.TensorContainer): Timer | string {
  if (missing !== undefined) return missing;
  const f = prepare();
  return calls(() => tf.dispose(f()));
}

export { tf };
