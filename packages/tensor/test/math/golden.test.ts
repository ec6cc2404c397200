import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { domains } from './domains.js';

/** Arguments, and for each of them the bits of the value in hexadecimal. */
interface Golden {
  readonly arguments: readonly (readonly number[])[];
  readonly bits: readonly string[];
}

// The bits of this version, the same on every engine and machine. A change is a change of every result downstream: it must be
// meant, and said in the changelog.
const golden: Readonly<Record<string, Golden>> = JSON.parse(
  readFileSync(new URL('./golden.json', import.meta.url), 'utf8'),
);

function bitsOf(x: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  return view.getBigUint64(0).toString(16).padStart(16, '0');
}

test('every function has its bits written down', () => {
  expect(Object.keys(golden).sort()).toEqual(Object.keys(domains).sort());
  for (const { arguments: at } of Object.values(golden)) expect(at.length).toBeGreaterThanOrEqual(24);
});

describe.each(Object.entries(golden))('%s', (name, { arguments: at, bits }) => {
  test('has the bits of this version', () => {
    expect(at.map(([x, y = 0]) => bitsOf(domains[name].f(x, y)))).toEqual(bits);
  });
});
