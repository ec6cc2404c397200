import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { ALIGNMENT, createBlocks } from './blocks.js';

describe('blocks', () => {
  /** Sizes to allocate, or the number of a block, among those out, to give back. */
  const moves = fc.array(
    fc.oneof(
      fc.nat(2000).map((bytes) => ({ bytes })),
      fc.nat(30).map((back) => ({ back })),
    ),
    {
      maxLength: 60,
    },
  );

  test.prop([moves, fc.nat(4), fc.nat(64)])(
    'never overlap, stay inside, and merge when they are back',
    (all, first, rooms) => {
      const [start, end] = [128, 128 + 64 * first];
      const most = 64 * rooms;
      let added = 0;
      const blocks = createBlocks(start, end, (bytes) => {
        const more = Math.ceil(bytes / 256) * 256;
        if (added + more > most) return 0;
        added += more;
        return more;
      });
      const out = new Map<number, number>();
      for (const move of all) {
        if ('back' in move) {
          const address = [...out.keys()][move.back % Math.max(1, out.size)];
          if (address === undefined) continue;
          out.delete(address);
          blocks.release(address);
          expect(() => blocks.release(address)).toThrow(`release: no block begins at ${address}`);
        } else {
          const address = blocks.allocate(move.bytes);
          if (address === undefined) continue;
          const size = Math.max(ALIGNMENT, Math.ceil(move.bytes / ALIGNMENT) * ALIGNMENT);
          expect(address % ALIGNMENT).toBe(0);
          expect(address).toBeGreaterThanOrEqual(start);
          expect(address + size).toBeLessThanOrEqual(end + added);
          for (const [at, bytes] of out) expect(address + size <= at || at + bytes <= address).toBe(true);
          out.set(address, size);
        }
        expect(blocks.used()).toBe([...out.values()].reduce((sum, bytes) => sum + bytes, 0));
      }
      for (const address of out.keys()) blocks.release(address);
      // Everything is one stretch again.
      const whole = end + added - start;
      if (whole > 0) expect(blocks.allocate(whole)).toBe(start);
    },
  );

  it('are refused where the space ends', () => {
    const blocks = createBlocks(0, 128, () => 0);
    expect([blocks.allocate(100), blocks.allocate(1)]).toEqual([0, undefined]);
  });
});
