import { expectSameBits } from '../expect-same-bits.js';

/**
 * Fails unless every variant (the same work on 1, 2, 3 and 7 threads, say), run twice, gives the bits of the first one's first run.
 *
 * @throws Error that names the variant and the first element that differs; RangeError where there is no variant.
 */
export function checkDeterministic(...variants: readonly (() => ArrayLike<number>)[]): void {
  const [first] = variants;
  if (first === undefined) throw new RangeError('checkDeterministic: there is no variant');
  // Copied, so that a variant that hands out one reused buffer is not compared with itself.
  const expected = Array.from(first());
  variants.forEach((variant, k) => {
    for (const run of k === 0 ? ['second'] : ['first', 'second']) {
      try {
        expectSameBits(variant(), expected);
      } catch (cause) {
        throw new Error(`checkDeterministic: ${run} run of variant ${k} differs: ${String(cause)}`, { cause });
      }
    }
  });
}
