import { type Model, parameterCount, predict } from '@neuronseek/network';
import { evaluate, type NeuronStructure } from '@neuronseek/neurons';
import { type Tensor, take } from '@neuronseek/tensor';
import { fold, type Key, key } from '@neuronseek/tensor/random';
import { describeFormula } from './formula.js';
import { linearModel } from './linear-model.js';
import { matchingPerceptron, taskNetwork } from './networks.js';
import { type DiscoverOptions, type DiscoverResult, discoverDefaults } from './options.js';
import { type Prepared, prepare } from './prepare.js';
import { remarks } from './remarks.js';
import type { ModelSummary, PredictionSummary } from './report.js';
import { decode, score } from './score.js';
import { searchClosedForm } from './search-closed-form.js';
import { searchGates } from './search-gates.js';
import type { Searched } from './searched.js';
import type { Table } from './table.js';
import { type TrainedModel, trainModel } from './train-model.js';

/** Rows of the test set that the report draws, and of the training set that rank monomials. */
const mostPoints = 2000;

/**
 * The main job: finds the neuron a table asks for, trains a small network of such neurons, and scores it beside a linear regression
 * and a multilayer perceptron of at least as many parameters, trained the same way, on rows that nothing was fitted to.
 *
 * Rows without a target are left out; the rest is shuffled and split 70 : 10 : 20 into training, validation and test. Same table, options and
 * seed give the same neuron and networks, bit for bit. An aborted run returns a whole report of what there was by then. Throws an InputError,
 * one sentence, for a table that cannot be learnt from, and a RangeError for an option that makes no sense.
 */
export function discover(table: Table, options: DiscoverOptions): DiscoverResult {
  const { target: targetName, seed = discoverDefaults.seed, clock = () => 0 } = options;
  checkOptions(options);
  const root = key(seed);
  const lap = stopwatch(clock);
  const prepared = prepare(table, targetName, options.task, fold(root, 0));
  const found = searchOf(prepared, options, fold(root, 1));
  const searchSeconds = lap();

  // Without a structure there is still a network to train: that of linear neurons.
  const empty = found.structure.power.length + found.structure.interaction.length === 0;
  const structure: NeuronStructure = empty ? { power: [1], interaction: [] } : found.structure;
  const { test, target } = prepared;
  const [inputs, outputs] = [prepared.inputs.length, test.y.shape[1]];
  const train = (name: string, layer: TrainedModel['layer']): TrainedModel =>
    trainModel(name, layer, prepared, options, fold(root, 2));

  const network = train('network of found neurons', taskNetwork(structure, inputs, outputs));
  const networkSeconds = lap();
  const parameters = parameterCount(network.variables.params);
  const mlp = train('MLP (ReLU)', matchingPerceptron(parameters, inputs, outputs));
  const mlpSeconds = lap();
  const linear = linearModel(prepared, train);
  const linearSeconds = lap();

  const output = predict(network.layer, network.variables, test.x);
  const summary = (
    name: string,
    prediction: Tensor,
    rest: Pick<ModelSummary, 'parameters' | 'seconds' | 'trace' | 'note'>,
  ): ModelSummary => ({
    name,
    ...score(decode(prediction, target), test.actual, target),
    ...rest,
  });
  const models = [
    summary(network.name, output, { parameters, seconds: networkSeconds, trace: network.trace, note: network.note }),
    summary('the found neuron alone', evaluate(found.neuron, test.x), {
      parameters: parameterCount(found.neuron),
      seconds: searchSeconds,
      trace: [],
      note: 'as the search fitted it',
    }),
    summary(mlp.name, predict(mlp.layer, mlp.variables, test.x), {
      parameters: parameterCount(mlp.variables.params),
      seconds: mlpSeconds,
      trace: mlp.trace,
      note: mlp.note,
    }),
    summary(linear.name, linear.predict(test.x), {
      parameters: linear.parameters,
      seconds: linearSeconds,
      trace: linear.trace,
      note: linear.note,
    }),
  ];
  const sample = take(prepared.train.x, evenly(prepared.train.x.shape[0]));
  const model: Model = { layer: network.layer, variables: network.variables };
  const training = networkSeconds + mlpSeconds + linearSeconds;
  const formula = describeFormula(
    found.neuron,
    found.structure,
    sample,
    prepared.inputs,
    target,
    targetName,
    found.summary.method === 'als' ? found.summary.variables.length : undefined,
  );
  return {
    neuron: found.neuron,
    model,
    scaling: { inputs: prepared.inputs, target },
    report: {
      version: 2,
      task: target.task,
      target: targetName,
      classes: target.task === 'classification' ? target.classes : [],
      seed,
      data: prepared.summary,
      search: found.summary,
      formula,
      models,
      predictions: predictions(decode(output, target), test.actual),
      seconds: { search: searchSeconds, training, total: searchSeconds + training + lap() },
      remarks: remarks(found, models, prepared, formula),
    },
  };
}

function searchOf(prepared: Prepared, options: DiscoverOptions, key: Key): Searched {
  const { search = {} } = options;
  return search.method === 'gates'
    ? searchGates(prepared, options, search, key)
    : searchClosedForm(prepared, options, search, key);
}

/** Refuses before the search what would be refused after it. */
function checkOptions({ task, epochs = discoverDefaults.epochs }: DiscoverOptions): void {
  if (!Number.isSafeInteger(epochs) || epochs < 1)
    throw new RangeError(`discover: epochs must be an integer ≥ 1, got ${epochs}`);
  if (task !== undefined && task !== 'regression' && task !== 'classification')
    throw new RangeError(`discover: task must be 'regression' or 'classification', got '${String(task)}'`);
}

/** Seconds since the last call. */
function stopwatch(clock: () => number): () => number {
  let last = clock();
  return () => {
    const now = clock();
    const seconds = (now - last) / 1000;
    last = now;
    return seconds;
  };
}

/** At most `mostPoints` of the numbers below n, evenly spaced. */
function evenly(n: number): number[] {
  const count = Math.min(n, mostPoints);
  return Array.from({ length: count }, (_, i) => Math.floor((i * n) / count));
}

function predictions(predicted: Float64Array, actual: Float64Array): PredictionSummary {
  const rows = evenly(actual.length);
  return { actual: rows.map((i) => actual[i]), predicted: rows.map((i) => predicted[i]) };
}
