/** Types of values, with their codes: WebAssembly Core Specification 2.0, section 5.3. */
export const valueTypes = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const;

export type ValueType = keyof typeof valueTypes;

/** Codes of a group of instructions that the specification lists in the same order for several types. */
function group<P extends string, K extends string>(
  type: P,
  base: number,
  offsets: Readonly<Record<K, number>>,
): Readonly<Record<`${P}.${K}`, number>> {
  const codes = Object.entries<number>(offsets).map(([name, offset]) => [`${type}.${name}`, base + offset]);
  return Object.fromEntries(codes) as Readonly<Record<`${P}.${K}`, number>>;
}

const order = { eq: 0, ne: 1, lt: 2, gt: 3, le: 4, ge: 5 };
const signedOrder = { eq: 0, ne: 1, lt_s: 2, gt_s: 4, le_s: 6, ge_s: 8 };
const scalarMath = { abs: 0, neg: 1, floor: 3, nearest: 5, sqrt: 6, add: 7, sub: 8, mul: 9, div: 10, min: 11, max: 12 };
const laneMath = { abs: 0, neg: 1, sqrt: 3, add: 4, sub: 5, mul: 6, div: 7, min: 8, max: 9, pmin: 10, pmax: 11 };
const laneBits = { neg: 1, all_true: 3, bitmask: 4, shl: 11, shr_s: 12, shr_u: 13, add: 14, sub: 17, mul: 21 };

/**
 * Instructions without immediates (Core Specification 2.0, section 5.4). Where a code has two bytes, 0xfd is the prefix of the vector
 * instructions and the second byte is their number, which the encoding writes as LEB128.
 */
export const opcodes = {
  return: 0x0f,
  drop: 0x1a,
  select: 0x1b,
  ...group('i32', 0x45, { eqz: 0, eq: 1, ne: 2, lt_s: 3, lt_u: 4, gt_s: 5, gt_u: 6 }),
  ...group('i32', 0x4c, { le_s: 0, le_u: 1, ge_s: 2, ge_u: 3 }),
  ...group('i32', 0x6a, { add: 0, sub: 1, mul: 2, div_u: 4, rem_u: 6 }),
  ...group('i32', 0x71, { and: 0, or: 1, xor: 2, shl: 3, shr_s: 4, shr_u: 5 }),
  ...group('f32', 0x5b, order),
  ...group('f64', 0x61, order),
  ...group('f32', 0x8b, scalarMath),
  ...group('f64', 0x99, scalarMath),
  'f32.demote_f64': 0xb6,
  'f64.convert_i32_s': 0xb7,
  'f64.promote_f32': 0xbb,
  ...group('i32x4', 0xfd37, signedOrder),
  ...group('f32x4', 0xfd41, order),
  ...group('f64x2', 0xfd47, order),
  ...group('v128', 0xfd4d, { not: 0, and: 1, andnot: 2, or: 3, xor: 4, bitselect: 5, any_true: 6 }),
  'i32x4.splat': 0xfd11,
  'i64x2.splat': 0xfd12,
  'f32x4.splat': 0xfd13,
  'f64x2.splat': 0xfd14,
  'f32x4.demote_f64x2_zero': 0xfd5e,
  'f64x2.promote_low_f32x4': 0xfd5f,
  'f32x4.nearest': 0xfd6a,
  'f64x2.nearest': 0xfd94,
  ...group('i32x4', 0xfda0, laneBits),
  'i32x4.max_u': 0xfdb9,
  ...group('i64x2', 0xfdc0, laneBits),
  ...group('f32x4', 0xfde0, laneMath),
  ...group('f64x2', 0xfdec, laneMath),
  'i32x4.trunc_sat_f32x4_s': 0xfdf8,
  'f32x4.convert_i32x4_s': 0xfdfa,
  'i32x4.trunc_sat_f64x2_s_zero': 0xfdfc,
  'f64x2.convert_low_i32x4_s': 0xfdfe,
} as const;

export type Opcode = keyof typeof opcodes;

/** Instructions on memory: code, and base-2 logarithm of the bytes accessed, which is the alignment promised unless the caller says less. */
export const memoryOpcodes = {
  'i32.load': [0x28, 2],
  'f32.load': [0x2a, 2],
  'f64.load': [0x2b, 3],
  'i32.load8_u': [0x2d, 0],
  'i32.store': [0x36, 2],
  'f32.store': [0x38, 2],
  'f64.store': [0x39, 3],
  'i32.store8': [0x3a, 0],
  'v128.load': [0xfd00, 4],
  'v128.load32_splat': [0xfd09, 2],
  'v128.load64_splat': [0xfd0a, 3],
  'v128.store': [0xfd0b, 4],
  'v128.load32_zero': [0xfd5c, 2],
  'v128.load64_zero': [0xfd5d, 3],
} as const;

export type MemoryOpcode = keyof typeof memoryOpcodes;

/** Instructions that name one lane of a vector. */
export const laneOpcodes = {
  'i32x4.extract_lane': 0xfd1b,
  'f32x4.extract_lane': 0xfd1f,
  'f32x4.replace_lane': 0xfd20,
  'f64x2.extract_lane': 0xfd21,
  'f64x2.replace_lane': 0xfd22,
} as const;

export type LaneOpcode = keyof typeof laneOpcodes;
