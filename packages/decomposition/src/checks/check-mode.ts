/** Refuses a mode that is not an integer from 0 to order - 1. */
export function checkMode(name: string, mode: number, order: number): void {
  if (!Number.isInteger(mode) || mode < 0 || mode >= order) {
    throw new RangeError(`${name}: mode is out of range for a tensor of order ${order}: ${mode}`);
  }
}
