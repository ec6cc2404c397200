import { fc } from '@fast-check/vitest';
import { expectSameBits } from '@neuronseek/testkit';
import { expect } from 'vitest';
import type { DType } from '../../src/core/dtype.js';
import type { Tensor } from '../../src/core/tensor.js';
import { elements } from '../support/elements.js';
import { stridedTensor } from '../support/strided.js';

/** Tensors of every dtype on any strided view, order 0 and empty ones included. */
export const anyTensor: fc.Arbitrary<Tensor> = fc
  .constantFrom<DType>('float64', 'float32', 'int32', 'bool')
  .chain((dtype) => stridedTensor(dtype, { maxOrder: 4, maxSize: 3 }));

/** Names with accents, dots, slashes, spaces and what a prototype has. */
export const anyName: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.constantFrom('__proto__', 'constructor', 'a.npy', 'layers/0.weight', 'é', '😀', '"', '\\', '7', ''),
);

/** Tensors by distinct names. */
export const anyTensors: fc.Arbitrary<Record<string, Tensor>> = fc
  .uniqueArray(fc.tuple(anyName, anyTensor), { maxLength: 4, selector: ([name]) => name })
  .map((entries) => Object.fromEntries(entries));

/** Fails unless both have the same dtype, shape and elements, bit for bit. */
export function expectSameTensor(actual: Tensor, expected: Tensor): void {
  expect([actual.dtype, actual.shape]).toEqual([expected.dtype, expected.shape]);
  expectSameBits(elements(actual), elements(expected));
}

/** The same for tensors by name. */
export function expectSameTensors(actual: Record<string, Tensor>, expected: Record<string, Tensor>): void {
  expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, x] of Object.entries(expected)) expectSameTensor(actual[name], x);
}

/** The bytes moved to an address that is `shift` more than a multiple of 8. */
export function misaligned(bytes: Uint8Array, shift: number): Uint8Array {
  const room = new Uint8Array(bytes.length + 16);
  room.set(bytes, 8 + shift);
  return room.subarray(8 + shift, 8 + shift + bytes.length);
}

export function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}

/** A text as bytes below 256. */
export function latin1(text: string): number[] {
  return Array.from(text, (c) => c.charCodeAt(0));
}
