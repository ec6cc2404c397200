/** Throws unless `value` is a positive integer. */
export function checkCount(op: string, name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new RangeError(`${op}: ${name} must be a positive integer, got ${value}`);
  }
}

/** The layer's outputs, after a check that it is given the number of inputs it wants. */
export function checkColumns(
  op: string,
  layer: { readonly inputs: number; readonly outputs: number },
  inputs: number,
): number {
  if (layer.inputs !== inputs)
    throw new RangeError(`${op}: the layer takes ${layer.inputs} inputs, it is given ${inputs}`);
  return layer.outputs;
}
