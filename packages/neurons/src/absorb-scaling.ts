import { flatten, type Tensor, tensor } from '@neuronseek/tensor';
import { checkNeuron } from './check-neuron.js';
import {
  add,
  divide,
  multiply,
  negate,
  power as powerOf,
  type Rational,
  rational,
  subtract,
  zero,
} from './exact/rational.js';
import { roundNearest } from './exact/round.js';
import { toRational } from './exact/to-rational.js';
import { toCp } from './forms/to-cp.js';
import type { CpInteraction } from './interaction.js';
import type { PolynomialNeuron } from './polynomial-neuron.js';
import type { Scaling } from './scaling.js';

/** Components of one interaction that are not refused. */
const mostComponents = 1_000_000;

/**
 * The same polynomial as a neuron without scaling, for what knows none: pure powers become sums of lower powers, and a product of k forms the sum of the 2ᵏ products
 * of some of them, so a CP interaction of order k and rank R becomes one of each order j from 2 to k with rank C(k, j)·R; what is linear goes to the
 * power of order 1, what is constant to the bias. Other forms go through `toCp`. A neuron without scaling is returned as it is.
 *
 * Every number is computed exactly and rounded once. Values differ by rounding that grows as (|mean|/deviation)ᵏ, because terms
 * cancel: keep the scaling where nothing asks for less. Throws a RangeError where a number overflows or an interaction would have more than a million
 * components.
 */
export function absorbScaling(neuron: PolynomialNeuron): PolynomialNeuron {
  checkNeuron('absorbScaling', '', neuron);
  const { scaling, inputs, outputs, features, bias } = neuron;
  if (scaling === undefined) return neuron;
  const raw = rawPowers(neuron, scaling);
  const interaction = neuron.interaction.flatMap((part) => rawProducts(toCp(part), scaling, raw));
  const factors = scaling.targetDeviations.map(toRational);
  const like = (shape: readonly number[], value: (i: number) => Rational): Tensor => {
    const data = Array.from({ length: shape.reduce((n, side) => n * side, 1) }, (_, i) => roundNearest(value(i)));
    return tensor(bias.dtype === 'float32' ? Float32Array.from(data) : Float64Array.from(data), shape);
  };
  return checkNeuron('absorbScaling', '', {
    kind: 'polynomial',
    inputs,
    outputs,
    features,
    bias: like([outputs], (c) => add(toRational(scaling.targetMeans[c]), multiply(raw.constants[c], factors[c]))),
    power: Array.from(raw.powers)
      .sort(([a], [b]) => a - b)
      .map(([order, values]) => ({
        order,
        weights: like([inputs, outputs], (i) => multiply(values[i], factors[i % outputs])),
      })),
    interaction: interaction.map(({ order, rank, forms }) => ({
      form: 'cp' as const,
      order,
      rank,
      factors: forms.map((values, m) =>
        // The deviation of the target goes into the first factor.
        like([inputs, rank, outputs], (i) => (m === 0 ? multiply(values[i], factors[i % outputs]) : values[i])),
      ),
    })),
  });
}

/** What is constant, and the weights [D, C] of every power. */
interface RawPowers {
  readonly constants: Rational[];
  readonly powers: Map<number, Rational[]>;
}

/** ((x_d − m_d)/s_d)^k = Σ_j C(k, j)·(−m_d)^(k−j)/s_d^k·x_d^j, and the bias. */
function rawPowers({ inputs, outputs, bias, power }: PolynomialNeuron, { means, deviations }: Scaling): RawPowers {
  const constants = Array.from(flatten(bias), toRational);
  const powers = new Map<number, Rational[]>();
  for (const { order, weights } of power) {
    const w = Array.from(flatten(weights), toRational);
    for (let j = order, choose = 1n; j >= 0; choose = (choose * BigInt(j)) / BigInt(order - j + 1), j--) {
      w.forEach((weight, i) => {
        const d = Math.floor(i / outputs);
        const scale = divide(
          powerOf(negate(toRational(means[d])), order - j),
          powerOf(toRational(deviations[d]), order),
        );
        const value = multiply(weight, multiply(rational(choose), scale));
        const sums = j === 0 ? constants : weightsOf(powers, j, inputs * outputs);
        const place = j === 0 ? i % outputs : i;
        sums[place] = add(sums[place], value);
      });
    }
  }
  return { constants, powers };
}

function weightsOf(powers: Map<number, Rational[]>, order: number, count: number): Rational[] {
  const weights = powers.get(order) ?? new Array<Rational>(count).fill(zero);
  powers.set(order, weights);
  return weights;
}

/** A CP interaction whose factors [D, R, C] are rational. */
interface RawProducts {
  readonly order: number;
  readonly rank: number;
  readonly forms: readonly Rational[][];
}

/**
 * Π_m (u_m/s·x + c_m) = Σ_S Π_{m ∈ S} u_m/s·x · Π_{m ∉ S} c_m over all sets S of factors: those of two or more are returned, the others
 * are added to `raw`.
 */
function rawProducts({ order, rank, factors }: CpInteraction, scaling: Scaling, raw: RawPowers): RawProducts[] {
  const [inputs, , outputs] = factors[0].shape;
  const columns = rank * outputs;
  if (2 ** order * rank > mostComponents) {
    throw new RangeError(
      `absorbScaling: an interaction of order ${order} and rank ${rank} has more than ${mostComponents} components`,
    );
  }
  const [means, deviations] = [scaling.means.map(toRational), scaling.deviations.map(toRational)];
  const slopes = factors.map((factor) =>
    Array.from(flatten(factor), (u, i) => divide(toRational(u), deviations[Math.floor(i / columns)])),
  );
  const offsets = slopes.map((u) => {
    const sums = new Array<Rational>(columns).fill(zero);
    u.forEach((slope, i) => {
      sums[i % columns] = subtract(sums[i % columns], multiply(slope, means[Math.floor(i / columns)]));
    });
    return sums;
  });
  const products = new Map<number, Rational[][][]>();
  for (let set = 0; set < 2 ** order; set++) {
    const inside = slopes.filter((_, m) => (set >> m) & 1);
    const outside = offsets
      .filter((_, m) => !((set >> m) & 1))
      .reduce(
        (all, c) => all.map((value, i) => multiply(value, c[i])),
        new Array<Rational>(columns).fill(rational(1n)),
      );
    if (inside.length === 0) {
      outside.forEach((value, i) => {
        raw.constants[i % outputs] = add(raw.constants[i % outputs], value);
      });
      continue;
    }
    inside[0] = inside[0].map((slope, i) => multiply(slope, outside[i % columns]));
    if (inside.length === 1) {
      const linear = weightsOf(raw.powers, 1, inputs * outputs);
      inside[0].forEach((value, i) => {
        const place = Math.floor(i / columns) * outputs + (i % outputs);
        linear[place] = add(linear[place], value);
      });
      continue;
    }
    products.set(inside.length, [...(products.get(inside.length) ?? []), inside]);
  }
  return Array.from(products, ([j, sets]) => ({
    order: j,
    rank: sets.length * rank,
    forms: Array.from({ length: j }, (_, m) =>
      Array.from({ length: inputs }, (_, d) =>
        sets.flatMap((set) => set[m].slice(d * columns, (d + 1) * columns)),
      ).flat(),
    ),
  }));
}
