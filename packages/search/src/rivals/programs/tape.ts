import { cos, exp, log, sin } from '@neuronseek/tensor/math';
import { ADD, arity, COS, DIV, EXP, FEATURE, LOG, MUL, NUMBER, SIN, SUB } from './opcodes.js';
import type { Program } from './program.js';

/**
 * Room in which programs are evaluated: a column of values for every input, then one for every node of the program, and the same again for
 * derivatives. It is made once and used for all programs on these rows.
 */
export interface Tape {
  readonly rows: number;
  /** D. */
  readonly inputs: number;
  /** Column d holds input d, column D + i what node i gives. */
  values: Float64Array;
  /** Column i holds the derivative of the program by node i. */
  slopes: Float64Array;
  /** Where the column of each node starts in `values`. */
  at: Int32Array;
  /** Nodes of the first and the second argument of each node. */
  first: Int32Array;
  second: Int32Array;
  /** Whether a constant is somewhere below a node. */
  varies: Uint8Array;
}

/** A tape for programs of up to `nodes` nodes (it grows with longer ones); `columns` is [D, rows], inputs one after another. */
export function createTape(columns: Float64Array, rows: number, nodes = 32): Tape {
  const inputs = rows === 0 ? 0 : columns.length / rows;
  const values = new Float64Array((inputs + nodes) * rows);
  values.set(columns);
  return {
    rows,
    inputs,
    values,
    slopes: new Float64Array(nodes * rows),
    at: new Int32Array(nodes),
    first: new Int32Array(nodes),
    second: new Int32Array(nodes),
    varies: new Uint8Array(nodes),
  };
}

function grow(tape: Tape, nodes: number): void {
  const values = new Float64Array((tape.inputs + nodes) * tape.rows);
  values.set(tape.values.subarray(0, tape.inputs * tape.rows));
  tape.values = values;
  tape.slopes = new Float64Array(nodes * tape.rows);
  tape.at = new Int32Array(nodes);
  tape.first = new Int32Array(nodes);
  tape.second = new Int32Array(nodes);
  tape.varies = new Uint8Array(nodes);
}

/** Evaluates every node of a program on every row; returns where the root's column starts in `tape.values`. Cost: nodes · rows. */
export function evaluateProgram(tape: Tape, { code, constants }: Program): number {
  const size = code.length;
  if (size > tape.at.length) grow(tape, 2 * size);
  const { rows, inputs, values, at, first, second, varies } = tape;
  for (let i = 0; i < size; i++) {
    const op = code[i];
    if (op >= FEATURE) {
      at[i] = (op - FEATURE) * rows;
      varies[i] = 0;
      first[i] = i;
      continue;
    }
    const to = (inputs + i) * rows;
    at[i] = to;
    if (op === NUMBER) {
      values.fill(constants[i], to, to + rows);
      varies[i] = 1;
      first[i] = i;
      continue;
    }
    // `first` of a leaf is itself, so the start of a subtree is found by following it.
    if (arity(op) === 1) {
      first[i] = i - 1;
      varies[i] = varies[i - 1];
      apply(op, values, at[i - 1], to, rows);
    } else {
      second[i] = i - 1;
      let start = i - 1;
      while (first[start] !== start) start = first[start];
      first[i] = start - 1;
      varies[i] = varies[i - 1] | varies[start - 1];
      combine(op, values, at[start - 1], at[i - 1], to, rows);
    }
  }
  return at[size - 1];
}

function combine(op: number, values: Float64Array, a: number, b: number, to: number, rows: number): void {
  if (op === ADD) for (let r = 0; r < rows; r++) values[to + r] = values[a + r] + values[b + r];
  else if (op === SUB) for (let r = 0; r < rows; r++) values[to + r] = values[a + r] - values[b + r];
  else if (op === MUL) for (let r = 0; r < rows; r++) values[to + r] = values[a + r] * values[b + r];
  else for (let r = 0; r < rows; r++) values[to + r] = values[a + r] / values[b + r];
}

function apply(op: number, values: Float64Array, a: number, to: number, rows: number): void {
  if (op === SIN) for (let r = 0; r < rows; r++) values[to + r] = sin(values[a + r]);
  else if (op === COS) for (let r = 0; r < rows; r++) values[to + r] = cos(values[a + r]);
  else if (op === EXP) for (let r = 0; r < rows; r++) values[to + r] = exp(values[a + r]);
  else if (op === LOG) for (let r = 0; r < rows; r++) values[to + r] = log(values[a + r]);
  else for (let r = 0; r < rows; r++) values[to + r] = Math.sqrt(values[a + r]);
}

/**
 * Derivatives of the program evaluated last by each of its constants, by one sweep from the root to the leaves: column i of `tape.slopes` for
 * the constant at node i. Cost: about that of the evaluation.
 */
export function differentiateProgram(tape: Tape, { code }: Program): void {
  const { rows, values, slopes, at, first, second, varies } = tape;
  const root = code.length - 1;
  slopes.fill(1, root * rows, (root + 1) * rows);
  for (let i = root; i >= 0; i--) {
    const op = code[i];
    if (op >= NUMBER || varies[i] === 0) continue;
    const own = i * rows;
    if (arity(op) === 1) {
      slopeOfCall(op, slopes, values, own, at[i], at[i - 1], (i - 1) * rows, rows);
      continue;
    }
    const [left, right] = [first[i], second[i]];
    if (varies[left] === 1) slopeOfFirst(op, slopes, values, own, at[right], left * rows, rows);
    if (varies[right] === 1) slopeOfSecond(op, slopes, values, own, at[i], at[left], at[right], right * rows, rows);
  }
}

function slopeOfFirst(
  op: number,
  s: Float64Array,
  v: Float64Array,
  own: number,
  b: number,
  to: number,
  rows: number,
): void {
  if (op === MUL) for (let r = 0; r < rows; r++) s[to + r] = s[own + r] * v[b + r];
  else if (op === DIV) for (let r = 0; r < rows; r++) s[to + r] = s[own + r] / v[b + r];
  else s.copyWithin(to, own, own + rows);
}

function slopeOfSecond(
  op: number,
  s: Float64Array,
  v: Float64Array,
  own: number,
  y: number,
  a: number,
  b: number,
  to: number,
  rows: number,
): void {
  if (op === ADD) s.copyWithin(to, own, own + rows);
  else if (op === SUB) for (let r = 0; r < rows; r++) s[to + r] = -s[own + r];
  else if (op === MUL) for (let r = 0; r < rows; r++) s[to + r] = s[own + r] * v[a + r];
  else for (let r = 0; r < rows; r++) s[to + r] = (-s[own + r] * v[y + r]) / v[b + r];
}

function slopeOfCall(
  op: number,
  s: Float64Array,
  v: Float64Array,
  own: number,
  y: number,
  a: number,
  to: number,
  rows: number,
): void {
  if (op === SIN) for (let r = 0; r < rows; r++) s[to + r] = s[own + r] * cos(v[a + r]);
  else if (op === COS) for (let r = 0; r < rows; r++) s[to + r] = -s[own + r] * sin(v[a + r]);
  else if (op === EXP) for (let r = 0; r < rows; r++) s[to + r] = s[own + r] * v[y + r];
  else if (op === LOG) for (let r = 0; r < rows; r++) s[to + r] = s[own + r] / v[a + r];
  else for (let r = 0; r < rows; r++) s[to + r] = s[own + r] / (2 * v[y + r]);
}
