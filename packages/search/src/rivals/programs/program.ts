import { arity, NUMBER } from './opcodes.js';

/** A formula in postfix order: arguments before their function, the root last. Never changed once made. */
export interface Program {
  /** One opcode a node. */
  readonly code: Int32Array;
  /** One value a node; read where the opcode is NUMBER. */
  readonly constants: Float64Array;
}

/** Index of the first node of the subtree whose root is node `root`. */
export function subtreeStart({ code }: Program, root: number): number {
  let open = 1;
  let node = root;
  for (;;) {
    open += arity(code[node]) - 1;
    if (open === 0) return node;
    node--;
  }
}

/** Nodes on the longest way from the root to a leaf. */
export function depth({ code }: Program): number {
  const depths: number[] = [];
  for (const op of code) {
    const count = arity(op);
    if (count === 0) depths.push(1);
    else if (count === 1) depths.push(1 + (depths.pop() ?? 0));
    else depths.push(1 + Math.max(depths.pop() ?? 0, depths.pop() ?? 0));
  }
  return depths[0];
}

/** A copy of the subtree whose root is node `root`. */
export function subtree(program: Program, root: number): Program {
  const start = subtreeStart(program, root);
  return { code: program.code.slice(start, root + 1), constants: program.constants.slice(start, root + 1) };
}

/** A copy of the program with `part` in the place of the subtree whose root is node `root`. */
export function replaceSubtree(program: Program, root: number, part: Program): Program {
  const start = subtreeStart(program, root);
  const size = program.code.length - (root + 1 - start) + part.code.length;
  const code = new Int32Array(size);
  const constants = new Float64Array(size);
  code.set(program.code.subarray(0, start));
  code.set(part.code, start);
  code.set(program.code.subarray(root + 1), start + part.code.length);
  constants.set(program.constants.subarray(0, start));
  constants.set(part.constants, start);
  constants.set(program.constants.subarray(root + 1), start + part.code.length);
  return { code, constants };
}

/** A program of one node. */
export function leaf(code: number, constant = 0): Program {
  return { code: Int32Array.of(code), constants: Float64Array.of(constant) };
}

/** op(argument) or op(left, right). */
export function join(op: number, ...parts: readonly Program[]): Program {
  const size = parts.reduce((sum, part) => sum + part.code.length, 1);
  const code = new Int32Array(size);
  const constants = new Float64Array(size);
  let at = 0;
  for (const part of parts) {
    code.set(part.code, at);
    constants.set(part.constants, at);
    at += part.code.length;
  }
  code[at] = op;
  return { code, constants };
}

/** How many nodes are constants. */
export function numberCount({ code }: Program): number {
  let count = 0;
  for (const op of code) if (op === NUMBER) count++;
  return count;
}

/** The same formula with other constants. */
export function withConstants({ code }: Program, constants: Float64Array): Program {
  return { code, constants };
}
