import { performance } from 'node:perf_hooks';
import type { Table } from '@neuronseek/search';
import { type DiscoverResult, discover } from '@neuronseek/search';
import { type Results, type RunOptions, toResults } from './results.js';

/** Discovers on this thread. Nothing else happens on it meanwhile, an interrupt from the keyboard included. */
export async function runHere(table: Table, options: RunOptions): Promise<Results> {
  const { method = 'als', ...rest } = options;
  const result: DiscoverResult = discover(table, { ...rest, search: { method }, clock: () => performance.now() });
  options.signal.throwIfAborted();
  return toResults(result);
}
