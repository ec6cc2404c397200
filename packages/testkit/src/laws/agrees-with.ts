import type { Data } from '../data.js';
import { expectShape } from '../expect-shape.js';
import { expectClose, type Tolerance } from '../tolerance.js';

/** What `checkAgreesWith` needs. */
export interface AgreesWithCase {
  /** The function under test. */
  readonly apply: (xs: Data[]) => Data;
  /** The plain or foreign implementation that is right. */
  readonly oracle: (xs: Data[]) => Data;
  readonly inputs: readonly Data[];
  /** Bound of the differences; `factor: 0` asks for equal values. */
  readonly tolerance: Tolerance;
}

/**
 * Fails unless both give one shape and values within the tolerance, and neither changes its inputs.
 *
 * @throws Error that names the worst element, the shapes, or the changed input.
 */
export function checkAgreesWith(c: AgreesWithCase): void {
  const run = (name: string, f: (xs: Data[]) => Data): Data => {
    const xs = c.inputs.map((x) => ({ shape: [...x.shape], data: x.data.slice() }));
    const out = f(xs);
    xs.forEach((x, k) => {
      const kept = x.data.every((value, i) => Object.is(value, c.inputs[k].data[i]));
      if (!kept) throw new Error(`checkAgreesWith: ${name} changed input ${k}`);
    });
    return out;
  };
  const expected = run('oracle', c.oracle);
  const actual = run('apply', c.apply);
  expectShape('checkAgreesWith: apply', actual, expected.shape);
  expectClose(actual.data, expected.data, c.tolerance);
}
