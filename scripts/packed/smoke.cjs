// The same program for every copy of the packages: given the modules, it uses a little of each and compares with what is known.

const { join } = require('node:path');
const { pathToFileURL } = require('node:url');
const { count } = require('./task.cjs');

/** @import { Tensor } from '@neuronseek/tensor' */

/**
 * @typedef {object} Modules
 * @property {typeof import('@neuronseek/tensor')} tensor
 * @property {typeof import('@neuronseek/tensor/linalg')} linalg
 * @property {typeof import('@neuronseek/tensor/random')} random
 * @property {typeof import('@neuronseek/tensor/parallel')} parallel
 * @property {typeof import('@neuronseek/tensor/io')} io
 * @property {typeof import('@neuronseek/tensor/ndarray')} ndarray
 * @property {typeof import('@neuronseek/decomposition')} decomposition
 * @property {typeof import('@neuronseek/decomposition/parallel')} restarts
 * @property {typeof import('@neuronseek/neurons')} neurons
 * @property {typeof import('@neuronseek/network')} network
 * @property {typeof import('@neuronseek/search')} search
 * @property {typeof import('@neuronseek/search/parallel')} studies
 * @property {typeof import('@neuronseek/approximation')} approximation
 * @property {typeof import('@neuronseek/approximation/parallel')} certificates
 */

/**
 * @param {boolean} condition
 * @param {string} what
 */
function must(condition, what) {
  if (!condition) throw new Error(what);
}

/**
 * Runs the checks and prints a line for each, then, as `bits`, a digest of every number that came out. Sets the exit code.
 *
 * @param {Modules} modules
 */
module.exports = async function smoke({
  tensor: t,
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
}) {
  let hash = 0x811c9dc5;
  /** @param {Tensor} x */
  const digest = (x) => {
    const flat = Float64Array.from(x.toTypedArray());
    for (const byte of new Uint8Array(flat.buffer)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
    return x;
  };
  /**
   * @param {Tensor} a
   * @param {Tensor} b
   */
  const distance = (a, b) => t.max(t.abs(t.sub(a, b))).item();
  /** @type {[name: string, run: () => void | Promise<void>][]} */
  const checks = [
    [
      'gradient, to order 2',
      () => {
        const cube = (/** @type {Tensor} */ x) => t.sum(t.mul(x, t.square(x)));
        const x = t.tensor([1, 2, 3]);
        const first = digest(t.grad(cube)(x));
        const second = digest(t.grad((/** @type {Tensor} */ y) => t.sum(t.grad(cube)(y)))(x));
        must(distance(first, t.tensor([3, 12, 27])) === 0, `3x² is ${first}`);
        must(distance(second, t.tensor([6, 12, 18])) === 0, `6x is ${second}`);
      },
    ],
    [
      'linear algebra, with a gradient through it',
      () => {
        const a = t.tensor([4, 2, 2, 3], [2, 2]);
        const l = digest(linalg.cholesky(a));
        must(distance(t.matmul(l, t.matrixTranspose(l)), a) < 1e-14, `L Lᵀ is ${t.matmul(l, t.matrixTranspose(l))}`);
        // d det(A)/dA = det(A) A⁻ᵀ, the adjugate transposed.
        const adjugate = digest(t.grad(linalg.det)(a));
        const expected = t.tensor([3, -2, -2, 4], [2, 2]);
        must(distance(adjugate, expected) < 1e-13, `the gradient of det is ${adjugate}`);
      },
    ],
    [
      'a product large enough for WebAssembly',
      () => {
        const a = t.tensor(random.normal(random.key(7), 40 * 300), [40, 300]);
        const product = digest(t.matmul(a, t.transpose(a)));
        const one = t.dot(t.slice(a, [3]), t.slice(a, [5])).item();
        // The same sums in another order of additions at most: 300 products of numbers below 5.
        must(Math.abs(t.slice(product, [3, 5]).item() - one) < 1e-11, `⟨row 3, row 5⟩ is ${one}`);
      },
    ],
    [
      'random keys',
      () => {
        const draws = t.tensor(random.normal(random.key(1), 1000));
        digest(draws);
        must(Math.abs(t.mean(draws).item()) < 0.15, `the mean of 1000 normal draws is ${t.mean(draws).item()}`);
      },
    ],
    [
      'threads, where there are any',
      async () => {
        // ESM and CommonJS alike: both copies of the package take both.
        for (const file of ['task.mjs', 'task.cjs']) {
          const module = pathToFileURL(join(__dirname, file));
          const items = [1, 2, 3, 4].map((seed) => ({ seed, length: 5 }));
          /** @type {Float64Array[]} */
          const results = await parallel.mapTasks({ module, name: 'draw' }, items, { threads: 2 });
          for (const result of results) digest(t.tensor(result));
          const failure = await parallel.mapTasks({ module, name: 'draw' }, [items[0], null]).catch(String);
          must(/^Error: mapTasks: task draw failed at item 1: /.test(String(failure)), `${failure}`);
        }
        const module = pathToFileURL(join(__dirname, 'task.cjs'));
        const out = new Float64Array(new SharedArrayBuffer(8 * 100));
        for (let i = 0; i < 50; i++) parallel.parallelFor({ module, name: 'count', run: count }, 100, { out });
        must(
          out.every((n) => n === 50),
          `the chunks ran ${out} times`,
        );
        const { threads, workers } = parallel.capabilities();
        console.log(`ok capabilities: ${threads} threads, workers ${workers}`);
      },
    ],
    [
      'restarts, on threads where there are any',
      async () => {
        const { tensor: x } = decomposition.createProblem({ shape: [6, 5, 4], rank: 2, noise: 0.1 });
        const { best, relativeErrors, status } = await restarts.cpRestarts(x, 2, { restarts: 3 });
        must(status === 'complete' && best !== undefined, `${status}, errors ${relativeErrors}`);
        if (best !== undefined) for (const factor of best.factors) digest(factor);
        digest(t.tensor(relativeErrors));
        must(Math.max(...relativeErrors) < 0.5, `the errors are ${relativeErrors}`);
      },
    ],
    [
      'a stability study, on threads where there are any, from either entry',
      async () => {
        const { train, truth } = search.syntheticProblem('hybrid v0', { key: random.key(1), inputs: 2, rows: 60 });
        const named = /** @type {const} */ ({
          method: 'gates',
          options: { epochs: 4, refitEpochs: 1, rank: 1, maxOrder: 2, batchSize: 30 },
        });
        const options = { key: random.key(2), bootstraps: 3, truth };
        for (const stability of [search.stability, studies.stability]) {
          const { status, counted, runs, predictions } = await stability(named, train, options);
          must(status === 'complete' && counted === 3, `${status}, ${runs.map(({ error }) => error)}`);
          if (predictions !== undefined) digest(predictions.median);
        }
      },
    ],
    [
      'files and ndarrays',
      () => {
        const x = digest(t.transpose(t.tensor(random.gamma(random.key(5), 6, { alpha: 0.5 }), [2, 3])));
        const compressed = io.decodeNpz(io.encodeNpz({ x }, { compress: true })).x;
        const { tensors } = io.decodeSafetensors(io.encodeSafetensors({ x: compressed }));
        must(distance(tensors.x, x) === 0, `${x} came back as ${tensors.x}`);
        const reversed = ndarray.fromNdarray(ndarray.toNdarray(x).step(-1));
        must(distance(reversed, t.slice(x, [{ step: -1 }])) === 0, `${x} reversed is ${reversed}`);
      },
    ],
    [
      'cpAls',
      () => {
        const factors = random.split(random.key(2), 3).map((k) => t.tensor(random.normal(k, 4 * 2), [4, 2]));
        const x = decomposition.cpToTensor({ weights: t.ones([2]), factors });
        const { relativeError, factors: found } = decomposition.cpAls(x, 2, { key: random.key(3) });
        found.forEach(digest);
        must(relativeError < 1e-4, `the relative error at the true rank is ${relativeError}`);
      },
    ],
    [
      'a neuron',
      () => {
        const weights = t.tensor([1, 0], [2, 1]);
        const factor = (/** @type {number[]} */ v) => t.tensor(v, [2, 1, 1]);
        const neuron = neurons.polynomialNeuron({
          inputs: 2,
          outputs: 1,
          bias: t.tensor([5]),
          power: [{ order: 3, weights }],
          interaction: [{ form: 'cp', order: 2, rank: 1, factors: [factor([1, 1]), factor([1, -1])] }],
        });
        // 5 + x₁³ + (x₁ + x₂)(x₁ − x₂) at (2, 3) and (1, 1)
        const y = digest(neurons.evaluate(neuron, t.tensor([2, 3, 1, 1], [2, 2])));
        must(distance(y, t.tensor([8, 6], [2, 1])) < 1e-13, `5 + x₁³ + x₁² − x₂² is ${y}`);
        const copy = neurons.fromJSON(JSON.parse(JSON.stringify(neurons.toJSON(neuron))));
        must(neurons.print(copy) === neurons.print(neuron), 'the neuron read back prints differently');
      },
    ],
    [
      'a network',
      () => {
        const x = t.reshape(t.linspace(-1, 1, 32), [32, 1]);
        const y = t.add(t.mul(x, t.tensor(2)), t.tensor(1));
        const layer = network.linear(1, 1);
        const { variables, status } = network.fit(
          layer,
          { x, y },
          {
            loss: network.mse,
            optimizer: network.adam(),
            key: random.key(4),
            epochs: 200,
            batchSize: 32,
            schedule: () => 0.05,
          },
        );
        const error = distance(digest(network.predict(layer, variables, x)), y);
        must(status === 'completed' && error < 0.05, `${status}, largest error ${error} on a straight line`);
      },
    ],
    [
      'a theorem',
      () => {
        const { holds, runs } = approximation.verifyTheorem('exact-polynomial-neuron', { runs: 5, seed: 7 });
        must(holds && runs === 5, `${holds ? 'holds' : 'fails'} in ${runs} runs`);
      },
    ],
    [
      'a certificate, on threads where there are any',
      async () => {
        const domain = /** @type {const} */ ([
          [0, 1],
          [0, 1],
        ]);
        const wave = neurons.parse('sin(3*a)*b', { features: ['a', 'b'] });
        const bent = neurons.parse('3*a*b', { features: ['a', 'b'] });
        const f = approximation.functionTarget(approximation.formulaFunction(wave), domain);
        const h = approximation.formulaFunction(bent);
        const { lower, upper, status } = await certificates.certifySupNormInThreads(f, h, { tolerance: 1e-3 });
        digest(t.tensor([lower, upper]));
        // 3a − sin 3a grows to 3 − sin 3.
        const truth = 3 - Math.sin(3);
        must(
          status === 'converged' && lower <= truth && truth <= upper,
          `${status}, ${lower} … ${upper}, it is ${truth}`,
        );
      },
    ],
  ];
  for (const [name, run] of checks) {
    try {
      await run();
      console.log(`ok ${name}`);
    } catch (error) {
      console.log(`FAILED ${name}: ${error instanceof Error ? error.stack : error}`);
      process.exitCode = 1;
    }
  }
  console.log(`bits ${hash.toString(16).padStart(8, '0')}`);
};
