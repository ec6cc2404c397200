import { contiguous, flatten, treeLeaves } from '@neuronseek/tensor';
import { fold, permutation, split } from '@neuronseek/tensor/random';
import { init } from '../init.js';
import { checkCount } from '../layers/check.js';
import type { Layer } from '../layers/layer.js';
import type { Variables } from '../layers/rules.js';
import { cosine } from '../schedules/cosine.js';
import { evaluateLoss } from './evaluate-loss.js';
import { type FitEvent, type FitOptions, type FitResult, type FitStatus, fitDefaults } from './fit-options.js';
import { checkTable, type LabelledTable } from './labelled-table.js';
import { type EpochPlan, stepsAnEpoch, trainEpoch, training } from './train-epoch.js';

/**
 * Trains a layer by stochastic gradient descent on the mean loss of shuffled batches. Same inputs, key and version: same bits. A step is compiled: `loss` is
 * called once for each size of batches, unless it looks at numbers, which makes it run step by step.
 *
 * A loss, gradient or parameter that is not finite ends the run with status 'diverged' and the variables of the best epoch before, and so does
 * a validation loss that is not finite. Throws a RangeError for tables that do not fit, elements of x or y that are not finite (by name and
 * index) and options out of range; see {@link FitOptions} for these. Cost: about three forward passes a batch, and a look at every number of
 * the tables at the start.
 */
export function fit<S>(layer: Layer, data: LabelledTable, options: FitOptions<S>): FitResult {
  const { key, validation, signal, onProgress, optimizer, loss } = options;
  const { epochs = fitDefaults.epochs, batchSize = fitDefaults.batchSize, clipNorm = fitDefaults.clipNorm } = options;
  const { patience = Number.POSITIVE_INFINITY } = options;
  checkOptions({ epochs, batchSize, clipNorm, patience });
  checkTables(data, validation);
  const rows = data.x.shape[0];
  const [initKey, orderKey] = split(key, 2);
  const plan: EpochPlan<S> = {
    layer,
    // Rows are taken from it step by step: a view with gaps would be copied whole each time.
    data: { x: contiguous(data.x), y: contiguous(data.y) },
    loss,
    optimizer,
    schedule: options.schedule ?? cosine(fitDefaults.learningRate, epochs * stepsAnEpoch(rows, batchSize)),
    batchSize,
    clipNorm,
  };

  const start = options.variables ?? init(layer, initKey);
  const run = training(plan, { variables: start, memory: optimizer.init(start.params) });
  let best = { variables: start, epoch: 0, loss: Number.POSITIVE_INFINITY };
  const trace: FitEvent[] = [];
  const ended = (status: FitStatus): FitResult => ({ variables: best.variables, status, bestEpoch: best.epoch, trace });

  for (let epoch = 1; epoch <= epochs; epoch++) {
    if (signal?.aborted) return ended('aborted');
    const before = (epoch - 1) * stepsAnEpoch(rows, batchSize);
    const train = trainEpoch(run, permutation(fold(orderKey, epoch), rows), before, plan);
    const { variables } = run.progress();
    if (train === undefined || !allFinite(variables)) return ended('diverged');
    const held = validation ? evaluateLoss(layer, variables, validation, loss) : Number.NaN;
    const event = { epoch, epochs, train, validation: held };
    trace.push(event);
    if (!validation || held < best.loss) best = { variables, epoch, loss: held };
    onProgress?.(event);
    if (validation && !Number.isFinite(held)) return ended('diverged');
    if (epoch < epochs && epoch - best.epoch >= patience) return ended('stopped-early');
  }
  return ended('completed');
}

interface Limits {
  readonly epochs: number;
  readonly batchSize: number;
  readonly clipNorm: number;
  /** Infinity: no limit. */
  readonly patience: number;
}

function checkOptions({ epochs, batchSize, clipNorm, patience }: Limits): void {
  checkCount('fit', 'epochs', epochs);
  checkCount('fit', 'batchSize', batchSize);
  if (!(clipNorm > 0)) throw new RangeError(`fit: clipNorm must be positive, got ${clipNorm}`);
  if (patience !== Number.POSITIVE_INFINITY) checkCount('fit', 'patience', patience);
}

function checkTables(data: LabelledTable, validation: LabelledTable | undefined): void {
  checkTable('fit', '', data);
  if (!validation) return;
  checkTable('fit', 'validation.', validation);
  for (const name of ['x', 'y'] as const) {
    const [trained, held] = [data[name].shape[1], validation[name].shape[1]];
    if (trained !== held) {
      throw new RangeError(`fit: ${name} has ${trained} columns, validation.${name} has ${held}`);
    }
  }
}

function allFinite({ params, state }: Variables): boolean {
  return treeLeaves([params, state]).every((x) => flatten(x).every(Number.isFinite));
}
