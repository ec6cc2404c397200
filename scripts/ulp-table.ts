import { writeFileSync } from 'node:fs';
import { key, uniform } from '../packages/tensor/src/random/index.js';
import { domains } from '../packages/tensor/test/math/domains.js';
import { references } from '../packages/tensor/test/math/reference/functions.js';
import { ulpError } from '../packages/tensor/test/math/reference/real.js';

// Usage: npx tsx scripts/ulp-table.ts [points a piece, 10000 unless given]. Measures the errors of @neuronseek/tensor/math against
// the references of its tests and writes docs/math-accuracy.md. Functions whose reference is slow far out get fewer points there.

const points = Number(process.argv[2] ?? 10000);
/** Milliseconds for a piece: erfc far out costs the reference a thousand terms of a thousand bits. */
const budget = 2500;

interface Worst {
  readonly points: number;
  readonly error: number;
  readonly at: string;
}

function measure(name: string, piece: string): Worst {
  const { f, pieces } = domains[name];
  const draws = uniform(key(1), 2 * points);
  const start = performance.now();
  let worst: Worst = { points: 0, error: 0, at: '' };
  let count = 0;
  for (let i = 0; i < points && performance.now() - start < budget; i++) {
    const at = pieces[piece](draws[2 * i], draws[2 * i + 1]);
    if (!at.every(Number.isFinite)) continue;
    const [x, y = 0] = at;
    const error = ulpError(f(x, y), references[name](x, y));
    count++;
    if (!(error <= worst.error)) worst = { points: 0, error, at: at.join(', ') };
  }
  return { ...worst, points: count };
}

/** The worst of the points that the tests name one by one: what searches of millions of points have found is among them. */
function hardest(name: string): Worst {
  const { f, hard = [] } = domains[name];
  let worst: Worst = { points: hard.length, error: 0, at: '' };
  for (const at of hard) {
    const [x, y = 0] = at;
    const error = ulpError(f(x, y), references[name](x, y));
    if (!(error <= worst.error)) worst = { points: hard.length, error, at: at.join(', ') };
  }
  return worst;
}

const rows: string[] = [];
const short: string[] = [];
for (const [name, { pieces }] of Object.entries(domains)) {
  let largest = 0;
  for (const piece of [...Object.keys(pieces), 'hard points']) {
    const { points: count, error, at } = piece === 'hard points' ? hardest(name) : measure(name, piece);
    largest = Math.max(largest, error);
    rows.push(`| ${name} | ${piece} | ${count} | ${error.toFixed(3)} | ${at} |`);
  }
  short.push(`${name} ${(Math.ceil(largest * 100) / 100).toFixed(2)}`);
}

const text = `# Accuracy of @neuronseek/tensor/math

Largest errors found, in units in the last place (ulp) of the true value; a correctly rounded result has at most 0.5. Subnormal
results have the unit 2⁻¹⁰⁷⁴. References: BigInt fixed-point series of 128 significant bits or more
(packages/tensor/test/math/reference). Arguments: packages/tensor/test/math/domains.ts, seeded. Measured, not proven.
Written by \`npx tsx scripts/ulp-table.ts ${points}\`.

| function | arguments | points | max error (ulp) | where |
|---|---|---|---|---|
${rows.join('\n')}

In short: ${short.join(', ')}.
`;
writeFileSync(new URL('../docs/math-accuracy.md', import.meta.url), text);
process.stdout.write(text);
