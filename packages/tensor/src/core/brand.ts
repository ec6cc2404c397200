/** What tensors are recognised by: a registered symbol, because the ESM and the CJS copy of this package may meet. */
export const brand: unique symbol = Symbol.for('@neuronseek/tensor');
