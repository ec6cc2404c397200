import type { Code, FunctionReference, Local } from '../../wasm/assembler/code.js';
import type { ModuleBuilder } from '../../wasm/assembler/module-builder.js';
import type { ValueType } from '../../wasm/assembler/opcodes.js';

/** Bytes of a vector. */
export const VECTOR = 16;

/** What differs between float64 and float32. */
export interface Kind {
  /** Bytes of an element. */
  readonly size: 8 | 4;
  readonly splat: 'v128.load64_splat' | 'v128.load32_splat';
  readonly mul: 'f64x2.mul' | 'f32x4.mul';
  readonly add: 'f64x2.add' | 'f32x4.add';
  readonly extract: 'f64x2.extract_lane' | 'f32x4.extract_lane';
  readonly store: 'f64.store' | 'f32.store';
}

const double: Kind = {
  size: 8,
  splat: 'v128.load64_splat',
  mul: 'f64x2.mul',
  add: 'f64x2.add',
  extract: 'f64x2.extract_lane',
  store: 'f64.store',
};
const single: Kind = {
  size: 4,
  splat: 'v128.load32_splat',
  mul: 'f32x4.mul',
  add: 'f32x4.add',
  extract: 'f32x4.extract_lane',
  store: 'f32.store',
};

export function kindOf(size: 8 | 4): Kind {
  return size === 8 ? double : single;
}

/**
 * All rows of `width` vectors of columns: strip(m, k, a, aRow, aDepth, b, bDepth, c, cRow, tail, accumulate). Of the last vector `tail` lanes are
 * stored, all of them for 0. Rows of a tile that are missing repeat the last one that there is, down to its store.
 */
export function defineStrip(module: ModuleBuilder, kind: Kind, width: number, rows: number): FunctionReference {
  return module.addFunction({ params: integers(11) }, (f, parameters) => {
    const [m, k, a, aRow, aDepth, b, bDepth, c, cRow, tail, accumulate] = parameters;
    const [bAt, left] = locals(f, 2, 'i32');
    const at = locals(f, rows, 'i32');
    const [factor, zero] = locals(f, 2, 'v128');
    const terms = locals(f, width, 'v128');
    const sums = at.map(() => locals(f, width, 'v128'));
    /** Points at the rows of a tile. */
    const point = (first: Local, step: Local): void => {
      f.get(first).set(at[0]);
      for (let i = 1; i < rows; i++) {
        f.get(at[i - 1]);
        f.get(step).i32(0).get(m).i32(i).op('i32.gt_s').op('select').op('i32.add').set(at[i]);
      }
    };

    f.loop((nextTile) => {
      point(a, aRow);
      f.get(b).set(bAt).get(k).set(left);
      for (const sum of sums.flat()) f.get(zero).set(sum);
      f.loop((nextTerm) => {
        terms.forEach((term, j) => {
          f.get(bAt)
            .memory('v128.load', j * VECTOR, kind.size)
            .set(term);
        });
        sums.forEach((row, i) => {
          f.get(at[i]).memory(kind.splat).set(factor);
          row.forEach((sum, j) => {
            f.get(sum).get(factor).get(terms[j]).op(kind.mul).op(kind.add).set(sum);
          });
        });
        add(f, bAt, bDepth);
        for (const pointer of at) add(f, pointer, aDepth);
        f.get(left).i32(1).op('i32.sub').tee(left).brIf(nextTerm);
      });

      point(c, cRow);
      // All of C is read before any of it is written, because rows may be one and the same.
      f.get(accumulate).if(() => {
        sums.forEach((row, i) => {
          row.forEach((sum, j) => {
            f.get(at[i])
              .memory('v128.load', j * VECTOR, kind.size)
              .get(sum)
              .op(kind.add)
              .set(sum);
          });
        });
      });
      sums.forEach((row, i) => {
        row.slice(0, -1).forEach((sum, j) => {
          f.get(at[i])
            .get(sum)
            .memory('v128.store', j * VECTOR, kind.size);
        });
      });
      f.get(tail).if(
        () => {
          sums.forEach((row, i) => {
            storeLanes(f, kind, at[i], (width - 1) * VECTOR, row[width - 1], tail);
          });
        },
        () => {
          sums.forEach((row, i) => {
            f.get(at[i])
              .get(row[width - 1])
              .memory('v128.store', (width - 1) * VECTOR, kind.size);
          });
        },
      );
      f.get(a).get(aRow).i32(rows).op('i32.mul').op('i32.add').set(a);
      f.get(c).get(cRow).i32(rows).op('i32.mul').op('i32.add').set(c);
      f.get(m).i32(rows).op('i32.sub').tee(m).i32(0).op('i32.gt_s').brIf(nextTile);
    });
  });
}

/** The first `count` lanes of a vector, less than all; `count` is not 0. */
function storeLanes(f: Code, kind: Kind, at: Local, offset: number, vector: Local, count: Local): void {
  for (let lane = 0; lane < VECTOR / kind.size - 1; lane++) {
    const store = (): Code =>
      f
        .get(at)
        .get(vector)
        .lane(kind.extract, lane)
        .memory(kind.store, offset + lane * kind.size);
    if (lane === 0) store();
    else f.get(count).i32(lane).op('i32.gt_s').if(store);
  }
}

export function add(f: Code, target: Local, amount: Local): void {
  f.get(target).get(amount).op('i32.add').set(target);
}

export function locals(f: Code, count: number, type: ValueType): Local[] {
  return Array.from({ length: count }, () => f.local(type));
}

export function integers(count: number): ValueType[] {
  return Array.from({ length: count }, () => 'i32');
}
