import type { LabelledTable } from '@neuronseek/network';
import type { NeuronStructure, PolynomialNeuron } from '@neuronseek/neurons';
import { flatten } from '@neuronseek/tensor';
import { constantNeuron } from '../gates/constant-neuron.js';
import { asProducts } from './answer.js';
import type { Candidates } from './candidates.js';
import type { Confirmation } from './confirm.js';
import type { TermEvidence } from './evidence.js';
import { withFewerInputs } from './fewer-inputs.js';
import { inOtherForm } from './forms/in-other-form.js';
import { createMemory, type Memory } from './memory.js';
import type { AlsEvent, AlsSettings } from './options.js';
import { powerMoments } from './power-stream.js';
import { createProblem, whiten } from './problem.js';
import { classification, type Response, regression } from './response.js';
import { type SearchStateOptions, searchState } from './search-state.js';
import type { Context } from './state.js';
import { thinned } from './thinned.js';
import { structureOf, type Units } from './to-neuron.js';

/** What the closed-form search found. */
export interface AlsResult {
  readonly status: 'completed' | 'no-structure' | 'aborted';
  /** The terms that were kept. */
  readonly structure: NeuronStructure;
  /** The neuron of these terms, fitted to the data: a polynomial in the inputs as they were given. */
  readonly neuron: PolynomialNeuron;
  /** Numbers of the columns that the neuron depends on, ascending; the weights of all others are 0. */
  readonly variables: readonly number[];
  /** What speaks for each term. */
  readonly terms: readonly TermEvidence[];
  /** How the structure does on rows that were held out; undefined where there is none to be had. */
  readonly confirmation: Confirmation | undefined;
  /** Why the result is to be doubted, or why there is no structure; undefined where all is well. */
  readonly reason: string | undefined;
  /** Searches that were made. */
  readonly tries: number;
  readonly trace: readonly AlsEvent[];
}

/** The closed-form search on data that were checked, among the candidates if there are any. */
export function searchAls(data: LabelledTable, settings: AlsSettings, candidates?: Candidates): AlsResult {
  const nothing = (status: 'no-structure' | 'aborted', reason: string): AlsResult => ({
    status,
    structure: { power: [], interaction: [] },
    neuron: constantNeuron(data, settings),
    variables: [],
    terms: [],
    confirmation: undefined,
    reason,
    tries: 0,
    trace: [],
  });
  const { signal } = settings;
  const targets = targetsOf(data, settings);
  if (typeof targets === 'string') return nothing('no-structure', targets);
  if (signal?.aborted) return nothing('aborted', 'the signal came before the search began');
  const memory = createMemory();
  try {
    return searched(memory, data, settings, targets, candidates, nothing);
  } finally {
    memory.release();
  }
}

interface Targets {
  readonly response: Response;
  readonly units: readonly Units[];
}

/** Targets of variance 1, or class shares; a sentence where there is nothing to explain. */
function targetsOf({ y }: LabelledTable, { task }: AlsSettings): Targets | string {
  const [rows, outputs] = y.shape;
  const values = flatten(y);
  const columns = Array.from({ length: outputs }, (_, c) =>
    Float64Array.from({ length: rows }, (_, i) => values[i * outputs + c]),
  );
  if (task === 'classification') {
    if (columns.some((shares) => shares.every((share) => share === 1))) return 'all rows are of one class';
    return { response: classification(columns), units: columns.map(() => ({ mean: 0, deviation: 1 })) };
  }
  const units = columns.map(unitsOf);
  const constant = units.findIndex(({ mean, deviation }) => !(deviation > 1e-14 * Math.abs(mean)));
  if (constant >= 0) return `target ${constant} is the same in all rows`;
  return {
    response: regression(columns.map((column, c) => column.map((v) => (v - units[c].mean) / units[c].deviation))),
    units,
  };
}

/** Mean and deviation; divided by the largest first, so that squares stay in range. */
function unitsOf(column: Float64Array): Units {
  const largest = column.reduce((most, v) => Math.max(most, Math.abs(v)), 0) || 1;
  let mean = 0;
  for (const v of column) mean += v / largest / column.length;
  let squares = 0;
  for (const v of column) squares += (v / largest - mean) ** 2;
  return { mean: mean * largest, deviation: largest * Math.sqrt(squares / column.length) };
}

function searched(
  memory: Memory,
  data: LabelledTable,
  settings: AlsSettings,
  { response, units }: Targets,
  candidates: Candidates | undefined,
  nothing: (status: 'no-structure' | 'aborted', reason: string) => AlsResult,
): AlsResult {
  const { key, maxOrder, maxProducts, interaction, beam, retries, repetition, features, signal, onProgress } = settings;
  const [rows, inputs] = data.x.shape;
  const x = flatten(data.x);
  const at = (i: number, d: number): number => x[i * inputs + d];
  const problem = createProblem(memory, rows, inputs, maxOrder, at, response.likelihoods, repetition);
  const everywhere = {
    problem,
    response,
    whitened: whiten(problem),
    moments: powerMoments(problem),
    key,
    ...(candidates && { candidates }),
  };
  const context: Context = { ...everywhere, thin: thinned(everywhere) };
  const trace: AlsEvent[] = [];
  const isAborted = (): boolean => signal?.aborted === true;
  const report = (event: AlsEvent): void => {
    trace.push(event);
    onProgress?.(event);
  };
  const options: SearchStateOptions = {
    maxAtoms: maxProducts,
    beam,
    retries,
    isAborted,
    onState: (best) => report({ structure: structureOf(best), deviance: best.deviance, score: best.score }),
  };
  const all = searchState(context, options);
  const {
    context: within,
    found,
    columns,
  } = candidates === undefined
    ? withFewerInputs(context, all, options)
    : { context, found: all, columns: Array.from({ length: inputs }, (_, d) => d) };
  const { tries } = found;
  const { structure, confirmation, doubt, neuron, evidence } =
    interaction === 'cp' || isAborted()
      ? asProducts(within, found)
      : inOtherForm(within, found, interaction, isAborted, report);
  const status = isAborted() ? 'aborted' : 'completed';
  if (structure.power.length + structure.interaction.length === 0) {
    const reason =
      2 * inputs > rows
        ? `no term can be told from noise: every one has ${inputs} parameters an output or more, and there are ${rows} rows`
        : 'no term gains more than it would in noise';
    return { ...nothing(status === 'aborted' ? status : 'no-structure', doubt ?? reason), tries, trace };
  }
  return {
    status,
    structure,
    neuron: neuron(data.y.shape[1], units, { inputs, columns, features }),
    variables: columns,
    terms: status === 'aborted' ? [] : evidence(),
    confirmation,
    reason: doubt,
    tries,
    trace,
  };
}
