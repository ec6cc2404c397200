import { full, tensor } from '@neuronseek/tensor';
import { type Workspace, workspace, workspaceBytes } from '@neuronseek/tensor/kernels';
import { expectClose } from '@neuronseek/testkit';
import { expect, test } from 'vitest';
import { denseModel } from '../src/cp/opt/dense-model.js';
import { cpOpt, cpToTensor, gcp } from '../src/index.js';
import { irregular } from './irregular.js';

const [shape, rank] = [[17, 19, 23], 5];
const factors = shape.map((n, mode) => Float64Array.from(irregular([n, rank], mode).toTypedArray()));

/** What a dense model says of the factors: its elements, twice over, and their products. */
function said(allocate: (bytes: number) => Workspace | undefined): Float64Array[] {
  const model = denseModel(shape, rank, allocate);
  model.fill(factors, false);
  const once = model.elements.slice();
  model.fill(factors, true);
  const found = [once, model.elements.slice()];
  model.products.run(
    factors,
    shape.map(() => true),
    (_mode, m) => found.push(m.slice()),
  );
  model.release();
  return found;
}

test('a dense model is the same in the memory of the kernels and in ordinary arrays, and gives it back', () => {
  let live = 0;
  const counted = (bytes: number): Workspace | undefined => {
    const found = workspace(bytes);
    if (found === undefined) throw new Error('this test needs WebAssembly');
    live++;
    const release = (): void => {
      live--;
      found.release();
    };
    return { ...found, release };
  };
  const inKernels = said(counted);
  expect(live).toBe(0);
  expect(inKernels).toEqual(said(() => undefined));
  const expected = cpToTensor({
    weights: full([rank], 1),
    factors: factors.map((factor, mode) => tensor(factor, [shape[mode], rank])),
  });
  expectClose(inKernels[0], expected.toTypedArray(), { factor: 64 });
  expectClose(
    inKernels[1],
    inKernels[0].map((v) => 2 * v),
    { factor: 64 },
  );
});

test('fits again and again, interrupted too, leave no memory behind', () => {
  const x = irregular(shape, 4);
  const enough = (): never => {
    throw new Error('enough');
  };
  const address = (): number => {
    const memory = workspace(workspaceBytes(8));
    const at = memory?.float64(1).byteOffset ?? 0;
    memory?.release();
    return at;
  };
  const run = (): void => {
    cpOpt(x, rank, { maxIterations: 2 });
    gcp(x, rank, { maxIterations: 2 });
    expect(() => cpOpt(x, rank, { onProgress: enough })).toThrow('enough');
    expect(() => gcp(x, rank, { onProgress: enough })).toThrow('enough');
  };
  run();
  const before = address();
  run();
  expect(address()).toBe(before);
});
