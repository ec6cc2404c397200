import type { Code, FunctionReference, Local } from '../../wasm/assembler/code.js';
import type { ModuleBuilder } from '../../wasm/assembler/module-builder.js';

/**
 * Copies a part of B into strips of 64 bytes: pack(from, row, col, depth, cols, to), addresses and strides in bytes,
 *
 *     to[64·depth·(j div w) + 64·p + size·(j mod w)] = from[row·p + col·j]    p < depth, j < cols, w = 64/size columns to a strip
 *
 * Requires row = size or col = size, and depth, cols >= 1. Strips are filled up with whatever stands behind the columns. Reads up to 60 bytes behind
 * the last column, or 12 behind the last row; writes up to three lines of 64 bytes behind the last strip.
 */
export function definePack(module: ModuleBuilder, size: 8 | 4): FunctionReference {
  const lanes = 16 / size;
  return module.addFunction(
    { params: ['i32', 'i32', 'i32', 'i32', 'i32', 'i32'] },
    (f, [from, row, col, depth, cols, to]) => {
      const [left, place, target] = [f.local('i32'), f.local('i32'), f.local('i32')];
      const at = Array.from({ length: lanes }, () => f.local('i32'));
      const vectors = at.map(() => f.local('v128'));
      f.get(col).i32(size).op('i32.eq');
      f.if(
        () => {
          f.loop((nextStrip) => {
            f.get(from).set(at[0]).get(depth).set(left);
            f.loop((nextRow) => {
              for (let offset = 0; offset < 64; offset += 16)
                f.get(to).get(at[0]).memory('v128.load', offset, size).memory('v128.store', offset);
              add(f, at[0], row);
              advance(f, to, 64);
              f.get(left).i32(1).op('i32.sub').tee(left).brIf(nextRow);
            });
            advance(f, from, 64);
            f.get(cols)
              .i32(4 * lanes)
              .op('i32.sub')
              .tee(cols)
              .i32(0)
              .op('i32.gt_s')
              .brIf(nextStrip);
          });
        },
        () => {
          // Squares of a vector by a vector; `place` counts the vectors of a strip in bytes.
          f.loop((nextVector) => {
            f.get(from).set(at[0]).get(depth).set(left).get(to).get(place).op('i32.add').set(target);
            // Columns that are missing repeat the last one: beyond it there may be no memory.
            for (let t = 1; t < lanes; t++) {
              f.get(at[t - 1]);
              f.get(col).i32(0).get(cols).i32(t).op('i32.gt_s').op('select').op('i32.add').set(at[t]);
            }
            f.loop((nextSquare) => {
              at.forEach((pointer, t) => {
                f.get(pointer).memory('v128.load', 0, size).set(vectors[t]);
                advance(f, pointer, 16);
              });
              transpose(f, vectors, size);
              vectors.forEach((vector, t) => {
                f.get(target)
                  .get(vector)
                  .memory('v128.store', 64 * t);
              });
              advance(f, target, 64 * lanes);
              f.get(left).i32(lanes).op('i32.sub').tee(left).i32(0).op('i32.gt_s').brIf(nextSquare);
            });
            f.get(from).get(col).i32(lanes).op('i32.mul').op('i32.add').set(from);
            f.get(place).i32(16).op('i32.add').tee(place).i32(64).op('i32.eq');
            f.if(() => {
              f.i32(0).set(place);
              f.get(to).get(depth).i32(64).op('i32.mul').op('i32.add').set(to);
            });
            f.get(cols).i32(lanes).op('i32.sub').tee(cols).i32(0).op('i32.gt_s').brIf(nextVector);
          });
        },
      );
    },
  );
}

/** Transposes a square of vectors in place: as often as 2 goes into the lanes, the first half is interleaved with the second. */
export function transpose(f: Code, square: readonly Local[], size: number): void {
  const half = square.length / 2;
  const bytes = Array.from({ length: 16 }, (_, byte) => byte);
  const interleaved = bytes.map(
    (byte) => (Math.floor(byte / size) % 2) * 16 + size * Math.floor(byte / size / 2) + (byte % size),
  );
  const spare = square.map(() => f.local('v128'));
  let [now, then]: (readonly Local[])[] = [square, spare];
  for (let stage = 1; stage < square.length; stage *= 2) {
    for (let i = 0; i < half; i++) {
      f.get(now[i])
        .get(now[i + half])
        .shuffle(interleaved)
        .set(then[2 * i]);
      f.get(now[i])
        .get(now[i + half])
        .shuffle(interleaved.map((byte) => byte + 8))
        .set(then[2 * i + 1]);
    }
    [now, then] = [then, now];
  }
  if (now === square) return;
  now.forEach((vector, i) => {
    f.get(vector).set(square[i]);
  });
}

function add(f: Code, target: Local, amount: Local): void {
  f.get(target).get(amount).op('i32.add').set(target);
}

function advance(f: Code, target: Local, amount: number): void {
  f.get(target).i32(amount).op('i32.add').set(target);
}
