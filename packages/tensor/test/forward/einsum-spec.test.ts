import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { ones } from '../../src/core/create.js';
import { einsum } from '../../src/core/ops/einsum.js';
import { einsumPath } from '../../src/core/ops/einsum-path.js';
import type { Shape } from '../../src/core/shape.js';
import { loose } from '../support/loose.js';

/** Specifications that are wrong, the shapes that go with them, and what both functions say. */
const malformed: readonly [string, string, Shape[], string][] = [
  ['a sign', 'i*,i', [[2], [2]], '* is neither a letter nor one of , ... ->: "i*,i"'],
  ['a digit', 'i1', [[2, 2]], '1 is neither a letter nor one of , ... ->: "i1"'],
  ['half an arrow', 'i-j', [[2, 2]], '- is neither a letter nor one of , ... ->: "i-j"'],
  ['two arrows', 'i->i->i', [[2]], 'more than one ->: "i->i->i"'],
  ['a comma in the output', 'i->i,', [[2]], ', is neither a letter nor one of , ... ->: "i->i,"'],
  ['two dots', '..i', [[2]], 'a dot that is not one of three: "..i"'],
  ['four dots', '....i', [[2]], 'a dot that is not one of three: "....i"'],
  ['two ellipses', '...i...', [[2]], 'more than one ellipsis in a term: "...i..."'],
  ['two ellipses in the output', 'i->......', [[2]], 'more than one ellipsis in a term: "i->......"'],
  [
    'an index from nowhere',
    'ij,jk->il',
    [
      [2, 3],
      [3, 4],
    ],
    'index l of the output is in no operand: "ij,jk->il"',
  ],
  ['an output index twice', 'ij->ii', [[2, 3]], 'index i stands twice in the output: "ij->ii"'],
  ['too few operands', 'ij,jk', [[2, 3]], '2 operands specified, 1 given: "ij,jk"'],
  ['too many operands', 'i', [[2], [2]], '1 operand specified, 2 given: "i"'],
  ['no operands', 'i', [], '1 operand specified, 0 given: "i"'],
  ['too many indices', 'ijk', [[2, 3]], '3 indices for operand 0 of shape [2, 3]: "ijk"'],
  [
    'too few indices',
    'ij,j',
    [
      [2, 3],
      [3, 1],
    ],
    '1 index for operand 1 of shape [3, 1]: "j"',
  ],
  ['too many around an ellipsis', 'i...j', [[2]], '2 indices for operand 0 of shape [2]: "i...j"'],
  [
    'sizes that differ',
    'ij,jk',
    [
      [2, 3],
      [4, 5],
    ],
    'sizes of index j differ: 3 in operand 0, 4 in operand 1',
  ],
  [
    'sizes that differ after a stretched one',
    'j,j,j',
    [[1], [3], [4]],
    'sizes of index j differ: 3 in operand 1, 4 in operand 2',
  ],
  ['a diagonal that is not square', 'jii', [[2, 3, 4]], 'sizes of index i differ: 3 in operand 0, 4 in operand 0'],
  ['a diagonal that would stretch', 'ii', [[1, 3]], 'sizes of index i differ: 1 in operand 0, 3 in operand 0'],
  [
    'a diagonal that would stretch back',
    'i,ii',
    [[3], [3, 1]],
    'sizes of index i differ: 3 in operand 1, 1 in operand 1',
  ],
  [
    'an ellipsis that does not fit',
    '...,...',
    [
      [2, 3],
      [4, 3],
    ],
    'sizes of axis -2 under the ellipsis differ: 2 in operand 0, 4 in operand 1',
  ],
  [
    'no ellipsis in the output',
    'i...->i',
    [[2, 3]],
    'the output has no ellipsis for the axes under those of operands: "i...->i"',
  ],
];

describe.each(malformed)('%s', (_what, spec, shapes, message) => {
  it('is refused', () => {
    expect(() => einsum(spec, ...shapes.map((s) => ones(s)))).toThrow(new RangeError(`einsum: ${message}`));
    expect(() => einsumPath(spec, ...shapes)).toThrow(new RangeError(`einsumPath: ${message}`));
  });
});

it('what is no specification or no tensor is refused', () => {
  const x = ones([2]);
  expect(() => loose('einsum')(x, x)).toThrow(new TypeError('einsum: expected a specification, got a tensor'));
  expect(() => loose('einsum')('i', [1, 2])).toThrow(
    new TypeError('einsum: expected a tensor or a number, got an array; make a tensor of it with tensor(…)'),
  );
  expect(() => loose('einsumPath')(x)).toThrow(new TypeError('einsumPath: expected a specification, got a tensor'));
  expect(() => loose('einsumPath')('i', 2)).toThrow(
    new TypeError('einsumPath: the shape must be an array of sizes, got 2'),
  );
});

/** Chains and webs of indices of sizes from 1, so that a path is worth something. */
const problems = (operands: number) =>
  fc.record({
    sizes: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 8, maxLength: 8 }),
    terms: fc.array(fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: operands }),
    chosen: fc.subarray([0, 1, 2, 3, 4, 5, 6, 7], { maxLength: 3 }),
  });

interface Steps {
  flops: number;
  largest: number;
}

/** What a path costs, by the documented count: products, and as many additions where a step sums. */
function count(path: readonly (readonly number[])[], terms: number[][], output: number[], sizes: number[]): Steps {
  const product = (list: Iterable<number>): number => [...list].reduce((n, i) => n * sizes[i], 1);
  const needed = (i: number, others: number[][]): boolean => output.includes(i) || others.some((t) => t.includes(i));
  let flops = 0;
  let largest = 0;
  let list = terms.map((t) => t.filter((i) => sizes[i] > 1 || output.includes(i)));
  list = list.map((t, k) => {
    const kept = t.filter((i) =>
      needed(
        i,
        list.filter((_, other) => other !== k),
      ),
    );
    if (kept.length < t.length) flops += product(t);
    return kept;
  });
  for (const pair of path) {
    const factors = pair.map((k) => list[k]);
    list = list.filter((_, k) => !pair.includes(k));
    const union = new Set(factors.flat());
    const kept = [...union].filter((i) => needed(i, list));
    flops += product(union) * (kept.length < union.size ? 2 : 1);
    largest = Math.max(largest, product(kept));
    list.push(kept);
  }
  expect(list).toHaveLength(1);
  return { flops, largest };
}

/** Every order of pairwise products. */
function allPaths(n: number): number[][][] {
  if (n === 1) return [[]];
  const pairs = Array.from({ length: n }, (_, j) => Array.from({ length: j }, (_, i) => [i, j])).flat();
  return pairs.flatMap((pair) => allPaths(n - 1).map((rest) => [pair, ...rest]));
}

const leftToRight = (n: number): number[][] =>
  Array.from({ length: n - 1 }, (_, step) => (step === 0 ? [0, 1] : [0, n - 1 - step]));

const letters = 'abcdefgh';
const specOf = (terms: number[][], output: number[]): string =>
  `${terms.map((t) => t.map((i) => letters[i]).join('')).join(',')}->${output.map((i) => letters[i]).join('')}`;

describe('einsumPath', () => {
  test.prop([problems(4)], { numRuns: 60 })(
    'is the best of all orders for few operands',
    ({ sizes, terms, chosen }) => {
      const output = chosen.filter((i) => terms.flat().includes(i));
      const shapes = terms.map((t) => t.map((i) => sizes[i]));
      const { path, flops, largestIntermediate } = einsumPath(specOf(terms, output), ...shapes);
      const best = allPaths(terms.length)
        .map((p) => count(p, terms, output, sizes))
        .reduce((a, b) => (b.flops < a.flops || (b.flops === a.flops && b.largest < a.largest) ? b : a));
      expect({ flops, largest: largestIntermediate }).toEqual(best);
      expect(count(path, terms, output, sizes)).toEqual(best);
    },
  );

  test.prop([problems(13)])(
    'costs what it says, never more than left to right or than one loop',
    ({ sizes, terms, chosen }) => {
      const output = chosen.filter((i) => terms.flat().includes(i));
      const shapes = terms.map((t) => t.map((i) => sizes[i]));
      const { path, flops, naiveFlops, largestIntermediate } = einsumPath(specOf(terms, output), ...shapes);
      expect(count(path, terms, output, sizes)).toEqual({ flops, largest: largestIntermediate });
      expect(flops).toBeLessThanOrEqual(count(leftToRight(terms.length), terms, output, sizes).flops);
      expect(flops).toBeLessThanOrEqual(naiveFlops);
      const all = [...new Set(terms.flat())];
      const summed = Number(all.some((i) => !output.includes(i)));
      expect(naiveFlops).toBe(all.reduce((n, i) => n * sizes[i], 1) * (terms.length - 1 + summed));
    },
  );

  it('of a chain of matrices is the best parenthesisation', () => {
    // Cormen, Leiserson, Rivest and Stein, section 15.2: 15125 multiplications, (A₁(A₂A₃))((A₄A₅)A₆).
    const found = einsumPath('ab,bc,cd,de,ef,fg->ag', [30, 35], [35, 15], [15, 5], [5, 10], [10, 20], [20, 25]);
    expect(found.flops).toBe(2 * 15125);
    expect(found.naiveFlops).toBe(6 * 30 * 35 * 15 * 5 * 10 * 20 * 25);
    expect(found.largestIntermediate).toBe(30 * 25);
  });

  it('of one operand has one step', () => {
    expect(einsumPath('ij->i', [2, 3])).toEqual({ path: [[0]], naiveFlops: 6, flops: 6, largestIntermediate: 2 });
    expect(einsumPath('ij->ji', [2, 3])).toEqual({ path: [[0]], naiveFlops: 6, flops: 0, largestIntermediate: 6 });
  });

  it('of a stretched index counts the axes that are there', () => {
    expect(einsumPath('ij,j->i', [2, 3], [1])).toEqual({
      path: [[0, 1]],
      naiveFlops: 12,
      flops: 6 + 2,
      largestIntermediate: 2,
    });
  });

  it('of forty operands is found', () => {
    const chain = Array.from({ length: 40 }, (_, i) =>
      String.fromCharCode(...[i, i + 1].map((c) => (c < 26 ? 97 + c : 39 + c))),
    );
    const { path, flops } = einsumPath(chain.join(','), ...chain.map((): Shape => [3, 3]));
    expect(path).toHaveLength(39);
    // A chain of 3 × 3 matrices from one end to the other is 39 products of 54 flops.
    expect(flops).toBe(39 * 54);
  });
});
