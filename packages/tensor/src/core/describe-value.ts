import { brand } from './brand.js';

/** What a wrong argument is, for messages. */
export function describeValue(value: unknown): string {
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return 'an array; make a tensor of it with tensor(…)';
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'object' && brand in value) return 'a tensor';
  return `a value of type ${typeof value}`;
}

/** A value in a message, as it would be written in code as far as that is short. */
export function showValue(value: unknown): string {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return `'${value}'`;
  return Array.isArray(value) ? `[${value.map(showValue).join(', ')}]` : `a value of type ${typeof value}`;
}
