import type { DiscoverReport, ModelSummary, TermSummary } from '@neuronseek/search';

/** Noise without a generator: the fractional part of a large multiple of a sine. */
function noise(i: number): number {
  const value = Math.sin(i * 12.9898 + 4.1) * 43758.5453;
  return value - Math.floor(value) - 0.5;
}

const terms: readonly TermSummary[] = [
  ['power', 1, 1, true, 0.998, 0.612, 'The gate stayed open and 61.2 % of the variance rests on this term.'],
  ['power', 2, 1, true, 0.961, 0.081, 'The gate stayed open; without it the validation loss rises by 9 %.'],
  ['power', 3, 1, false, 0.034, 0.004, 'The gate closed at epoch 58: the penalty outweighed what the term explained.'],
  ['power', 4, 1, false, 0.011, 0.001, 'The gate closed at epoch 31.'],
  [
    'interaction',
    2,
    4,
    true,
    0.987,
    0.243,
    'The gate stayed open; products of two inputs carry 24.3 % of the variance.',
  ],
  [
    'interaction',
    3,
    4,
    false,
    0.083,
    0.012,
    'The gate closed at epoch 97, last of all: products of three inputs add little on the validation rows.',
  ],
  ['interaction', 4, 4, false, 0.016, 0.002, 'The gate closed at epoch 40.'],
].map(([stream, order, rank, kept, probability, variance, reason]) => ({
  stream: stream === 'power' ? 'power' : 'interaction',
  order: Number(order),
  rank: Number(rank),
  kept: kept === true,
  probability: Number(probability),
  variance: Number(variance),
  reason: String(reason),
}));

function curve(epochs: number, floor: number, gap: number): ModelSummary['trace'] {
  return Array.from({ length: epochs }, (_, i) => {
    const train = floor + 0.9 * Math.exp(-i / 14) + 0.01 * noise(i);
    return { epoch: i, train, validation: train + gap * (1 - Math.exp(-i / 30)) + 0.015 * noise(i + 500) };
  });
}

const actual = Array.from({ length: 1548 }, (_, i) => {
  const bell = noise(i) + noise(i + 7001) + noise(i + 9107);
  return Math.min(5, Math.max(0.15, 2.07 + 1.5 * bell));
});

/** A run on a table of houses, as `discover` might report it. */
export const regression: DiscoverReport = {
  version: 2,
  task: 'regression',
  target: 'median_house_value',
  classes: [],
  seed: 7,
  data: {
    rows: 20640,
    rowsWithoutTarget: 12,
    train: 14440,
    validation: 3094,
    test: 3094,
    columns: [
      { name: 'longitude', kind: 'number', missing: 0, note: 'Standardised.', inputs: ['longitude'] },
      { name: 'latitude', kind: 'number', missing: 0, note: 'Standardised.', inputs: ['latitude'] },
      {
        name: 'total_bedrooms',
        kind: 'number',
        missing: 207,
        filledWith: 'the training mean, 537.9',
        note: 'Standardised; whether it was missing is an input of its own.',
        inputs: ['total_bedrooms', 'total_bedrooms is missing'],
      },
      { name: 'median_income', kind: 'number', missing: 0, note: 'Standardised.', inputs: ['median_income'] },
      {
        name: 'ocean_proximity',
        kind: 'category',
        missing: 3,
        filledWith: 'a class of its own',
        note: '5 categories, one input each but the commonest.',
        inputs: [
          'ocean_proximity=INLAND',
          'ocean_proximity=NEAR OCEAN',
          'ocean_proximity=NEAR BAY',
          'ocean_proximity=ISLAND',
        ],
      },
      { name: 'listed', kind: 'date', missing: 0, note: 'Days since the earliest date.', inputs: ['listed (days)'] },
      { name: 'block_id', kind: 'dropped', missing: 0, note: 'Left out: every row has another text.', inputs: [] },
      { name: 'median_house_value', kind: 'target', missing: 12, note: 'What is to be predicted.', inputs: [] },
    ],
    inputs: [
      'longitude',
      'latitude',
      'total_bedrooms',
      'total_bedrooms is missing',
      'median_income',
      'ocean_proximity=INLAND',
      'ocean_proximity=NEAR OCEAN',
      'ocean_proximity=NEAR BAY',
      'ocean_proximity=ISLAND',
      'listed (days)',
    ],
  },
  search: {
    method: 'gates',
    name: 'tensor decomposition with gates',
    status: 'completed',
    epochs: 160,
    terms,
    trace: Array.from({ length: 160 }, (_, i) => ({
      epoch: i,
      loss: 0.31 + 1.4 * Math.exp(-i / 9) + 0.02 * noise(i),
      lambda: Math.min(0.02, i * 0.0002),
      gates: terms.map((term, k) => {
        const turn = 25 + 17 * ((k * 3) % 5);
        const level = 0.5 + (term.probability - 0.5) / (1 + Math.exp(-(i - turn) / 9));
        return Math.min(1, Math.max(0, level + 0.03 * noise(i * 7 + k) * Math.exp(-i / 80)));
      }),
    })),
  },
  formula: {
    structure: 'w₁·x + w₂·x² + ⟨u₁, x⟩⟨u₂, x⟩ (rank 4)',
    expanded:
      'median_house_value ≈ 2.068 + 0.842·median_income − 0.713·latitude − 0.694·longitude − 0.412·latitude·longitude + 0.127·median_income² − 0.094·median_income·ocean_proximity=INLAND − 0.083·ocean_proximity=INLAND + 0.051·total_bedrooms − 0.00002·listed (days)',
    where: [
      'median_income = (median_income − 3.871) / 1.9',
      'latitude = (latitude − 35.63) / 2.136',
      'longitude = (longitude + 119.6) / 2.004',
      'total_bedrooms = (total_bedrooms − 537.9) / 421.2',
      'ocean_proximity=INLAND is 1 where the category is INLAND and 0 elsewhere',
    ],
    monomials: [
      { text: 'median_income', coefficient: 0.842, variance: 0.441 },
      { text: 'latitude', coefficient: -0.713, variance: 0.118 },
      { text: 'longitude', coefficient: -0.694, variance: 0.109 },
      { text: 'latitude·longitude', coefficient: -0.412, variance: 0.096 },
      { text: 'median_income²', coefficient: 0.127, variance: 0.0512 },
      { text: 'median_income·ocean_proximity=INLAND', coefficient: -0.094, variance: 0.0173 },
      { text: 'ocean_proximity=INLAND', coefficient: -0.083, variance: 0.0121 },
      { text: 'listed (days)', coefficient: -0.0000213, variance: 0.0004 },
    ],
  },
  models: [
    {
      name: 'network of found neurons',
      parameters: 4321,
      error: 0.5273,
      metric: 'rmse',
      score: 0.7894,
      scoreName: 'R²',
      seconds: 21.4,
      trace: curve(180, 0.24, 0.05),
      note: '2 hidden layers of 24 neurons; stopped at epoch 179, best at 131.',
    },
    {
      name: 'single found neuron',
      parameters: 106,
      error: 0.6418,
      metric: 'rmse',
      score: 0.6882,
      scoreName: 'R²',
      seconds: 3.1,
      trace: curve(160, 0.31, 0.02),
      note: 'The formula above, nothing around it.',
    },
    {
      name: 'linear regression',
      parameters: 11,
      error: 0.7246,
      metric: 'rmse',
      score: 0.6027,
      scoreName: 'R²',
      seconds: 0.02,
      trace: [],
      note: 'Closed form.',
    },
    {
      name: 'perceptron network',
      parameters: 4369,
      error: 0.5391,
      metric: 'rmse',
      score: 0.7799,
      scoreName: 'R²',
      seconds: 18.9,
      trace: curve(180, 0.27, 0.04),
      note: 'Same width and depth with tanh neurons.',
    },
    {
      name: 'mean of the target',
      parameters: 1,
      error: 1.1496,
      metric: 'rmse',
      score: -0.0003,
      scoreName: 'R²',
      seconds: 0,
      trace: [],
      note: '',
    },
  ],
  predictions: {
    actual,
    predicted: actual.map((y, i) =>
      Math.max(0, 0.35 + 0.83 * y + 1.3 * noise(i + 31) * noise(i + 77) + 0.25 * noise(i + 5)),
    ),
  },
  seconds: { search: 14.62, training: 43.4, total: 58.9 },
  remarks: [
    'Over 5 restarts the gate of the interaction stream of order 3 stayed open once: its verdict is the least certain one.',
    '965 target values equal the largest one, 5.00001: the column looks capped.',
  ],
};

/** A run on flowers. */
export const classification: DiscoverReport = {
  ...regression,
  task: 'classification',
  target: 'species',
  classes: ['setosa', 'versicolor', 'virginica'],
  models: regression.models.map((model) => ({
    ...model,
    metric: 'error rate',
    error: model.error / 10,
    score: 1 - model.error / 10,
    scoreName: 'accuracy',
  })),
  predictions: {
    actual: Array.from({ length: 45 }, (_, i) => i % 3),
    predicted: Array.from({ length: 45 }, (_, i) => (i % 13 === 4 ? 2 : i % 3)),
  },
  remarks: [],
};
