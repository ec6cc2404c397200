import type { Prepared } from './prepare.js';
import type { FormulaSummary, ModelSummary } from './report.js';
import type { Searched } from './searched.js';

/** What a reader must know besides the figures: how far to trust the structure, and where it does not pay. */
export function remarks(
  found: Searched,
  models: readonly ModelSummary[],
  prepared: Prepared,
  formula: Pick<FormulaSummary, 'monomials'>,
): string[] {
  const list = [...found.remarks];
  const [network, neuron, mlp, linear] = models;
  const { power, interaction } = found.structure;
  if (network.error > linear.error)
    list.push(`The network of found neurons is worse than ${linear.name} on the test rows.`);
  else if (network.error > mlp.error)
    list.push('The MLP is better than the network of found neurons on the test rows.');
  if (neuron.error < network.error)
    list.push('The found neuron alone is better than the network of such neurons on the test rows, and can be read.');
  const overlap = power.filter((k) => interaction.some(({ order }) => order === k));
  if (overlap.length > 0) {
    list.push(
      `Power and interaction of order ${overlap.join(', ')} were both kept; an interaction contains the power of its order, so their shares cannot be told apart.`,
    );
  }
  // Uncorrelated monomials would add up to 1 for every output.
  const shares = formula.monomials.reduce((sum, { variance }) => sum + variance, 0);
  if (shares > 1.5 * found.neuron.outputs) {
    list.push(
      'The inputs are correlated, so large monomials partly cancel and their shares of the variance add up to more than 100 %: compare sums of terms rather than single ones.',
    );
  }
  if (prepared.summary.test < 100)
    list.push(`The test set has only ${prepared.summary.test} rows: small differences between models mean nothing.`);
  const { test, target } = prepared;
  if (target.task === 'regression' && test.actual.every((v) => v === test.actual[0]))
    list.push('The target is the same in every test row: R² is undefined there and given as 0, or 1 without error.');
  if (prepared.summary.rowsWithoutTarget > 0)
    list.push(`${prepared.summary.rowsWithoutTarget} rows without a target were left out.`);
  return list;
}
