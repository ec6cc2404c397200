import { save } from '@neuronseek/network';
import { toJSON } from '@neuronseek/neurons';
import type { DiscoverEvent, DiscoverReport, DiscoverResult, Table } from '@neuronseek/search';

/** What is left of a run: the report, and the texts of the two files that hold what was learnt. */
export interface Results {
  readonly report: DiscoverReport;
  /** Text of formula.json. */
  readonly formula: string;
  /** Text of model.json; `load` of @neuronseek/network reads it. */
  readonly model: string;
}

/** What a run is told. */
export interface RunOptions {
  readonly target: string;
  readonly task?: 'regression' | 'classification';
  /** The search. Default: 'als'. */
  readonly method?: 'als' | 'gates';
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly onProgress: (event: DiscoverEvent) => void;
}

/** Discovers, on this thread or another; rejects with an InputError, or with the signal's reason. */
export type Run = (table: Table, options: RunOptions) => Promise<Results>;

/**
 * The texts of the files. formula.json holds the formula as text, the fitted neuron (`fromJSON` of @neuronseek/neurons reads
 * its `neuron`), and the scaling that turns cells into inputs and outputs into predictions, which model.json needs too.
 */
export function toResults({ report, neuron, model, scaling }: DiscoverResult): Results {
  const { target, task, classes, seed, formula } = report;
  const text = {
    format: 'neuronseek-formula',
    version: 1,
    target,
    task,
    classes,
    seed,
    ...formula,
    scaling,
    neuron: toJSON(neuron),
  };
  return { report, formula: `${JSON.stringify(text, undefined, 2)}\n`, model: `${save(model)}\n` };
}
