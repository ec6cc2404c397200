import { isTensor } from '@neuronseek/tensor';

/** Refuses what is not a tensor. */
export function checkTensor(name: string, argument: string, value: unknown): void {
  if (isTensor(value)) return;
  const received = Array.isArray(value) ? 'an array; make a tensor of it with tensor(…)' : String(value);
  throw new TypeError(`${name}: ${argument} is not a tensor: ${received}`);
}
