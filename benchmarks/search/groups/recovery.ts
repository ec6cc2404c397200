import {
  type AlsOptions,
  mixtureProblem,
  mixtureProblems,
  type SyntheticOptions,
  syntheticProblem,
  syntheticProblems,
} from '@neuronseek/search';
import { key } from '@neuronseek/tensor/random';
import { median } from '../../median.js';
import { type AnyGroup, closed, type Summary } from '../group.js';
import { type RecoveryRow, recoverAll, type Trial } from '../recover.js';
import { byVariant, countOf, recoveryTables, timesOf } from '../recovery-tables.js';

/** One part of a group: how targets are drawn, and what is aimed at. */
export interface Part {
  readonly variant: string;
  readonly draw: Omit<SyntheticOptions, 'key'>;
  /** Of 45. */
  readonly least: number;
  /** Seconds at most, the median and the worst. */
  readonly median?: number;
  readonly worst?: number;
  readonly options?: Omit<AlsOptions, 'method'>;
  readonly labelsOnly?: boolean;
  /** The columns that matter have to be named too. */
  readonly columns?: boolean;
}

/** The fifteen targets for every seed. */
export function trialsOf({ variant, draw, options, labelsOnly }: Part, seeds: readonly number[]): Trial[] {
  return seeds.flatMap((seed) =>
    syntheticProblems.map((name) => ({
      variant,
      name,
      seed,
      draw: () => syntheticProblem(name, { ...draw, key: key(seed) }),
      ...(options === undefined ? {} : { options }),
      ...(labelsOnly === undefined ? {} : { labelsOnly }),
    })),
  );
}

/** What was aimed at in every part; where other seeds were asked for, as many of a hundred. */
export function summariesOf(parts: readonly Part[], rows: readonly RecoveryRow[]): Summary[] {
  const found = byVariant(rows);
  return parts.flatMap((part): Summary[] => {
    const own = found.get(part.variant) ?? [];
    if (own.length === 0) return [];
    const seconds = own.map((row) => row.seconds);
    const times: Summary[] = [];
    if (part.median !== undefined) {
      const reach = `median ≤ ${part.median} s${part.worst === undefined ? '' : `, worst ≤ ${part.worst} s`}`;
      const met = median(seconds) <= part.median && Math.max(...seconds) <= (part.worst ?? Number.POSITIVE_INFINITY);
      times.push({ what: `${part.variant}, time`, reach, seen: timesOf(own), met });
    }
    const right = (row: RecoveryRow): boolean => row.recovered && (part.columns !== true || row.columns === true);
    return [
      {
        what: part.variant,
        reach: `${part.columns === true ? 'recovered with the columns named, ' : ''}≥ ${part.least} of 45`,
        seen: countOf(own, right),
        met: own.filter(right).length * 45 >= part.least * own.length,
      },
      ...times,
    ];
  });
}

function recoveryGroup(name: string, title: string, text: string, parts: readonly Part[]): AnyGroup {
  return closed<readonly RecoveryRow[]>({
    name,
    title,
    run: async (context) =>
      recoverAll(
        parts.flatMap((part) => trialsOf(part, context.seeds)),
        context,
      ),
    summarise: (rows) => summariesOf(parts, rows),
    show: (rows) => [text, '', ...recoveryTables(rows)],
  });
}

const sized = (inputs: number, rest: Omit<Part, 'variant' | 'draw'>): AnyGroup =>
  recoveryGroup(
    `d${inputs}`,
    `D = ${inputs}`,
    `The fifteen targets with ${inputs} inputs, 2,000 rows, N(0, 1), noise of 0.01 before the target is standardised.`,
    [{ variant: `D = ${inputs}`, draw: { inputs }, ...rest }],
  );

/** Searches by default options of targets that are known. */
export const recoveryGroups: readonly AnyGroup[] = [
  sized(10, { least: 45, median: 0.3 }),
  sized(30, { least: 45, median: 1.2 }),
  sized(50, { least: 45, median: 2 }),
  sized(100, { least: 44, median: 6, worst: 40 }),
  recoveryGroup('inputs', 'Other inputs, D = 10', 'The fifteen targets on inputs that are not N(0, 1).', [
    { variant: 'uniform', draw: { distribution: 'uniform' }, least: 45 },
    { variant: 'AR(1), 0.5', draw: { distribution: { ar: 0.5 } }, least: 45 },
    { variant: 'AR(1), 0.9', draw: { distribution: { ar: 0.9 } }, least: 45 },
    { variant: 't₅', draw: { distribution: { t: 5 } }, least: 45 },
    { variant: 'shifted by 1', draw: { distribution: { shift: 1 } }, least: 45 },
    { variant: 'log-normal', draw: { distribution: 'log-normal' }, least: 44 },
  ]),
  recoveryGroup(
    'sparse',
    'Three of fifty columns matter',
    'The target depends on three columns that are drawn; the sums and forms run over those alone. The search has to name these three and no other.',
    [{ variant: '3 of 50', draw: { inputs: 50, relevant: 3 }, least: 43, columns: true }],
  ),
  recoveryGroup(
    'classes',
    'Classes, D = 10, n = 4000',
    'Labels drawn from the logistic model of the same targets; the error is the mean cross-entropy of test rows, the floor the entropy of the true probabilities.',
    [2, 3].map((classes) => ({
      variant: `${classes} classes`,
      draw: { rows: 4000, classes: classes === 2 ? (2 as const) : (3 as const) },
      least: 38,
      labelsOnly: true,
    })),
  ),
];

/** Ranks above one and mixtures of three orders. */
export const mixtureGroup: AnyGroup = closed<readonly RecoveryRow[]>({
  name: 'mixtures',
  title: 'Ranks above one and mixtures, D = 10',
  run: async (context) =>
    recoverAll(
      context.seeds.flatMap((seed) =>
        mixtureProblems.map((name) => ({
          variant: 'mixtures',
          name,
          seed,
          draw: () => mixtureProblem(name, { key: key(seed) }),
        })),
      ),
      context,
    ),
  summarise: (rows) => {
    const missed = rows.filter((row) => !row.recovered);
    return [
      {
        what: 'every rank',
        reach: 'all of 30',
        seen: countOf(rows, (row) => row.recovered),
        met: missed.length === 0,
      },
    ];
  },
  show: (rows) => [
    'Components of equal variance: I2,2 are two products of order 2, an interaction of rank 2. Every rank has to be right.',
    '',
    ...recoveryTables(rows),
  ],
});
