import { cos, exp, log, sin } from '@neuronseek/tensor/math';
import { ADD, COS, DIV, EXP, LOG, MUL, SIN, SUB } from '../programs/opcodes.js';

/** The node hands on its first argument: a level less. */
export const FIRST = -1;

/** Smoothing of functions that end somewhere: log|u|, √|u| and u/v near 0 keep finite values and slopes. */
const SOFT = 1e-3;
const LARGEST_EXPONENT = 8;

/**
 * Value of a function in a soft tree. There every node is a mixture of all functions, so each must be finite everywhere; the formula that comes out has
 * the plain ones.
 */
export function softValue(op: number, u: number, v: number): number {
  switch (op) {
    case FIRST:
      return u;
    case ADD:
      return u + v;
    case SUB:
      return u - v;
    case MUL:
      return u * v;
    case DIV:
      return (u * v) / (v * v + SOFT);
    case SIN:
      return sin(u);
    case COS:
      return cos(u);
    case EXP:
      return exp(Math.min(u, LARGEST_EXPONENT));
    case LOG:
      return 0.5 * log(u * u + SOFT * SOFT);
    default:
      return Math.sqrt(Math.sqrt(u * u + SOFT * SOFT));
  }
}

/** Derivative by the first argument; `value` is the function's value. */
export function softFirst(op: number, u: number, v: number, value: number): number {
  switch (op) {
    case FIRST:
    case ADD:
    case SUB:
      return 1;
    case MUL:
      return v;
    case DIV:
      return v / (v * v + SOFT);
    case SIN:
      return cos(u);
    case COS:
      return -sin(u);
    case EXP:
      return u < LARGEST_EXPONENT ? value : 0;
    case LOG:
      return u / (u * u + SOFT * SOFT);
    default:
      return (0.5 * u * value) / (u * u + SOFT * SOFT);
  }
}

/** Derivative by the second argument. */
export function softSecond(op: number, u: number, v: number): number {
  if (op === ADD) return 1;
  if (op === SUB) return -1;
  if (op === MUL) return u;
  if (op !== DIV) return 0;
  const w = v * v + SOFT;
  return (u * (SOFT - v * v)) / (w * w);
}
