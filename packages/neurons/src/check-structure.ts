import type { NeuronStructure } from './neuron-structure.js';

/** Throws unless all orders and ranks are integers ≥ 1 and the powers are distinct. */
export function checkStructure(name: string, { power, interaction }: NeuronStructure): void {
  power.forEach((order, p) => {
    checkCount(name, `power[${p}]`, order);
    if (power.indexOf(order) !== p)
      throw new RangeError(`${name}: power must be distinct orders: ${order} occurs twice`);
  });
  interaction.forEach(({ order, rank }, q) => {
    checkCount(name, `interaction[${q}].order`, order);
    checkCount(name, `interaction[${q}].rank`, rank);
  });
}

/** Throws unless `value` is an integer ≥ 1. */
export function checkCount(name: string, at: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new RangeError(`${name}: ${at} must be an integer ≥ 1: got ${String(value)}`);
  }
}
