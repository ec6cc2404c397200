import type { Local } from '../../wasm/assembler/code.js';
import { ModuleBuilder } from '../../wasm/assembler/module-builder.js';
import type { ValueType } from '../../wasm/assembler/opcodes.js';

const DOUBLE = 8;
const VECTOR = 16;
/** Vectors that walk down the rows side by side: as many as hide the latency of a rotation, and a cache line. */
const WIDTH = 4;

/**
 * The rotations of contract.ts, exported as `run(cols, matrix, rowBytes, rotations, sweeps, count)`, with addresses and distances in bytes; sweeps
 * are triples of 32-bit integers. Eight columns go through all sweeps before the next ones begin, so that they stay in the nearest cache; the row
 * that a sweep carries on stays in registers. Requires cols, count >= 1.
 */
export function buildRotateRows(): ModuleBuilder {
  const module = new ModuleBuilder();
  const params: ValueType[] = Array.from({ length: 6 }, () => 'i32');
  module.addFunction({ params, exported: 'run' }, (f, [cols, matrix, rowBytes, rotations, sweeps, count]) => {
    const [sweep, waiting, rotation, end, at, step] = Array.from({ length: 6 }, () => f.local('i32'));
    const [c, s, next] = Array.from({ length: 3 }, () => f.local('v128'));
    const carried: Local[] = Array.from({ length: WIDTH }, () => f.local('v128'));

    f.loop((nextColumns) => {
      f.get(sweeps).set(sweep).get(count).set(waiting).get(rotations).set(rotation);
      f.loop((nextSweep) => {
        f.get(matrix).get(sweep).memory('i32.load').get(rowBytes).op('i32.mul').op('i32.add').set(at);
        f.get(sweep).memory('i32.load', 4).get(rowBytes).op('i32.mul').set(step);
        f.get(sweep).memory('i32.load', 8).i32(4).op('i32.shl').get(rotation).op('i32.add').set(end);
        carried.forEach((x, u) => {
          f.get(at)
            .memory('v128.load', u * VECTOR, DOUBLE)
            .set(x);
        });
        f.loop((nextRotation) => {
          f.get(rotation).memory('v128.load64_splat').set(c);
          f.get(rotation).memory('v128.load64_splat', DOUBLE).set(s);
          carried.forEach((x, u) => {
            f.get(at).get(step).op('i32.add');
            f.memory('v128.load', u * VECTOR, DOUBLE).set(next);
            f.get(at).get(c).get(x).op('f64x2.mul').get(s).get(next).op('f64x2.mul').op('f64x2.add');
            f.memory('v128.store', u * VECTOR, DOUBLE);
            f.get(c).get(next).op('f64x2.mul').get(s).get(x).op('f64x2.mul').op('f64x2.sub').set(x);
          });
          f.get(at).get(step).op('i32.add').set(at);
          f.get(rotation).i32(VECTOR).op('i32.add').tee(rotation).get(end).op('i32.ne').brIf(nextRotation);
        });
        carried.forEach((x, u) => {
          f.get(at)
            .get(x)
            .memory('v128.store', u * VECTOR, DOUBLE);
        });
        f.get(sweep).i32(12).op('i32.add').set(sweep);
        f.get(waiting).i32(1).op('i32.sub').tee(waiting).brIf(nextSweep);
      });
      f.get(matrix)
        .i32(WIDTH * VECTOR)
        .op('i32.add')
        .set(matrix);
      f.get(cols)
        .i32(2 * WIDTH)
        .op('i32.sub')
        .tee(cols)
        .i32(0)
        .op('i32.gt_s')
        .brIf(nextColumns);
    });
  });
  return module;
}
