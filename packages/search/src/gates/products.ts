import type { NeuronStructure } from '@neuronseek/neurons';
import { add, concat, div, expandDims, full, mul, sub, sum, type Tensor, take, tensor } from '@neuronseek/tensor';
import type { GatedParams } from './gated-model.js';
import { type TermMoments, termMoments } from './term-moments.js';

/** A model of search: candidate terms and what was learnt of them. */
export interface Model {
  readonly structure: NeuronStructure;
  readonly params: GatedParams;
}

/** The same function with each product of forms as a term of its own and the gates, whose values are given, in the scales: all of them are 1 then. */
export function apart({ structure, params }: Model, x: Tensor, gates: Tensor): Model {
  const outputs = params.bias.size;
  const powers = structure.power.length;
  const columns: number[] = [];
  /** The term that each product came from. */
  const origins: number[] = [];
  let start = 0;
  structure.interaction.forEach(({ order, rank }, q) => {
    for (let r = 0; r < rank; r++) {
      origins.push(powers + q);
      for (let m = 0; m < order; m++) {
        for (let c = 0; c < outputs; c++) columns.push(start + (m * rank + r) * outputs + c);
      }
    }
    start += order * rank * outputs;
  });
  const split: NeuronStructure = {
    power: structure.power,
    interaction: structure.interaction.flatMap(({ order, rank }) =>
      Array.from({ length: rank }, () => ({ order, rank: 1 })),
    ),
  };
  const terms = [...structure.power.map((_, p) => p), ...origins];
  const before = termMoments(structure, params, x);
  const weights = expandDims(gates, 1);
  const slopes = mul(mul(params.scale, before.inverse), weights);
  const unscaled: GatedParams = {
    ...params,
    factors: take(params.factors, columns, { axis: 1 }),
    scale: take(params.scale, terms),
    shift: full([terms.length, outputs], 0),
    logAlpha: take(params.logAlpha, terms),
  };
  const offset = sub(sum(mul(params.shift, weights), { axes: 0 }), sum(mul(slopes, before.mean), { axes: 0 }));
  const plain = { ...unscaled, bias: add(params.bias, offset) };
  return { structure: split, params: withSlopes(plain, take(slopes, terms), termMoments(split, plain, x)) };
}

/** The same function with the products of an order as one term again, its factors multiplied out. */
export function together({ structure, params }: Model, x: Tensor): Model {
  const outputs = params.bias.size;
  const powers = structure.power.length;
  const orders = [...new Set(structure.interaction.map(({ order }) => order))];
  const moments = termMoments(structure, params, x);
  const slopes = mul(params.scale, moments.inverse);
  const starts: number[] = [];
  let width = 0;
  for (const { order } of structure.interaction) {
    starts.push(width);
    width += order * outputs;
  }
  const columns: number[] = [];
  /** For each column of the factors the term whose slope it takes; −1: none. */
  const slopeOf: number[] = [];
  const interaction = orders.map((order) => {
    const products = structure.interaction.flatMap((part, q) => (part.order === order ? [q] : []));
    for (let m = 0; m < order; m++) {
      for (const q of products) {
        for (let c = 0; c < outputs; c++) {
          columns.push(starts[q] + m * outputs + c);
          slopeOf.push(m === order - 1 ? (powers + q) * outputs + c : -1);
        }
      }
    }
    return { order, rank: products.length };
  });
  const values = slopes.toTypedArray();
  const factor = Float64Array.from(slopeOf, (s) => (s < 0 ? 1 : Number(values[s])));
  const firsts = orders.map((order) => powers + structure.interaction.findIndex((part) => part.order === order));
  const kept = [...structure.power.map((_, p) => p), ...firsts];
  const joined: NeuronStructure = { power: structure.power, interaction };
  const plain: GatedParams = {
    ...params,
    factors: mul(take(params.factors, columns, { axis: 1 }), tensor(factor, [1, columns.length])),
    scale: take(params.scale, kept),
    shift: full([kept.length, outputs], 0),
    bias: add(params.bias, sum(sub(params.shift, mul(slopes, moments.mean)), { axes: 0 })),
    logAlpha: take(params.logAlpha, kept),
  };
  const unit = full([interaction.length, outputs], 1);
  const wanted = concat(
    [
      take(
        slopes,
        structure.power.map((_, p) => p),
      ),
      unit,
    ],
    { axis: 0 },
  );
  return { structure: joined, params: withSlopes(plain, wanted, termMoments(joined, plain, x)) };
}

/** Terms without shifts that are multiplied by these slopes, as normalised terms: the offsets that centring takes away are put back. */
function withSlopes(params: GatedParams, slopes: Tensor, { mean, inverse }: TermMoments): GatedParams {
  return { ...params, scale: div(slopes, inverse), shift: mul(slopes, mean) };
}
