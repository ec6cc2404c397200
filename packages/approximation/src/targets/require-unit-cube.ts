import type { Box } from './target-function.js';

/** A RangeError by `name` unless the domain is [0, 1]^dimension. */
export function requireUnitCube(name: string, domain: Box, dimension: number): void {
  if (domain.length === dimension && domain.every(([a, b]) => a === 0 && b === 1)) return;
  const wanted = dimension === 1 ? '[0, 1]' : `[0, 1]^${dimension}`;
  const got = domain.map(([a, b]) => `[${a}, ${b}]`).join(' × ');
  throw new RangeError(`${name}: the domain must be ${wanted}: got ${got}`);
}
