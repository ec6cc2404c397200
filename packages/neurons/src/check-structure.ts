import type { InteractionStructure, NeuronStructure } from './neuron-structure.js';

/** Throws unless all orders and ranks are integers ≥ 1 and the powers are distinct. */
export function checkStructure(name: string, { power, interaction }: NeuronStructure): void {
  power.forEach((order, p) => {
    checkCount(name, `power[${p}]`, order);
    if (power.indexOf(order) !== p)
      throw new RangeError(`${name}: power must be distinct orders: ${order} occurs twice`);
  });
  interaction.forEach((part, q) => {
    checkInteraction(name, `interaction[${q}]`, part);
  });
}

function checkInteraction(name: string, at: string, { order, rank, form, ranks }: InteractionStructure): void {
  checkCount(name, `${at}.order`, order);
  checkCount(name, `${at}.rank`, rank);
  const given: string | undefined = form;
  if (given !== undefined && !forms.includes(given)) {
    throw new RangeError(`${name}: ${at}.form must be 'cp', 'symmetric', 'tucker' or 'tt': got ${String(given)}`);
  }
  if (ranks === undefined) return;
  if (form !== 'tucker' && form !== 'tt') {
    throw new RangeError(`${name}: ${at}.ranks belong to the forms 'tucker' and 'tt': got form ${form ?? 'cp'}`);
  }
  checkRanks(name, at, form, order, ranks);
  if (Math.max(1, ...ranks) !== rank) {
    throw new RangeError(`${name}: ${at}.rank must be the largest of its ranks [${ranks.join(', ')}]: got ${rank}`);
  }
}

const forms: readonly string[] = ['cp', 'symmetric', 'tucker', 'tt'];

/** Throws unless there are `order` ranks ≥ 1 for Tucker, `order` − 1 for TT. */
export function checkRanks(
  name: string,
  at: string,
  form: 'tucker' | 'tt',
  order: number,
  ranks: readonly number[],
): void {
  const count = form === 'tucker' ? order : order - 1;
  if (!Array.isArray(ranks)) throw new TypeError(`${name}: ${at}.ranks must be an array: got ${typeof ranks}`);
  if (ranks.length !== count) {
    throw new RangeError(`${name}: ${at}.ranks must be ${count} for order ${order}: got ${ranks.length}`);
  }
  ranks.forEach((rank, m) => {
    checkCount(name, `${at}.ranks[${m}]`, rank);
  });
}

/** Throws unless `value` is an integer ≥ 1. */
export function checkCount(name: string, at: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new RangeError(`${name}: ${at} must be an integer ≥ 1: got ${String(value)}`);
  }
}
