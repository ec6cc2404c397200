import type { Verdict } from '@neuronseek/approximation';
import { expect, test } from 'vitest';
import { printVerdicts } from '../src/print/print-verdicts.js';

const held: Verdict = { theorem: 'relu-square', holds: true, runs: 1000, margin: 0.25, seed: 3 };
const counterexample = { run: 16, description: 'm = 3, x = 1/8' };

test('what fails is told with the command that draws it again', () => {
  const verdicts: Verdict[] = [
    held,
    { ...held, theorem: 'orbit-code', holds: false, runs: 17, margin: -0.5, counterexample },
    { ...held, theorem: 'understated-modulus', margin: 1 },
    { ...held, theorem: 'orbit-in-float64', holds: false, runs: 17, margin: -1e-7, counterexample },
  ];
  const controls = new Set(['understated-modulus', 'orbit-in-float64']);
  expect(printVerdicts(verdicts, { controls, seconds: 2.345 }).split('\n')).toEqual([
    'relu-square          holds               1000 runs  margin 0.250',
    'orbit-code           FAILS                 17 runs  margin -0.500',
    '  case 16 of seed 3: m = 3, x = 1/8',
    '  again: neuronseek verify orbit-code --runs 17 --seed 3',
    'understated-modulus  fails as it must    1000 runs  margin 1.00',
    'orbit-in-float64     DOES NOT FAIL         17 runs  margin -1.00e-7',
    '  case 16 of seed 3: m = 3, x = 1/8',
    '  again: neuronseek verify orbit-in-float64 --runs 17 --seed 3',
    '',
    '2 of 4 as they must be, 2.3 s',
    '',
  ]);
});
