import { acos, asin, atan, cos, cosh, exp, log, pow, sigmoid, sin, sinh, tan, tanh } from '@neuronseek/tensor/math';
import type { FunctionName } from '../expression.js';

/** r[o + i] = f(r[a + i], r[b + i]) for i < n; blocks are the same or do not overlap. */
export type Loop = (r: Float64Array, o: number, a: number, b: number, n: number) => void;

/** Operations of a program on blocks of numbers. */
export type LoopName = 'add' | 'subtract' | 'multiply' | 'divide' | 'power' | 'negate' | FunctionName;

// A loop for each operation, written out, so that V8 inlines the function into it: a loop that all of them shared would call through a pointer.
export const loops: Readonly<Record<LoopName, Loop>> = {
  add: (r, o, a, b, n) => {
    for (let i = 0; i < n; i++) r[o + i] = r[a + i] + r[b + i];
  },
  subtract: (r, o, a, b, n) => {
    for (let i = 0; i < n; i++) r[o + i] = r[a + i] - r[b + i];
  },
  multiply: (r, o, a, b, n) => {
    for (let i = 0; i < n; i++) r[o + i] = r[a + i] * r[b + i];
  },
  divide: (r, o, a, b, n) => {
    for (let i = 0; i < n; i++) r[o + i] = r[a + i] / r[b + i];
  },
  power: (r, o, a, b, n) => {
    for (let i = 0; i < n; i++) r[o + i] = pow(r[a + i], r[b + i]);
  },
  negate: (r, o, a, _b, n) => {
    for (let i = 0; i < n; i++) r[o + i] = -r[a + i];
  },
  sin: (r, o, a, _b, n) => {
    for (let i = 0; i < n; i++) r[o + i] = sin(r[a + i]);
  },
  cos: (r, o, a, _b, n) => {
    for (let i = 0; i < n; i++) r[o + i] = cos(r[a + i]);
  },
  tan: (r, o, a, _b, n) => {
    for (let i = 0; i < n; i++) r[o + i] = tan(r[a + i]);
  },
  asin: (r, o, a, _b, n) => {
    for (let i = 0; i < n; i++) r[o + i] = asin(r[a + i]);
  },
  acos: (r, o, a, _b, n) => {
    for (let i = 0; i < n; i++) r[o + i] = acos(r[a + i]);
  },
  atan: (r, o, a, _b, n) => {
    for (let i = 0; i < n; i++) r[o + i] = atan(r[a + i]);
  },
  sinh: (r, o, a, _b, n) => {
    for (let i = 0; i < n; i++) r[o + i] = sinh(r[a + i]);
  },
  cosh: (r, o, a, _b, n) => {
    for (let i = 0; i < n; i++) r[o + i] = cosh(r[a + i]);
  },
  tanh: (r, o, a, _b, n) => {
    for (let i = 0; i < n; i++) r[o + i] = tanh(r[a + i]);
  },
  exp: (r, o, a, _b, n) => {
    for (let i = 0; i < n; i++) r[o + i] = exp(r[a + i]);
  },
  log: (r, o, a, _b, n) => {
    for (let i = 0; i < n; i++) r[o + i] = log(r[a + i]);
  },
  sqrt: (r, o, a, _b, n) => {
    for (let i = 0; i < n; i++) r[o + i] = Math.sqrt(r[a + i]);
  },
  abs: (r, o, a, _b, n) => {
    for (let i = 0; i < n; i++) r[o + i] = Math.abs(r[a + i]);
  },
  sigmoid: (r, o, a, _b, n) => {
    for (let i = 0; i < n; i++) r[o + i] = sigmoid(r[a + i]);
  },
};

/** The loops by their number in programs. */
export const loopNames: readonly LoopName[] = /* @__PURE__ */ Object.keys(loops) as LoopName[];
export const loopTable: readonly Loop[] = /* @__PURE__ */ Object.values(loops);
