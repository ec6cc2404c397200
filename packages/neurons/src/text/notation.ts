import type { Expression, FunctionName } from '../expressions/expression.js';

/** How tightly something binds, so that brackets stand where they must and nowhere else. */
export const levels: { readonly [name in 'sum' | 'product' | 'sign' | 'power' | 'atom']: number } = {
  sum: 1,
  product: 2,
  sign: 3,
  power: 4,
  atom: 5,
};

/** Writes a part with brackets unless it binds as tightly as `level`; a part that is `leading` may begin with a minus. */
export type WritePart = (part: Expression, level: number, leading: boolean, inTotal: boolean) => string;

/** What tells one text format from another. */
export interface Notation {
  readonly plus: string;
  readonly minus: string;
  readonly sign: string;
  readonly times: string;
  readonly brackets: readonly [string, string];
  readonly vector: string;
  /** A number that is not negative. */
  number(value: number): string;
  numberLevel(value: number): number;
  feature(index: number, inTotal: boolean): string;
  readonly callLevel: number;
  call(name: FunctionName, argument: Expression, inTotal: boolean, write: WritePart): string;
  total(argument: Expression, write: WritePart): string;
  divideLevel(numerator: Expression, denominator: Expression): number;
  divide(numerator: Expression, denominator: Expression, inTotal: boolean, write: WritePart): string;
  powerLevel(base: Expression, exponent: Expression): number;
  power(base: Expression, exponent: Expression, inTotal: boolean, write: WritePart): string;
}

/** The ASCII signs that most formats share: a/b by the slash, numbers as JavaScript writes them, powers by `raise`. */
export function infixNotation(raise: string): Omit<Notation, 'vector' | 'feature' | 'call' | 'total'> {
  return {
    plus: ' + ',
    minus: ' - ',
    sign: '-',
    times: '*',
    brackets: ['(', ')'],
    number: String,
    numberLevel: () => levels.atom,
    callLevel: levels.atom,
    divideLevel: () => levels.product,
    divide: (numerator, denominator, inTotal, write) =>
      `${write(numerator, levels.product, false, inTotal)}/${write(denominator, levels.sign, false, inTotal)}`,
    powerLevel: () => levels.power,
    power: (base, exponent, inTotal, write) =>
      write(base, levels.atom, false, inTotal) + raise + write(exponent, levels.power, false, inTotal),
  };
}
