import type { LabelledTable } from '@neuronseek/network';
import { fromJSON, type Neuron, toJSON } from '@neuronseek/neurons';
import { tensor } from '@neuronseek/tensor';
import { type Key, randint } from '@neuronseek/tensor/random';
import { fromPlain, optionsAgain, type PlainTensor } from '../parallel/plain.js';
import { type FoundNeuron, type MethodName, runNamed } from './methods.js';

/** One run of a study as it travels to a thread. */
export interface StabilityJob {
  readonly x: PlainTensor;
  readonly y: PlainTensor;
  readonly method: MethodName;
  readonly options: unknown;
  readonly key: Key;
  /** What the rows are drawn by; undefined for the rows as they are. */
  readonly rows: Key | undefined;
}

/** What came of a run, as it travels back: the neuron as JSON, or the message of the error. */
export type StabilityAnswer =
  | { readonly status: string; readonly neuron: ReturnType<typeof neuronJson> }
  | { readonly status: 'failed'; readonly error: string };

/** What a thread does for `stability`. */
export async function stabilityTask({ x, y, method, options, key, rows }: StabilityJob): Promise<StabilityAnswer> {
  const data = resampled({ x: fromPlain(x), y: fromPlain(y) }, x, y, rows);
  const given = optionsAgain(options);
  const own = { ...(typeof given === 'object' ? given : {}), key };
  return answerOf(() => runNamed(method, data, own, rows !== undefined));
}

/** Runs a search; what it throws is an answer too, because a resample may lack what all of the rows have. */
export async function answerOf(search: () => FoundNeuron | Promise<FoundNeuron>): Promise<StabilityAnswer> {
  try {
    const { status, neuron } = await search();
    return { status, neuron: neuronJson(neuron) };
  } catch (error) {
    return { status: 'failed', error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

/** The neuron of an answer; undefined of a run that failed. */
export function neuronOf(answer: StabilityAnswer): Neuron | undefined {
  return 'neuron' in answer ? fromJSON(answer.neuron) : undefined;
}

function neuronJson(neuron: Neuron): ReturnType<typeof toJSON> {
  return toJSON(neuron);
}

/** As many rows, drawn with replacement. */
export function resampled(data: LabelledTable, x: PlainTensor, y: PlainTensor, key: Key | undefined): LabelledTable {
  if (key === undefined) return data;
  const [rows] = x.shape;
  const chosen = bootstrapRows(key, rows);
  const pick = ({ data: from, shape }: PlainTensor): Float64Array => {
    const columns = shape[1];
    const to = new Float64Array(rows * columns);
    for (let i = 0; i < rows; i++) {
      for (let d = 0; d < columns; d++) to[i * columns + d] = from[chosen[i] * columns + d];
    }
    return to;
  };
  return { x: tensor(pick(x), x.shape), y: tensor(pick(y), y.shape) };
}

/** n indices of rows, each drawn from all n. */
export function bootstrapRows(key: Key, n: number): Int32Array {
  return randint(key, n, { max: n });
}
