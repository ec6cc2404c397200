import type { LabelledTable } from '@neuronseek/network';
import { slice, type Tensor, tensor } from '@neuronseek/tensor';
import { type Key, normal, split } from '@neuronseek/tensor/random';
import type { SyntheticSettings } from './check-options.js';
import { drawInputs } from './distribution.js';
import { classKeys, drawScore, relevantColumns, type ScoreKeys } from './draw-score.js';
import { drawLabels } from './labels.js';
import type { Recipe } from './recipe.js';
import { moments, neuronOfScores, type Score, scoreValues } from './score.js';
import type { SyntheticProblem } from './synthetic-problem.js';

/** Draws the problem of a recipe. Cost: a few flops a row, column and form, and a random number for every number in x. */
export function makeProblem(op: string, recipe: Recipe, settings: SyntheticSettings): SyntheticProblem {
  const { key, inputs, rows, testRows, distribution, classes } = settings;
  const all = rows + testRows;
  const [xKey, noiseKey, weights, signs, sizes, columnKey, addedKey, labelKey] = split(key, 8);
  const x = drawInputs(op, xKey, all, inputs, distribution);
  const relevant = relevantColumns(columnKey, inputs, settings.relevant);
  const draw = (keys: ScoreKeys, columnWeights: boolean): Score =>
    drawScore(recipe, keys, x, all, inputs, relevant, columnWeights);
  const keys = { weights, signs, sizes };
  const { y, ...rest } =
    classes === 'regression'
      ? regression(op, draw(keys, false), x, settings, noiseKey, addedKey)
      : labelled(classes === 2 ? [draw(keys, false)] : classesOf(draw, keys), x, settings, labelKey);
  const table: LabelledTable = { x: tensor(x, [all, inputs]), y };
  const part = (start: number, stop: number): LabelledTable => ({
    x: slice(table.x, [{ start, stop }]),
    y: slice(table.y, [{ start, stop }]),
  });
  const { neuron, noiseFloor, mean, deviation } = rest;
  return {
    name: recipe.name,
    train: part(0, rows),
    test: part(rows, all),
    truth: {
      power: neuron.power.map(({ order }) => order),
      interaction: neuron.interaction.flatMap((i) => (i.form === 'cp' ? [{ order: i.order, rank: i.rank }] : [])),
      relevant,
      noiseFloor,
      neuron,
    },
    mean,
    deviation,
  };
}

/** A target with all that is said of it but its orders. */
interface Target
  extends Pick<SyntheticProblem, 'mean' | 'deviation'>,
    Pick<SyntheticProblem['truth'], 'neuron' | 'noiseFloor'> {
  readonly y: Tensor;
}

function classesOf(draw: (keys: ScoreKeys, columnWeights: boolean) => Score, keys: ScoreKeys): Score[] {
  return [0, 1, 2].map((c) => draw(classKeys(keys, c), true));
}

function regression(
  op: string,
  score: Score,
  x: Float64Array,
  { inputs, baseNoise, noise }: SyntheticSettings,
  noiseKey: Key,
  addedKey: Key,
): Target {
  const values = scoreValues(score, x, x.length / inputs);
  const errors = normal(noiseKey, values.length, { standardDeviation: baseNoise });
  for (let i = 0; i < values.length; i++) values[i] += errors[i];
  const { mean, deviation } = moments(values);
  if (!(deviation > 0)) throw new RangeError(`${op}: the target must vary: got ${values.length} times ${mean}`);
  for (let i = 0; i < values.length; i++) values[i] = (values[i] - mean) / deviation;
  if (noise > 0) {
    const added = normal(addedKey, values.length, { standardDeviation: noise });
    for (let i = 0; i < values.length; i++) values[i] += added[i];
  }
  return {
    y: tensor(values, [values.length, 1]),
    neuron: neuronOfScores(inputs, [score], [1 / deviation], [-mean / deviation]),
    noiseFloor: (baseNoise / deviation) ** 2 + noise ** 2,
    mean: [mean],
    deviation: [deviation],
  };
}

/** One score tells two classes apart, as logits −s/2 and s/2; of three classes each has its own. Chance is in the labels alone. */
function labelled(
  scores: readonly Score[],
  x: Float64Array,
  { inputs, rows, steepness }: SyntheticSettings,
  labelKey: Key,
): Target {
  const found = scores.map((score) => {
    const values = scoreValues(score, x, x.length / inputs);
    const { mean, deviation } = moments(values);
    // Scores that are 0 stay 0.
    return { values, mean, deviation: deviation > 0 ? deviation : 1 };
  });
  const two = scores.length === 1;
  const weights = two ? [-steepness / 2, steepness / 2] : found.map(() => steepness);
  const sources = two ? [0, 0] : found.map((_, c) => c);
  const factors = weights.map((w, c) => w / found[sources[c]].deviation);
  const biases = factors.map((f, c) => -f * found[sources[c]].mean);
  const logits = factors.map((f, c) => found[sources[c]].values.map((v) => f * v + biases[c]));
  const { labels, entropy } = drawLabels(labelKey, logits);
  const held = entropy.subarray(rows);
  return {
    y: tensor(labels, [entropy.length, logits.length]),
    neuron: neuronOfScores(
      inputs,
      sources.map((s) => scores[s]),
      factors,
      biases,
    ),
    noiseFloor: held.reduce((sum, h) => sum + h, 0) / held.length,
    mean: found.map(({ mean }) => mean),
    deviation: found.map(({ deviation }) => deviation),
  };
}
