import { Code, type Local } from '../../wasm/assembler/code.js';
import type { Place } from '../../wasm/runtime.js';
import type { Lanes, LaneType } from './contract.js';

/**
 * So many constants are kept in registers; the others are loaded from memory at each use. `v128.const` in a loop is slower than either: V8
 * puts the number together from two general registers every time.
 */
const REGISTERS = 8;

interface Constant {
  readonly type: LaneType;
  readonly value: number;
  uses: number;
}

/**
 * Emits `body`, which holds a loop over vectors, with the constants that its emitters ask for made ready before it. It is called twice: first
 * with a function that is thrown away, to see which constants there are.
 */
export function withLanes(f: Code, type: LaneType, place: Place, body: (f: Code, lanes: Lanes) => void): void {
  const constants: Constant[] = [];
  const find = (of: LaneType, value: number): Constant | undefined =>
    constants.find((known) => known.type === of && Object.is(known.value, value));
  const draft = new Code(0);
  body(
    draft,
    makeLanes(draft, type, place, (of) => (_, value) => {
      const known = find(of, value);
      if (known === undefined) constants.push({ type: of, value, uses: 1 });
      else known.uses++;
    }),
  );

  constants.sort((a, b) => b.uses - a.uses);
  const pool = new Float64Array(constants.length);
  const singles = new Float32Array(pool.buffer);
  constants.forEach((constant, i) => {
    if (constant.type === 'f64x2') pool[i] = constant.value;
    else singles[2 * i] = constant.value;
  });
  const address = constants.length > 0 ? place(pool) : 0;
  const load = (code: Code, of: LaneType, i: number): Code =>
    code.i32(address).memory(of === 'f64x2' ? 'v128.load64_splat' : 'v128.load32_splat', 8 * i);
  const registers = constants.slice(0, REGISTERS).map((constant, i) => {
    const register = f.local('v128');
    load(f, constant.type, i).set(register);
    return register;
  });
  body(
    f,
    makeLanes(f, type, place, (of) => (code, value) => {
      const known = find(of, value);
      const i = known === undefined ? -1 : constants.indexOf(known);
      if (i < registers.length) code.get(registers[i]);
      else load(code, of, i);
    }),
  );
}

function makeLanes(f: Code, type: LaneType, place: Place, constantOf: (type: LaneType) => Lanes['constant']): Lanes {
  const scratch = (): Local => f.local('v128');
  const inner: Omit<Lanes, 'wide'> = { type, scratch, outside: scratch(), constant: constantOf(type), place };
  const wide: Lanes =
    type === 'f64x2'
      ? {
          ...inner,
          get wide(): Lanes {
            return wide;
          },
        }
      : makeLanes(f, 'f64x2', place, constantOf);
  return { ...inner, wide };
}
