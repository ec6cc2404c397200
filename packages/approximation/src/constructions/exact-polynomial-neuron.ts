import { type Polynomial, type PolynomialNeuron, polynomialNeuron } from '@neuronseek/neurons';
import { type Tensor, tensor } from '@neuronseek/tensor';
import { checkPolynomial } from './check-polynomial.js';
import type { FormProduct } from './form-product.js';
import { polarizedMonomial } from './polarized-monomial.js';

/** Options of {@link exactPolynomialNeuron}. */
export interface ExactPolynomialNeuronOptions {
  /**
   * How a monomial in several inputs becomes CP components. 'products': one component, a product of coordinates. 'powers': powers of
   * linear forms by the polarization identity, at most 2^(k−1) components of equal factors for degree k. Default: 'products'.
   */
  readonly form?: 'products' | 'powers';
}

/** Defaults of {@link exactPolynomialNeuron}. */
export const exactPolynomialNeuronDefaults: Required<ExactPolynomialNeuronOptions> = { form: 'products' };

/**
 * A polynomial neuron that is the given polynomial, not near it: the constant is its bias, c·x_d^k stands in the power stream, every
 * other monomial in CP interactions of its degree, so that the CP rank at degree k is at most the number of mixed monomials of
 * degree k ('products'; times 2^(k−1) for 'powers').
 *
 * Exact as functions in real arithmetic for all finite coefficients ('products'). 'powers' needs c·s/(2^(k−1)·k!) to be a double for
 * integers s and throws a RangeError that names the monomial otherwise. A float64 run of the neuron rounds as any other.
 * Throws a RangeError for coefficients, exponents or features that do not fit, or two monomials with the same exponents.
 */
export function exactPolynomialNeuron(
  polynomial: Polynomial,
  { form = exactPolynomialNeuronDefaults.form }: ExactPolynomialNeuronOptions = {},
): PolynomialNeuron {
  const name = 'exactPolynomialNeuron';
  checkPolynomial(name, polynomial);
  if (form !== 'products' && form !== 'powers') {
    throw new RangeError(`${name}: form must be 'products' or 'powers': got ${String(form)}`);
  }
  const { features, monomials } = polynomial;
  const inputs = features.length;
  let bias = 0;
  const powers = new Map<number, Float64Array>();
  const products = new Map<number, FormProduct[]>();
  monomials.forEach(({ coefficient, exponents }, i) => {
    const degree = exponents.reduce((sum, e) => sum + e, 0);
    const pure = exponents.indexOf(degree);
    if (degree === 0) {
      bias = coefficient;
    } else if (pure >= 0) {
      const weights = powers.get(degree) ?? new Float64Array(inputs);
      weights[pure] = coefficient;
      powers.set(degree, weights);
    } else {
      const own =
        form === 'products'
          ? [coordinates(coefficient, exponents)]
          : polarizedMonomial(`${name}: monomials[${i}]`, coefficient, exponents);
      products.set(degree, [...(products.get(degree) ?? []), ...own]);
    }
  });
  return polynomialNeuron({
    inputs,
    features: [...features],
    bias: tensor([bias]),
    power: [...powers].map(([order, weights]) => ({ order, weights: tensor(weights, [inputs, 1]) })),
    interaction: [...products].map(([order, components]) => ({
      form: 'cp',
      order,
      rank: components.length,
      factors: Array.from({ length: order }, (_, m) => factor(components, m, inputs)),
    })),
  });
}

/** The monomial as one product of coordinates, its coefficient on the first. */
function coordinates(coefficient: number, exponents: readonly number[]): FormProduct {
  const variables = exponents.flatMap((e, d) => new Array<number>(e).fill(d));
  return variables.map((variable, m) => exponents.map((_, d) => (d === variable ? (m === 0 ? coefficient : 1) : 0)));
}

/** Factor m of all components, [inputs, rank, 1]. */
function factor(components: readonly FormProduct[], m: number, inputs: number): Tensor {
  const data = new Float64Array(inputs * components.length);
  components.forEach((forms, r) => {
    for (let d = 0; d < inputs; d++) data[d * components.length + r] = forms[m][d];
  });
  return tensor(data, [inputs, components.length, 1]);
}
