import { fc, test } from '@fast-check/vitest';
import { mse } from '@neuronseek/network';
import { evaluate, toJSON } from '@neuronseek/neurons';
import { add, mul, ones, tensor } from '@neuronseek/tensor';
import { log } from '@neuronseek/tensor/math';
import { fold, key, normal } from '@neuronseek/tensor/random';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { inUnits, scaledTargets } from '../../src/gates/scale-target.js';
import { termPrices } from '../../src/gates/term-prices.js';
import { toNeuron } from '../../src/gates/to-neuron.js';
import {
  type GatesOptions,
  gatesDefaults,
  noiseProblem,
  paperDefaults,
  type SearchResult,
  searchTensorDecomposition,
  syntheticProblem,
} from '../../src/index.js';
import { smallStructure, trainedParams } from '../support/small-model.js';

const search = (
  data: Parameters<typeof searchTensorDecomposition>[0],
  options: Partial<GatesOptions> = {},
): SearchResult => searchTensorDecomposition(data, { method: 'gates', key: key(9), ...options });

describe('the mended gates', () => {
  test.each(['pure v0', 'interact v2', 'hybrid v0'])(
    'find the structure of %s, ranks included, and its function',
    (name) => {
      const { train, test: held, truth } = syntheticProblem(name, { key: key(611), inputs: 6, rows: 1000 });
      const { status, structure, neuron, terms } = search(train);
      expect([status, structure]).toEqual(['completed', { power: truth.power, interaction: truth.interaction }]);
      expect(mse(evaluate(neuron, held.x), held.y).item()).toBeLessThan(3 * truth.noiseFloor);
      for (const term of terms) {
        const { stream, order, kept, probability, reason } = term;
        const isTrue =
          stream === 'power' ? truth.power.includes(order) : truth.interaction.some((part) => part.order === order);
        expect(kept).toBe(isTrue);
        expect(probability > 0.5).toBe(kept);
        if (kept)
          expect(reason).toMatch(
            /^its gate stayed open .*: without it the description of the data is \d[\d.]* nats longer/,
          );
        else
          expect(reason).toMatch(
            /^its gate was closed on trial .* the data are described in \d[\d.]* nats less without it$/,
          );
      }
    },
  );

  test.each([1, 2])('find nothing in noise, draw %i', (draw) => {
    const { train } = noiseProblem({ key: key(620 + draw), inputs: 5, rows: 600 });
    const { status, neuron, terms } = search(train, { epochs: 60 });
    expect(status).toBe('no-structure');
    expect(terms.some(({ kept }) => kept)).toBe(false);
    expect([neuron.power, neuron.interaction]).toEqual([[], []]);
  });

  test('two classes', () => {
    const { train, truth } = syntheticProblem('hybrid v0', { key: key(631), inputs: 4, rows: 1500, classes: 2 });
    const { structure } = search(train, { task: 'classification', epochs: 60 });
    expect(structure.power).toEqual(truth.power);
    expect(structure.interaction.map(({ order }) => order)).toEqual([2]);
  });

  test('do it by training: without it, or with terms normalised over batches, false terms stay', () => {
    const { train, truth } = syntheticProblem('hybrid v0', { key: key(611), inputs: 6, rows: 1000 });
    const idle: readonly [Partial<GatesOptions>, number][] = [
      [{ epochs: 1, trialSteps: 16 }, 0],
      [{ trialSteps: 16 }, 4],
      [{ trialSteps: 0 }, 4],
      [{ normalization: 'batch' }, 4],
    ];
    for (const [options, terms] of idle) {
      const { structure } = search(train, { ...options, refitEpochs: 0 });
      const { power, interaction } = structure;
      expect({ power, interaction }, JSON.stringify(options)).not.toEqual({
        power: truth.power,
        interaction: truth.interaction,
      });
      expect(power.length + interaction.length, JSON.stringify(options)).toBeGreaterThanOrEqual(terms);
    }
  });

  test('a trial closes gates that annealing left open, and the trace tells', () => {
    const { train } = syntheticProblem('interact v0', { key: key(611), inputs: 4, rows: 500 });
    const { trace, terms } = search(train, { epochs: 40, maxOrder: 3 });
    const phases = [...new Set(trace.map(({ phase }) => phase))];
    expect(phases).toEqual(['warm-up', 'anneal', 'settle', 'trial', 'refit']);
    const open = (gates: readonly number[]): number => gates.filter((p) => p > 0.5).length;
    expect(open(trace[39].gates)).toBeGreaterThan(1);
    expect(trace.at(-1)?.gates.map((p) => p > 0.5)).toEqual(terms.map(({ kept }) => kept));
    trace.forEach(({ epoch, epochs }, i) => {
      expect(epoch).toBe(i + 1);
      expect(epochs).toBeGreaterThanOrEqual(trace.length);
    });
    expect(trace.at(-1)?.epochs).toBe(trace.length);
  });

  test.prop([fc.integer({ min: -20, max: 20 })], { numRuns: 3 })(
    'a unit that is a power of two changes no digit',
    (exponent) => {
      const { train } = syntheticProblem('hybrid v0', { key: key(640), inputs: 3, rows: 200 });
      const brief = { epochs: 8, trialSteps: 40, refitEpochs: 2, rank: 2, maxOrder: 3 };
      const [plain, other] = [train, { x: train.x, y: mul(train.y, 2 ** exponent) }].map((data) => search(data, brief));
      expect(other.structure).toEqual(plain.structure);
      expect([...evaluate(other.neuron, train.x).toTypedArray()]).toEqual([
        ...mul(evaluate(plain.neuron, train.x), 2 ** exponent).toTypedArray(),
      ]);
    },
  );

  test.prop([fc.double({ min: -6, max: 6, noNaN: true }), fc.double({ min: -100, max: 100, noNaN: true })], {
    numRuns: 4,
  })('judged by fits, the unit and the origin of the target do not matter', (exponent, origin) => {
    const { train } = syntheticProblem('hybrid v0', { key: key(640), inputs: 3, rows: 300 });
    const unit = 10 ** exponent;
    const moved = { x: train.x, y: add(mul(train.y, unit), origin * unit) };
    const [plain, other] = [train, moved].map((data) => search(data, { epochs: 60, evaluation: 'fits' }));
    expect(other.structure).toEqual(plain.structure);
    const [a, b] = [plain, other].map(({ neuron }) => evaluate(neuron, train.x));
    expectClose(b.toTypedArray(), add(mul(a, unit), origin * unit).toTypedArray(), {
      factor: 1e7,
      scale: unit * (1 + Math.abs(origin)),
    });
  });

  test('an abort leaves what there is, without trials', () => {
    const { train } = syntheticProblem('hybrid v0', { key: key(650), inputs: 3, rows: 200 });
    const controller = new AbortController();
    const { status, trace } = search(train, {
      signal: controller.signal,
      onProgress: ({ epoch }) => {
        if (epoch === 3) controller.abort();
      },
    });
    expect([status, trace.length]).toEqual(['aborted', 3]);
  });

  test('an abort in a trial leaves what was open before it', () => {
    const { train } = syntheticProblem('hybrid v0', { key: key(650), inputs: 3, rows: 200 });
    const controller = new AbortController();
    const { status, structure } = search(train, {
      epochs: 4,
      signal: controller.signal,
      onProgress: ({ phase }) => {
        if (phase === 'trial') controller.abort();
      },
    });
    expect([status, structure.power, structure.interaction.map(({ rank }) => rank)]).toEqual([
      'aborted',
      [1, 2, 3, 4, 5],
      [8, 8, 8, 8],
    ]);
  });

  test('orders above 8 are refused, or allowed where gates decide', () => {
    const { train } = syntheticProblem('pure v0', { key: key(651), inputs: 2, rows: 60 });
    const options = { maxOrder: 9, epochs: 1, rank: 1, evaluation: 'fits', trialSteps: 1, refitEpochs: 0 } as const;
    expect(() => search(train, options)).toThrow(
      new RangeError("searchTensorDecomposition: maxOrder must be at most 8 unless evaluation is 'gates', got 9"),
    );
    expect(search(train, { ...options, evaluation: 'gates' }).terms).toHaveLength(17);
  });

  test.each([
    [{ penalty: 'bic' }, "penalty must be 'parameters' or 'terms', got 'bic'"],
    [{ normalization: 'none' }, "normalization must be 'batch' or 'rows', got 'none'"],
    [{ trialSteps: -1 }, 'trialSteps must be an integer ≥ 0, got -1'],
    [{ evaluation: 'none' }, "evaluation must be 'fits' or 'gates', got 'none'"],
    [{ paper: 1 }, 'paper must be true or false, got 1'],
    [{ scaleTarget: 'yes' }, 'scaleTarget must be true or false, got yes'],
    [{ trainBias: null }, 'trainBias must be true or false, got null'],
  ])('%o is refused', (options: object, message) => {
    const { train } = syntheticProblem('pure v0', { key: key(651), inputs: 2, rows: 60 });
    expect(() => search(train, options)).toThrow(new RangeError(`searchTensorDecomposition: ${message}`));
  });
});

describe('paper: true', () => {
  test('is each of its options by itself', () => {
    const { train } = syntheticProblem('hybrid v0', { key: key(652), inputs: 3, rows: 200 });
    const brief = { epochs: 6, refitEpochs: 2, rank: 2, maxOrder: 3 };
    const each = search(train, { ...paperDefaults, ...brief, paper: false });
    const all = search(train, { paper: true, ...brief });
    expect(JSON.stringify([toJSON(each.neuron), each.terms, each.trace])).toBe(
      JSON.stringify([toJSON(all.neuron), all.terms, all.trace]),
    );
    expect(all.terms.filter(({ stream }) => stream === 'interaction').map(({ order }) => order)).toEqual([1, 2, 3]);
  });

  test('keeps terms that are not there, as the reference does', () => {
    const { train, truth } = syntheticProblem('interact v4', { key: key(660), inputs: 6, rows: 1000 });
    const { structure } = search(train, { paper: true, epochs: 100 });
    expect(structure.power.length + structure.interaction.length).toBeGreaterThan(
      truth.power.length + truth.interaction.length,
    );
  });

  test('has a bias that stays 0 while terms are trained', () => {
    const { train } = syntheticProblem('pure v0', { key: key(661), inputs: 2, rows: 100 });
    const off = search(train, { paper: true, epochs: 4, refitEpochs: 0 });
    const on = search(train, { paper: true, trainBias: true, epochs: 4, refitEpochs: 0 });
    expect(on.trace.at(-1)?.loss).not.toBe(off.trace.at(-1)?.loss);
  });
});

describe('termPrices', () => {
  test.prop([fc.integer({ min: 2, max: 500 }), fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 3 })])(
    'are p·ln(n)/(2n) for the p parameters of a power or of one product, or 1',
    (rows, inputs, outputs) => {
      const data = {
        x: tensor(new Float64Array(rows * inputs), [rows, inputs]),
        y: tensor(new Float64Array(rows * outputs), [rows, outputs]),
      };
      const structure = { power: [1, 3], interaction: [{ order: 2, rank: 5 }] };
      const parameters = [inputs, inputs, 2 * inputs - 1].map((p) => p * outputs);
      expectClose(
        termPrices(structure, gatesDefaults, data).toTypedArray(),
        parameters.map((p) => (p * log(rows)) / (2 * rows)),
        { factor: 8 },
      );
      expect([...termPrices(structure, paperDefaults, data).toTypedArray()]).toEqual([1, 1, 1]);
    },
  );
});

describe('targets', () => {
  test.prop([fc.nat({ max: 1000 }), fc.integer({ min: 1, max: 3 })])(
    'are standardised, and a neuron of theirs is put back into units',
    (seed, outputs) => {
      const x = tensor(normal(key(seed), 60), [20, 3]);
      const y = tensor(
        normal(fold(key(seed), 1), 20 * outputs).map((v, i) => 100 * (i % outputs) + 7 ** (i % outputs) * v),
        [20, outputs],
      );
      const settings = { ...gatesDefaults, method: 'gates' as const, key: key(0), validation: { x, y } };
      const { data, units, settings: scaled } = scaledTargets({ x, y }, settings);
      expect([...(scaled.validation?.y.toTypedArray() ?? [])]).toEqual([...data.y.toTypedArray()]);
      for (let c = 0; c < outputs; c++) {
        const column = Array.from(data.y.toTypedArray()).filter((_, i) => i % outputs === c);
        const squares = column.reduce((sum, v) => sum + v * v, 0) / column.length;
        expectClose([column.reduce((sum, v) => sum + v, 0) / column.length, squares], [0, 1], {
          factor: 1e4,
          scale: 1,
        });
      }
      const params = trainedParams(smallStructure, 3, outputs, seed);
      const neuron = toNeuron(smallStructure, params, x, ones(params.logAlpha.shape))?.neuron;
      if (!neuron) throw new Error('expected finite numbers');
      const values = evaluate(neuron, x).toTypedArray();
      const expected = values.map(
        (v, i) => (units?.means[i % outputs] ?? 0) + (units?.deviations[i % outputs] ?? 1) * v,
      );
      expectClose(evaluate(inUnits(neuron, units), x).toTypedArray(), expected, { factor: 1e5, scale: 1e3 });
    },
  );

  test('of classes, and where it is not asked for, are left alone', () => {
    const data = { x: tensor([[1], [2]]), y: tensor([[1], [4]]) };
    const settings = { ...gatesDefaults, method: 'gates' as const, key: key(0) };
    expect(scaledTargets(data, { ...settings, scaleTarget: false }).data).toBe(data);
    expect(scaledTargets(data, { ...settings, task: 'classification' }).data).toBe(data);
    const { neuron } = search({ x: data.x, y: tensor([[3], [3]]) }, { epochs: 2, evaluation: 'gates', maxOrder: 2 });
    expect(evaluate(neuron, data.x).toTypedArray().every(Number.isFinite)).toBe(true);
  });
});
