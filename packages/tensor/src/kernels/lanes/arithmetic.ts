import type { Code, Local } from '../../wasm/assembler/code.js';
import type { LaneEmitter } from './contract.js';

// Emitters that are one instruction, or a few, a vector. They have no lanes outside: the bits are those of the scalar function for all numbers.

type Math = 'add' | 'sub' | 'mul' | 'div' | 'sqrt' | 'max' | 'min';

/** The instruction of that name, of the operands in order. */
function instruction(name: Math): LaneEmitter {
  return (f, args, { type }) => {
    for (const arg of args) f.get(arg);
    f.op(`${type}.${name}`);
  };
}

export const add: LaneEmitter = /* @__PURE__ */ instruction('add');
export const sub: LaneEmitter = /* @__PURE__ */ instruction('sub');
export const mul: LaneEmitter = /* @__PURE__ */ instruction('mul');
export const div: LaneEmitter = /* @__PURE__ */ instruction('div');
// Not the instructions for these two, for which V8 makes a mask every time.
export const neg: LaneEmitter = (f, [x], { constant }) => {
  f.get(x);
  constant(f, -0);
  f.op('v128.xor');
};
export const abs: LaneEmitter = (f, [x], { constant }) => {
  f.get(x);
  constant(f, -0);
  f.op('v128.andnot');
};
export const sqrt: LaneEmitter = /* @__PURE__ */ instruction('sqrt');
/** NaN where either is NaN, and 0 of 0 and −0, like Math.max. */
export const maximum: LaneEmitter = /* @__PURE__ */ instruction('max');
/** NaN where either is NaN, and −0 of 0 and −0, like Math.min. */
export const minimum: LaneEmitter = /* @__PURE__ */ instruction('min');

export const square: LaneEmitter = (f, [x], { type }) => {
  f.get(x).get(x).op(`${type}.mul`);
};

export const reciprocal: LaneEmitter = (f, [x], { type, constant }) => {
  constant(f, 1);
  f.get(x).op(`${type}.div`);
};

/** max(x, 0), 0 for −0, NaN for NaN. */
export const relu: LaneEmitter = (f, [x], { type, constant }) => {
  f.get(x).get(x);
  constant(f, 0);
  f.op(`${type}.le`).op('v128.andnot');
};

/** g where x > 0, else 0. */
export const reluGrad: LaneEmitter = (f, [g, x], { type, constant }) => {
  f.get(g).get(x);
  constant(f, 0);
  f.op(`${type}.gt`).op('v128.and');
};

/** −1, 1, or x itself where it is 0 or NaN. */
export const sign: LaneEmitter = (f, [x], { type, constant }) => {
  copySign(f, x, constant, () => constant(f, 1));
  f.get(x).get(x).op(`${type}.abs`);
  constant(f, 0);
  f.op(`${type}.gt`).op('v128.bitselect');
};

/** What `magnitude` pushes, which is not negative, with the sign of x. */
export function copySign(f: Code, x: Local, constant: (f: Code, value: number) => void, magnitude: () => void): void {
  f.get(x);
  constant(f, -0);
  f.op('v128.and');
  magnitude();
  f.op('v128.or');
}
