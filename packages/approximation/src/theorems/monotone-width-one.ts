import { activation, type Layer, linear } from '@neuronseek/network';
import { type Tensor, tensor } from '@neuronseek/tensor';
import { randint, split } from '@neuronseek/tensor/random';
import { networkOf } from '../constructions/network.js';
import { absolute, compare, larger, rational, subtract, zero } from '../exact/rational.js';
import { roundDown } from '../exact/round.js';
import type { CaseResult, TheoremCase } from './case-result.js';
import { drawInteger } from './draw-target.js';

const quarter = rational(1n, 4n);
const half = rational(1n, 2n);

/**
 * A ReLU network of width 1 is monotone, so it must miss |x − 1/2| on [0, 1] by 1/4 or more: one of 0, 1/2, 1 shows it, whatever the depth
 * and the weights. Drawn depths 1 … 4, evaluated exactly; every eighth network is the constant 1/4, which attains the bound.
 */
export const monotoneWidthOne: TheoremCase = (key): CaseResult => {
  const [depthKey, weightKey, constantKey] = split(key, 3);
  const depth = drawInteger(depthKey, 1, 4);
  const numbers = Array.from(randint(weightKey, 2 * depth + 2, { min: -16, max: 17 }), (i) => i / 8);
  if (drawInteger(constantKey, 0, 7) === 0) numbers.splice(2 * depth, 2, 0, 0.25);
  const layers: Layer[] = [];
  const params: Readonly<Record<string, Tensor>>[] = [];
  for (let i = 0; i <= depth; i++) {
    layers.push(linear(1, 1));
    params.push({ weight: tensor([[numbers[2 * i]]]), bias: tensor([numbers[2 * i + 1]]) });
    if (i === depth) break;
    layers.push(activation('relu'));
    params.push({});
  }
  const h = networkOf(layers, { params, state: layers.map(() => ({})) }, { dimension: 1, evaluationError: 0 });
  const error = [zero, half, rational(1n)]
    .map((x) => {
      const target = absolute(subtract(x, half));
      return absolute(subtract(h.evaluateRational?.([x]) ?? target, target));
    })
    .reduce(larger);
  const margin = roundDown(subtract(error, quarter)) * 4;
  if (compare(error, quarter) >= 0) return { margin };
  return { margin, fault: `weights and biases ${numbers.join(', ')}: the error is ${roundDown(error)}` };
};
