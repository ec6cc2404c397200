import type { Code, Local } from '../../wasm/assembler/code.js';
import { ModuleBuilder } from '../../wasm/assembler/module-builder.js';
import type { ValueType } from '../../wasm/assembler/opcodes.js';

/** Rows of one pass over the columns. */
const ROWS = 4;

type Access = 'pair' | 'single';

/**
 * w += vᵀ·C or, where `subtract`, C −= v·wᵀ, exported as run(rows, cols, v, vStep, w, c, cRow) with addresses and strides in bytes. Lanes run over
 * columns; nothing outside of the operands is touched. Requires rows, cols >= 1.
 */
export function buildRankOne(subtract: boolean): ModuleBuilder {
  const module = new ModuleBuilder();
  const params = Array.from({ length: 7 }, (): ValueType => 'i32');
  module.addFunction({ params, exported: 'run' }, (f, [rows, cols, v, vStep, w, c, cRow]) => {
    const [left, at] = [f.local('i32'), f.local('i32')];
    const pointers = Array.from({ length: ROWS }, () => f.local('i32'));
    const weights = pointers.map(() => f.local('v128'));
    const value = f.local('v128');
    const pass = (count: number): void => {
      for (let i = 0; i < count; i++) {
        f.get(v).memory('v128.load64_splat').set(weights[i]);
        f.get(c).set(pointers[i]);
        add(f, v, vStep);
        add(f, c, cRow);
      }
      f.get(cols).set(left).get(w).set(at);
      eachColumn(f, left, [at, ...pointers.slice(0, count)], (access) => {
        const targets = subtract ? pointers.slice(0, count) : [at];
        if (subtract) load(f, at, access).set(value);
        for (const target of targets) {
          f.get(target);
          load(f, target, access);
          if (subtract) f.get(weights[pointers.indexOf(target)]).get(value).op('f64x2.mul').op('f64x2.sub');
          else {
            for (let i = 0; i < count; i++) {
              load(f.get(weights[i]), pointers[i], access).op('f64x2.mul').op('f64x2.add');
            }
          }
          if (access === 'pair') f.memory('v128.store', 0, 8);
          else f.lane('f64x2.extract_lane', 0).memory('f64.store');
        }
      });
      f.get(rows).i32(count).op('i32.sub').set(rows);
    };
    for (const count of [ROWS, 1]) {
      f.block((done) => {
        f.loop((next) => {
          f.get(rows).i32(count).op('i32.lt_s').brIf(done);
          pass(count);
          f.br(next);
        });
      });
    }
  });
  return module;
}

/** The body for two columns at a time, and for a last one; `left` is their number, and pointers move along. */
function eachColumn(f: Code, left: Local, pointers: readonly Local[], body: (access: Access) => void): void {
  f.block((done) => {
    f.loop((next) => {
      f.get(left).i32(2).op('i32.lt_s').brIf(done);
      body('pair');
      for (const pointer of pointers) f.get(pointer).i32(16).op('i32.add').set(pointer);
      f.get(left).i32(2).op('i32.sub').set(left).br(next);
    });
  });
  f.get(left).if(() => body('single'));
}

function load(f: Code, from: Local, access: Access): Code {
  return access === 'pair' ? f.get(from).memory('v128.load', 0, 8) : f.get(from).memory('v128.load64_zero');
}

function add(f: Code, target: Local, amount: Local): void {
  f.get(target).get(amount).op('i32.add').set(target);
}
