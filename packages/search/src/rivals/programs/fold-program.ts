import { cos, exp, log, sin } from '@neuronseek/tensor/math';
import { ADD, arity, COS, DIV, EXP, LOG, MUL, NUMBER, SIN, SUB } from './opcodes.js';
import { join, leaf, type Program } from './program.js';

/** The same formula without what can be computed beforehand: functions of constants, x + 0, x·1, x·0, x/1, x − x, x/x. Where a result would not be finite nothing is done. */
export function foldProgram({ code, constants }: Program): Program {
  const stack: Program[] = [];
  for (let i = 0; i < code.length; i++) {
    const op = code[i];
    const count = arity(op);
    if (count === 0) stack.push(leaf(op, constants[i]));
    else {
      const parts = stack.splice(stack.length - count, count);
      stack.push(count === 1 ? foldCall(op, parts[0]) : foldPair(op, parts[0], parts[1]));
    }
  }
  return stack[0];
}

/** The value of a program that is one constant. */
function numberIn({ code, constants }: Program): number | undefined {
  return code.length === 1 && code[0] === NUMBER ? constants[0] : undefined;
}

function foldCall(op: number, part: Program): Program {
  const v = numberIn(part);
  if (v === undefined) return join(op, part);
  const value = op === SIN ? sin(v) : op === COS ? cos(v) : op === EXP ? exp(v) : op === LOG ? log(v) : Math.sqrt(v);
  return Number.isFinite(value) ? leaf(NUMBER, value) : join(op, part);
}

function foldPair(op: number, a: Program, b: Program): Program {
  const [u, v] = [numberIn(a), numberIn(b)];
  if (u !== undefined && v !== undefined) {
    const value = op === ADD ? u + v : op === SUB ? u - v : op === MUL ? u * v : u / v;
    if (Number.isFinite(value)) return leaf(NUMBER, value);
  }
  if (v === 0 && (op === ADD || op === SUB)) return a;
  if (u === 0 && op === ADD) return b;
  if (op === MUL && (u === 0 || v === 0)) return leaf(NUMBER, 0);
  if (v === 1 && (op === MUL || op === DIV)) return a;
  if (u === 1 && op === MUL) return b;
  if (op === DIV && u === 0) return leaf(NUMBER, 0);
  if ((op === SUB || op === DIV) && same(a, b)) return leaf(NUMBER, op === SUB ? 0 : 1);
  return join(op, a, b);
}

function same(a: Program, b: Program): boolean {
  if (a.code.length !== b.code.length) return false;
  for (let i = 0; i < a.code.length; i++) {
    if (a.code[i] !== b.code[i] || a.constants[i] !== b.constants[i]) return false;
  }
  return true;
}
