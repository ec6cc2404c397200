import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectSameBits } from '@neuronseek/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DType } from '../../src/core/dtype.js';
import { type Shape, slice, type Tensor, tensor, transpose, zeros } from '../../src/index.js';
import { decodeNpy, decodeNpz, encodeNpy, encodeNpz } from '../../src/io/index.js';
import { elements } from '../support/elements.js';

// With NumPy itself, where it is installed; numpy-golden.test.ts has bytes of its for everywhere else.

const python = ['python3', '/usr/bin/python3'].find(
  (command) => spawnSync(command, ['-c', 'import numpy'], { stdio: 'ignore' }).status === 0,
);

/** Runs a program and parses the JSON that it prints. */
function run(program: string, folder: string): Record<string, { dtype: string; shape: Shape; hex: string }> {
  const { status, stdout, stderr } = spawnSync(python ?? '', ['-', folder], { input: program, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Describes arrays by shape and values in float64, little-endian: no number passes through decimals. */
const describeArray = `
import json, sys, numpy as np
def tell(a):
    return {'dtype': str(a.dtype), 'shape': list(a.shape), 'hex': np.ascontiguousarray(a).astype('<f8').tobytes().hex()}
folder = sys.argv[1] + '/'
`;

const doubles = (hex: string): number[] => {
  const bytes = Buffer.from(hex, 'hex');
  return Array.from({ length: bytes.length / 8 }, (_, i) => bytes.readDoubleLE(8 * i));
};

/** The dtype that a tensor has for each of NumPy's. */
const dtypes: Readonly<Record<string, DType>> = {
  bool: 'bool',
  int8: 'int32',
  int16: 'int32',
  int32: 'int32',
  int64: 'float64',
  uint8: 'int32',
  uint16: 'int32',
  uint32: 'float64',
  uint64: 'float64',
  float16: 'float32',
  float32: 'float32',
  float64: 'float64',
};

describe.skipIf(python === undefined)('NumPy', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'npy-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('reads what NumPy writes: every dtype, both byte orders, C, Fortran and strided layouts, all three containers', () => {
    const expected = run(
      `${describeArray}
arrays = {}
rng = np.random.default_rng(1)
for order in '<>':
    for kind in ['b1', 'i1', 'i2', 'i4', 'i8', 'u1', 'u2', 'u4', 'u8', 'f2', 'f4', 'f8']:
        if kind == 'b1': block = rng.integers(0, 2, (2, 3, 4)) == 1
        elif kind[0] == 'f':
            block = rng.normal(size=(2, 3, 4)) * 100
            block.flat[:6] = [0.0, -0.0, np.inf, -np.inf, np.nan, 1e-7]
        else:
            info = np.iinfo(kind)
            low, high = max(info.min, -2**53), min(info.max, 2**53)
            block = rng.integers(low, high, (2, 3, 4), endpoint=True)
            block.flat[:2] = [low, high]
        block = block.astype(np.dtype(order + kind))
        name = kind + ('le' if order == '<' else 'be')
        arrays[name] = block
        arrays[name + '_fortran'] = np.asfortranarray(block)
        arrays[name + '_strided'] = block.transpose(1, 2, 0)[::-1, ::2]
        arrays[name + '_0d'] = block[1, 1, 1]
        arrays[name + '_empty'] = block[:0]
for name, a in arrays.items(): np.save(folder + name, a)
np.savez(folder + 'stored', **arrays)
np.savez_compressed(folder + 'compressed', **arrays)
print(json.dumps({name: tell(np.asarray(a)) for name, a in arrays.items()}))`,
      folder,
    );
    expect(Object.keys(expected)).toHaveLength(120);
    const stored = decodeNpz(readFileSync(join(folder, 'stored.npz')));
    const compressed = decodeNpz(readFileSync(join(folder, 'compressed.npz')));
    for (const [name, { dtype, shape, hex }] of Object.entries(expected)) {
      for (const x of [decodeNpy(readFileSync(join(folder, `${name}.npy`))), stored[name], compressed[name]]) {
        // The dtype's own name; NumPy's str of a foreign byte order is its code.
        const kind = name.replace(/(le|be).*/, '');
        const long =
          ({ b: 'bool', i: 'int', u: 'uint' }[kind[0]] ?? 'float') + (kind === 'b1' ? '' : 8 * Number(kind[1]));
        expect([name, x.dtype, x.shape]).toEqual([name, dtypes[long], shape]);
        expect(dtype === long || name.includes('be')).toBe(true);
        expectSameBits(elements(x), doubles(hex));
      }
    }
  });

  it('NumPy reads what is written here, and finds the archives sound', () => {
    const x = tensor(
      Float64Array.from({ length: 24 }, (_, i) => (i - 7) / 3),
      [2, 3, 4],
    );
    const special = tensor([0, -0, Number.NaN, Infinity, -Infinity, 5e-324, 1e300, 0.1]);
    const tensors: Record<string, Tensor> = {
      plain: x,
      view: slice(transpose(x), [{ step: -2 }, 1]),
      special,
      single: tensor(new Float32Array([0.1, 1e-45, -0])),
      whole: tensor([-(2 ** 31), 2 ** 31 - 1], undefined, { dtype: 'int32' }),
      truth: tensor([[true], [false]]),
      scalar: tensor(2.5),
      nothing: zeros([0, 3]),
      'layer/0.weight ü': x,
    };
    const names = Object.keys(tensors);
    names.forEach((name, i) => {
      writeFileSync(join(folder, `c${i}.npy`), encodeNpy(tensors[name]));
      writeFileSync(join(folder, `f${i}.npy`), encodeNpy(tensors[name], { fortranOrder: true }));
    });
    writeFileSync(join(folder, 'ours.npz'), encodeNpz(tensors));
    writeFileSync(join(folder, 'ours-compressed.npz'), encodeNpz(tensors, { compress: true }));
    const seen = run(
      `${describeArray}
import zipfile
found = {}
for i in range(${names.length}):
    for order in 'cf': found[order + str(i)] = tell(np.load(folder + order + str(i) + '.npy'))
for file in ['ours', 'ours-compressed']:
    path = folder + file + '.npz'
    assert zipfile.ZipFile(path).testzip() is None
    with np.load(path) as archive:
        for name in archive.files: found[file + ':' + name] = tell(archive[name])
print(json.dumps(found))`,
      folder,
    );
    expect(Object.keys(seen)).toHaveLength(4 * names.length);
    names.forEach((name, i) => {
      for (const place of [`c${i}`, `f${i}`, `ours:${name}`, `ours-compressed:${name}`]) {
        const { dtype, shape, hex } = seen[place];
        expect([place, dtype, shape]).toEqual([place, tensors[name].dtype, tensors[name].shape]);
        expectSameBits(doubles(hex), elements(tensors[name]));
      }
    });
  });
});
