import {
  evaluate,
  expand,
  type Neuron,
  type NeuronStructure,
  type Polynomial,
  type PolynomialNeuron,
} from '@neuronseek/neurons';
import { flatten, type Tensor, tensor } from '@neuronseek/tensor';
import { describeStructure } from './describe.js';
import { meanJaccard } from './jaccard.js';
import { type Spread, spreadOf } from './percentiles.js';
import type {
  CoefficientSpread,
  Frequency,
  PredictionSpread,
  StabilityReport,
  StabilityRun,
  WeightSpread,
} from './report.js';
import { wilsonInterval } from './wilson.js';

/** What a summary needs beside the runs. */
export interface SummaryOptions {
  readonly truth: NeuronStructure | undefined;
  readonly points: Tensor;
  readonly confidence: number;
  readonly maxMonomials: number;
}

/** A run that counts. */
type Counted = StabilityRun & { readonly structure: string; readonly neuron: Neuron };

/** All that is said of the runs that ended. */
export function summarise(
  runs: readonly StabilityRun[],
  { truth, points, confidence, maxMonomials }: SummaryOptions,
): Omit<StabilityReport, 'status'> {
  const counted = runs.filter(counts);
  const frequency = (name: string, count: number): Frequency => ({
    name,
    count,
    frequency: counted.length === 0 ? Number.NaN : count / counted.length,
    interval: wilsonInterval(count, counted.length, confidence),
  });
  const ranking = (names: readonly string[]): Frequency[] => {
    const tally = new Map<string, number>();
    for (const name of names) tally.set(name, (tally.get(name) ?? 0) + 1);
    return Array.from(tally, ([name, count]) => frequency(name, count)).sort(
      (a, b) => b.count - a.count || (a.name < b.name ? -1 : 1),
    );
  };
  const structures = ranking(counted.map(({ structure }) => structure));
  const modal = structures[0];
  const neurons = counted.flatMap(({ structure, neuron }) =>
    structure === modal?.name && neuron.kind === 'polynomial' ? [neuron] : [],
  );
  const sought = truth && describeStructure(truth).structure;
  return {
    runs,
    counted: counted.length,
    structures,
    terms: ranking(counted.flatMap(({ terms }) => terms)),
    modal,
    recovery:
      sought === undefined
        ? undefined
        : frequency(sought, counted.filter(({ structure }) => structure === sought).length),
    jaccard: meanJaccard(counted.map(({ terms }) => terms)),
    weights: weightSpreads(neurons, confidence),
    coefficients: coefficientSpreads(neurons, confidence, maxMonomials),
    predictions: counted.length === 0 ? undefined : predictionSpread(counted, points, confidence),
  };
}

function counts(run: StabilityRun): run is Counted {
  return run.neuron !== undefined && run.status !== 'aborted';
}

function weightSpreads(neurons: readonly PolynomialNeuron[], confidence: number): WeightSpread[] {
  if (neurons.length === 0) return [];
  const [{ outputs }] = neurons;
  const orders = neurons[0].power.map(({ order }) => order).sort((a, b) => a - b);
  return orders.flatMap((order) => {
    const all = neurons.flatMap(({ power }) =>
      power.filter((term) => term.order === order).map((t) => flatten(t.weights)),
    );
    return Array.from(all[0], (_, i) => ({
      order,
      input: Math.floor(i / outputs),
      output: i % outputs,
      ...spreadOf(
        all.map((weights) => weights[i]),
        confidence,
      ),
    }));
  });
}

function coefficientSpreads(
  neurons: readonly PolynomialNeuron[],
  confidence: number,
  maxMonomials: number,
): CoefficientSpread[] | undefined {
  if (neurons.length === 0) return [];
  const found = new Map<
    string,
    { readonly exponents: readonly number[]; readonly output: number; readonly values: Float64Array }
  >();
  for (const [i, neuron] of neurons.entries()) {
    const polynomials = expandIfSmall(neuron, maxMonomials);
    if (polynomials === undefined) return undefined;
    polynomials.forEach(({ monomials }, output) => {
      for (const { exponents, coefficient } of monomials) {
        const name = `${output}:${exponents}`;
        const entry = found.get(name) ?? { exponents, output, values: new Float64Array(neurons.length) };
        found.set(name, entry);
        entry.values[i] = coefficient;
      }
    });
  }
  return Array.from(found.values(), ({ exponents, output, values }) => ({
    exponents,
    output,
    ...spreadOf(values, confidence),
  })).sort((a, b) => a.output - b.output || compareExponents(a.exponents, b.exponents));
}

/** The sequence of `Polynomial`: by degree, then higher powers of earlier inputs first. */
function compareExponents(a: readonly number[], b: readonly number[]): number {
  const degree = (e: readonly number[]): number => e.reduce((sum, k) => sum + k, 0);
  const byDegree = degree(a) - degree(b);
  if (byDegree !== 0) return byDegree;
  const at = a.findIndex((k, d) => k !== b[d]);
  return at < 0 ? 0 : b[at] - a[at];
}

function expandIfSmall(neuron: PolynomialNeuron, maxMonomials: number): Polynomial[] | undefined {
  try {
    return expand(neuron, { maxMonomials });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function predictionSpread(runs: readonly Counted[], points: Tensor, confidence: number): PredictionSpread {
  const all = runs.map(({ neuron }) => evaluate(neuron, points));
  const [{ shape }] = all;
  const values = all.map((t) => flatten(t));
  const spreads = Array.from(values[0], (_, i) =>
    spreadOf(
      values.map((v) => v[i]),
      confidence,
    ),
  );
  const part = (name: keyof Spread): Tensor =>
    tensor(
      Float64Array.from(spreads, (spread) => spread[name]),
      shape,
    );
  return { low: part('low'), median: part('median'), high: part('high') };
}
