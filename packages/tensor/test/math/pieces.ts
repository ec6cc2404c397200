/** A piece of a domain: u in [0, 1] goes to a + (b − a)·u, or to ±2 to that power, or next to a number. */
export type Piece = (u: number, v: number) => readonly number[];

/** How a function is tested: its bound in units in the last place and where arguments are taken from. */
export interface Domain {
  readonly f: (x: number, y: number) => number;
  readonly ulps: number;
  readonly pieces: Readonly<Record<string, Piece>>;
  readonly hard?: readonly (readonly number[])[];
}

export const mix = (a: number, b: number, u: number): number => a + (b - a) * u;
export const between =
  (a: number, b: number): Piece =>
  (u) => [mix(a, b, u)];
/** Any size from 2^a to 2^b, of either sign or positive alone. */
export const sizes =
  (a: number, b: number): Piece =>
  (u, v) => [(v < 0.5 ? -1 : 1) * 2 ** mix(a, b, u)];
export const positive =
  (a: number, b: number): Piece =>
  (u) => [2 ** mix(a, b, u)];
export const near =
  (c: number, a: number, b: number): Piece =>
  (u, v) => [c + (v < 0.5 ? -1 : 1) * 2 ** mix(a, b, u)];
export const pair =
  (first: Piece, second: Piece): Piece =>
  (u, v) => [first(u, v)[0], second(v, u)[0]];

export const nextTo = (x: number): number[][] => [[x], [x * (1 + 2 ** -52)], [x * (1 - 2 ** -53)]];
export const small = [[2 ** -1074], [-(2 ** -1074)], [2 ** -1022], [3e-310], [-1e-300], [1e-20], [1e-8], [1.1e-8]];

// Doubles next to multiples of π/2: convergents, and the two that come nearest of all (Muller, Elementary Functions, table 11.1).
export const angles = [
  Math.PI / 4,
  Math.PI / 2,
  Math.PI,
  1.5 * Math.PI,
  2 * Math.PI,
  11,
  22,
  355,
  710,
  103993,
  312689,
  1647099,
  1647100,
  6381956970095103 * 2 ** 797,
  5.319372648326541e255,
  2 ** 1023,
  1.7976931348623157e308,
  1e22,
  0.785,
  0.7853981633974484,
]
  .flatMap((x) => [...nextTo(x), [-x]])
  .filter(([x]) => Number.isFinite(x));

export const angle = {
  'around 0': between(-0.8, 0.8),
  'a few turns': between(-20, 20),
  'any size': sizes(-30, 1023),
  'next to multiples of π/2': (u: number): number[] => [Math.round(mix(-1e6, 1e6, u)) * (Math.PI / 2)],
};

export const logarithms = {
  'around 1': near(1, -52, -1.01),
  'a cell of the table': between(0.5, 2),
  'any size': positive(-1074, 1023.999),
};
export const logarithmsHard = [
  ...nextTo(1),
  ...nextTo(Math.SQRT1_2),
  ...nextTo(Math.SQRT2),
  [2 ** -1074],
  [3e-320],
  [1.7976931348623157e308],
  [10],
  [1000],
  [0.70703125],
  [1.4140625],
  [0.9999999],
];
