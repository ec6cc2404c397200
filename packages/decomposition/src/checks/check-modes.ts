import { checkMode } from './check-mode.js';

/** Refuses what is not a list of modes that a tensor of this order has. */
export function checkModes(name: string, option: string, modes: readonly number[], order: number): void {
  if (!Array.isArray(modes)) throw new TypeError(`${name}: ${option} is not an array of modes: ${String(modes)}`);
  for (const mode of modes) checkMode(`${name}: ${option}`, mode, order);
}
