import type { Code, Local } from '../../wasm/assembler/code.js';
import { ModuleBuilder } from '../../wasm/assembler/module-builder.js';
import type { Place } from '../../wasm/runtime.js';
import { type LaneOperation, type LaneType, withLanes } from '../lanes/index.js';

/**
 * One operation on vectors, exported as `run(vectors, out, a, aStep, b, bStep)`, addresses and steps in bytes:
 *
 *     out[i] = f(a[i], b[i])
 *
 * An operand moves on by `step` bytes a vector: 16, or 0 for one whose 64 bytes hold the same number all over. Returns how many vectors are left:
 * the loop stops before the first one of which some lane is for the scalar function.
 */
export function buildElementwise(operation: LaneOperation, type: LaneType, place: Place): ModuleBuilder {
  const { emit, operands, leavesOut } = operation;
  const module = new ModuleBuilder();
  const params = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;
  const size = type === 'f64x2' ? 8 : 4;
  module.addFunction({ params, results: ['i32'], exported: 'run' }, (f, [left, out, a, aStep, b, bStep]) => {
    withLanes(f, type, place, (code, lanes) => {
      const [x, y, result] = [lanes.scratch(), lanes.scratch(), lanes.scratch()];
      /** `vectors` at a time, while there are so many left. */
      const loop = (vectors: number): void => {
        code.block((end) => {
          code.loop((next) => {
            code.get(left).i32(vectors).op('i32.lt_s').brIf(end);
            for (let v = 0; v < vectors; v++) {
              code
                .get(a)
                .memory('v128.load', 16 * v, size)
                .set(x);
              if (operands === 2)
                code
                  .get(b)
                  .memory('v128.load', 16 * v, size)
                  .set(y);
              emit(code, operands === 2 ? [x, y] : [x], lanes);
              code.set(result);
              if (leavesOut) code.get(lanes.outside).op('v128.any_true').brIf(end);
              code
                .get(out)
                .get(result)
                .memory('v128.store', 16 * v, size);
            }
            code
              .get(out)
              .i32(16 * vectors)
              .op('i32.add')
              .set(out);
            advance(code, a, aStep, vectors);
            if (operands === 2) advance(code, b, bStep, vectors);
            code.get(left).i32(vectors).op('i32.sub').set(left).br(next);
          });
        });
      };
      // Most operations are so short that the steps of the loop would cost more than they do.
      if (!leavesOut) loop(4);
      loop(1);
    });
    f.get(left);
  });
  return module;
}

function advance(code: Code, address: Local, step: Local, vectors: number): void {
  code.get(address).get(step);
  if (vectors > 1) code.i32(Math.log2(vectors)).op('i32.shl');
  code.op('i32.add').set(address);
}
