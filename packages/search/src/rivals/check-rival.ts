import type { LabelledTable } from '@neuronseek/network';
import { showShape, type Tensor } from '@neuronseek/tensor';
import { type GeneFunction, geneFunctions } from './programs/opcodes.js';

/** Throws a RangeError named `op` unless x [n, D] and y [n, 1] are tables to learn from, and the validation rows, if any, fit them. */
export function checkRivalData(
  op: string,
  data: LabelledTable,
  validation: LabelledTable | undefined,
  features: readonly string[] | undefined,
): void {
  checkTable(op, '', data, 2);
  const inputs = data.x.shape[1];
  if (validation) {
    checkTable(op, 'validation.', validation, 1);
    if (validation.x.shape[1] !== inputs) {
      throw new RangeError(
        `${op}: validation must have ${inputs} inputs like the data: its x is ${showShape(validation.x.shape)}`,
      );
    }
  }
  if (features === undefined) return;
  const blank = features.some((name) => typeof name !== 'string' || name.trim() === '');
  if (features.length !== inputs || blank || new Set(features).size !== inputs) {
    throw new RangeError(
      `${op}: features must be ${inputs} different names that are not blank: got ${JSON.stringify(features)}`,
    );
  }
}

function checkTable(op: string, prefix: string, { x, y }: LabelledTable, fewest: number): void {
  const matrices = x.order === 2 && y.order === 2;
  if (!matrices || x.shape[0] !== y.shape[0] || x.shape[0] < fewest || x.shape[1] < 1 || y.shape[1] !== 1) {
    throw new RangeError(
      `${op}: needs ${prefix}x [n, D] and ${prefix}y [n, 1] with n ≥ ${fewest}: ${prefix}x is ${showShape(x.shape)}, ${prefix}y is ${showShape(y.shape)}`,
    );
  }
  checkFinite(op, `${prefix}x`, x);
  checkFinite(op, `${prefix}y`, y);
}

function checkFinite(op: string, name: string, t: Tensor): void {
  const values = t.toTypedArray();
  const bad = values.findIndex((v) => !Number.isFinite(v));
  if (bad < 0) return;
  const columns = t.shape[1];
  throw new RangeError(
    `${op}: ${name} has ${values[bad]} at row ${Math.floor(bad / columns)}, column ${bad % columns}`,
  );
}

/** Throws a RangeError naming the first option that is no integer of at least so much. */
export function checkIntegers(op: string, least: Readonly<Record<string, number>>, settings: object): void {
  const values: Readonly<Record<string, unknown>> = { ...settings };
  for (const [name, bound] of Object.entries(least)) {
    const value = values[name];
    if (!Number.isSafeInteger(value) || Number(value) < bound) {
      throw new RangeError(`${op}: ${name} must be an integer ≥ ${bound}: got ${String(value)}`);
    }
  }
}

/** Throws a RangeError naming the first option that is no number from the first bound up to the second, the second excluded. */
export function checkRanges(
  op: string,
  ranges: Readonly<Record<string, readonly [number, number]>>,
  settings: object,
): void {
  const values: Readonly<Record<string, unknown>> = { ...settings };
  for (const [name, [low, high]] of Object.entries(ranges)) {
    const value = values[name];
    if (typeof value !== 'number' || !(value >= low && value < high)) {
      throw new RangeError(`${op}: ${name} must be a number in [${low}, ${high}): got ${String(value)}`);
    }
  }
}

/** Throws a RangeError unless there is a function, all are known and none is named twice. */
export function checkFunctions(op: string, functions: readonly GeneFunction[]): void {
  const known = functions.every((name) => geneFunctions.includes(name));
  if (functions.length > 0 && known && new Set(functions).size === functions.length) return;
  throw new RangeError(
    `${op}: functions must be different names of ${geneFunctions.join(', ')}: got ${JSON.stringify(functions)}`,
  );
}
