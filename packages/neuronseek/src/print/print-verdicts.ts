import type { Verdict } from '@neuronseek/approximation';
import { printable } from './printable.js';

/** What `printVerdicts` is told besides the verdicts. */
export interface VerdictsOptions {
  /** Names among the verdicts that are negative controls. */
  readonly controls: ReadonlySet<string>;
  readonly seconds: number;
}

/**
 * A line for each verdict: whether it holds, cases, the smallest margin relative to the bound; then the counterexample if there is one, with the command that
 * draws it again. The last line counts.
 */
export function printVerdicts(verdicts: readonly Verdict[], { controls, seconds }: VerdictsOptions): string {
  const width = Math.max(0, ...verdicts.map(({ theorem }) => theorem.length));
  const lines = verdicts.flatMap(({ theorem, holds, runs, margin, counterexample, seed }) => {
    const isControl = controls.has(theorem);
    const verdict = holds ? (isControl ? 'fails as it must' : 'holds') : isControl ? 'DOES NOT FAIL' : 'FAILS';
    const line = `${theorem.padEnd(width)}  ${verdict.padEnd(16)}  ${`${runs}`.padStart(6)} runs  margin ${margin.toPrecision(3)}`;
    if (counterexample === undefined) return [line];
    const { run, description } = counterexample;
    const again = `neuronseek verify ${theorem} --runs ${run + 1} --seed ${seed}`;
    return [line, `  case ${run} of seed ${seed}: ${printable(description)}`, `  again: ${again}`];
  });
  const good = verdicts.filter(({ holds }) => holds).length;
  return [...lines, '', `${good} of ${verdicts.length} as they must be, ${seconds.toFixed(1)} s`, ''].join('\n');
}
