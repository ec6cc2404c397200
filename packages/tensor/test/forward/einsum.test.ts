import { fc, test } from '@fast-check/vitest';
import { checkVjp, checkVjpOrder2, data, expectClose } from '@neuronseek/testkit';
import { describe, expect, it } from 'vitest';
import { arange, ones, tensor } from '../../src/core/create.js';
import { grad } from '../../src/core/grad.js';
import { add, mul } from '../../src/core/ops/arithmetic.js';
import { einsum } from '../../src/core/ops/einsum.js';
import { reshape } from '../../src/core/ops/reshape.js';
import { sum } from '../../src/core/ops/sum-broadcast.js';
import type { Tensor } from '../../src/core/tensor.js';
import { vjp } from '../../src/core/vjp.js';
import { arrange, arrangement } from '../support/arrange.js';
import { einsumLoops } from '../support/einsum-loops.js';
import { elements, fromData, toData } from '../support/elements.js';

/** A specification, how it reads without shorthand, and the shapes of its operands. */
interface Generated {
  readonly spec: string;
  readonly terms: string[][];
  readonly output: string[];
  readonly shapes: number[][];
}

const alphabet = ['a', 'i', 'Z', 'B', 'k'];

/** Random letters, repeats within and across operands, axes under an ellipsis, sizes of 0 to 3, stretched ones, spaces. */
function specs({ operands = 3, minSize = 0 }: { operands?: number; minSize?: number } = {}): fc.Arbitrary<Generated> {
  const size = fc.integer({ min: minSize, max: 3 });
  return fc
    .record({
      sizes: fc.array(size, { minLength: alphabet.length, maxLength: alphabet.length }),
      under: fc.array(size, { maxLength: 2 }),
      terms: fc.array(
        fc.record({
          letters: fc.array(fc.nat(alphabet.length - 1), { maxLength: 3 }),
          ellipsis: fc.option(fc.record({ place: fc.nat(3), axes: fc.nat(2) }), { nil: undefined }),
          stretched: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
        }),
        { minLength: 1, maxLength: operands },
      ),
      chosen: fc.shuffledSubarray(alphabet),
      explicit: fc.boolean(),
      ellipsisAt: fc.nat(5),
      space: fc.constantFrom('', ' '),
    })
    .map(({ sizes, under, terms, chosen, explicit, ellipsisAt, space }) => {
      const texts: string[] = [];
      const read: string[][] = [];
      const shapes: number[][] = [];
      for (const { letters, ellipsis, stretched } of terms) {
        const names = letters.map((i) => alphabet[i]);
        const hidden = ellipsis === undefined ? 0 : Math.min(ellipsis.axes, under.length);
        const place = ellipsis === undefined ? -1 : Math.min(ellipsis.place, names.length);
        const dots = Array.from({ length: hidden }, (_, i) => `.${hidden - 1 - i}`);
        read.push(place < 0 ? names : [...names.slice(0, place), ...dots, ...names.slice(place)]);
        texts.push((place < 0 ? names : [...names.slice(0, place), '...', ...names.slice(place)]).join(space));
        // A letter is stretched in all its places in an operand, or in none.
        const full = (label: string): number =>
          label.startsWith('.') ? under[under.length - 1 - Number(label.slice(1))] : sizes[alphabet.indexOf(label)];
        const key = (label: string): number => (label.startsWith('.') ? 0 : alphabet.indexOf(label));
        shapes.push(read[read.length - 1].map((label) => (stretched[key(label)] ? 1 : full(label))));
      }
      const all = read.flat();
      const hidden = Math.max(0, ...all.filter((l) => l.startsWith('.')).map((l) => Number(l.slice(1)) + 1));
      const dots = Array.from({ length: hidden }, (_, i) => `.${hidden - 1 - i}`);
      if (explicit) {
        const letters = chosen.filter((label) => all.includes(label));
        const at = Math.min(ellipsisAt, letters.length);
        const needed = hidden > 0 || ellipsisAt === 5;
        const spec = [...letters.slice(0, at), ...(needed ? ['...'] : []), ...letters.slice(at)].join(space);
        const output = [...letters.slice(0, at), ...dots, ...letters.slice(at)];
        return { spec: `${texts.join(`${space},`)}${space}->${space}${spec}`, terms: read, output, shapes };
      }
      const once = [...alphabet].sort().filter((label) => all.filter((l) => l === label).length === 1);
      return { spec: texts.join(`,${space}`), terms: read, output: [...dots, ...once], shapes };
    });
}

const withOperands = (generated: fc.Arbitrary<Generated>) =>
  generated.chain((g) =>
    fc.record({
      g: fc.constant(g),
      xs: fc.tuple(
        ...g.shapes.map((sizes) =>
          fc.tuple(data({ shape: sizes }), arrangement(sizes.length)).map(([x, how]) => arrange(x, how)),
        ),
      ),
    }),
  );

/** Compares with the loops: two sums of the same products, each rounded at most once a factor and once a term. */
function expectEinsum(y: Tensor, terms: readonly (readonly string[])[], output: readonly string[], xs: Tensor[]): void {
  const expected = einsumLoops(terms, output, xs);
  expect(y.shape).toEqual(expected.shape);
  const factor = 2 * (expected.terms + xs.length);
  elements(y).forEach((v, i) => {
    expectClose([v], [expected.values[i]], { factor, scale: expected.sizes[i] });
  });
}

describe('einsum', () => {
  test.prop([withOperands(specs())], { numRuns: 400 })(
    'is the sum over all indices, by the definition',
    ({ g, xs }) => {
      expectEinsum(einsum(g.spec, ...xs), g.terms, g.output, xs);
    },
  );

  test.prop([withOperands(specs({ operands: 10 }))], { numRuns: 60 })('is that also of many operands', ({ g, xs }) => {
    if (Math.max(...g.shapes.map((s) => s.length)) > 4) return;
    expectEinsum(einsum(g.spec, ...xs), g.terms, g.output, xs);
  });

  test.prop([
    withOperands(specs({ operands: 5 })).chain((c) =>
      fc
        .shuffledSubarray(
          c.xs.map((_, k) => k),
          { minLength: c.xs.length, maxLength: c.xs.length },
        )
        .map((order) => ({ ...c, order })),
    ),
  ])('does not depend on the order of the operands', ({ g, xs, order }) => {
    const [left, right = undefined] = g.spec.split('->');
    const parts = left.split(',');
    const spec = `${order.map((k) => parts[k]).join(',')}${right === undefined ? '' : `->${right}`}`;
    expectEinsum(einsum(spec, ...order.map((k) => xs[k])), g.terms, g.output, xs);
  });

  test.prop([withOperands(specs()), fc.integer({ min: -3, max: 3 })])(
    'is linear in each operand',
    ({ g, xs }, factor) => {
      const y = einsum(g.spec, ...xs);
      const { sizes } = einsumLoops(g.terms, g.output, xs);
      xs.forEach((_, k) => {
        const scaled = einsum(g.spec, ...xs.map((x, i) => (i === k ? mul(x, factor) : x)));
        // 81 products at most, on both sides.
        elements(scaled).forEach((v, i) => {
          expectClose([v], [factor * elements(y)[i]], { factor: 200, scale: Math.abs(factor) * sizes[i] });
        });
      });
    },
  );

  test.prop(
    [
      withOperands(specs({ minSize: 1 })).chain(({ g, xs }) =>
        fc.record({
          g: fc.constant(g),
          xs: fc.constant(xs),
          direction: fc.tuple(...g.shapes.map((sizes) => data({ shape: sizes, min: -1, max: 1 }))),
          cotangents2: fc.tuple(...g.shapes.map((sizes) => data({ shape: sizes, min: -1, max: 1 }))),
          cotangent: data({ shape: einsumLoops(g.terms, g.output, xs).shape, min: -1, max: 1 }),
        }),
      ),
    ],
    { numRuns: 60 },
  )('has derivatives of both orders', ({ g, xs, direction, cotangents2, cotangent }) => {
    const run = (ts: Tensor[]): Tensor => einsum(g.spec, ...ts);
    const inputs = xs.map(toData);
    const pullback = (ts: Tensor[], u: Tensor): Tensor[] => vjp(run, ts).pullback(u);
    checkVjp({
      apply: (ds) => toData(run(ds.map((d) => fromData(d)))),
      pullback: (ds, u) =>
        pullback(
          ds.map((d) => fromData(d)),
          fromData(u),
        ).map(toData),
      inputs,
      direction,
      cotangent,
    });
    checkVjpOrder2({
      pullback: (ds, u) =>
        pullback(
          ds.map((d) => fromData(d)),
          fromData(u),
        ).map(toData),
      pullback2: (ds, u, ws) => {
        const at = { ts: ds.map((d) => fromData(d)), u: fromData(u) };
        const pulled = grad((p: typeof at) =>
          pullback(p.ts, p.u)
            .map((v, k) => sum(mul(v, fromData(ws[k]))))
            .reduce(add),
        )(at);
        return [...pulled.ts, pulled.u].map(toData);
      },
      inputs,
      cotangent,
      direction: [...direction, cotangent],
      cotangents2,
    });
  });

  it('gives what NumPy documents', () => {
    const a = reshape(arange(25), [5, 5]);
    const b = arange(5);
    const c = reshape(arange(6), [2, 3]);
    expect(einsum('ii', a).item()).toBe(60);
    expect(einsum('ii->i', a).toArray()).toEqual([0, 6, 12, 18, 24]);
    expect(einsum('ij->i', a).toArray()).toEqual([10, 35, 60, 85, 110]);
    expect(einsum('...j->...', a).toArray()).toEqual([10, 35, 60, 85, 110]);
    expect(einsum('ji', c).toArray()).toEqual([
      [0, 3],
      [1, 4],
      [2, 5],
    ]);
    expect(einsum('ij->ji', c).toArray()).toEqual([
      [0, 3],
      [1, 4],
      [2, 5],
    ]);
    expect(einsum('i,i', b, b).item()).toBe(30);
    expect(einsum('ij,j', a, b).toArray()).toEqual([30, 80, 130, 180, 230]);
    expect(einsum('...j,j', a, b).toArray()).toEqual([30, 80, 130, 180, 230]);
    expect(einsum('..., ...', 3, c).toArray()).toEqual([
      [0, 3, 6],
      [9, 12, 15],
    ]);
    expect(einsum(',ij', 3, c).toArray()).toEqual([
      [0, 3, 6],
      [9, 12, 15],
    ]);
    expect(einsum('i,j', tensor([1, 2]), b).toArray()).toEqual([
      [0, 1, 2, 3, 4],
      [0, 2, 4, 6, 8],
    ]);
    expect(einsum('i...->...', a).toArray()).toEqual([50, 55, 60, 65, 70]);
    expect(einsum('ijk,jil->kl', reshape(arange(60), [3, 4, 5]), reshape(arange(24), [4, 3, 2])).toArray()).toEqual([
      [4400, 4730],
      [4532, 4874],
      [4664, 5018],
      [4796, 5162],
      [4928, 5306],
    ]);
    const d = reshape(arange(12), [3, 4]);
    expect(einsum('ki,jk->ij', reshape(arange(6), [3, 2]), reshape(arange(12), [4, 3])).toArray()).toEqual([
      [10, 28, 46, 64],
      [13, 40, 67, 94],
    ]);
    expect(einsum('ki,...k->i...', reshape(arange(6), [3, 2]), reshape(arange(12), [4, 3])).toArray()).toEqual([
      [10, 28, 46, 64],
      [13, 40, 67, 94],
    ]);
    expect(einsum('k...,jk', reshape(arange(6), [3, 2]), reshape(arange(12), [4, 3])).toArray()).toEqual([
      [10, 28, 46, 64],
      [13, 40, 67, 94],
    ]);
    // Without ->, axes under the ellipsis come first, then capitals.
    expect(einsum('bA...,...', ones([2, 3, 4]), ones([4])).shape).toEqual([4, 3, 2]);
    expect(einsum('ij->...ij', d)).toEqual(d);
    expect(einsum('', tensor(7)).item()).toBe(7);
    expect(einsum(',', 2, 3).item()).toBe(6);
  });

  it('of one operand is a view where nothing is summed, and keeps its dtype', () => {
    const x = tensor(
      [
        [1, 2],
        [3, 4],
      ],
      undefined,
      { dtype: 'int32' },
    );
    for (const spec of ['ij->ji', 'ii->i', 'ij', '...']) {
      expect(einsum(spec, x).data).toBe(x.data);
      expect(einsum(spec, x).dtype).toBe('int32');
    }
    expect(einsum('ij->', x).dtype).toBe('int32');
    expect(einsum('ij->', ones([1, 1], { dtype: 'bool' })).dtype).toBe('int32');
    expect(einsum('ij->', ones([3, 1], { dtype: 'bool' })).item()).toBe(3);
    expect(einsum('ij->j', ones([3, 1], { dtype: 'bool' })).toArray()).toEqual([3]);
    expect(einsum('ij->ji', ones([3, 1], { dtype: 'bool' })).dtype).toBe('bool');
  });

  it('of several is floating, the strongest of them', () => {
    const i = ones([2], { dtype: 'int32' });
    const f = ones([2], { dtype: 'float32' });
    expect(einsum('i,j', i, i).dtype).toBe('float64');
    expect(einsum('i,i', i, i).dtype).toBe('float64');
    expect(einsum('i,i,j', i, i, f).dtype).toBe('float32');
    expect(einsum('i,i', f, ones([2])).dtype).toBe('float64');
    expect(einsum(',i', 0.1, f).dtype).toBe('float32');
    // Beyond what int32 holds, whatever the path.
    const big = tensor([2 ** 30], undefined, { dtype: 'int32' });
    expect(einsum('i,i,i->i', big, big, big).item()).toBe(2 ** 90);
  });
});
