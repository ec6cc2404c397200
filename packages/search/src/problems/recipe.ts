/** A coefficient: a number; one of three that are drawn, random signs times U(1, 3), U(1, 3) and U(0.5, 3); or what gives the component variance 1. */
export type Coefficient = number | 'c1' | 'c2' | 'c3' | 'unit';

/** The terms of a generated target before anything is drawn; equal orders of interactions are components of one. */
export interface Recipe {
  readonly name: string;
  readonly power: readonly (readonly [order: number, coefficient: Coefficient])[];
  readonly interaction: readonly (readonly [order: number, coefficient: Coefficient])[];
}

const recipe = (name: string, power: Recipe['power'], interaction: Recipe['interaction']): Recipe => ({
  name,
  power,
  interaction,
});

/** The fifteen targets of NeuronSeek's benchmark. */
export const syntheticRecipes: readonly Recipe[] = /* @__PURE__ */ [
  recipe('pure v0', [[2, 'c1']], []),
  recipe('pure v1', [[3, 'c1']], []),
  recipe(
    'pure v2',
    [
      [1, 10],
      [2, 0.5],
    ],
    [],
  ),
  recipe(
    'pure v3',
    [
      [2, 5],
      [4, 0.5],
    ],
    [],
  ),
  recipe('pure v4', [[5, 'c1']], []),
  recipe('interact v0', [], [[2, 'c1']]),
  recipe(
    'interact v1',
    [],
    [
      [2, 'c1'],
      [3, 'c3'],
    ],
  ),
  recipe(
    'interact v2',
    [],
    [
      [2, 8],
      [3, 0.5],
    ],
  ),
  recipe(
    'interact v3',
    [],
    [
      [2, 'c1'],
      [4, 'c3'],
    ],
  ),
  recipe('interact v4', [], [[4, 'c1']]),
  recipe('hybrid v0', [[2, 'c1']], [[2, 'c2']]),
  recipe('hybrid v1', [[1, 'c1']], [[2, 'c2']]),
  recipe('hybrid v2', [[3, 5]], [[2, 0.5]]),
  recipe('hybrid v3', [[2, 0.5]], [[3, 5]]),
  recipe('hybrid v4', [[2, 'c1']], [[3, 'c2']]),
];

/** Components of equal variance: power streams of these orders, and a product of forms for every entry of `orders`. */
export function mixtureRecipe(name: string, power: readonly number[], orders: readonly number[]): Recipe {
  return recipe(
    name,
    power.map((order) => [order, 'unit']),
    orders.map((order) => [order, 'unit']),
  );
}

/** Mixtures with ranks above one, and of up to three orders. */
export const mixtureRecipes: readonly Recipe[] = /* @__PURE__ */ [
  mixtureRecipe('I2,2', [], [2, 2]),
  mixtureRecipe('I2,2,2', [], [2, 2, 2]),
  mixtureRecipe('I3,3', [], [3, 3]),
  mixtureRecipe('I4,4', [], [4, 4]),
  mixtureRecipe('P2 I2,2', [2], [2, 2]),
  mixtureRecipe('P1,3 I2,3', [1, 3], [2, 3]),
  mixtureRecipe('I5', [], [5]),
  mixtureRecipe('I2,3,4', [], [2, 3, 4]),
  mixtureRecipe('P1 I3,3', [1], [3, 3]),
  mixtureRecipe('P2 I5', [2], [5]),
];
