import type { Code, FunctionReference, Local } from '../../wasm/assembler/code.js';
import { ModuleBuilder } from '../../wasm/assembler/module-builder.js';
import type { ValueType } from '../../wasm/assembler/opcodes.js';

const VECTOR = 16;
/** Unknown rows at a time: with four vectors of each they are eight running values, which is what V8 keeps in registers. */
const ROWS = 2;
/** Columns of one strip, widest first; a last single column is loaded and stored by itself. */
const STRIPS = [8, 2, 1] as const;

/**
 * Substitution, exported as run(size, cols, t, tRow, tCol, b, bRow, unit) with addresses and strides in bytes, which may be negative. Lanes run
 * over the columns of B; nothing outside of the operands is touched. Requires size, cols >= 1.
 */
export function buildSubstitute(): ModuleBuilder {
  const module = new ModuleBuilder();
  const strips = STRIPS.map((width) => defineStrip(module, width));
  const params = Array.from({ length: 8 }, (): ValueType => 'i32');
  module.addFunction({ params, exported: 'run' }, (f, [size, cols, t, tRow, tCol, b, bRow, unit]) => {
    strips.forEach((strip, i) => {
      f.block((done) => {
        f.loop((next) => {
          f.get(cols).i32(STRIPS[i]).op('i32.lt_s').brIf(done);
          for (const argument of [size, t, tRow, tCol, b, bRow, unit]) f.get(argument);
          f.call(strip);
          advance(f, b, 8 * STRIPS[i]);
          advance(f, cols, -STRIPS[i]);
          f.br(next);
        });
      });
    });
  });
  return module;
}

/** All rows of `width` columns: strip(size, t, tRow, tCol, b, bRow, unit). */
function defineStrip(module: ModuleBuilder, width: number): FunctionReference {
  const params = Array.from({ length: 7 }, (): ValueType => 'i32');
  return module.addFunction({ params }, (f, [size, t, tRow, tCol, b, bRow, unit]) => {
    const vectors = Math.ceil(width / 2);
    const [i, left, row, weight, known, divisor] = Array.from({ length: 6 }, () => f.local('i32'));
    const factor = f.local('v128');
    const terms = Array.from({ length: vectors }, () => f.local('v128'));
    const values = Array.from({ length: ROWS }, () => terms.map(() => f.local('v128')));
    const load = (from: Local, j: number): void => {
      f.get(from);
      if (width === 1) f.memory('v128.load64_zero');
      else f.memory('v128.load', j * VECTOR, 8);
    };
    /** value[j] −= factor·term[j], where the factor's address is on the stack. */
    const subtract = (value: readonly Local[], term: readonly Local[]): void => {
      f.memory('v128.load64_splat').set(factor);
      value.forEach((x, j) => {
        f.get(x).get(factor).get(term[j]).op('f64x2.mul').op('f64x2.sub').set(x);
      });
    };
    /** Divides by the diagonal, to which `divisor` points, and stores in `row`. */
    const finish = (value: readonly Local[]): void => {
      f.get(unit)
        .op('i32.eqz')
        .if(() => {
          f.get(divisor).memory('v128.load64_splat').set(factor);
          for (const x of value) f.get(x).get(factor).op('f64x2.div').set(x);
        });
      value.forEach((x, j) => {
        f.get(row).get(x);
        if (width === 1) f.lane('f64x2.extract_lane', 0).memory('f64.store');
        else f.memory('v128.store', j * VECTOR, 8);
      });
    };
    const unknowns = (rows: number): void => {
      f.get(row).set(known);
      for (let r = 0; r < rows; r++) {
        values[r].forEach((x, j) => {
          load(known, j);
          f.set(x);
        });
        add(f, known, bRow);
      }
      f.get(t).set(weight).get(b).set(known).get(i).set(left);
      f.block((done) => {
        f.loop((next) => {
          f.get(left).op('i32.eqz').brIf(done);
          terms.forEach((term, j) => {
            load(known, j);
            f.set(term);
          });
          for (let r = 0; r < rows; r++) {
            f.get(weight);
            if (r > 0) f.get(tRow).op('i32.add');
            subtract(values[r], terms);
          }
          add(f, weight, tCol);
          add(f, known, bRow);
          advance(f, left, -1);
          f.br(next);
        });
      });
      f.get(weight).set(divisor);
      for (let r = 0; r < rows; r++) {
        if (r > 0) {
          // The row just found is the last term of this one.
          f.get(divisor).get(tRow).op('i32.add').tee(divisor);
          subtract(values[r], values[r - 1]);
          add(f, divisor, tCol);
        }
        finish(values[r]);
        add(f, row, bRow);
        add(f, t, tRow);
      }
      advance(f, i, rows);
    };
    f.get(b).set(row);
    for (const rows of [ROWS, 1]) {
      f.block((done) => {
        f.loop((next) => {
          f.get(i)
            .i32(rows - 1)
            .op('i32.add')
            .get(size)
            .op('i32.ge_s')
            .brIf(done);
          unknowns(rows);
          f.br(next);
        });
      });
    }
  });
}

function add(f: Code, target: Local, amount: Local): void {
  f.get(target).get(amount).op('i32.add').set(target);
}

function advance(f: Code, target: Local, amount: number): void {
  f.get(target).i32(amount).op('i32.add').set(target);
}
