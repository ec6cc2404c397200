import type { Layer } from '@neuronseek/network';
import { flatten } from '@neuronseek/tensor';
import { parameterOf } from '../constructions/exact-layers.js';
import type { Network } from '../constructions/network.js';
import { add, compare, divide, multiply, negate, type Rational, rational, subtract, zero } from '../exact/rational.js';
import { toRational } from '../exact/to-rational.js';

/** A segment from t = 0 to t = 1. */
export interface Line {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** Options of {@link countLinearPieces}. */
export interface CountLinearPiecesOptions {
  /** Default: 100000. */
  readonly maxPieces?: number;
}

/** Defaults of {@link countLinearPieces}. */
export const countLinearPiecesDefaults: Required<CountLinearPiecesOptions> = { maxPieces: 100_000 };

/** The pieces of a network on a line. */
export interface LinearPieces {
  /** How many pieces: neighbours of one slope are one. */
  readonly count: number;
  /** Where the slope changes: t in (0, 1), ascending, exactly. */
  readonly breakpoints: readonly Rational[];
}

/** slope·t + intercept. */
interface Affine {
  readonly slope: Rational;
  readonly intercept: Rational;
}

/** All units of a layer are affine between left and right. */
interface Piece {
  readonly left: Rational;
  readonly right: Rational;
  readonly units: readonly Affine[];
}

/**
 * The exact number of linear pieces of a ReLU network on the segment x = from + t·(to − from), 0 ≤ t ≤ 1, by following the bends through the layers in
 * rational arithmetic; every double is taken for the rational that it is.
 *
 * On one piece slopes and intercepts are sums and products of doubles, so that they stay cheap; only the bends are other fractions. A network of
 * widths n_i has at most Π (n_i + 1) pieces on a line (each unit cuts each piece once). Layers: linear, relu, identity, one output. Throws a
 * RangeError for others, a line that does not fit, and more than `maxPieces`, default 100000.
 */
export function countLinearPieces(
  { layers, variables, dimension }: Network,
  { from, to }: Line,
  { maxPieces = countLinearPiecesDefaults.maxPieces }: CountLinearPiecesOptions = {},
): LinearPieces {
  if (from.length !== dimension || to.length !== dimension) {
    throw new RangeError(
      `countLinearPieces: the line must have ${dimension} coordinates: got ${from.length} and ${to.length}`,
    );
  }
  const units = from.map((a, i): Affine => {
    const start = toRational(a);
    return { slope: subtract(toRational(to[i]), start), intercept: start };
  });
  let pieces: Piece[] = [{ left: zero, right: rational(1n), units }];
  layers.forEach((layer, i) => {
    const step = stepOf(layer, i, variables);
    pieces = pieces.flatMap(step);
    if (pieces.length > maxPieces) {
      throw new RangeError(`countLinearPieces: more than ${maxPieces} pieces after layers[${i}]: got ${pieces.length}`);
    }
  });
  if (pieces[0].units.length !== 1) {
    throw new RangeError(`countLinearPieces: the network must have 1 output: got ${pieces[0].units.length}`);
  }
  // The function is continuous: where the slopes are the same, so are the intercepts.
  const breakpoints = pieces
    .slice(1)
    .filter(({ units: [unit] }, i) => compare(unit.slope, pieces[i].units[0].slope) !== 0)
    .map(({ left }) => left);
  return { count: breakpoints.length + 1, breakpoints };
}

function stepOf(layer: Layer, i: number, { params }: Network['variables']): (piece: Piece) => Piece[] {
  if (layer.kind === 'activation' && layer.name === 'identity') return (piece) => [piece];
  if (layer.kind === 'activation' && layer.name === 'relu') return cut;
  if (layer.kind !== 'linear') {
    const kind = layer.kind === 'activation' ? layer.name : layer.kind;
    throw new RangeError(`countLinearPieces: layers[${i}] must be linear, relu or identity: got ${kind}`);
  }
  const weight = Array.from(flatten(parameterOf(params, i, 'weight')), toRational);
  const bias = Array.from(flatten(parameterOf(params, i, 'bias')), toRational);
  return ({ left, right, units }) => [
    {
      left,
      right,
      units: bias.map((offset, j) => {
        let [slope, intercept] = [zero, offset];
        units.forEach((unit, d) => {
          const w = weight[d * bias.length + j];
          if (unit.slope.numerator !== 0n) slope = add(slope, multiply(w, unit.slope));
          if (unit.intercept.numerator !== 0n) intercept = add(intercept, multiply(w, unit.intercept));
        });
        return { slope, intercept };
      }),
    },
  ];
}

/** A piece cut where a unit changes its sign, with the negative parts set to 0. */
function cut({ left, right, units }: Piece): Piece[] {
  const zeros: Rational[] = [];
  for (const { slope, intercept } of units) {
    if (slope.numerator === 0n) continue;
    const at = divide(negate(intercept), slope);
    if (compare(at, left) > 0 && compare(at, right) < 0) zeros.push(at);
  }
  const ends = [left, ...zeros.sort(compare), right].filter((t, i, all) => i === 0 || compare(t, all[i - 1]) !== 0);
  return ends.slice(1).map((end, i) => {
    const start = ends[i];
    const middle = multiply(rational(1n, 2n), add(start, end));
    return {
      left: start,
      right: end,
      units: units.map((unit) =>
        add(multiply(unit.slope, middle), unit.intercept).numerator > 0n ? unit : { slope: zero, intercept: zero },
      ),
    };
  });
}
