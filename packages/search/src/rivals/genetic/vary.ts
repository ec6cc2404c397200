import { ADD, arity, FEATURE, NUMBER } from '../programs/opcodes.js';
import { join, leaf, type Program, replaceSubtree, subtree, withConstants } from '../programs/program.js';
import type { RandomStream } from '../programs/random-stream.js';
import { randomFunction, randomLeaf, randomProgram, type Vocabulary } from './vocabulary.js';

/** A node to vary: a function nine times out of ten where there is one (Koza 1992), as leaves are half of all nodes. */
export function pickNode({ code }: Program, random: RandomStream): number {
  if (random.next() < 0.1) return random.below(code.length);
  const functions: number[] = [];
  for (let i = 0; i < code.length; i++) if (code[i] < NUMBER) functions.push(i);
  return functions.length === 0 ? random.below(code.length) : functions[random.below(functions.length)];
}

/** Subtree crossover: a subtree of the first parent gives way to a copy of one of the second. */
export function crossover(a: Program, b: Program, random: RandomStream): Program {
  return replaceSubtree(a, pickNode(a, random), subtree(b, pickNode(b, random)));
}

/** Subtree mutation: a subtree gives way to a random formula. */
export function mutateSubtree(a: Program, words: Vocabulary, random: RandomStream): Program {
  return replaceSubtree(a, pickNode(a, random), randomProgram(words, 4, random));
}

/** Hoist mutation: a subtree takes the place of another it is part of. */
export function hoist(a: Program, random: RandomStream): Program {
  const root = pickNode(a, random);
  const part = subtree(a, root);
  return replaceSubtree(a, root, subtree(part, random.below(part.code.length)));
}

/** Point mutation: one node becomes another with as many arguments; a constant is also shifted or scaled. */
export function mutatePoint(a: Program, words: Vocabulary, random: RandomStream): Program {
  const node = random.below(a.code.length);
  const op = a.code[node];
  const count = arity(op);
  if (count === 0) {
    if (op === NUMBER && random.next() < 0.5) {
      const constants = a.constants.slice();
      constants[node] = constants[node] * (0.5 + random.next()) + (random.next() - 0.5);
      return withConstants(a, constants);
    }
    return replaceSubtree(a, node, randomLeaf(words, random));
  }
  const code = a.code.slice();
  code[node] = randomFunction(words, count, random);
  return { code, constants: a.constants };
}

/** A function is put above a subtree, with a leaf for its other argument. */
export function insert(a: Program, words: Vocabulary, random: RandomStream): Program {
  const node = random.below(a.code.length);
  const part = subtree(a, node);
  const one = words.binary.length === 0 || (words.unary.length > 0 && random.next() < 0.4);
  if (one) return replaceSubtree(a, node, join(randomFunction(words, 1, random), part));
  const other = randomLeaf(words, random);
  const pair = random.next() < 0.5 ? [part, other] : [other, part];
  return replaceSubtree(a, node, join(randomFunction(words, 2, random), ...pair));
}

/** One input becomes another everywhere below a node, where there are others. */
export function swapFeature(a: Program, words: Vocabulary, random: RandomStream): Program {
  const code = a.code.slice();
  const uses: number[] = [];
  for (let i = 0; i < code.length; i++) if (code[i] >= FEATURE) uses.push(i);
  if (uses.length > 0) code[uses[random.below(uses.length)]] = FEATURE + random.below(words.inputs);
  return { code, constants: a.constants };
}

/** f + g with the weight of g a constant to be fitted. */
export function plus(f: Program, weight: number, g: Program, product: number): Program {
  return join(ADD, f, join(product, leaf(NUMBER, weight), g));
}
