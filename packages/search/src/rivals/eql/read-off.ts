import { type Expression, expression } from '@neuronseek/neurons';
import { cos, sin } from '@neuronseek/tensor/math';
import type { Units } from '../programs/rows.js';
import type { EqlUnit } from './options.js';
import { argumentsOf, type EqlShape } from './shape.js';

/** A number that needs no node yet, or a formula. */
type Value = number | Expression;

/** The formula that a network is, in the units of the data: what no weight leads on is left out, and constants are added up. */
export function readOff({ layers }: EqlShape, weights: Float64Array, units: Units): Expression {
  let values: Value[] = units.inputs.map((_, d) => expression.feature(d));
  for (const [l, { width, units: kinds, at }] of layers.entries()) {
    let argument = 0;
    const below = values;
    values = kinds.map((kind) => {
      const own = Array.from({ length: argumentsOf(kind) }, () => {
        const start = at + argument++ * (width + 1);
        const scale = (j: number): number => (l === 0 ? weights[start + j] / units.inputs[j] : weights[start + j]);
        return affine(below, scale, weights[start + width], l === layers.length - 1 ? units.target : 1);
      });
      return unitOf(kind, own[0], own[1]);
    });
  }
  return nodeOf(values[0]);
}

function affine(values: readonly Value[], weight: (j: number) => number, bias: number, factor: number): Value {
  let constant = bias * factor;
  const terms: Expression[] = [];
  values.forEach((value, j) => {
    const w = weight(j) * factor;
    if (w === 0) return;
    if (typeof value === 'number') constant += w * value;
    else terms.push(scaled(w, value));
  });
  if (terms.length === 0) return constant;
  if (constant !== 0) terms.push(expression.number(constant));
  return terms.length === 1 ? terms[0] : expression.add(...terms);
}

function scaled(w: number, value: Expression): Expression {
  if (w === 1) return value;
  return w === -1 ? expression.negate(value) : expression.multiply(expression.number(w), value);
}

function unitOf(kind: EqlUnit, a: Value, b: Value | undefined): Value {
  switch (kind) {
    case 'identity':
      return a;
    case 'sin':
      return typeof a === 'number' ? sin(a) : expression.call('sin', a);
    case 'cos':
      return typeof a === 'number' ? cos(a) : expression.call('cos', a);
    case 'square':
      return typeof a === 'number' ? a * a : expression.power(a, expression.number(2));
    case 'product': {
      const other = b ?? 0;
      if (typeof a === 'number') return typeof other === 'number' ? a * other : a === 0 ? 0 : scaled(a, other);
      if (typeof other === 'number') return other === 0 ? 0 : scaled(other, a);
      return expression.multiply(a, other);
    }
  }
}

function nodeOf(value: Value): Expression {
  return typeof value === 'number' ? expression.number(value) : value;
}
