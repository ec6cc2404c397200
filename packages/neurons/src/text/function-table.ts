import type { FunctionName } from '../expressions/expression.js';

/** What the functions are called in a format. */
export type FunctionTable = Readonly<Record<FunctionName, string>>;

/** Our own names, which are those of JavaScript. */
export const plainNames: FunctionTable = {
  sin: 'sin',
  cos: 'cos',
  tan: 'tan',
  asin: 'asin',
  acos: 'acos',
  atan: 'atan',
  sinh: 'sinh',
  cosh: 'cosh',
  tanh: 'tanh',
  exp: 'exp',
  log: 'log',
  sqrt: 'sqrt',
  abs: 'abs',
  sigmoid: 'sigmoid',
};

const functions: readonly FunctionName[] = [
  'sin',
  'cos',
  'tan',
  'asin',
  'acos',
  'atan',
  'sinh',
  'cosh',
  'tanh',
  'exp',
  'log',
  'sqrt',
  'abs',
  'sigmoid',
];

/** The function that has this name in the table. */
export function functionNamed(table: FunctionTable, name: string): FunctionName | undefined {
  return functions.find((known) => table[known] === name);
}
