import { alsDefaults, syntheticProblem, syntheticProblems } from '@neuronseek/search';
import { key } from '@neuronseek/tensor/random';
import { type AnyGroup, closed } from '../group.js';
import { type RecoveryRow, recoverAll } from '../recover.js';
import { byVariant, countOf, recoveryTables } from '../recovery-tables.js';

/** Forms of the interactions, and how many index sets of 45 are to be right. */
const forms = [
  { form: 'tucker', least: 40 },
  { form: 'tt', least: 40 },
  { form: 'symmetric', least: undefined },
] as const;

/** Interactions in other forms than CP, on the targets of CP form. */
export const formsGroup: AnyGroup = closed<readonly RecoveryRow[]>({
  name: 'forms',
  title: 'Tucker, tensor trains and symmetric CP, D = 10',
  run: async (context) => {
    if (!Object.hasOwn(alsDefaults, 'interaction')) return 'the search has no option interaction yet';
    const trials = forms.flatMap(({ form }) =>
      context.seeds.flatMap((seed) =>
        syntheticProblems.map((name) => {
          const options = { task: 'regression' as const, interaction: form };
          return {
            variant: form,
            name,
            seed,
            draw: () => syntheticProblem(name, { key: key(seed) }),
            options,
            labelsOnly: true,
          };
        }),
      ),
    );
    return recoverAll(trials, context);
  },
  summarise: (rows) => {
    const found = byVariant(rows);
    return forms.map(({ form, least }) => {
      const own = found.get(form) ?? [];
      return {
        what: form,
        reach: least === undefined ? '' : `index sets in ≥ ${least} of 45`,
        seen: countOf(own, (row) => row.recovered),
        met: least === undefined ? undefined : own.filter((row) => row.recovered).length * 45 >= least * own.length,
      };
    });
  },
  show: (rows) => [
    'The targets are of CP form; interactions of the neuron that is searched have another. A symmetric form has one factor for all modes, so that a product of',
    'different forms needs a higher rank of it.',
    '',
    ...recoveryTables(rows),
  ],
});
