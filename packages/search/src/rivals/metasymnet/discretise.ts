import { ADD, arity, FEATURE, MUL, NUMBER } from '../programs/opcodes.js';
import { join, leaf, type Program } from '../programs/program.js';
import { FIRST } from './soft-functions.js';
import { innerCount, paramStart, type SoftTree } from './soft-tree.js';

/**
 * The formula of a soft tree: at every node the function, and at every leaf the input, with the largest share. Scales and offsets stay as
 * constants to be fitted; those of a node that hands its argument on are its argument's.
 */
export function discretise(tree: SoftTree, node = 0): Program {
  const { functions, inputs, params } = tree;
  const inner = innerCount(tree);
  const start = paramStart(tree, node);
  if (node >= inner) {
    const chosen = largest(params, start, inputs);
    return affine(leaf(FEATURE + chosen), params[start + inputs], params[start + inputs + 1]);
  }
  const op = functions[largest(params, start, functions.length)];
  const [scale, offset] = [params[start + functions.length], params[start + functions.length + 1]];
  const first = discretise(tree, 2 * node + 1);
  if (op === FIRST) return first;
  const joined = arity(op) === 1 ? join(op, first) : join(op, first, discretise(tree, 2 * node + 2));
  return affine(joined, scale, offset);
}

function largest(params: Float64Array, start: number, count: number): number {
  let best = 0;
  for (let i = 1; i < count; i++) if (params[start + i] > params[start + best]) best = i;
  return best;
}

function affine(program: Program, scale: number, offset: number): Program {
  return join(ADD, join(MUL, leaf(NUMBER, scale), program), leaf(NUMBER, offset));
}
