import { permutation } from '@neuronseek/tensor/random';
import { valuesOf } from './fit-outputs.js';
import { createMemory } from './memory.js';
import type { Parameters } from './model.js';
import { type Problem, selectRows } from './problem.js';
import type { Response } from './response.js';
import { type Context, fitState, type State } from './state.js';

/** How a structure does on rows that its parameters were not fitted to. */
export interface Confirmation {
  /** Mean loss of a held-out row: squared error in units of the target's variance, or minus twice the log-likelihood. */
  readonly heldOut: number;
  /** Standard error of that mean. */
  readonly error: number;
  /** Mean loss of the rows that were fitted. */
  readonly fitted: number;
  /** Numbers that were fitted to `rows` rows. */
  readonly parameters: number;
  readonly rows: number;
}

/** The share of the rows that is held out. */
const HELD_OUT = 0.15;

/** A structure that was fitted to some rows. */
export interface Refitted {
  /** Fitted values of every output. */
  readonly values: (problem: Problem) => Float64Array[];
  /** How many numbers were fitted. */
  readonly parameters: number;
}

/**
 * Fits a structure, from the parameters it has, to 85 % of the rows and judges it on the rest. What fits all rows but is not in the data falls apart
 * here: its parameters move away from what they knew of the held-out rows.
 */
export function confirm(context: Context, state: State): Confirmation {
  return confirmed(context, (train) => {
    const { parameters } = fitState(train, state.parameters, { maxIterations: 20 });
    return {
      values: (problem) => parameters.map((output) => valuesOf(problem, output)),
      parameters: parameters.reduce((sum, output) => sum + numbersIn(output), 0),
    };
  });
}

/** The same for whatever `refit` fits to the rows that it is given. */
export function confirmed(context: Context, refit: (train: Context) => Refitted): Confirmation {
  const { problem, response, key } = context;
  const order = Int32Array.from(permutation(key, problem.rows));
  const count = Math.max(1, Math.round(HELD_OUT * problem.rows));
  const memory = createMemory();
  const part = (rows: Int32Array): { problem: Problem; response: Response } => {
    const picked = response.pick(rows);
    return { problem: selectRows(problem, memory, rows, picked.likelihoods), response: picked };
  };
  try {
    const train = part(order.slice(count).sort());
    const test = part(order.slice(0, count).sort());
    const fit = refit({ ...context, ...train });
    const inside = losses(train.response, fit.values(train.problem));
    const outside = losses(test.response, fit.values(test.problem));
    return {
      heldOut: outside.mean,
      error: outside.error,
      fitted: inside.mean,
      parameters: fit.parameters,
      rows: train.problem.rows,
    };
  } finally {
    memory.release();
  }
}

function losses(response: Response, values: readonly Float64Array[]): { mean: number; error: number } {
  const each = response.losses(values);
  const mean = each.reduce((sum, v) => sum + v, 0) / each.length;
  const squares = each.reduce((sum, v) => sum + (v - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares) / each.length };
}

function numbersIn({ weights, atoms }: Parameters): number {
  return 1 + weights.length + atoms.reduce((sum, { forms }) => sum + forms.length, 0);
}
