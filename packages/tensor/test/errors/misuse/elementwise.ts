import { tensor } from '../../../src/core/create.js';
import type { DType } from '../../../src/core/dtype.js';
import type * as api from '../../../src/index.js';
import { badOptions, dtypes, noOperand, noTensor, type Row, range, type, v, why, x } from './row.js';

type Name = keyof typeof api;
type Types = Readonly<Record<DType, DType>>;

const without = { dtype: why.accepted, axis: why.axis, options: why.options, finite: why.ieee, empty: why.empty };

function unary(types: Types, ...names: readonly Name[]): Row[] {
  return names.map((name) => ({
    name,
    valid: [x],
    dtypes: types,
    misuses: { tensor: noOperand([x]) },
    without: { ...without, shape: why.anyShape },
  }));
}

function binary(types: Types, ...names: readonly Name[]): Row[] {
  return names.map((name) => ({
    name,
    valid: [x, v],
    dtypes: types,
    misuses: {
      tensor: noOperand([x, 1], [0, 1]),
      shape: [
        range([x, tensor([1, 2])], 'shapes [2, 3] and [2] do not broadcast (3 and 2)'),
        range([tensor([1, 2]), x], 'shapes [2] and [2, 3] do not broadcast (2 and 3)'),
        range([x, tensor([[1], [2], [3]])], 'shapes [2, 3] and [3, 1] do not broadcast (2 and 3)'),
        range([x, tensor([])], 'shapes [2, 3] and [0] do not broadcast (3 and 0)'),
      ],
    },
    without,
  }));
}

const int = tensor(Int32Array.of(2, 3));

export const rows: readonly Row[] = [
  ...unary(dtypes.number, 'abs', 'neg', 'sign', 'square', 'floor', 'ceil', 'round', 'trunc', 'relu'),
  ...unary(
    dtypes.floating,
    ...(['exp', 'exp2', 'expm1', 'log', 'log1p', 'log2', 'log10', 'sqrt', 'cbrt', 'reciprocal'] as const),
    ...(['sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh'] as const),
    ...(['erf', 'erfc', 'sigmoid', 'silu', 'gelu', 'softplus'] as const),
  ),
  ...unary(dtypes.bool, 'isFinite', 'isInf', 'isNaN', 'logicalNot'),
  ...binary(dtypes.number, 'add', 'sub', 'mul', 'mod', 'fmod', 'floorDivide'),
  ...binary(dtypes.floating, 'div', 'hypot', 'atan2'),
  ...binary(dtypes.same, 'maximum', 'minimum'),
  ...binary(dtypes.bool, 'equal', 'notEqual', 'less', 'lessEqual', 'greater', 'greaterEqual'),
  ...binary(dtypes.bool, 'logicalAnd', 'logicalOr', 'logicalXor'),
  ...binary(dtypes.number, 'power').map((row) => ({
    ...row,
    misuses: {
      ...row.misuses,
      value: [
        range([int, -1], 'integers have no negative integer powers, got exponent -1; make the base floating'),
        range(
          [2, int.dtype === 'int32' ? tensor(Int32Array.of(1, -2)) : int],
          'integers have no negative integer powers, got exponent -2; make the base floating',
        ),
      ],
    },
  })),
  {
    name: 'clip',
    valid: [x, x, v],
    dtypes: dtypes.same,
    misuses: {
      tensor: noOperand([x, 0, 1], [0, 1, 2]),
      shape: [
        range([x, tensor([1, 2]), 1], 'shapes [2, 3] and [2] do not broadcast (3 and 2)'),
        range([x, 0, tensor([1, 2])], 'shapes [2, 3] and [2] do not broadcast (3 and 2)'),
      ],
    },
    without,
  },
  {
    name: 'where',
    valid: [tensor([[true], [false]]), x, v],
    misuses: {
      tensor: [...noTensor([tensor([true]), 1, 2]), ...noOperand([tensor([true]), 1, 2], [1, 2])],
      dtype: [
        type([x, 1, 2], 'the condition must be bool, got float64'),
        type([int, 1, 2], 'the condition must be bool, got int32'),
      ],
      shape: [
        range([tensor([true, false]), x, 0], 'shapes [2] and [2, 3] do not broadcast (2 and 3)'),
        range([tensor(true), x, tensor([1, 2])], 'shapes [2, 3] and [2] do not broadcast (3 and 2)'),
      ],
    },
    without: { axis: why.axis, options: why.options, finite: why.ieee, empty: why.empty },
  },
  {
    name: 'leakyRelu',
    valid: [x],
    dtypes: dtypes.floating,
    misuses: { tensor: noOperand([x]), options: badOptions([x], { negativeSlope: 'number' }) },
    without: { ...without, options: undefined, shape: why.anyShape },
  },
  {
    name: 'elu',
    valid: [x],
    dtypes: dtypes.floating,
    misuses: { tensor: noOperand([x]), options: badOptions([x], { alpha: 'number' }) },
    without: { ...without, options: undefined, shape: why.anyShape },
  },
];
