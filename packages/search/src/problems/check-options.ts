import { type SyntheticOptions, syntheticDefaults } from './synthetic-problem.js';

/** Options with every default filled in. */
export type SyntheticSettings = Required<SyntheticOptions>;

/** Options with the defaults filled in; an error by `op` for the first that makes no sense. */
export function syntheticSettings(op: string, options: SyntheticOptions): SyntheticSettings {
  for (const name of Object.keys(options)) {
    if (name === 'key' || name === 'relevant' || Object.hasOwn(syntheticDefaults, name)) continue;
    const known = ['key', 'relevant', ...Object.keys(syntheticDefaults)].join(', ');
    throw new TypeError(`${op}: unknown option ${name}: the options are ${known}`);
  }
  const defaults = syntheticDefaults;
  const { key, inputs = defaults.inputs, rows = defaults.rows, testRows = defaults.testRows } = options;
  const { distribution = defaults.distribution, classes = defaults.classes, relevant = inputs } = options;
  const { baseNoise = defaults.baseNoise, noise = defaults.noise, steepness = defaults.steepness } = options;
  checkCount(op, 'inputs', inputs);
  checkCount(op, 'rows', rows);
  checkCount(op, 'testRows', testRows);
  checkCount(op, 'relevant', relevant);
  if (relevant > inputs) throw new RangeError(`${op}: relevant must be at most ${inputs}, the inputs: got ${relevant}`);
  if (classes !== 'regression' && classes !== 2 && classes !== 3) {
    throw new RangeError(`${op}: classes must be 'regression', 2 or 3: got ${classes}`);
  }
  if (classes !== 'regression' && noise !== 0) {
    throw new RangeError(`${op}: noise must be 0 for classes, whose labels are drawn: got ${noise}`);
  }
  for (const [name, value] of Object.entries({ baseNoise, noise, steepness })) {
    if (!(value >= 0 && Number.isFinite(value))) {
      throw new RangeError(`${op}: ${name} must be a finite number from 0: got ${value}`);
    }
  }
  return { key, inputs, rows, testRows, distribution, classes, relevant, baseNoise, noise, steepness };
}

/** An error by `op` unless the value is an integer from 1. */
export function checkCount(op: string, name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new RangeError(`${op}: ${name} must be a positive integer: got ${value}`);
  }
}
