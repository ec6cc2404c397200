import {
  type NegativeControlName,
  negativeControlNames,
  type TheoremName,
  theoremNames,
  type Verdict,
} from '@neuronseek/approximation';
import { verifyInThreads } from '@neuronseek/approximation/parallel';
import { InputError } from '@neuronseek/search';
import type { ProgressEvent } from '../print/progress-line.js';
import { quote } from '../read-table/quote.js';

/** What is verified, and how. */
export interface VerifyRunOptions {
  /** As typed; none: all. */
  readonly names: readonly string[];
  readonly runs: number;
  readonly seed: number;
  /** Threads at most; what the machine has where it is not given. */
  readonly threads?: number;
  readonly signal: AbortSignal;
  readonly onProgress: (event: ProgressEvent) => void;
}

/** Verifies theorems and negative controls by name; an InputError for a name that is none, the signal's reason when it comes. */
export async function verify({ names, signal, onProgress, ...rest }: VerifyRunOptions): Promise<Verdict[]> {
  const known = [...theoremNames, ...negativeControlNames];
  const isKnown = (name: string): name is TheoremName | NegativeControlName => known.some((other) => other === name);
  const unknown = names.find((name) => !isKnown(name));
  if (unknown !== undefined)
    throw new InputError(`verify: no theorem ${quote(unknown)}; there are ${known.join(', ')}`);
  const verdicts = await verifyInThreads({
    ...rest,
    signal,
    names: names.length === 0 ? known : names.filter(isKnown),
    onProgress: ({ name, done, total }) => onProgress({ phase: 'verify', done, total, detail: name }),
  });
  signal.throwIfAborted();
  return verdicts;
}
