import type { Approximant } from '../../targets/approximant.js';
import { isNetwork } from '../hinge-values.js';
import { coordinateForm, type Form } from './form.js';
import { formOfExpression } from './of-expression.js';
import { formsOfLayers } from './of-layers.js';
import { formOfPolynomialNeuron } from './of-neuron.js';

/** A function on boxes: its form in the coordinates of the box. */
export type BoxForm = (lower: ArrayLike<number>, upper: ArrayLike<number>) => Form;

/** The form of a function that says what it is: by layers, or by its formula. Throws a RangeError by `label` for others. */
export function boxFormOf(label: string, g: Approximant): BoxForm {
  const own = formOf(label, g);
  const { dimension } = g;
  return (lower, upper) =>
    own(Array.from({ length: dimension }, (_, i) => coordinateForm(dimension, i, lower[i], upper[i])));
}

function formOf(label: string, g: Approximant): (x: readonly Form[]) => Form {
  if (isNetwork(g)) {
    const forms = formsOfLayers(g.layers, g.variables);
    return (x) => forms(x)[0];
  }
  const { formula } = g;
  if (!formula) {
    throw new RangeError(
      `certifySupNorm: method 'interval' needs the layers or the formula of both: ${label} has none`,
    );
  }
  if (formula.inputs !== g.dimension) {
    throw new RangeError(
      `certifySupNorm: the formula of ${label} must have ${g.dimension} inputs: it has ${formula.inputs}`,
    );
  }
  if (formula.kind === 'polynomial') return formOfPolynomialNeuron(formula);
  const [expression] = formula.expressions;
  return (x) => formOfExpression(expression, x);
}
