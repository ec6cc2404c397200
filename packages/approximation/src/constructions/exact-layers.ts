import type { Layer, Tree, Variables } from '@neuronseek/network';
import { flatten, isTensor, type Tensor } from '@neuronseek/tensor';
import { commonDenominator } from '../exact/common-denominator.js';
import { type Rational, rational } from '../exact/rational.js';
import { toRational } from '../exact/to-rational.js';

/** A vector of rationals over one denominator, not in lowest terms: one reduction at the end instead of one for every sum. */
interface ExactVector {
  readonly numerators: readonly bigint[];
  readonly denominator: bigint;
}

type Step = (x: ExactVector) => ExactVector;

/**
 * Layers as a function on vectors of rationals. The doubles of the variables are taken exactly and nothing is rounded. Throws a
 * RangeError by `name` for a layer whose function leaves the rationals, or that has none here.
 */
export function exactLayers(
  name: string,
  layers: readonly Layer[],
  { params }: Variables,
): (x: readonly Rational[]) => Rational[] {
  const steps = layers.map((layer, i) => stepOf(name, layer, params, i));
  return (x) => {
    const { numerators, denominator } = steps.reduce<ExactVector>((values, step) => step(values), commonDenominator(x));
    return numerators.map((numerator) => rational(numerator, denominator));
  };
}

function stepOf(name: string, layer: Layer, params: Tree, i: number): Step {
  if (layer.kind === 'activation' && layer.name === 'identity') return (x) => x;
  if (layer.kind === 'activation' && layer.name === 'relu') {
    return ({ numerators, denominator }) => ({ numerators: numerators.map((t) => (t > 0n ? t : 0n)), denominator });
  }
  if (layer.kind === 'linear')
    return linearStep(name, parameterOf(params, i, 'weight'), parameterOf(params, i, 'bias'));
  const kind = layer.kind === 'activation' ? layer.name : layer.kind;
  throw new RangeError(`${name}: layers[${i}] must be linear, relu or identity to be evaluated exactly: got ${kind}`);
}

/** Σ_d X_d/D·W_dc/S + B_c/S = (Σ_d X_d·W_dc + B_c·D)/(D·S). */
function linearStep(name: string, weight: Tensor, bias: Tensor): Step {
  const [inputs, outputs] = weight.shape;
  const all = commonDenominator([...flatten(weight), ...flatten(bias)].map(toRational));
  const w = all.numerators.slice(0, inputs * outputs);
  const b = all.numerators.slice(inputs * outputs);
  return ({ numerators, denominator }) => {
    if (numerators.length !== inputs) {
      throw new RangeError(`${name}: the layer takes ${inputs} inputs: it is given ${numerators.length}`);
    }
    return {
      numerators: b.map((start, c) =>
        numerators.reduce((sum, t, d) => (t === 0n ? sum : sum + t * w[d * outputs + c]), start * denominator),
      ),
      denominator: denominator * all.denominator,
    };
  };
}

/** The tensor `name` among the parameters of layer i. Throws a TypeError where there is none. */
export function parameterOf(params: Tree, i: number, name: string): Tensor {
  const own: unknown = Array.isArray(params) ? params[i] : undefined;
  const found: unknown =
    typeof own === 'object' && own !== null ? Object.entries(own).find(([k]) => k === name)?.[1] : undefined;
  if (isTensor(found)) return found;
  throw new TypeError(`parameterOf: the parameters of layers[${i}] have no tensor "${name}"`);
}
