// Runs in the project the tarballs were installed in: every entry named on the command line loads as ESM, and the smoke checks hold.
import * as approximation from '@neuronseek/approximation';
import * as certificates from '@neuronseek/approximation/parallel';
import * as decomposition from '@neuronseek/decomposition';
import * as restarts from '@neuronseek/decomposition/parallel';
import * as network from '@neuronseek/network';
import * as neurons from '@neuronseek/neurons';
import * as search from '@neuronseek/search';
import * as studies from '@neuronseek/search/parallel';
import * as tensor from '@neuronseek/tensor';
import * as io from '@neuronseek/tensor/io';
import * as linalg from '@neuronseek/tensor/linalg';
import * as ndarray from '@neuronseek/tensor/ndarray';
import * as parallel from '@neuronseek/tensor/parallel';
import * as random from '@neuronseek/tensor/random';
import smoke from './smoke.cjs';

for (const entry of process.argv.slice(2)) {
  const names = Object.keys(await import(entry));
  console.log(`${names.length > 0 ? 'ok' : 'FAILED'} import ${entry} (${names.length} names)`);
  if (names.length === 0) process.exitCode = 1;
}
await smoke({
  tensor,
  linalg,
  random,
  parallel,
  io,
  ndarray,
  decomposition,
  restarts,
  neurons,
  network,
  search,
  studies,
  approximation,
  certificates,
});
