import { fc } from '@fast-check/vitest';
import type { DiscoverReport } from '@neuronseek/search';

const nasty = fc.constantFrom(
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  `&lt;'"&amp;`,
  '</title></style><b>',
  ']]><!--',
  '\u001b[31mred\u001b[0m',
  '\u0000\ud800\uffff',
  '\u202egnirts',
  'https://example.org/x.js',
  '',
);

/** Text of a user: markup, control characters, lone surrogates, anything. */
export const text: fc.Arbitrary<string> = fc.oneof(
  nasty,
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ maxLength: 12 }),
);

const share = fc.double({ min: 0, max: 1, noNaN: true });
const real = fc.oneof(
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  // A run can go wrong, and then its numbers are these.
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, 5e-324, 1e300),
);
const count = fc.nat({ max: 1e9 });
const seconds = fc.double({ min: 0, max: 1e5, noNaN: true });

const column = fc.record(
  {
    name: text,
    kind: fc.constantFrom(
      'number' as const,
      'category' as const,
      'date' as const,
      'target' as const,
      'dropped' as const,
    ),
    missing: count,
    filledWith: text,
    note: text,
    inputs: fc.array(text, { maxLength: 12 }),
  },
  { requiredKeys: ['name', 'kind', 'missing', 'note', 'inputs'] },
);

const term = fc.record({
  stream: fc.constantFrom('power' as const, 'interaction' as const),
  order: fc.integer({ min: 1, max: 9 }),
  rank: fc.integer({ min: 1, max: 99 }),
  kept: fc.boolean(),
  probability: share,
  variance: share,
  reason: text,
});

const structured = fc.record({
  stream: fc.constantFrom('power' as const, 'interaction' as const),
  order: fc.integer({ min: 1, max: 9 }),
  rank: fc.integer({ min: 1, max: 99 }),
  gain: real,
  noise: real,
  variance: share,
  reason: text,
});

const gated = fc.array(term, { maxLength: 5 }).chain((terms) =>
  fc.record({
    method: fc.constant('gates' as const),
    name: text,
    status: fc.constantFrom('completed' as const, 'no-structure' as const, 'aborted' as const, 'diverged' as const),
    epochs: count,
    terms: fc.constant(terms),
    trace: fc.array(
      fc.record({
        epoch: fc.nat({ max: 500 }),
        loss: real,
        lambda: share,
        gates: fc.array(share, { minLength: terms.length, maxLength: terms.length }),
      }),
      { maxLength: 5 },
    ),
  }),
);

const closedForm = fc.record(
  {
    method: fc.constant('als' as const),
    name: text,
    status: fc.constantFrom('completed' as const, 'no-structure' as const, 'aborted' as const),
    terms: fc.array(structured, { maxLength: 5 }),
    variables: fc.array(text, { maxLength: 12 }),
    tries: fc.nat({ max: 20 }),
    confirmation: fc.record({ heldOut: real, error: real, fitted: real, parameters: count, rows: count }),
    doubt: text,
    steps: fc.array(fc.record({ structure: text, deviance: real, score: real }), { maxLength: 6 }),
  },
  { requiredKeys: ['method', 'name', 'status', 'terms', 'variables', 'tries', 'steps'] },
);

/** Any report the type allows, diverged runs and empty lists included. */
export const report: fc.Arbitrary<DiscoverReport> = fc
  .tuple(fc.constantFrom('regression' as const, 'classification' as const), fc.nat({ max: 6 }))
  .chain(([task, classes]) => {
    const label = task === 'regression' ? real : fc.nat({ max: Math.max(0, classes - 1) });
    const model = fc.record({
      name: text,
      parameters: count,
      error: real,
      metric: fc.constant(task === 'regression' ? ('rmse' as const) : ('error rate' as const)),
      score: real,
      scoreName: fc.constant(task === 'regression' ? ('R²' as const) : ('accuracy' as const)),
      seconds,
      trace: fc.array(fc.record({ epoch: fc.nat({ max: 500 }), train: real, validation: real }), { maxLength: 5 }),
      note: text,
    });
    const pairs = fc.array(fc.tuple(label, label), { maxLength: 8 });
    return fc.record({
      version: fc.constant(2 as const),
      task: fc.constant(task),
      target: text,
      classes: fc.array(text, task === 'regression' ? { maxLength: 0 } : { minLength: classes, maxLength: classes }),
      seed: count,
      data: fc.record({
        rows: count,
        rowsWithoutTarget: count,
        train: count,
        validation: count,
        test: count,
        columns: fc.array(column, { maxLength: 4 }),
        inputs: fc.array(text, { maxLength: 4 }),
      }),
      search: fc.oneof(gated, closedForm),
      formula: fc.record({
        structure: text,
        expanded: text,
        where: fc.array(text, { maxLength: 15 }),
        monomials: fc.array(fc.record({ text, coefficient: real, variance: share }), { maxLength: 15 }),
      }),
      models: fc.array(model, { maxLength: 4 }),
      predictions: pairs.map((list) => ({ actual: list.map(([a]) => a), predicted: list.map(([, b]) => b) })),
      seconds: fc.record({ search: seconds, training: seconds, total: seconds }),
      remarks: fc.array(text, { maxLength: 3 }),
    });
  });
