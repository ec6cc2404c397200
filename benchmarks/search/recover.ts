import { evaluate, type Neuron } from '@neuronseek/neurons';
import {
  type AlsOptions,
  type AlsResult,
  type SyntheticProblem,
  searchTensorDecomposition,
  type TermEvidence,
} from '@neuronseek/search';
import type { RunContext } from './group.js';
import { faultOf, isRecovered, labelsRight, structureText } from './verdict.js';

/** A target that is drawn, and how it is searched. */
export interface Trial {
  /** Which part of the group it belongs to: 'D = 10'. */
  readonly variant: string;
  readonly name: string;
  readonly seed: number;
  readonly draw: () => SyntheticProblem;
  readonly options?: Omit<AlsOptions, 'method'>;
  /** Index sets alone count: classes, and other forms of the interactions. */
  readonly labelsOnly?: boolean;
}

/** What came of a trial, as it is stored. */
export interface RecoveryRow {
  readonly variant: string;
  readonly name: string;
  readonly seed: number;
  readonly truth: string;
  readonly found: string;
  readonly recovered: boolean;
  readonly labels: boolean;
  readonly fault: string;
  readonly error: number;
  readonly floor: number;
  readonly seconds: number;
  readonly tries?: number;
  readonly evidence?: readonly Pick<TermEvidence, 'stream' | 'order' | 'gain' | 'noise'>[];
  /** Whether the columns that matter were named, where not all do. */
  readonly columns?: boolean;
  readonly reason?: string;
}

/** What all searches of polynomial neurons have in common. */
export interface Found {
  readonly structure: AlsResult['structure'];
  readonly neuron: Neuron;
}

/** Searches every trial in turn, one thread, and prints what was missed. */
export function recoverAll(trials: readonly Trial[], { say }: RunContext): RecoveryRow[] {
  const search = ({ options }: Trial, { train }: SyntheticProblem): AlsResult => {
    const task = train.y.shape[1] > 1 ? 'classification' : 'regression';
    return searchTensorDecomposition(train, { ...options, task, method: 'als' });
  };
  // The first search of a process is compiled while it runs.
  if (trials.length > 0) search(trials[0], trials[0].draw());
  return trials.map((trial) => {
    const problem = trial.draw();
    const begun = performance.now();
    const result = search(trial, problem);
    const seconds = (performance.now() - begun) / 1000;
    const { truth } = problem;
    const some = truth.relevant.length < problem.train.x.shape[1];
    const row: RecoveryRow = {
      ...rowOf(trial, problem, result, seconds),
      tries: result.tries,
      evidence: result.terms.map(({ stream, order, gain, noise }) => ({ stream, order, gain, noise })),
      ...(some ? { columns: result.variables.join() === truth.relevant.join() } : {}),
      ...(result.reason === undefined ? {} : { reason: result.reason }),
    };
    say(lineOf(row));
    return row;
  });
}

/** The row of a trial that any search of polynomial neurons was run on. */
export function rowOf(
  { variant, name, seed, labelsOnly = false }: Omit<Trial, 'draw'>,
  { train, test, truth }: SyntheticProblem,
  { structure, neuron }: Found,
  seconds: number,
): RecoveryRow {
  const classes = train.y.shape[1] > 1;
  const error = classes ? crossEntropy(neuron, test) : squaredError(neuron, test);
  const outcome = { truth, found: structure, error, floor: truth.noiseFloor, labelsOnly };
  return {
    variant,
    name,
    seed,
    truth: structureText(truth),
    found: structureText(structure),
    recovered: isRecovered(outcome),
    labels: labelsRight(truth, structure),
    fault: faultOf(truth, structure),
    error,
    floor: truth.noiseFloor,
    seconds,
  };
}

/** A row as it is printed while the group runs. */
export function lineOf({ variant, name, seed, truth, found, recovered, error, floor, seconds }: RecoveryRow): string {
  const ratio = (error / floor).toPrecision(3);
  const verdict = recovered ? 'ok  ' : 'MISS';
  return `${verdict} ${variant}, ${name}, seed ${seed}: ${truth} -> ${found}, ${ratio} x floor, ${seconds.toFixed(2)} s`;
}

/** Mean squared error over rows and outputs. */
export function squaredError(neuron: Neuron, { x, y }: SyntheticProblem['test']): number {
  const [got, want] = [evaluate(neuron, x).toTypedArray(), y.toTypedArray()];
  let sum = 0;
  for (let i = 0; i < want.length; i++) sum += (Number(got[i]) - Number(want[i])) ** 2;
  return sum / want.length;
}

/** Mean cross-entropy of the softmax of the neuron's outputs. */
function crossEntropy(neuron: Neuron, { x, y }: SyntheticProblem['test']): number {
  const [logits, labels] = [evaluate(neuron, x).toTypedArray(), y.toTypedArray()];
  const [rows, classes] = y.shape;
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    const row = Array.from({ length: classes }, (_, c) => Number(logits[i * classes + c]));
    const most = Math.max(...row);
    const total = most + Math.log(row.reduce((all, v) => all + Math.exp(v - most), 0));
    for (let c = 0; c < classes; c++) sum += Number(labels[i * classes + c]) * (total - row[c]);
  }
  return sum / rows;
}
