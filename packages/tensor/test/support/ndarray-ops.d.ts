/** The part of ndarray-ops 1.2 that serves as an oracle; the package comes without types. */
declare module 'ndarray-ops' {
  import type { NdArray } from 'ndarray';

  export type Unary = (out: NdArray, x: NdArray) => void;
  export type Binary = (out: NdArray, a: NdArray, b: NdArray) => void;
  export type Fold = (x: NdArray) => number;

  const ops: Readonly<
    Record<
      'assign' | 'addeq' | 'neg' | 'recip' | 'abs' | 'ceil' | 'cos' | 'exp' | 'floor' | 'log' | 'sin' | 'sqrt',
      Unary
    >
  > &
    Readonly<
      Record<'add' | 'sub' | 'mul' | 'div' | 'pow' | 'eq' | 'neq' | 'lt' | 'leq' | 'gt' | 'geq' | 'max' | 'min', Binary>
    > &
    Readonly<Record<'sum' | 'prod' | 'sup' | 'inf', Fold>> &
    Readonly<Record<'mulseq', (out: NdArray, factor: number) => void>> &
    Readonly<Record<'argmax', (x: NdArray) => number[]>>;
  export default ops;
}
