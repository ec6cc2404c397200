import fc from 'fast-check';
import { afterEach, beforeEach, expect, type MockInstance, vi } from 'vitest';

// Library code never prints, so a test that reaches console.* has found a leak. The spies are installed
// anew for each test: a test that spies for itself replaces ours and is then left alone.

const methods = ['debug', 'error', 'info', 'log', 'trace', 'warn'] as const;
const spies: MockInstance[] = [];
let firstMessage: string | undefined;

/** Reads an integer from the environment; a value that is not one is refused rather than ignored. */
function integerFromEnvironment(name: string): number | undefined {
  const text = process.env[name];
  if (text === undefined || text === '') return undefined;
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`setup: ${name} is not an integer: ${text}`);
  return value;
}

// The suite draws the same cases every time, so that a failure is a change of the code and not of luck; `FC_SEED=random` draws new ones,
// and a failure then prints the seed to run it again with.
const everyday = 20_261_123;
const seed = process.env.FC_SEED === 'random' ? undefined : (integerFromEnvironment('FC_SEED') ?? everyday);
const numRuns = integerFromEnvironment('FC_RUNS');
if (numRuns !== undefined && numRuns < 1) throw new RangeError(`setup: FC_RUNS is below 1: ${numRuns}`);
// Without FC_RUNS a property runs 100 times, which is fast-check's own default. It must not be set here: where it is,
// @fast-check/vitest runs the body of every plain `test(...)` that many times, not only those of `test.prop(...)`.
fc.configureGlobal({ ...(numRuns === undefined ? {} : { numRuns }), ...(seed === undefined ? {} : { seed }) });

beforeEach(() => {
  firstMessage = undefined;
  for (const method of methods) {
    spies.push(
      vi.spyOn(console, method).mockImplementation((...words: unknown[]) => {
        firstMessage ??= `console.${method}: ${words.map(String).join(' ')}`;
      }),
    );
  }
});

afterEach(() => {
  for (const spy of spies.splice(0)) spy.mockRestore();
  if (firstMessage !== undefined) expect.fail(`the test wrote to the console: ${firstMessage}`);
});
