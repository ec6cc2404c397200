// `--import` this, so that threads of tests can import modules as they stand, in TypeScript, which tsx itself sees to in the main thread alone.
import { isMainThread } from 'node:worker_threads';

if (!isMainThread) {
  const { register } = await import('tsx/esm/api');
  register();
}
