// Runs in the project the tarballs were installed in: every entry named on the command line loads as CJS, and the smoke checks hold.
const smoke = require('./smoke.cjs');

for (const entry of process.argv.slice(2)) {
  const names = Object.keys(require(entry));
  console.log(`${names.length > 0 ? 'ok' : 'FAILED'} require ${entry} (${names.length} names)`);
  if (names.length === 0) process.exitCode = 1;
}
smoke({
  tensor: require('@neuronseek/tensor'),
  linalg: require('@neuronseek/tensor/linalg'),
  random: require('@neuronseek/tensor/random'),
  parallel: require('@neuronseek/tensor/parallel'),
  io: require('@neuronseek/tensor/io'),
  ndarray: require('@neuronseek/tensor/ndarray'),
  decomposition: require('@neuronseek/decomposition'),
  restarts: require('@neuronseek/decomposition/parallel'),
  neurons: require('@neuronseek/neurons'),
  network: require('@neuronseek/network'),
  search: require('@neuronseek/search'),
  studies: require('@neuronseek/search/parallel'),
  approximation: require('@neuronseek/approximation'),
  certificates: require('@neuronseek/approximation/parallel'),
});
