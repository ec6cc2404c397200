import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { currentEngine, isWasmFunction, type WasmFunction } from '../engine.js';
import { Code } from './code.js';
import { pushSigned, pushUnsigned } from './leb128.js';
import { ModuleBuilder } from './module-builder.js';
import { laneOpcodes, memoryOpcodes, type Opcode, opcodes, type ValueType } from './opcodes.js';

const collect = (push: (bytes: number[], value: number) => void, value: number): number[] => {
  const bytes: number[] = [];
  push(bytes, value);
  return bytes;
};

/** LEB128 read back as the specification defines it (section 5.2.2), in integers of any size. */
function decode(bytes: readonly number[], signed: boolean): bigint {
  let value = 0n;
  bytes.forEach((byte, i) => {
    expect(byte >> 7, 'continuation bit').toBe(i < bytes.length - 1 ? 1 : 0);
    value |= BigInt(byte & 0x7f) << BigInt(7 * i);
  });
  return signed ? BigInt.asIntN(7 * bytes.length, value) : value;
}

/** Bytes that any encoding needs: 7 bits a byte, one bit of which is the sign where there is one. */
function fewestBytes(value: number, signed: boolean): number {
  const magnitude = signed ? BigInt(value < 0 ? ~value : value) << 1n : BigInt(value);
  return Math.max(1, Math.ceil(magnitude.toString(2).replace(/^0$/, '').length / 7));
}

const edges = [0, 1, 63, 64, 127, 128, 8191, 8192, 16383, 16384, 2 ** 21, 2 ** 28, 2 ** 31 - 1];

describe('leb128', () => {
  test.prop([fc.oneof(fc.nat(2 ** 32 - 1), fc.constantFrom(...edges, 2 ** 31, 2 ** 32 - 1))])('unsigned', (value) => {
    const bytes = collect(pushUnsigned, value);
    expect(decode(bytes, false)).toBe(BigInt(value));
    expect(bytes.length).toBe(fewestBytes(value, false));
  });

  test.prop([fc.oneof(fc.integer(), fc.constantFrom(...edges.flatMap((x) => [x, -x, -x - 1])))])('signed', (value) => {
    const bytes = collect(pushSigned, value);
    expect(decode(bytes, true)).toBe(BigInt(value));
    expect(bytes.length).toBe(fewestBytes(value, true));
  });
});

/** Copied from the specification: Core 2.0, section 5.4 (numeric and vector instructions). */
const SPECIFIED = `
  return 0f  drop 1a  select 1b
  i32.eqz 45  i32.eq 46  i32.ne 47  i32.lt_s 48  i32.lt_u 49  i32.gt_s 4a  i32.gt_u 4b  i32.le_s 4c  i32.le_u 4d  i32.ge_s 4e  i32.ge_u 4f
  f32.eq 5b  f32.ne 5c  f32.lt 5d  f32.gt 5e  f32.le 5f  f32.ge 60  f64.eq 61  f64.ne 62  f64.lt 63  f64.gt 64  f64.le 65  f64.ge 66
  i32.add 6a  i32.sub 6b  i32.mul 6c  i32.div_u 6e  i32.rem_u 70  i32.and 71  i32.or 72  i32.xor 73  i32.shl 74  i32.shr_s 75  i32.shr_u 76
  f32.abs 8b  f32.neg 8c  f32.floor 8e  f32.nearest 90  f32.sqrt 91  f32.add 92  f32.sub 93  f32.mul 94  f32.div 95  f32.min 96  f32.max 97
  f64.abs 99  f64.neg 9a  f64.floor 9c  f64.nearest 9e  f64.sqrt 9f  f64.add a0  f64.sub a1  f64.mul a2  f64.div a3  f64.min a4  f64.max a5
  f32.demote_f64 b6  f64.convert_i32_s b7  f64.promote_f32 bb
  i32x4.splat fd11  i64x2.splat fd12  f32x4.splat fd13  f64x2.splat fd14
  i32x4.eq fd37  i32x4.ne fd38  i32x4.lt_s fd39  i32x4.gt_s fd3b  i32x4.le_s fd3d  i32x4.ge_s fd3f
  f32x4.eq fd41  f32x4.ne fd42  f32x4.lt fd43  f32x4.gt fd44  f32x4.le fd45  f32x4.ge fd46
  f64x2.eq fd47  f64x2.ne fd48  f64x2.lt fd49  f64x2.gt fd4a  f64x2.le fd4b  f64x2.ge fd4c
  v128.not fd4d  v128.and fd4e  v128.andnot fd4f  v128.or fd50  v128.xor fd51  v128.bitselect fd52  v128.any_true fd53
  f32x4.demote_f64x2_zero fd5e  f64x2.promote_low_f32x4 fd5f  f32x4.nearest fd6a  f64x2.nearest fd9401
  i32x4.neg fda101  i32x4.all_true fda301  i32x4.bitmask fda401  i32x4.shl fdab01  i32x4.shr_s fdac01  i32x4.shr_u fdad01
  i32x4.add fdae01  i32x4.sub fdb101  i32x4.mul fdb501  i32x4.max_u fdb901
  i64x2.neg fdc101  i64x2.all_true fdc301  i64x2.bitmask fdc401  i64x2.shl fdcb01  i64x2.shr_s fdcc01  i64x2.shr_u fdcd01
  i64x2.add fdce01  i64x2.sub fdd101  i64x2.mul fdd501
  f32x4.abs fde001  f32x4.neg fde101  f32x4.sqrt fde301  f32x4.add fde401  f32x4.sub fde501  f32x4.mul fde601  f32x4.div fde701
  f32x4.min fde801  f32x4.max fde901  f32x4.pmin fdea01  f32x4.pmax fdeb01
  f64x2.abs fdec01  f64x2.neg fded01  f64x2.sqrt fdef01  f64x2.add fdf001  f64x2.sub fdf101  f64x2.mul fdf201  f64x2.div fdf301
  f64x2.min fdf401  f64x2.max fdf501  f64x2.pmin fdf601  f64x2.pmax fdf701
  i32x4.trunc_sat_f32x4_s fdf801  f32x4.convert_i32x4_s fdfa01  i32x4.trunc_sat_f64x2_s_zero fdfc01  f64x2.convert_low_i32x4_s fdfe01
`;

/** With the alignment of a whole access, and an offset of 300. */
const SPECIFIED_MEMORY = `
  i32.load 2802ac02  f32.load 2a02ac02  f64.load 2b03ac02  i32.load8_u 2d00ac02
  i32.store 3602ac02  f32.store 3802ac02  f64.store 3903ac02  i32.store8 3a00ac02
  v128.load fd0004ac02  v128.load32_splat fd0902ac02  v128.load64_splat fd0a03ac02  v128.store fd0b04ac02
  v128.load32_zero fd5c02ac02  v128.load64_zero fd5d03ac02
`;

const pairs = (text: string): [string, string][] =>
  text
    .trim()
    .split(/\s{2,}|\n/)
    .map((entry) => {
      const [name, hex] = entry.trim().split(' ');
      return [name, hex];
    });

/** The instructions that `write` wrote, in hexadecimal: what stands between the number of locals and the end. */
function hex(write: (code: Code) => void): string {
  const code = new Code(0);
  write(code);
  const bytes = code.encode();
  expect([bytes[0], bytes.at(-1)]).toEqual([0, 0x0b]);
  return bytes
    .slice(1, -1)
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

const keysOf = <T extends object>(table: T): (keyof T & string)[] => Object.keys(table) as (keyof T & string)[];

describe('encodings of the specification', () => {
  it('of instructions without immediates', () => {
    const written = keysOf(opcodes).map((name): [string, string] => [name, hex((code) => code.op(name))]);
    expect(Object.fromEntries(written)).toEqual(Object.fromEntries(pairs(SPECIFIED)));
  });

  it('of instructions on memory', () => {
    expect(keysOf(memoryOpcodes).map((name) => [name, hex((code) => code.memory(name, 300))])).toEqual(
      pairs(SPECIFIED_MEMORY),
    );
    expect(hex((code) => code.memory('v128.store', 0, 8))).toBe('fd0b0300');
  });

  it('of instructions with other immediates', () => {
    const code = new Code(2);
    const local = code.local('v128');
    expect(local).toEqual({ index: 2, type: 'v128' });
    expect(hex((f) => f.get(local).set(local).tee(local))).toBe('200221022202');
    expect(hex((f) => f.i32(-1).i32(624485))).toBe('417f41e58e26');
    expect(hex((f) => f.f64(1.5))).toBe('44000000000000f83f');
    expect(hex((f) => f.f32(1.5))).toBe('430000c03f');
    const bytes = Uint8Array.from({ length: 16 }, (_, i) => i);
    expect(hex((f) => f.v128(bytes))).toBe('fd0c000102030405060708090a0b0c0d0e0f');
    expect(hex((f) => f.call({ index: 300 }))).toBe('10ac02');
    expect(keysOf(laneOpcodes).map((name) => hex((f) => f.lane(name, 1)))).toEqual([
      'fd1b01',
      'fd1f01',
      'fd2001',
      'fd2101',
      'fd2201',
    ]);
    const lanes = Array.from({ length: 16 }, (_, i) => 31 - i);
    expect(hex((f) => f.shuffle(lanes))).toBe('fd0d1f1e1d1c1b1a19181716151413121110');
  });

  it('of control flow: a branch counts the structures it leaves', () => {
    const written = hex((f) =>
      f.block((end) =>
        f.loop((begin) =>
          f.i32(1).if(
            () => f.br(end),
            () => f.i32(0).brIf(begin),
          ),
        ),
      ),
    );
    expect(written).toBe('024003404101' + '04400c02' + '0541000d01' + '0b0b0b');
  });
});

/** Compiles a module with one function and one page of memory. */
function compile(
  params: readonly ValueType[],
  results: readonly ValueType[],
  write: Parameters<ModuleBuilder['addFunction']>[1],
): WasmFunction {
  const builder = new ModuleBuilder();
  builder.addFunction({ params, results, exported: 'run' }, write);
  return instantiate(builder);
}

function instantiate(builder: ModuleBuilder): WasmFunction {
  const engine = currentEngine();
  if (engine === undefined) throw new Error('these tests need WebAssembly');
  const memory = new engine.Memory({ initial: 1, maximum: 1, shared: false });
  const { run } = new engine.Instance(new engine.Module(builder.encode({ pages: 1 })), { env: { memory } }).exports;
  if (!isWasmFunction(run)) throw new Error('run is not exported');
  return run;
}

const number = fc.oneof(
  fc.double(),
  fc.constantFrom(0, -0, 1, -1, Infinity, -Infinity, Number.NaN, Number.MIN_VALUE, Number.MAX_VALUE),
);

const binary = {
  add: (x: number, y: number) => x + y,
  sub: (x: number, y: number) => x - y,
  mul: (x: number, y: number) => x * y,
  div: (x: number, y: number) => x / y,
  min: (x: number, y: number) => Math.min(x, y),
  max: (x: number, y: number) => Math.max(x, y),
};
const unary = { abs: Math.abs, neg: (x: number): number => -x, sqrt: Math.sqrt };

it('a module on shared memory says so, with the maximum', () => {
  const engine = currentEngine();
  if (engine === undefined) throw new Error('these tests need WebAssembly');
  const builder = new ModuleBuilder();
  builder.addFunction({ params: [], results: ['f64'], exported: 'run' }, (f) => f.i32(8).memory('f64.load'));
  const link = (memory: object): unknown =>
    Reflect.construct(engine.Instance, [
      new engine.Module(builder.encode({ pages: 1, sharedMaximum: 300 })),
      { env: { memory } },
    ]);
  const memory = new engine.Memory({ initial: 1, maximum: 300, shared: true });
  new Float64Array(memory.buffer)[1] = 5;
  const { run } = (link(memory) as { exports: Record<string, unknown> }).exports;
  expect(isWasmFunction(run) && run()).toBe(5);
  expect(() => link(new engine.Memory({ initial: 1, maximum: 301, shared: true }))).toThrow(/memory/);
  expect(() => link(new engine.Memory({ initial: 1, maximum: 300, shared: false }))).toThrow(/memory/);
});

describe('what the instructions do', () => {
  for (const name of keysOf(binary)) {
    const scalar = compile(['f64', 'f64'], ['f64'], (f, [x, y]) => f.get(x).get(y).op(`f64.${name}`));
    const lanes = [0, 1].map((lane) =>
      compile(['f64', 'f64'], ['f64'], (f, [x, y]) =>
        f.get(x).op('f64x2.splat').get(y).op('f64x2.splat').op(`f64x2.${name}`).lane('f64x2.extract_lane', lane),
      ),
    );
    const single = compile(['f64', 'f64'], ['f64'], (f, [x, y]) => {
      for (const operand of [x, y]) f.get(operand).op('f32.demote_f64').op('f32x4.splat');
      f.op(`f32x4.${name}`).lane('f32x4.extract_lane', 3).op('f64.promote_f32');
    });
    test.prop([number, number])(`${name}, in every width`, (x, y) => {
      const expected = binary[name](x, y);
      for (const run of [scalar, ...lanes]) expect(run(x, y)).toBe(expected);
      expect(single(x, y)).toBe(Math.fround(binary[name](Math.fround(x), Math.fround(y))));
    });
  }

  for (const name of keysOf(unary)) {
    const scalar = compile(['f64'], ['f64'], (f, [x]) => f.get(x).op(`f64.${name}`));
    const vector = compile(['f64'], ['f64'], (f, [x]) =>
      f.get(x).op('f64x2.splat').op(`f64x2.${name}`).lane('f64x2.extract_lane', 1),
    );
    const single = compile(['f64'], ['f64'], (f, [x]) =>
      f
        .get(x)
        .op('f64x2.splat')
        .op('f32x4.demote_f64x2_zero')
        .op(`f32x4.${name}`)
        .op('f64x2.promote_low_f32x4')
        .lane('f64x2.extract_lane', 1),
    );
    test.prop([number])(`${name}, in every width`, (x) => {
      expect(scalar(x)).toBe(unary[name](x));
      expect(vector(x)).toBe(unary[name](x));
      expect(single(x)).toBe(Math.fround(unary[name](Math.fround(x))));
    });
  }

  const integers: Partial<Record<Opcode, (x: number, y: number) => number>> = {
    'i32.eq': (x, y) => Number(x === y),
    'i32.ne': (x, y) => Number(x !== y),
    'i32.lt_s': (x, y) => Number(x < y),
    'i32.lt_u': (x, y) => Number(x >>> 0 < y >>> 0),
    'i32.gt_s': (x, y) => Number(x > y),
    'i32.gt_u': (x, y) => Number(x >>> 0 > y >>> 0),
    'i32.le_s': (x, y) => Number(x <= y),
    'i32.le_u': (x, y) => Number(x >>> 0 <= y >>> 0),
    'i32.ge_s': (x, y) => Number(x >= y),
    'i32.ge_u': (x, y) => Number(x >>> 0 >= y >>> 0),
    'i32.add': (x, y) => (x + y) | 0,
    'i32.sub': (x, y) => (x - y) | 0,
    'i32.mul': (x, y) => Math.imul(x, y),
    'i32.and': (x, y) => x & y,
    'i32.or': (x, y) => x | y,
    'i32.shl': (x, y) => x << y,
    'i32.shr_s': (x, y) => x >> y,
    'i32.shr_u': (x, y) => (x >>> y) | 0,
  };
  const runs = keysOf(integers).map((name) => ({
    name,
    expected: integers[name],
    run: compile(['i32', 'i32'], ['i32'], (f, [x, y]) => f.get(x).get(y).op(name)),
  }));
  test.prop([fc.integer(), fc.oneof(fc.integer(), fc.integer({ min: 0, max: 40 }))])('integer arithmetic', (x, y) => {
    for (const { name, run, expected } of runs) for (const z of [x, y]) expect(run(z, y), name).toBe(expected?.(z, y));
  });

  test.prop([fc.integer({ min: 0, max: 12 })])('loops, branches, calls and recursion', (n) => {
    const factorial = (x: number): number => (x < 2 ? 1 : x * factorial(x - 1));
    const looped = compile(['i32'], ['i32'], (f, [left]) => {
      const product = f.local('i32');
      f.i32(1).set(product);
      f.block((end) => {
        f.loop((begin) => {
          f.get(left).op('i32.eqz').brIf(end);
          f.get(product).get(left).op('i32.mul').set(product);
          f.get(left).i32(1).op('i32.sub').set(left).br(begin);
        });
      });
      f.get(product);
    });
    const builder = new ModuleBuilder();
    const recursive = builder.addFunction({ params: ['i32'], results: ['i32'] }, (f, [x], self) => {
      const result = f.local('i32');
      f.get(x)
        .i32(2)
        .op('i32.lt_s')
        .if(
          () => f.i32(1).set(result),
          () => f.get(x).get(x).i32(1).op('i32.sub').call(self).op('i32.mul').set(result),
        );
      f.get(result);
    });
    builder.addFunction({ params: ['i32'], results: ['i32'], exported: 'run' }, (f, [x]) => f.get(x).call(recursive));
    expect(looped(n)).toBe(factorial(n));
    expect(instantiate(builder)(n)).toBe(factorial(n));
  });

  it('memory: what a vector store wrote, a splat and scalar loads read', () => {
    const run = compile(['f64', 'f64'], ['f64'], (f, [x, y]) => {
      const low = Array.from({ length: 8 }, (_, i) => i);
      // Stores [x, y] at 16, and reads back 100·(second element) + first one.
      f.i32(16)
        .get(x)
        .op('f64x2.splat')
        .get(y)
        .op('f64x2.splat')
        .shuffle([...low, ...low.map((i) => i + 16)]);
      f.memory('v128.store');
      f.i32(8).memory('v128.load64_splat', 16).lane('f64x2.extract_lane', 1).f64(100).op('f64.mul');
      f.i32(0).memory('f64.load', 16).op('f64.add');
    });
    expect(run(7, 3)).toBe(307);
  });

  it('many functions: indices and sizes of more than one byte', () => {
    const builder = new ModuleBuilder();
    let previous = builder.addFunction({ params: ['f64'], results: ['f64'] }, (f, [x]) => f.get(x));
    for (let i = 0; i < 200; i++) {
      const callee = previous;
      previous = builder.addFunction({ params: ['f64'], results: ['f64'] }, (f, [x]) =>
        f.get(x).f64(1).op('f64.add').call(callee),
      );
    }
    const last = previous;
    builder.addFunction({ params: ['f64'], results: ['f64'], exported: 'run' }, (f, [x]) => f.get(x).call(last));
    expect(instantiate(builder)(0.5)).toBe(200.5);
  });
});
