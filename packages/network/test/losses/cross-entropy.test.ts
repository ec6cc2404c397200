import { fc, test } from '@fast-check/vitest';
import { add, grad, ones, softmax, type Tensor, tensor } from '@neuronseek/tensor';
import { data, expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { crossEntropy } from '../../src/index.js';
import { toTensor } from '../support/bridge.js';

const sizes = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 4 }));
/** Logits, and class probabilities: positive numbers divided by their row's sum. */
const cases = sizes.chain(([rows, classes]) =>
  fc.tuple(
    data({ shape: [rows, classes] }).map(toTensor),
    data({ shape: [rows, classes], min: 0, max: 1 }).map(({ data: raw }) => {
      const row = (i: number): number => Math.floor(i / classes);
      const sums = Array.from({ length: rows }, (_, r) =>
        raw.reduce((total, p, i) => (row(i) === r ? total + p + 1 : total), 0),
      );
      return tensor(
        raw.map((p, i) => (p + 1) / sums[row(i)]),
        [rows, classes],
      );
    }),
  ),
);

/** The mean over rows of −Σ t·ln(eˡ/Σeˡ), as it is written. */
function written(logits: Tensor, target: Tensor): number {
  const [rows, classes] = logits.shape;
  let total = 0;
  for (let r = 0; r < rows; r++) {
    const row = Array.from(logits.toTypedArray()).slice(r * classes, (r + 1) * classes);
    const sum = row.reduce((a, l) => a + Math.exp(l), 0);
    row.forEach((l, c) => {
      total -= target.toTypedArray()[r * classes + c] * Math.log(Math.exp(l) / sum);
    });
  }
  return total / rows;
}

describe('crossEntropy', () => {
  test.prop([cases])('is what its formula says', ([logits, target]) => {
    // |l| ≤ 10, so every log is at most 20 and a bit; 24 terms.
    expectClose([crossEntropy(logits, target).item()], [written(logits, target)], { factor: 50, scale: 25 });
  });

  test.prop([cases, fc.integer({ min: -1000, max: 1000 })])(
    'does not change when all logits shift',
    ([logits, target], shift) => {
      // l + shift is rounded at the size of the sum.
      const tolerance = { factor: 50, scale: 25 + Math.abs(shift) };
      expectClose([crossEntropy(add(logits, shift), target).item()], [crossEntropy(logits, target).item()], tolerance);
    },
  );

  test.prop([cases])('has the gradient (softmax − target)/rows', ([logits, target]) => {
    const slope = grad((l: Tensor) => crossEntropy(l, target))(logits).toTypedArray();
    const [share, t] = [softmax(logits).toTypedArray(), target.toTypedArray()];
    expectClose(
      slope,
      Array.from(share, (s, i) => (s - t[i]) / logits.shape[0]),
      { factor: 50, scale: 1 },
    );
  });

  test('classes at even odds cost ln(classes), certainty costs nothing, certain error its distance', () => {
    const classes = tensor([[0, 1, 0]]);
    expectClose([crossEntropy(tensor([[7, 7, 7]]), classes).item()], [Math.log(3)], { factor: 8, scale: 7 });
    expect(crossEntropy(tensor([[0, 800, 0]]), classes).item()).toBe(0);
    expect(crossEntropy(tensor([[800, 0, 0]]), classes).item()).toBe(800);
  });

  test.each([
    [ones([2, 3]), ones([2, 1]), 'logits are [2, 3], target is [2, 1]'],
    [ones([2]), ones([2]), 'logits are [2], target is [2]'],
    [ones([2, 3]), ones([2]), 'logits are [2, 3], target is [2]'],
  ])('refuses shapes that are not [rows, classes] twice', (logits, target, message) => {
    expect(() => crossEntropy(logits, target)).toThrow(
      new RangeError(`crossEntropy: needs two tensors [rows, classes]: ${message}`),
    );
  });
});
