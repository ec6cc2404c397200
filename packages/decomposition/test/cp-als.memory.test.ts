import { full } from '@neuronseek/tensor';
import { type Workspace, workspace } from '@neuronseek/tensor/kernels';
import { key } from '@neuronseek/tensor/random';
import { describe, expect, it } from 'vitest';
import { withData } from '../src/cp/als/with-data.js';
import { createProblem } from '../src/index.js';

const rank = 5;
const { tensor: x } = createProblem({ shape: [17, 19, 23], rank, noise: 0.1, key: key(3) });
const factors = x.shape.map((n) => Float64Array.from({ length: n * rank }, (_, i) => Math.sin(i)));

/** Counts the workspaces that are out, and those there were. */
function counted(): { live: number; made: number; allocate: (bytes: number) => Workspace | undefined } {
  const count = {
    live: 0,
    made: 0,
    allocate: (bytes: number): Workspace | undefined => {
      const found = workspace(bytes);
      if (found === undefined) throw new Error('these tests need WebAssembly');
      count.live++;
      count.made++;
      const release = (): void => {
        count.live--;
        found.release();
      };
      return { ...found, release };
    },
  };
  return count;
}

describe('the data in the memory of the kernels', () => {
  it('give the bits that ordinary arrays give', () => {
    const sums = (allocate: (bytes: number) => Workspace | undefined): Float64Array[] =>
      withData(
        'cpAls',
        x,
        rank,
        ({ elements, norm, squares }, products) => {
          const found = [elements.slice(), Float64Array.of(norm, squares)];
          const wanted = x.shape.map(() => true);
          for (let sweep = 0; sweep < 2; sweep++)
            products.run(factors, wanted, (_mode, out) => found.push(out.slice()));
          return found;
        },
        allocate,
      );
    const count = counted();
    expect(sums(count.allocate)).toEqual(sums(() => undefined));
    expect([count.made, count.live]).toEqual([1, 0]);
  });

  it('are given back where a run is interrupted, or the data are refused', () => {
    const count = counted();
    const enough = (): never => {
      throw new Error('enough');
    };
    expect(() => withData('cpAls', x, rank, enough, count.allocate)).toThrow('enough');
    expect([count.made, count.live]).toEqual([1, 0]);
    const endless = full([20, 20, 20], Infinity);
    expect(() => withData('cpAls', endless, rank, enough, count.allocate)).toThrow(/finite/);
    expect([count.made, count.live]).toEqual([2, 0]);
  });

  it('are ordinary arrays where they are few', () => {
    const count = counted();
    const { tensor: small } = createProblem({ shape: [4, 5, 6], rank: 2 });
    expect(withData('cpAls', small, 2, ({ elements }) => elements.length, count.allocate)).toBe(120);
    expect(count.made).toBe(0);
  });
});
