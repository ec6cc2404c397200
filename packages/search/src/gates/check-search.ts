import type { LabelledTable } from '@neuronseek/network';
import { showShape, type Tensor } from '@neuronseek/tensor';
import type { GatesSettings } from './options.js';

/** Throws a RangeError unless both are finite matrices with the same number of rows, two at least. */
export function checkData({ x, y }: LabelledTable): void {
  if (
    x.order !== 2 ||
    y.order !== 2 ||
    x.shape[0] !== y.shape[0] ||
    x.shape[0] < 2 ||
    x.shape[1] < 1 ||
    y.shape[1] < 1
  ) {
    throw new RangeError(
      `searchTensorDecomposition: needs x [n, D] and y [n, C] with n ≥ 2: x is ${showShape(x.shape)}, y is ${showShape(y.shape)}`,
    );
  }
  checkFinite('x', x);
  checkFinite('y', y);
}

/** Throws a RangeError naming the first option that makes no sense. */
export function checkSettings(settings: GatesSettings): void {
  const integers = ['maxOrder', 'minInteractionOrder', 'rank', 'epochs', 'batchSize'] as const;
  for (const name of integers) {
    const least = name === 'batchSize' ? 2 : 1;
    if (!Number.isSafeInteger(settings[name]) || settings[name] < least)
      refuse(name, `an integer ≥ ${least}`, settings[name]);
  }
  if (!Number.isSafeInteger(settings.refitEpochs) || settings.refitEpochs < 0)
    refuse('refitEpochs', 'an integer ≥ 0', settings.refitEpochs);
  for (const name of ['powerRate', 'factorRate', 'clipNorm'] as const) {
    if (!(settings[name] > 0)) refuse(name, 'positive', settings[name]);
  }
  if (!(settings.lambda >= 0 && settings.lambda < Number.POSITIVE_INFINITY))
    refuse('lambda', 'a number ≥ 0', settings.lambda);
  if (!(settings.rankTolerance >= 0 && settings.rankTolerance < 1)) {
    refuse('rankTolerance', 'a number in [0, 1)', settings.rankTolerance);
  }
  const { warmUp, annealed } = settings;
  if (!(warmUp >= 0 && warmUp < annealed && annealed <= 1)) {
    throw new RangeError(`searchTensorDecomposition: needs 0 ≤ warmUp < annealed ≤ 1, got ${warmUp} and ${annealed}`);
  }
}

function refuse(name: string, wanted: string, got: number): never {
  throw new RangeError(`searchTensorDecomposition: ${name} must be ${wanted}, got ${got}`);
}

function checkFinite(name: string, t: Tensor): void {
  const values = t.toTypedArray();
  const bad = values.findIndex((v) => !Number.isFinite(v));
  if (bad < 0) return;
  const columns = t.shape[1];
  throw new RangeError(
    `searchTensorDecomposition: ${name} has ${values[bad]} at row ${Math.floor(bad / columns)}, column ${bad % columns}`,
  );
}
