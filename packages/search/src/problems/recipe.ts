/** A coefficient: a number; one of three that are drawn, random signs times U(1, 3), U(1, 3) and U(0.5, 3); or what gives the component variance 1. */
export type Coefficient = number | 'c1' | 'c2' | 'c3' | 'unit';

/** The terms of a generated target before anything is drawn; equal orders of interactions are components of one. */
export interface Recipe {
  readonly name: string;
  readonly power: readonly (readonly [order: number, coefficient: Coefficient])[];
  readonly interaction: readonly (readonly [order: number, coefficient: Coefficient])[];
}

/** The fifteen targets of NeuronSeek's benchmark. */
export const syntheticRecipes: readonly Recipe[] = [
  { name: 'pure v0', power: [[2, 'c1']], interaction: [] },
  { name: 'pure v1', power: [[3, 'c1']], interaction: [] },
  {
    name: 'pure v2',
    power: [
      [1, 10],
      [2, 0.5],
    ],
    interaction: [],
  },
  {
    name: 'pure v3',
    power: [
      [2, 5],
      [4, 0.5],
    ],
    interaction: [],
  },
  { name: 'pure v4', power: [[5, 'c1']], interaction: [] },
  { name: 'interact v0', power: [], interaction: [[2, 'c1']] },
  {
    name: 'interact v1',
    power: [],
    interaction: [
      [2, 'c1'],
      [3, 'c3'],
    ],
  },
  {
    name: 'interact v2',
    power: [],
    interaction: [
      [2, 8],
      [3, 0.5],
    ],
  },
  {
    name: 'interact v3',
    power: [],
    interaction: [
      [2, 'c1'],
      [4, 'c3'],
    ],
  },
  { name: 'interact v4', power: [], interaction: [[4, 'c1']] },
  { name: 'hybrid v0', power: [[2, 'c1']], interaction: [[2, 'c2']] },
  { name: 'hybrid v1', power: [[1, 'c1']], interaction: [[2, 'c2']] },
  { name: 'hybrid v2', power: [[3, 5]], interaction: [[2, 0.5]] },
  { name: 'hybrid v3', power: [[2, 0.5]], interaction: [[3, 5]] },
  { name: 'hybrid v4', power: [[2, 'c1']], interaction: [[3, 'c2']] },
];

/** Orders of the power streams and of every product of forms in a mixture. */
export interface Mixture {
  readonly name: string;
  readonly power: readonly number[];
  readonly orders: readonly number[];
}

/** Mixtures with ranks above one, and of up to three orders. */
export const mixtures: readonly Mixture[] = [
  { name: 'I2,2', power: [], orders: [2, 2] },
  { name: 'I2,2,2', power: [], orders: [2, 2, 2] },
  { name: 'I3,3', power: [], orders: [3, 3] },
  { name: 'I4,4', power: [], orders: [4, 4] },
  { name: 'P2 I2,2', power: [2], orders: [2, 2] },
  { name: 'P1,3 I2,3', power: [1, 3], orders: [2, 3] },
  { name: 'I5', power: [], orders: [5] },
  { name: 'I2,3,4', power: [], orders: [2, 3, 4] },
  { name: 'P1 I3,3', power: [1], orders: [3, 3] },
  { name: 'P2 I5', power: [2], orders: [5] },
];

/** The components with variance 1 each. */
export function mixtureRecipe({ name, power, orders }: Mixture): Recipe {
  return {
    name,
    power: power.map((order) => [order, 'unit']),
    interaction: orders.map((order) => [order, 'unit']),
  };
}
