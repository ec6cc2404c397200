import type { LabelledTable } from '@neuronseek/network';
import { showShape, type Tensor } from '@neuronseek/tensor';
import { HIGHEST_ORDER } from '../als/options.js';
import type { GatesSettings } from './options.js';

/** Throws a RangeError unless x and y, and the validation rows if there are any, are tables that the search can learn from. */
export function checkData(
  data: LabelledTable,
  { task, validation, features }: Pick<GatesSettings, 'task' | 'validation' | 'features'>,
): void {
  checkTable('', data, 2, task);
  const [inputs, outputs] = [data.x.shape[1], data.y.shape[1]];
  if (task === 'classification' && outputs < 2) {
    refuse(`classification needs y [n, C] with C ≥ 2, one column a class: y is ${showShape(data.y.shape)}`);
  }
  if (validation) {
    checkTable('validation.', validation, 1, task);
    const { x, y } = validation;
    if (x.shape[1] !== inputs || y.shape[1] !== outputs) {
      refuse(
        `validation must have ${inputs} inputs and ${outputs} outputs like the data: its x is ${showShape(x.shape)}, its y is ${showShape(y.shape)}`,
      );
    }
  }
  if (features === undefined) return;
  const blank = features.some((name) => typeof name !== 'string' || name.trim() === '');
  if (features.length !== inputs || blank || new Set(features).size !== inputs) {
    refuse(`features must be ${inputs} different names that are not blank, got ${JSON.stringify(features)}`);
  }
}

/** Throws a RangeError naming the first option that makes no sense. */
export function checkSettings(settings: GatesSettings): void {
  oneOf('task', settings.task, ['regression', 'classification']);
  oneOf('penalty', settings.penalty, ['parameters', 'terms']);
  oneOf('normalization', settings.normalization, ['batch', 'rows']);
  oneOf('evaluation', settings.evaluation, ['fits', 'gates']);
  for (const name of ['paper', 'scaleTarget', 'trainBias'] as const) {
    if (typeof settings[name] !== 'boolean') refuse(`${name} must be true or false, got ${String(settings[name])}`);
  }
  const least = {
    maxOrder: 1,
    minInteractionOrder: 1,
    rank: 1,
    epochs: 1,
    refitEpochs: 0,
    trialSteps: 0,
    // Batch normalisation of a single row is void.
    batchSize: 2,
  };
  for (const name of [
    'maxOrder',
    'minInteractionOrder',
    'rank',
    'epochs',
    'refitEpochs',
    'trialSteps',
    'batchSize',
  ] as const) {
    if (!Number.isSafeInteger(settings[name]) || settings[name] < least[name])
      refuse(`${name} must be an integer ≥ ${least[name]}, got ${settings[name]}`);
  }
  for (const name of ['powerRate', 'factorRate'] as const) {
    if (!(settings[name] > 0 && settings[name] < Number.POSITIVE_INFINITY))
      refuse(`${name} must be positive and finite, got ${settings[name]}`);
  }
  if (!(settings.clipNorm > 0)) refuse(`clipNorm must be positive, got ${settings.clipNorm}`);
  if (!(settings.lambda >= 0 && settings.lambda < Number.POSITIVE_INFINITY))
    refuse(`lambda must be a number ≥ 0, got ${settings.lambda}`);
  const { warmUp, annealed, rankTolerance } = settings;
  if (!(rankTolerance >= 0 && rankTolerance < 1))
    refuse(`rankTolerance must be a number in [0, 1), got ${rankTolerance}`);
  if (settings.evaluation === 'fits' && settings.maxOrder > HIGHEST_ORDER)
    refuse(`maxOrder must be at most ${HIGHEST_ORDER} unless evaluation is 'gates', got ${settings.maxOrder}`);
  if (!(warmUp >= 0 && warmUp < annealed && annealed <= 1))
    refuse(`needs 0 ≤ warmUp < annealed ≤ 1, got ${warmUp} and ${annealed}`);
}

function checkTable(prefix: string, { x, y }: LabelledTable, fewest: number, task: GatesSettings['task']): void {
  const matrices = x.order === 2 && y.order === 2;
  if (!matrices || x.shape[0] !== y.shape[0] || x.shape[0] < fewest || x.shape[1] < 1 || y.shape[1] < 1) {
    refuse(
      `needs ${prefix}x [n, D] and ${prefix}y [n, C] with n ≥ ${fewest}: ${prefix}x is ${showShape(x.shape)}, ${prefix}y is ${showShape(y.shape)}`,
    );
  }
  checkFinite(`${prefix}x`, x);
  checkFinite(`${prefix}y`, y);
  if (task === 'classification') checkShares(`${prefix}y`, y);
}

function checkFinite(name: string, t: Tensor): void {
  const values = t.toTypedArray();
  const bad = values.findIndex((v) => !Number.isFinite(v));
  if (bad < 0) return;
  const columns = t.shape[1];
  refuse(`${name} has ${values[bad]} at row ${Math.floor(bad / columns)}, column ${bad % columns}`);
}

/** Every row must hold probabilities, which add up to 1 but for rounding. */
function checkShares(name: string, y: Tensor): void {
  const values = y.toTypedArray();
  const [rows, classes] = y.shape;
  for (let row = 0; row < rows; row++) {
    const shares = Array.from({ length: classes }, (_, c) => values[row * classes + c]);
    const sum = shares.reduce((total, v) => total + v, 0);
    if (shares.every((v) => v >= 0) && Math.abs(sum - 1) <= 1e-6) continue;
    refuse(
      `classification needs probabilities that add up to 1 in every row of ${name}: row ${row} is [${shares.join(', ')}]`,
    );
  }
}

function oneOf(name: string, got: string, wanted: readonly string[]): void {
  if (!wanted.includes(got)) refuse(`${name} must be ${wanted.map((w) => `'${w}'`).join(' or ')}, got '${got}'`);
}

function refuse(what: string): never {
  throw new RangeError(`searchTensorDecomposition: ${what}`);
}
