import { fc, test } from '@fast-check/vitest';
import { evaluate, expressionNeuron } from '@neuronseek/neurons';
import { tensor } from '@neuronseek/tensor';
import { key, normal, uniform } from '@neuronseek/tensor/random';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { bestMatch } from '../../src/rivals/genetic/best-match.js';
import { bestPartner } from '../../src/rivals/genetic/best-partner.js';
import { desiredValues } from '../../src/rivals/genetic/desired.js';
import { enumerateLibrary } from '../../src/rivals/genetic/library.js';
import { createNiches, settle, tournament } from '../../src/rivals/genetic/niches.js';
import { crossover, hoist, insert, mutatePoint, mutateSubtree } from '../../src/rivals/genetic/vary.js';
import { randomProgram, vocabularyOf } from '../../src/rivals/genetic/vocabulary.js';
import { fitConstants } from '../../src/rivals/programs/fit-constants.js';
import { foldProgram } from '../../src/rivals/programs/fold-program.js';
import { niceBits, niceCandidates } from '../../src/rivals/programs/nice-numbers.js';
import { ADD, arity, EXP, FEATURE, geneFunctions, MUL, NUMBER, SIN } from '../../src/rivals/programs/opcodes.js';
import {
  depth,
  join,
  leaf,
  type Program,
  replaceSubtree,
  subtree,
  subtreeStart,
} from '../../src/rivals/programs/program.js';
import { randomStream } from '../../src/rivals/programs/random-stream.js';
import { linearScale, targetOf } from '../../src/rivals/programs/scaled-error.js';
import { semanticHash } from '../../src/rivals/programs/semantic-hash.js';
import { createTape, differentiateProgram, evaluateProgram } from '../../src/rivals/programs/tape.js';
import { toExpression } from '../../src/rivals/programs/to-expression.js';

const words = vocabularyOf({ functions: geneFunctions }, 2);
const programOf = (seed: number, levels = 5): Program => randomProgram(words, levels, randomStream(key(seed)));
const programs = fc.nat({ max: 1e6 }).map((seed) => programOf(seed));
const rows = 7;
const columns = uniform(key(5), 2 * rows, { min: 0.2, max: 2 });
const table = tensor(
  Array.from({ length: rows }, (_, r) => [columns[r], columns[rows + r]]),
  [rows, 2],
);

function valuesOf(program: Program): Float64Array {
  const tape = createTape(columns, rows, 4);
  const start = evaluateProgram(tape, program);
  return tape.values.slice(start, start + rows);
}

/** A postfix program is well formed when every prefix leaves values on the stack and the whole leaves one. */
function wellFormed({ code }: Program): boolean {
  let open = 0;
  for (const op of code) {
    open += 1 - arity(op);
    if (open < 1) return false;
  }
  return open === 1;
}

describe('programs', () => {
  test.prop([programs])('evaluate as the expression they print', (program) => {
    const values = valuesOf(program);
    fc.pre(values.every((v) => Math.abs(v) < 1e8));
    const neuron = expressionNeuron({ features: ['a', 'b'], expressions: [toExpression(program)] });
    const got = evaluate(neuron, table).toTypedArray();
    // Powers and sums are put together differently: rounding may grow through the functions above, so only most digits are compared.
    for (let r = 0; r < rows; r++)
      expect(Math.abs(Number(got[r]) - values[r])).toBeLessThan(1e-6 * (1 + Math.abs(values[r])));
  });

  test.prop([programs, fc.nat(), fc.nat()])('subtree and replaceSubtree fit together', (program, a, b) => {
    const node = a % program.code.length;
    expect(replaceSubtree(program, node, subtree(program, node))).toEqual(program);
    const part = programOf(b, 3);
    const changed = replaceSubtree(program, node, part);
    expect(wellFormed(changed)).toBe(true);
    const end = subtreeStart(program, node) + part.code.length - 1;
    expect(subtree(changed, end)).toEqual(part);
  });

  test.prop([programs, programs, fc.nat({ max: 1e6 })])(
    'variation gives programs and changes no parent',
    (a, b, seed) => {
      const before = JSON.stringify([a, b]);
      const random = randomStream(key(seed));
      const children = [
        crossover(a, b, random),
        mutateSubtree(a, words, random),
        hoist(a, random),
        insert(a, words, random),
        mutatePoint(a, words, random),
      ];
      for (const child of children) expect(wellFormed(child)).toBe(true);
      expect(children[2].code.length).toBeLessThanOrEqual(a.code.length);
      expect(children[4].code.length).toBe(a.code.length);
      expect(JSON.stringify([a, b])).toBe(before);
    },
  );

  test('crossover brings genetic material of both parents together', () => {
    // The reference writes a crossover and never calls it; here most children of x₁-only and x₂-only parents have both.
    const random = randomStream(key(1));
    const a = join(ADD, join(MUL, leaf(FEATURE), leaf(FEATURE)), join(SIN, leaf(FEATURE)));
    const b = join(ADD, join(MUL, leaf(FEATURE + 1), leaf(FEATURE + 1)), join(EXP, leaf(FEATURE + 1)));
    const children = Array.from({ length: 100 }, () => crossover(a, b, random));
    const both = children.filter(({ code }) => code.includes(FEATURE) && code.includes(FEATURE + 1));
    expect(both.length).toBeGreaterThan(50);
  });

  test.prop([programs])('folding changes no value and never lengthens', (program) => {
    const values = valuesOf(program);
    fc.pre(values.every(Number.isFinite));
    const folded = foldProgram(program);
    expect(folded.code.length).toBeLessThanOrEqual(program.code.length);
    expectClose(valuesOf(folded), values, { factor: 8 });
  });

  test.prop([programs])('depth is one more than that of the deepest argument', (program) => {
    const root = program.code.length - 1;
    const count = arity(program.code[root]);
    if (count === 0) expect(depth(program)).toBe(1);
    const parts = count === 0 ? [] : [subtree(program, root - 1)];
    if (count === 2) parts.push(subtree(program, subtreeStart(program, root - 1) - 1));
    if (count > 0) expect(depth(program)).toBe(1 + Math.max(...parts.map(depth)));
  });

  test.prop([programs])('derivatives by constants agree with differences', (program) => {
    const tape = createTape(columns, rows, 4);
    const start = evaluateProgram(tape, program);
    const values = tape.values.slice(start, start + rows);
    differentiateProgram(tape, program);
    const slopes = tape.slopes.slice();
    for (let i = 0; i < program.code.length; i++) {
      if (program.code[i] !== NUMBER) continue;
      const h = 1e-6;
      const shifted = [h, -h].map((step) => {
        const constants = program.constants.slice();
        constants[i] += step;
        return valuesOf({ code: program.code, constants });
      });
      for (let r = 0; r < rows; r++) {
        const [up, down] = [shifted[0][r], shifted[1][r]];
        const slope = slopes[i * rows + r];
        // Where the function bends sharply differences say nothing.
        const bend = Math.abs(up - 2 * values[r] + down) / h;
        if (![up, down, slope].every(Number.isFinite) || bend > 1e-3 || Math.abs(values[r]) > 1e3) continue;
        expect(Math.abs((up - down) / (2 * h) - slope)).toBeLessThan(1e-2 * (1 + Math.abs(slope)));
      }
    }
  });
});

describe('closed forms and fits', () => {
  test.prop([fc.nat({ max: 1e6 })])('linear scaling leaves a residual without mean and without the column', (seed) => {
    const y = normal(key(seed), rows);
    const column = normal(key(seed + 1), rows);
    const { slope, intercept, sse } = linearScale(column, 0, targetOf(y));
    const residual = y.map((v, r) => v - slope * column[r] - intercept);
    expect(Math.abs(residual.reduce((s, v) => s + v, 0))).toBeLessThan(1e-12);
    expect(Math.abs(residual.reduce((s, v, r) => s + v * column[r], 0))).toBeLessThan(1e-12);
    expect(Math.abs(residual.reduce((s, v) => s + v * v, 0) - sse)).toBeLessThan(1e-12);
  });

  test.prop([fc.double({ min: -1.5, max: 1.5, noNaN: true }), fc.double({ min: 0.5, max: 2, noNaN: true })])(
    'constants inside of functions are found: exp(c·x) with the weight and offset of linear scaling',
    (c, weight) => {
      fc.pre(Math.abs(c) > 0.2);
      const tape = createTape(columns, rows);
      const make = (value: number): Program => join(EXP, join(MUL, leaf(NUMBER, value), leaf(FEATURE)));
      const y = valuesOf(make(c)).map((v) => weight * v - 3);
      const { program, sse, slope } = fitConstants(tape, make(c * 0.7), targetOf(y), {
        steps: 60,
        scaled: true,
        free: () => true,
      });
      expect(sse).toBeLessThan(1e-20);
      expect(program.constants[0]).toBeCloseTo(c, 6);
      expect(slope).toBeCloseTo(weight, 6);
    },
  );

  test.prop([programs, fc.nat({ max: 1e6 })])('a fit is never worse than its start', (program, seed) => {
    const target = targetOf(normal(key(seed), rows));
    const tape = createTape(columns, rows);
    const options = { scaled: true, free: () => true };
    const start = fitConstants(tape, program, target, { ...options, steps: 1 });
    fc.pre(Number.isFinite(start.sse));
    const fitted = fitConstants(tape, program, target, { ...options, steps: 10 });
    expect(fitted.sse).toBeLessThanOrEqual(start.sse);
    expect(linearScale(valuesOf(fitted.program), 0, target).sse).toBe(fitted.sse);
  });

  test.prop([fc.integer({ min: -50, max: 50 }), fc.constantFrom(1, 2, 3, 7, 12, 100)])(
    'nice numbers are cheap, and candidates of their neighbours',
    (p, q) => {
      expect(niceBits(p / q)).toBeLessThan(35);
      expect(niceCandidates((p / q) * (1 + 1e-9) + 1e-12)).toContain(p / q);
      expect(niceBits(p / q + 1e-7 * Math.SQRT2)).toBeUndefined();
    },
  );
});

describe('semantics', () => {
  test.prop([programs, fc.double({ min: 0.1, max: 10, noNaN: true }), fc.integer({ min: -5, max: 5 })])(
    'hashes are those of values up to slope and intercept',
    (program, slope, intercept) => {
      const values = valuesOf(program);
      const hash = semanticHash(values, 0, rows);
      fc.pre(!Number.isNaN(hash));
      const spread = Math.max(...values) - Math.min(...values);
      // Values whose differences are mostly rounding are shared by none.
      fc.pre(spread > 1e-2 * Math.max(...values.map(Math.abs)));
      const other = values.slice();
      other[3] += 0.01 * spread;
      expect(semanticHash(other, 0, rows)).not.toBe(hash);
      // Powers of two scale without rounding.
      const scaled = values.map((v) => v * 2 ** Math.round(slope));
      expect(semanticHash(scaled, 0, rows)).toBe(hash);
      expect(semanticHash(scaled, 0, rows, true) === semanticHash(values, 0, rows, true)).toBe(Math.round(slope) === 0);
      expect(Number.isNaN(semanticHash(values.fill(intercept), 0, rows))).toBe(true);
    },
  );

  test.prop([programs, fc.nat()])(
    'what a node gives is what it is asked to give when the root is wanted as it is',
    (program, pick) => {
      const node = pick % program.code.length;
      const tape = createTape(columns, rows);
      const start = evaluateProgram(tape, program);
      const wanted = tape.values.slice(start, start + rows);
      fc.pre(wanted.every((v) => Math.abs(v) < 1e3 && Math.abs(v) > 1e-3));
      const own = tape.values.slice(tape.at[node], tape.at[node] + rows);
      if (!desiredValues(tape, program, node, wanted)) return;
      // Inversion may lose digits; evaluating with what was asked for must give the root back.
      const check = valuesOf(program);
      const close = own.every((v, r) => Math.abs(v - wanted[r]) < 1e-6 * (1 + Math.abs(v)));
      if (close) return;
      // Not the node's own values: then others that lead to the same root, as x² has two roots. Only constants and inputs can be put there by hand.
      const part = leaf(NUMBER, wanted[0]);
      const changed = valuesOf(replaceSubtree(program, node, part));
      if (Math.abs(wanted[0]) < 1e6 && Number.isFinite(changed[0])) {
        expect(Math.abs(changed[0] - check[0])).toBeLessThan(1e-3 * (1 + Math.abs(check[0])));
      }
    },
  );

  test('the library has formulas that differ, and finds the one that fits', () => {
    const tape = createTape(columns, rows);
    const library = enumerateLibrary(tape, words, 200);
    expect(library.programs).toHaveLength(200);
    const hashes = library.programs.map((p) => semanticHash(valuesOf(p), 0, rows));
    expect(new Set(hashes).size).toBe(200);
    for (const i of [3, 50, 199]) {
      const y = valuesOf(library.programs[i]).map((v) => 2 * v - 5);
      const mean = y.reduce((s, v) => s + v, 0) / rows;
      const match = bestMatch(
        library,
        y.map((v) => v - mean),
        mean,
        undefined,
        () => true,
      );
      expect(match?.index).toBe(i);
      expect(match?.share).toBeCloseTo(1, 10);
      expect(match?.slope).toBeCloseTo(2, 8);
      expect(match?.intercept).toBeCloseTo(-5, 6);
      const own = valuesOf(library.programs[7]);
      const product = valuesOf(library.programs[i]).map((v, r) => 3 * v * own[r] + 1);
      const partner = bestPartner(library, MUL, own, targetOf(product), () => true);
      const found = valuesOf(library.programs[partner]).map((v, r) => v * own[r]);
      const { sse } = linearScale(found, 0, targetOf(product));
      expect(sse).toBeLessThan(1e-15 * targetOf(product).sst);
    }
  });
});

test('tournaments are won by the least error of those drawn, which the reference gets wrong', () => {
  const niches = createNiches(4, 20);
  const program = leaf(FEATURE);
  const errors = Array.from(uniform(key(3), 20));
  for (const error of errors) settle(niches, { program, slope: 1, intercept: 0, error });
  const [cell] = niches.cells.filter(({ length }) => length > 0);
  expect(cell.map(({ error }) => error)).toEqual([...errors].sort((a, b) => a - b));
  // The mean rank of the best of t among n is about (n − 1) / (t + 1), that of a random draw (n − 1) / 2.
  const random = randomStream(key(4));
  const draws = Array.from({ length: 2000 }, () => cell.indexOf(tournament(niches, 4, random)));
  const mean = draws.reduce((s, v) => s + v, 0) / draws.length;
  expect(mean).toBeGreaterThan(2.9);
  expect(mean).toBeLessThan(3.8);
});
