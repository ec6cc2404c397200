import { arity, FEATURE, geneFunctions, NUMBER } from '../programs/opcodes.js';
import { join, leaf, type Program } from '../programs/program.js';
import type { RandomStream } from '../programs/random-stream.js';
import type { GeneticSettings } from './options.js';

/** What formulas are made of. */
export interface Vocabulary {
  readonly inputs: number;
  readonly unary: readonly number[];
  readonly binary: readonly number[];
}

export function vocabularyOf({ functions }: Pick<GeneticSettings, 'functions'>, inputs: number): Vocabulary {
  const codes = functions.map((name) => geneFunctions.indexOf(name));
  return { inputs, unary: codes.filter((c) => arity(c) === 1), binary: codes.filter((c) => arity(c) === 2) };
}

/** An input four times out of five, else a constant: a small integer one time in two, or an even draw from [−3, 3). */
export function randomLeaf({ inputs }: Vocabulary, random: RandomStream): Program {
  if (random.next() < 0.8) return leaf(FEATURE + random.below(inputs));
  return leaf(NUMBER, random.next() < 0.5 ? 1 + random.below(3) : 6 * random.next() - 3);
}

/** A function of the same number of arguments; the function itself if there is no other. */
export function randomFunction({ unary, binary }: Vocabulary, count: 1 | 2, random: RandomStream): number {
  const codes = count === 1 ? unary : binary;
  return codes[random.below(codes.length)];
}

/** A random formula no deeper than `depth` ("grow" of Koza 1992): a leaf, the more likely the deeper, or a function of such formulas. */
export function randomProgram(words: Vocabulary, depth: number, random: RandomStream, leaves = 0.2): Program {
  const functions = words.unary.length + words.binary.length;
  if (depth <= 1 || functions === 0 || random.next() < leaves) return randomLeaf(words, random);
  // Two of three functions join two formulas, whatever the numbers of names, or polynomials would be rare.
  const one = words.binary.length === 0 || (words.unary.length > 0 && random.next() < 1 / 3);
  const deeper = (): Program => randomProgram(words, depth - 1, random, leaves + 0.1);
  if (one) return join(randomFunction(words, 1, random), deeper());
  return join(randomFunction(words, 2, random), deeper(), deeper());
}
