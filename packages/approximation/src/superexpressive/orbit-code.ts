import { equidistantNodes } from '../constructions/equidistant-nodes.js';
import { refuseSteepNodes } from '../constructions/refuse-steep-nodes.js';
import { nextUp } from '../exact/next-double.js';
import { add, divide, multiply, rational, subtract } from '../exact/rational.js';
import { roundNearest, roundUp } from '../exact/round.js';
import { toRational } from '../exact/to-rational.js';
import { requireUnitCube } from '../targets/require-unit-cube.js';
import type { TargetFunction } from '../targets/target-function.js';
import { requireCells } from './require-cells.js';

/** Options of {@link encodeOrbit}. */
export interface EncodeOrbitOptions {
  /** m, steps of the tent map from one cell to the next, 3 to 8. Default: 4. */
  readonly stepsPerCell?: number;
}

/** Defaults of {@link encodeOrbit}. */
export const encodeOrbitDefaults: Required<EncodeOrbitOptions> = { stepsPerCell: 4 };

/** A function on [0, 1] in one number: w/2^bits, whose orbit under the tent map holds the slopes. */
export interface OrbitCode {
  /** K, a power of two. */
  readonly cells: number;
  readonly stepsPerCell: number;
  /** Starts the orbit: τ_0 = w/2^bits. */
  readonly w: bigint;
  /** m·K. */
  readonly bits: number;
  /** Value at 0. */
  readonly start: number;
  /** A: the slope on cell j is A·(2·τ_j − 1) with τ_j = T^(m·j)(τ_0). */
  readonly amplitude: number;
}

/** The most cells: the points of the orbit take m·K² bits, 128 MB there. */
const mostCells = 2 ** 14;

/**
 * Writes f into one number: cells of width D = 1/K, on cell j the slope s_j = A·(2·T^(m·j)(w) − 1), T the tent map 1 − |1 − 2t|.
 *
 *     h(0) = start,   h′ = s_j on (j/K, (j + 1)/K),   A = L_K/(1 − 2^(2−m)),   L_K = K·ω_f(1/K)
 *
 * Theorem (ours): sup |f − h| ≤ ω_f(1/(2K)) + A·2^(1−m)/K for a concave modulus, (2/3)·L/K for an L-Lipschitz f and m = 4; `orbitBound`. The orbit is built
 * backwards: of the 2^m points that T^m maps to τ_(j+1), which are 2^(1−m) apart at most, the one is taken whose slope leads nearest to f(j/K). With
 * E = A·D·2^(1−m) the wanted slope is at most L_K + E/D = A·(1 − 2^(1−m)), which the points reach, so the error at the nodes stays within E.
 *
 * Throws a RangeError for a domain that is not [0, 1], cells that are no power of two up to 16,384, steps that are no integer 3 … 8, a modulus that is not
 * concave, and where values at the nodes contradict it. Cost: K·2^m float64 operations and numbers of m·K bits.
 */
export function encodeOrbit(f: TargetFunction<1>, cells: number, options: EncodeOrbitOptions = {}): OrbitCode {
  const stepsPerCell = options.stepsPerCell ?? encodeOrbitDefaults.stepsPerCell;
  checkOrbit('encodeOrbit', f, cells, stepsPerCell);
  refuseSteepNodes('encodeOrbit', f, equidistantNodes('encodeOrbit', [0, 1], cells));
  const branches = 2 ** stepsPerCell;
  const width = 1 / cells;
  const amplitude = amplitudeOf(f, cells, stepsPerCell);
  const choices = new Uint16Array(cells);
  let value = f.evaluate([1]);
  // The point that T^m is inverted at; float64 is enough to choose, and what is chosen is certified afterwards.
  let tau = 0;
  for (let j = cells - 1; j >= 0; j--) {
    const wanted = f.evaluate([j * width]);
    let least = Number.POSITIVE_INFINITY;
    let reached = value;
    let next = tau;
    for (let i = 0; i < branches; i++) {
      const point = (i + (i % 2 === 1 ? 1 - tau : tau)) / branches;
      const before = value - width * amplitude * (2 * point - 1);
      const miss = Math.abs(before - wanted);
      if (miss < least) [least, reached, next, choices[j]] = [miss, before, point, i];
    }
    [value, tau] = [reached, next];
  }
  return {
    cells,
    stepsPerCell,
    w: inverseOrbit(choices, stepsPerCell),
    bits: stepsPerCell * cells,
    start: value,
    amplitude,
  };
}

/** What the theorem promises for sup |f − h|, see `encodeOrbit`; rounded up. */
export function orbitBound(f: TargetFunction<1>, cells: number, options: EncodeOrbitOptions = {}): number {
  const stepsPerCell = options.stepsPerCell ?? encodeOrbitDefaults.stepsPerCell;
  checkOrbit('orbitBound', f, cells, stepsPerCell);
  const spacing = multiply(
    toRational(amplitudeOf(f, cells, stepsPerCell)),
    rational(1n, BigInt(cells) << BigInt(stepsPerCell - 1)),
  );
  // Nodes are chosen in float64: half an ulp of the largest value for each cell.
  const magnitude = Math.max(Math.abs(f.range[0]), Math.abs(f.range[1]));
  const rounding = nextUp(nextUp((cells + 4) * 2 ** -51 * magnitude) + f.evaluationError);
  return nextUp(roundUp(add(spacing, toRational(f.modulus.omega(0.5 / cells)))) + rounding);
}

/** A = K·ω(1/K)/(1 − 2^(2−m)), rounded to a double, which is then exact. */
function amplitudeOf(f: TargetFunction<1>, cells: number, stepsPerCell: number): number {
  const steepest = multiply(rational(BigInt(cells)), toRational(f.modulus.omega(1 / cells)));
  return roundNearest(divide(steepest, subtract(rational(1n), rational(4n, 1n << BigInt(stepsPerCell)))));
}

/** w = ψ_(i_0)(ψ_(i_1)(… (0))) with the inverse branches ψ_i(t) = (i + t)/2^m for even i, (i + 1 − t)/2^m for odd. */
function inverseOrbit(choices: Uint16Array, stepsPerCell: number): bigint {
  // Going through 1 − t turns all digits that follow around: digit by digit that is one string, and no number is shifted K times.
  let turned = false;
  let digits = '';
  const top = 2 ** stepsPerCell - 1;
  for (const i of choices) {
    digits += (turned ? top - i : i).toString(2).padStart(stepsPerCell, '0');
    if (i % 2 === 1) turned = !turned;
  }
  // 1 − 0.d₁d₂… has the digits top − d, and a last unit, where the orbit ends in 0 after an odd number of turns.
  return BigInt(`0b${digits}`) + (turned ? 1n : 0n);
}

function checkOrbit(name: string, f: TargetFunction<1>, cells: number, stepsPerCell: number): void {
  requireUnitCube(name, f.domain, 1);
  requireCells(name, cells, mostCells);
  if (!(Number.isInteger(stepsPerCell) && stepsPerCell >= 3 && stepsPerCell <= 8)) {
    throw new RangeError(`${name}: stepsPerCell must be an integer 3 … 8: got ${stepsPerCell}`);
  }
  if (!f.modulus.concave) throw new RangeError(`${name}: the modulus must be concave`);
}

/** Exact slopes are read from the orbit: T^(m·j)(w/2^bits) as numerators over 2^bits, j = 0 … K − 1. Cost: m·K operations on m·K bits. */
export function orbitPoints({ w, bits, cells, stepsPerCell }: OrbitCode): bigint[] {
  const half = 1n << BigInt(bits - 1);
  const two = 1n << BigInt(bits + 1);
  let t = w;
  return Array.from({ length: cells }, () => {
    const point = t;
    for (let i = 0; i < stepsPerCell; i++) t = t <= half ? t << 1n : two - (t << 1n);
    return point;
  });
}
