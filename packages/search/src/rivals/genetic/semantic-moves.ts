import { ADD, MUL, NUMBER, SUB } from '../programs/opcodes.js';
import { join, leaf, type Program, replaceSubtree } from '../programs/program.js';
import type { RandomStream } from '../programs/random-stream.js';
import { evaluateProgram } from '../programs/tape.js';
import type { Arena } from './assess.js';
import { bestMatch } from './best-match.js';
import { bestPartner } from './best-partner.js';
import { desiredValues } from './desired.js';
import type { Individual } from './individual.js';
import type { Library } from './library.js';
import { pickNode } from './vary.js';
import type { Vocabulary } from './vocabulary.js';

/** A random half of the library, so that the same parent does not always have the same child. */
function randomHalf(random: RandomStream): (index: number) => boolean {
  const shift = random.below(1 << 16);
  return (index) => (Math.imul(index + shift, 0x9e3779b1) & 0x10000) === 0;
}

function centre(values: Float64Array): number {
  let mean = 0;
  for (const v of values) mean += v / values.length;
  for (let r = 0; r < values.length; r++) values[r] -= mean;
  return mean;
}

/**
 * Puts the formula of the library that fits best in the place of a random subtree: what the subtree should give is found by inverting the
 * functions above it.
 */
export function replaceByDesired(
  { sample: { tape, target } }: Arena,
  { program, slope, intercept }: Individual,
  library: Library,
  words: Vocabulary,
  random: RandomStream,
): Program | undefined {
  const root = program.code.length - 1;
  const node = random.next() < 0.5 ? pickNode(program, random) : random.below(root + 1);
  if (node === root || slope === 0) return undefined;
  evaluateProgram(tape, program);
  // Inverted from the fitted a·f + b, or from f itself: log(g) fits well with an a of 1.3 long before g is right.
  const [a, b] = random.next() < 0.5 ? [slope, intercept] : [1, 0];
  const wanted = target.values.map((y) => (y - b) / a);
  if (!desiredValues(tape, program, node, wanted)) return undefined;
  const mean = centre(wanted);
  const match = bestMatch(library, wanted, mean, undefined, randomHalf(random));
  if (!match) return undefined;
  return replaceSubtree(
    program,
    node,
    affine(library.programs[match.index], random.next() < 0.5 ? match : rounded(match), words),
  );
}

/** f + w·g with g the formula of the library that, beside f, explains the target best. */
export function addTerm(
  { sample: { tape, target } }: Arena,
  { program, slope, intercept }: Individual,
  library: Library,
  { binary }: Vocabulary,
  random: RandomStream,
): Program | undefined {
  if (slope === 0 || !binary.includes(ADD) || !binary.includes(MUL)) return undefined;
  const start = evaluateProgram(tape, program);
  const own = tape.values.slice(start, start + tape.rows);
  const residual = target.values.map((y, r) => y - slope * own[r] - intercept);
  const mean = centre(residual);
  centre(own);
  let square = 0;
  for (const v of own) square += v * v;
  const norm = Math.sqrt(square);
  for (let r = 0; r < own.length; r++) own[r] /= norm;
  const match = bestMatch(library, residual, mean, own, randomHalf(random));
  if (!match) return undefined;
  // The weight of f changes with g beside it; what is left of that is for the fit of the constants.
  const weight = match.slope / slope;
  const term = library.programs[match.index];
  if (random.next() < 0.5 && (weight > 0 || binary.includes(SUB))) return join(weight > 0 ? ADD : SUB, program, term);
  return join(ADD, program, join(MUL, leaf(NUMBER, weight), term));
}

/** op(f, g) with a random function of two arguments and the best g of the library. */
export function joinPartner(
  { sample: { tape, target } }: Arena,
  { program }: Individual,
  library: Library,
  { binary }: Vocabulary,
  random: RandomStream,
): Program | undefined {
  if (binary.length === 0) return undefined;
  const op = binary[random.below(binary.length)];
  const start = evaluateProgram(tape, program);
  const own = tape.values.slice(start, start + tape.rows);
  const partner = bestPartner(library, op, own, target, randomHalf(random));
  return partner < 0 ? undefined : join(op, program, library.programs[partner]);
}

/** The nearest literals: formulas that are found are more often made of 1 and 2 than of 1.07. */
function rounded({ slope, intercept }: { slope: number; intercept: number }): { slope: number; intercept: number } {
  const limit = (v: number): number => Math.max(-4, Math.min(4, Math.round(v)));
  return { slope: limit(slope) || Math.sign(slope) || 1, intercept: limit(intercept) };
}

/** a·g + b, without what changes nothing and without functions that are not to be used. */
function affine(
  g: Program,
  { slope, intercept }: { slope: number; intercept: number },
  { binary }: Vocabulary,
): Program {
  const scaled = Math.abs(slope - 1) < 1e-9 || !binary.includes(MUL) ? g : join(MUL, leaf(NUMBER, slope), g);
  const small = Math.abs(intercept) < 1e-9 * Math.max(1, Math.abs(slope));
  return small || !binary.includes(ADD) ? scaled : join(ADD, scaled, leaf(NUMBER, intercept));
}
