/** Which norm: a number p or a name; 'inf' and '-inf' are ±Infinity. */
export type NormOrd = number | 'fro' | 'nuc' | 'inf' | '-inf';

/** A number, 'fro' or 'nuc'. Throws for anything else. */
export function parseOrd(op: string, option: string, ord: unknown): number | 'fro' | 'nuc' {
  if (ord === 'inf') return Number.POSITIVE_INFINITY;
  if (ord === '-inf') return Number.NEGATIVE_INFINITY;
  if (ord === 'fro' || ord === 'nuc') return ord;
  if (typeof ord === 'number' && !Number.isNaN(ord)) return ord;
  throw new RangeError(`${op}: ${option} must be a number, 'fro', 'nuc', 'inf' or '-inf', got ${String(ord)}`);
}
