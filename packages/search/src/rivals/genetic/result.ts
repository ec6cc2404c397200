import { type Expression, type ExpressionNeuron, expressionNeuron } from '@neuronseek/neurons';
import { FEATURE, NUMBER } from '../programs/opcodes.js';
import { leaf, type Program } from '../programs/program.js';
import type { Units } from '../programs/rows.js';
import { numberOf, productOf, toExpression } from '../programs/to-expression.js';
import { assessor, type Candidate, type ChoiceRows } from './choose.js';
import type { GeneticEvent } from './options.js';

/** A formula of the front. */
export interface FrontFormula {
  readonly expression: Expression;
  /** Nodes of the formula, functions of two arguments counted one by one. */
  readonly complexity: number;
  /** Mean squared error on the training rows. */
  readonly error: number;
}

/** What {@link searchGeneticProgramming} found. */
export interface GeneticResult {
  /** With a formula; with none whose description is shorter than that of the best constant, which is then the neuron; or by the signal. */
  readonly status: 'completed' | 'no-structure' | 'aborted';
  readonly neuron: ExpressionNeuron;
  /** The neuron's formula. */
  readonly expression: Expression;
  /** Mean squared error of the formula on the rows it was fitted to. */
  readonly trainError: number;
  /** And on the held-out or validation rows; undefined without. */
  readonly validationError: number | undefined;
  /** Formulas by complexity, each better on the training rows than all simpler ones. */
  readonly front: readonly FrontFormula[];
  /** Formulas evaluated, those for constants included. */
  readonly evaluations: number;
  readonly trace: readonly GeneticEvent[];
}

/** What the formulas were found on. */
export interface ResultContext {
  readonly rows: ChoiceRows;
  readonly units: Units;
  readonly symbols: number;
  readonly features: readonly string[] | undefined;
}

/** The candidate with the shortest description, or the best constant if that is shorter still. */
export function chooseResult(
  candidates: readonly Candidate[],
  { rows, units, symbols, features }: ResultContext,
): Omit<GeneticResult, 'evaluations' | 'trace'> {
  const none = constantCandidate(rows, symbols);
  let chosen = none;
  for (const candidate of candidates) {
    // Constants other than the best one can be shorter to write down, but they are no structure.
    if (candidate.bits < chosen.bits && candidate.program.code.some((op) => op >= FEATURE)) chosen = candidate;
  }
  const square = (error: number): number => error * units.target * units.target;
  const expression = inUnits(chosen.program, units);
  const names = features ?? units.inputs.map((_, d) => `x${d + 1}`);
  return {
    status: chosen === none ? 'no-structure' : 'completed',
    neuron: expressionNeuron({ features: names, expressions: [expression] }),
    expression,
    trainError: square(chosen.train),
    validationError: rows.held ? square(chosen.held) : undefined,
    front: (candidates.length > 0 ? candidates : [none]).map(({ program, train }) => ({
      expression: inUnits(program, units),
      complexity: program.code.length,
      error: square(train),
    })),
  };
}

/** The mean of the target; where that has one value only, the value itself, which no rounding of a sum can miss. */
function constantCandidate(rows: ChoiceRows, symbols: number): Candidate {
  const { y } = rows.train;
  if (!y.every((v) => v === y[0])) return assessor(rows, symbols)(leaf(NUMBER, meanOf(y)));
  let held = Number.NaN;
  if (rows.held) held = meanOf(rows.held.y.map((v) => (v - y[0]) * (v - y[0])));
  return { program: leaf(NUMBER, y[0]), train: 0, held, bits: 0 };
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const v of values) sum += v / values.length;
  return sum;
}

/** The formula in the units of the data; a unit is 1 but for columns of extreme size. */
function inUnits(program: Program, { inputs, target }: Units): Expression {
  const expression = toExpression(program, (index) => {
    const feature: Expression = { op: 'feature', index };
    return inputs[index] === 1 ? feature : { op: 'divide', numerator: feature, denominator: numberOf(inputs[index]) };
  });
  return target === 1 ? expression : productOf([numberOf(target), expression]);
}
