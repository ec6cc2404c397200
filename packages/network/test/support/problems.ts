import { concat, type Tensor, tensor } from '@neuronseek/tensor';
import type { LabelledTable } from '../../src/index.js';
import { drawNormal } from './bridge.js';

/** y = 1 + 2·x₁ − x₂ + x₁·x₂, without noise. */
export function saddle(seed: number, rows: number): LabelledTable {
  const x = drawNormal(seed, [rows, 2]);
  const data = x.toTypedArray();
  const y = Float64Array.from({ length: rows }, (_, i) => {
    const [a, b] = [data[2 * i], data[2 * i + 1]];
    return 1 + 2 * a - b + a * b;
  });
  return { x, y: tensor(y, [rows, 1]) };
}

/** Three classes, told apart by the angle of (x₁, x₂); y has one 1 a row. */
export function sectors(seed: number, rows: number): LabelledTable {
  const x = drawNormal(seed, [rows, 2]);
  const data = x.toTypedArray();
  const parts: Tensor[] = Array.from({ length: rows }, (_, i) => {
    const angle = Math.atan2(data[2 * i], data[2 * i + 1]) + Math.PI;
    const label = Math.min(2, Math.floor((3 * angle) / (2 * Math.PI)));
    return tensor([[0, 1, 2].map((c) => Number(c === label))]);
  });
  return { x, y: concat(parts) };
}
