import {
  type BackwardKernel,
  type ForwardKernel,
  factorWidths,
  type InteractionTermSizes,
  termColumns,
} from './contract.js';

/** One product of the sum that an interaction is: a core element (or none) times one column of z for each factor. */
interface Product {
  readonly output: number;
  /** Place in the core; −1 for a train, whose coefficient is 1. */
  readonly core: number;
  readonly columns: readonly number[];
}

/** Every product of every sum, listed: the formula of the contract written out. */
export function productsOf(sizes: InteractionTermSizes): Product[] {
  const { form, order, outputs, ranks } = sizes;
  const widths = factorWidths(sizes);
  const base = (m: number): number => widths.slice(0, m).reduce((sum, width) => sum + width, 0);
  const products: Product[] = [];
  for (let output = 0; output < outputs; output++) {
    if (form === 'symmetric') {
      for (let r = 0; r < ranks[0]; r++) {
        const column = r * outputs + output;
        products.push({ output, core: column, columns: new Array<number>(order).fill(column) });
      }
      continue;
    }
    // All tuples of ranks: r_1 … r_k of Tucker, R_1 … R_{k−1} of a train.
    const total = ranks.reduce((product, rank) => product * rank, 1);
    for (let i = 0; i < total; i++) {
      const index: number[] = [];
      for (let m = ranks.length - 1, rest = i; m >= 0; rest = Math.floor(rest / ranks[m]), m--) {
        index.unshift(rest % ranks[m]);
      }
      if (form === 'tucker') {
        const columns = index.map((r, m) => base(m) + r * outputs + output);
        products.push({ output, core: i * outputs + output, columns });
        continue;
      }
      const [path, sides] = [
        [0, ...index, 0],
        [1, ...ranks, 1],
      ];
      const columns = Array.from(
        { length: order },
        (_, m) => base(m) + (path[m] * sides[m + 1] + path[m + 1]) * outputs + output,
      );
      products.push({ output, core: -1, columns });
    }
  }
  return products;
}

/** The oracle. */
export const forwardScalar: ForwardKernel = (sizes, x, f, core, out, z) => {
  const { batch, inputs, outputs } = sizes;
  const columns = termColumns(sizes);
  const products = productsOf(sizes);
  out.fill(0);
  for (let b = 0; b < batch; b++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let d = 0; d < inputs; d++) sum += x[b * inputs + d] * f[d * columns + j];
      z[b * columns + j] = sum;
    }
    for (const product of products) {
      let value = product.core < 0 ? 1 : core[product.core];
      for (const column of product.columns) value *= z[b * columns + column];
      out[b * outputs + product.output] += value;
    }
  }
};

/** The derivative of every product by every factor in it, one at a time: the oracle. */
export const backwardScalar: BackwardKernel = (sizes, g, x, f, core, z, gx, gf, gCore) => {
  const { batch, inputs, outputs } = sizes;
  const columns = termColumns(sizes);
  const products = productsOf(sizes);
  for (const gradient of [gx, gf, gCore]) gradient?.fill(0);
  for (let b = 0; b < batch; b++) {
    for (const product of products) {
      const outer = g[b * outputs + product.output];
      const all = product.columns.reduce((value, column) => value * z[b * columns + column], outer);
      if (gCore && product.core >= 0) gCore[product.core] += all;
      product.columns.forEach((column, m) => {
        let others = product.core < 0 ? outer : outer * core[product.core];
        product.columns.forEach((other, n) => {
          if (n !== m) others *= z[b * columns + other];
        });
        for (let d = 0; d < inputs; d++) {
          if (gf) gf[d * columns + column] += others * x[b * inputs + d];
          if (gx) gx[b * inputs + d] += others * f[d * columns + column];
        }
      });
    }
  }
};
