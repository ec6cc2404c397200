import type { Interaction, PolynomialNeuron } from '@neuronseek/neurons';
import { flatten, type Tensor } from '@neuronseek/tensor';
import { divide, type Interval } from '../../exact/interval.js';
import type { Approximant } from '../../targets/approximant.js';
import { isNetwork } from '../hinge-values.js';
import { addDuals, combineDuals, constantDual, coordinateDual, type Dual, multiplyDuals, powerDual } from './dual.js';
import { dualOfExpression } from './of-expression.js';
import { dualsOfLayers } from './of-layers.js';

/** Whether a function says what it is, by layers or by a formula. */
export function isFormula(g: Approximant): boolean {
  return isNetwork(g) || g.formula !== undefined;
}

/** Value and gradient of a function on a box, by its layers or its formula. */
export function dualOfFunction(g: Approximant, box: readonly Interval[]): Dual {
  const x = box.map((side, i) => coordinateDual(box.length, i, side));
  if (isNetwork(g)) return dualsOfLayers(g.layers, g.variables.params, g.variables.state, x)[0];
  const { formula } = g;
  if (!formula) throw new RangeError('certificateFault: the function has neither layers nor a formula');
  return formula.kind === 'polynomial' ? polynomial(formula, x) : dualOfExpression(formula.expressions[0], x);
}

function polynomial({ outputs, bias, power, interaction, scaling }: PolynomialNeuron, own: readonly Dual[]): Dual {
  const dimension = own.length;
  const number = (value: number): Dual => constantDual(dimension, [value, value]);
  const x = scaling
    ? own.map((value, d) => {
        const inverse = constantDual(dimension, divide([1, 1], [scaling.deviations[d], scaling.deviations[d]]));
        return multiplyDuals(addDuals(value, number(-scaling.means[d])), inverse);
      })
    : own;
  let sum = number(flatten(bias)[0]);
  for (const { order, weights } of power) {
    const raised = x.map((value) => powerDual(value, order));
    sum = addDuals(sum, combineDuals(raised, flatten(weights), 0, outputs, 0));
  }
  for (const part of interaction) sum = addDuals(sum, interactionDual(part, outputs, x));
  return scaling
    ? addDuals(number(scaling.targetMeans[0]), multiplyDuals(number(scaling.targetDeviations[0]), sum))
    : sum;
}

/** The sum over all multi-indices of ranks, one product of linear forms each, as the definition of the form has it. */
function interactionDual(part: Interaction, outputs: number, x: readonly Dual[]): Dual {
  const form = (u: Tensor, r: number, rank: number): Dual =>
    combineDuals(x, flatten(u), r * outputs, rank * outputs, 0);
  const dimension = x.length;
  const nothing = constantDual(dimension, [0, 0]);
  const number = (value: number): Dual => constantDual(dimension, [value, value]);
  switch (part.form) {
    case 'cp':
      return Array.from({ length: part.rank }, (_, r) =>
        part.factors.map((u) => form(u, r, part.rank)).reduce(multiplyDuals),
      ).reduce(addDuals, nothing);
    case 'symmetric': {
      const weights = flatten(part.weights);
      return Array.from({ length: part.rank }, (_, r) =>
        multiplyDuals(number(weights[r * outputs]), powerDual(form(part.factor, r, part.rank), part.order)),
      ).reduce(addDuals, nothing);
    }
    case 'tucker': {
      const core = flatten(part.core);
      const forms = part.ranks.map((rank, m) => Array.from({ length: rank }, (_, r) => form(part.factors[m], r, rank)));
      let sum = nothing;
      for (let index = 0; index < core.length / outputs; index++) {
        let product = number(core[index * outputs]);
        let rest = index;
        for (let m = part.ranks.length - 1; m >= 0; m--) {
          product = multiplyDuals(product, forms[m][rest % part.ranks[m]]);
          rest = Math.floor(rest / part.ranks[m]);
        }
        sum = addDuals(sum, product);
      }
      return sum;
    }
    case 'tt': {
      // From the last core to the first.
      let column: Dual[] = [number(1)];
      for (let m = part.order - 1; m >= 0; m--) {
        const core = flatten(part.cores[m]);
        const right = column.length;
        const left = m === 0 ? 1 : part.ranks[m - 1];
        const after = column;
        column = Array.from({ length: left }, (_, r) =>
          after
            .map((value, s) =>
              multiplyDuals(combineDuals(x, core, (r * dimension * right + s) * outputs, right * outputs, 0), value),
            )
            .reduce(addDuals),
        );
      }
      return column[0];
    }
  }
}
