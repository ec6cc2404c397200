import { readFileSync } from 'node:fs';
import { key } from '@neuronseek/tensor/random';
import { describe, expect, test } from 'vitest';
import {
  borderRankProblemDefaults,
  collinearFactorsDefaults,
  coreConsistencyDefaults,
  cpAlsDefaults,
  cpDefaults,
  cpGaussNewtonDefaults,
  cpNonnegativeDefaults,
  cpOptDefaults,
  cpRandomizedDefaults,
  cpStreamAddDefaults,
  cpSymmetricDefaults,
  cpWeightedDefaults,
  createProblemDefaults,
  factorMatchScoreDefaults,
  gcpDefaults,
  hooiDefaults,
  hosvdDefaults,
  initializeCpDefaults,
  lossDefaults,
  modeProductDefaults,
  modeProductsDefaults,
  normalizeTuckerDefaults,
  suggestRankDefaults,
  ttAlsDefaults,
  ttCompleteDefaults,
  ttCrossDefaults,
  ttExtremeDefaults,
  ttOptDefaults,
  ttRandomDefaults,
  ttToTuckerDefaults,
  ttTruncationDefaults,
  tuckerDefaults,
  tuckerNonnegativeDefaults,
  tuckerOptDefaults,
  unfoldDefaults,
} from '../src/index.js';
import { cpRestartsDefaults } from '../src/parallel/index.js';

/** Name and stated default of every option documented in a file: the text between "Default: " and the next full stop or comma. */
function documented(file: string): Map<string, string> {
  const source = readFileSync(new URL(`../src/${file}`, import.meta.url), 'utf8');
  const found = source.includes('extends FitOptions') ? documented('fit/fit.ts') : new Map<string, string>();
  for (const [, comment, name] of source.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*readonly (\w+)\?:/g)) {
    const [, stated] = /Default: ((?:[^.,]|\.\d|, \d)*)[.,]/.exec(comment) ?? [];
    if (stated !== undefined) found.set(name, stated);
  }
  return found;
}

/** A default the way docs write it. */
function written(value: unknown): string {
  if (JSON.stringify(value) === JSON.stringify(key(0))) return 'key(0)';
  if (Array.isArray(value)) return `[${value.join(', ')}]`;
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return value === undefined
    ? 'undefined'
    : typeof value === 'number' && value < 1e-3 && value > 0
      ? value.toExponential()
      : JSON.stringify(value);
}

describe('documented defaults are the ones that hold', () => {
  test.each([
    ['cp/als/options.ts', cpAlsDefaults],
    ['cp/driver/options.ts', cpDefaults],
    ['cp/gauss-newton/options.ts', cpGaussNewtonDefaults],
    ['metrics/core-consistency.ts', coreConsistencyDefaults],
    ['cp/nonnegative/options.ts', cpNonnegativeDefaults],
    ['cp/symmetric/options.ts', cpSymmetricDefaults],
    ['cp/randomized/options.ts', cpRandomizedDefaults],
    ['cp/weighted/options.ts', cpWeightedDefaults],
    ['cp/cp-stream.ts', cpStreamAddDefaults],
    ['cp/opt/options.ts', cpOptDefaults],
    ['cp/gcp/options.ts', gcpDefaults],
    ['cp/initialize-cp.ts', initializeCpDefaults],
    ['metrics/factor-match-score.ts', factorMatchScoreDefaults],
    ['multilinear/mode-product.ts', modeProductDefaults],
    ['multilinear/unfold.ts', unfoldDefaults],
    ['losses/loss-options.ts', lossDefaults],
    ['multilinear/mode-products.ts', modeProductsDefaults],
    ['problems/border-rank-problem.ts', borderRankProblemDefaults],
    ['metrics/suggest-rank.ts', suggestRankDefaults],
    ['parallel/cp-restarts.ts', cpRestartsDefaults],
    ['problems/collinear-factors.ts', collinearFactorsDefaults],
    ['problems/create-problem.ts', createProblemDefaults],
    ['tucker/gradient/options.ts', tuckerOptDefaults],
    ['tucker/hooi/options.ts', hooiDefaults],
    ['tucker/nonnegative/options.ts', tuckerNonnegativeDefaults],
    ['tucker/normalize-tucker.ts', normalizeTuckerDefaults],
    ['tucker/truncation-options.ts', hosvdDefaults],
    ['tucker/tucker-options.ts', { maxIterations: tuckerDefaults.maxIterations, tolerance: tuckerDefaults.tolerance }],
    ['convert/tt-to-tucker.ts', ttToTuckerDefaults],
    ['tt/make.ts', ttRandomDefaults],
    ['tt/truncation.ts', ttTruncationDefaults],
    ['tt/cross/options.ts', ttCrossDefaults],
    ['tt/riemannian/tt-complete.ts', ttCompleteDefaults],
    ['tt/fit/tt-opt.ts', ttOptDefaults],
    ['tt/fit/options.ts', ttAlsDefaults],
    ['tt/extremes.ts', ttExtremeDefaults],
  ])('%s', (file, defaults) => {
    const expected = Object.entries(defaults).map(([name, value]) => [name, written(value)]);
    expect(Object.fromEntries(documented(file))).toEqual(Object.fromEntries(expected));
  });
});
