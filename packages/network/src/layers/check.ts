/** Throws unless `value` is a positive integer. */
export function checkCount(op: string, name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new RangeError(`${op}: ${name} must be a positive integer, got ${value}`);
  }
}

/** The layer's outputs, after a check that it is given the number of inputs it wants; `at` begins the message. */
export function checkColumns(
  layer: { readonly inputs: number; readonly outputs: number },
  inputs: number | undefined,
  at: string,
): number {
  if (inputs !== undefined && layer.inputs !== inputs) {
    throw new RangeError(`${at} takes ${layer.inputs} inputs, it is given ${inputs}`);
  }
  return layer.outputs;
}
