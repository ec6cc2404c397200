import { describe, expectTypeOf, test } from 'vitest';
import * as api from '../../src/index.js';
import {
  conv2d,
  type DType,
  einsumPath,
  isTensor,
  max,
  type Nested,
  type NestedInput,
  pad,
  type Shape,
  softmax,
  split,
  sum,
  Tensor,
  type TypedArray,
  tensor,
  topK,
} from '../../src/index.js';
import * as io from '../../src/io/index.js';
import * as linalg from '../../src/linalg/index.js';
import * as ndarray from '../../src/ndarray/index.js';
import * as random from '../../src/random/index.js';

type IsAny<T> = 0 extends 1 & T ? true : false;

/** Names of what holds `any` in T: in the value, in its fields and elements, two levels down. */
type AnyIn<T, Depth extends readonly unknown[] = [1, 1]> =
  IsAny<T> extends true
    ? 'any'
    : Depth extends readonly [unknown, ...infer Rest]
      ? T extends TypedArray | string | number | boolean | null | undefined | ((...args: never[]) => unknown)
        ? never
        : T extends readonly (infer E)[]
          ? AnyIn<E, Rest>
          : T extends object
            ? { [K in keyof T]-?: AnyIn<T[K], Rest> }[keyof T]
            : never
      : never;

/** Functions of a module that return, or take, `any`. */
type Leaks<M> = {
  [K in keyof M]: M[K] extends (...args: infer A) => infer R
    ? AnyIn<R> | AnyIn<A[number]> extends never
      ? never
      : K
    : never;
}[keyof M];

const m = tensor([
  [2, 1],
  [1, 2],
]);

describe('tensors', () => {
  test('fields and methods', () => {
    expectTypeOf(m.shape).toEqualTypeOf<readonly number[]>();
    expectTypeOf<Shape>().toEqualTypeOf<readonly number[]>();
    expectTypeOf(m.strides).toEqualTypeOf<readonly number[]>();
    expectTypeOf(m.dtype).toEqualTypeOf<DType>();
    expectTypeOf(m.data).toEqualTypeOf<TypedArray>();
    expectTypeOf(m.size).toBeNumber();
    expectTypeOf(sum(m).item()).toBeNumber();
    expectTypeOf(m.toArray()).toEqualTypeOf<Nested>();
    expectTypeOf(m.toArray<number[][]>()).toEqualTypeOf<number[][]>();
    expectTypeOf(m.toTypedArray()).toEqualTypeOf<TypedArray>();
    expectTypeOf(m.toJSON()).toEqualTypeOf<{ shape: Shape; dtype: DType; data: number[] }>();
  });

  test('isTensor narrows', () => {
    const value: unknown = m;
    if (isTensor(value)) expectTypeOf(value).toEqualTypeOf<Tensor>();
  });

  test('input: nested, readonly, typed, iterable', () => {
    const table = [
      [1, 2],
      [3, 4],
    ] as const;
    expectTypeOf(table).toExtend<NestedInput>();
    expectTypeOf<readonly (readonly boolean[])[]>().toExtend<NestedInput>();
    expectTypeOf<Float64Array[]>().toExtend<NestedInput>();
    expectTypeOf<readonly Int16Array[]>().toExtend<NestedInput>();
    expectTypeOf<Set<number>>().toExtend<NestedInput>();
    expectTypeOf<Generator<readonly number[]>>().toExtend<NestedInput>();
    expectTypeOf<Uint32Array>().toExtend<Parameters<typeof tensor>[0]>();
    expectTypeOf<string>().not.toExtend<NestedInput>();
    expectTypeOf<string[]>().not.toExtend<NestedInput>();
    expectTypeOf<null>().not.toExtend<NestedInput>();
    expectTypeOf(tensor(table)).toEqualTypeOf<Tensor>();
  });
});

describe('results', () => {
  test('of linear algebra have names', () => {
    expectTypeOf(linalg.svd(m)).toEqualTypeOf<linalg.SvdResult>();
    expectTypeOf<keyof linalg.SvdResult>().toEqualTypeOf<'u' | 's' | 'vt'>();
    expectTypeOf<keyof linalg.QrResult>().toEqualTypeOf<'q' | 'r'>();
    expectTypeOf<keyof linalg.EighResult>().toEqualTypeOf<'eigenvalues' | 'eigenvectors'>();
    expectTypeOf<keyof linalg.SlogdetResult>().toEqualTypeOf<'sign' | 'logAbsDet'>();
    expectTypeOf(linalg.lstsq(m, m).status).toEqualTypeOf<'full-rank' | 'rank-deficient'>();
    expectTypeOf(linalg.lstsq(m, m).rank).toBeNumber();
    expectTypeOf(linalg.cholesky(m)).toEqualTypeOf<Tensor>();
    expectTypeOf(linalg.eigh(m).eigenvalues).toEqualTypeOf<Tensor>();
  });

  test('of others', () => {
    expectTypeOf(split(m, 2)).toEqualTypeOf<Tensor[]>();
    expectTypeOf(topK(m, 1)).toEqualTypeOf<api.TopK>();
    expectTypeOf(einsumPath('ij', [2, 2]).path).toEqualTypeOf<readonly (readonly number[])[]>();
    expectTypeOf(random.key(1)).toEqualTypeOf<readonly [number, number]>();
    expectTypeOf(random.choice(random.key(1), 3)).toEqualTypeOf<Int32Array>();
    expectTypeOf(random.choice(random.key(1), ['a', 'b'])).toEqualTypeOf<string[]>();
    expectTypeOf(io.decodeNpz(io.encodeNpz({ m }))).toEqualTypeOf<Record<string, Tensor>>();
    expectTypeOf(ndarray.toNdarray(m)).toEqualTypeOf<ndarray.NdarrayView>();
    expectTypeOf(ndarray.toNdarray(m, () => 'made')).toEqualTypeOf<string>();
  });

  test('nowhere any', () => {
    // The rule itself finds one: at the top, in a field, in an element, in an argument.
    type Any = ReturnType<typeof JSON.parse>;
    interface Leaky {
      top: () => Any;
      field: () => { a: Any };
      element: () => readonly { a: Any }[];
      argument: (a: Any) => number;
      none: (a: unknown) => { a: number };
    }
    expectTypeOf<Leaks<Leaky>>().toEqualTypeOf<'top' | 'field' | 'element' | 'argument'>();
    expectTypeOf<Leaks<typeof api>>().toBeNever();
    expectTypeOf<Leaks<typeof linalg>>().toBeNever();
    expectTypeOf<Leaks<typeof random>>().toBeNever();
    expectTypeOf<Leaks<typeof io>>().toBeNever();
    expectTypeOf<Leaks<typeof ndarray>>().toBeNever();
    expectTypeOf<AnyIn<Tensor>>().toBeNever();
    expectTypeOf(Tensor).toBeConstructibleWith(new Float64Array(1), 'float64', [1]);
  });
});

test('options that there are not, or of another kind, are refused by the compiler', () => {
  const key = random.key(1);
  const never = (): void => {
    // @ts-expect-error
    sum(m, { axis: 0 });
    // @ts-expect-error
    max(m, { axes: '0' });
    // @ts-expect-error
    softmax(m, { axes: 0 });
    // @ts-expect-error
    tensor([1], [1], { dtype: 'float16' });
    // @ts-expect-error
    pad(m, 1, { mode: 'mirror' });
    // @ts-expect-error
    conv2d(m, m, { strides: 1 });
    // @ts-expect-error
    linalg.svd(m, { full: true });
    // @ts-expect-error
    linalg.norm(m, { ord: 'max' });
    // @ts-expect-error
    linalg.qr(m, { mode: 'r' });
    // @ts-expect-error
    linalg.triangularSolve(m, m, { upper: true });
    // @ts-expect-error
    random.uniform(key, 1, { high: 1 });
    // @ts-expect-error
    random.randint(key, 1);
    // @ts-expect-error
    random.normal([1], 1);
    // @ts-expect-error
    io.encodeNpy(m, { fortran: true });
    // @ts-expect-error
    io.decodeNpz([1, 2]);
    // @ts-expect-error
    sum([1, 2]);
    // @ts-expect-error
    api.add(m, [1]);
    // @ts-expect-error
    m.shape.push(1);
    // @ts-expect-error
    m.dtype = 'int32';
  };
  expectTypeOf(never).returns.toBeVoid();
});
