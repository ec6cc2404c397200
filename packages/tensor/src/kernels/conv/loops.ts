import type { Code, Local } from '../../wasm/assembler/code.js';

/** The body so many times, at least once; `left` counts down. */
export function repeat(f: Code, left: Local, times: Local, body: () => void): void {
  f.get(times).set(left);
  f.loop((next) => {
    body();
    f.get(left).i32(1).op('i32.sub').tee(left).brIf(next);
  });
}

/** The body, which lowers `left`, while that is at least so much. */
export function whileAtLeast(f: Code, left: Local, least: number, body: () => void): void {
  f.block((done) => {
    f.loop((next) => {
      f.get(left).i32(least).op('i32.lt_s').brIf(done);
      body();
      f.br(next);
    });
  });
}

/** target += amount. */
export function add(f: Code, target: Local, amount: Local): void {
  f.get(target).get(amount).op('i32.add').set(target);
}

/** target += amount, a constant. */
export function advance(f: Code, target: Local, amount: number): void {
  f.get(target).i32(amount).op('i32.add').set(target);
}
