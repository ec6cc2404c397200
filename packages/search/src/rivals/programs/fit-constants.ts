import { NUMBER } from './opcodes.js';
import { type Program, withConstants } from './program.js';
import { linearScale, type Target } from './scaled-error.js';
import { differentiateProgram, evaluateProgram, type Tape } from './tape.js';

/** What {@link fitConstants} may do. */
export interface FitConstantsOptions {
  /** Most evaluations of the program. */
  readonly steps: number;
  /** Whether the formula is a·f + b with its own a and b, or f as it stands. */
  readonly scaled: boolean;
  /** Whether a constant with this value may change. */
  readonly free: (value: number) => boolean;
}

export interface FittedConstants {
  readonly program: Program;
  readonly slope: number;
  readonly intercept: number;
  readonly sse: number;
  /** Evaluations of the program. */
  readonly evaluations: number;
}

/**
 * Fits the constants of a formula by Levenberg–Marquardt on the normal equations (Marquardt 1963; in genetic programming Kommenda et al. 2020),
 * a and b with them if it is scaled. Never worse than the start.
 *
 * Cost: rows · (nodes + p²) a step for p constants.
 */
export function fitConstants(
  tape: Tape,
  start: Program,
  target: Target,
  options: FitConstantsOptions,
): FittedConstants {
  const { steps, scaled, free } = options;
  const nodes: number[] = [];
  for (let i = 0; i < start.code.length; i++) if (start.code[i] === NUMBER && free(start.constants[i])) nodes.push(i);
  let program = start;
  let column = evaluateProgram(tape, program);
  let evaluations = 1;
  let { slope, intercept, sse } = scaled
    ? linearScale(tape.values, column, target)
    : { slope: 1, intercept: 0, sse: plainError(tape.values, column, target) };
  if (nodes.length === 0 || !Number.isFinite(sse)) return { program, slope, intercept, sse, evaluations };
  const count = nodes.length + (scaled ? 2 : 0);
  const system = { matrix: new Float64Array(count * count), gradient: new Float64Array(count) };
  const work = { factor: new Float64Array(count * count), step: new Float64Array(count) };
  let damping = 1e-3;
  while (evaluations < steps) {
    differentiateProgram(tape, program);
    normalEquations(tape, column, nodes, { slope, intercept, scaled }, target, system);
    let better = false;
    while (!better && evaluations < steps && damping < 1e12) {
      const solved = solveDamped(system, damping, work);
      if (!solved) {
        damping *= 10;
        continue;
      }
      const constants = program.constants.slice();
      for (let j = 0; j < nodes.length; j++) constants[nodes[j]] += work.step[j];
      const trial = withConstants(program, constants);
      column = evaluateProgram(tape, trial);
      evaluations++;
      const scale = scaled
        ? linearScale(tape.values, column, target)
        : { slope: 1, intercept: 0, sse: plainError(tape.values, column, target) };
      if (!(scale.sse < sse)) {
        damping *= 10;
        continue;
      }
      better = true;
      damping = Math.max(damping / 10, 1e-15);
      const gain = sse - scale.sse;
      ({ slope, intercept, sse } = scale);
      program = trial;
      if (gain < 1e-9 * sse || sse === 0) return { program, slope, intercept, sse, evaluations };
    }
    if (!better) break;
  }
  return { program, slope, intercept, sse, evaluations };
}

function plainError(column: Float64Array, start: number, { values }: Target): number {
  let sse = 0;
  for (let r = 0; r < values.length; r++) {
    const e = values[r] - column[start + r];
    sse += e * e;
  }
  return Number.isFinite(sse) ? sse : Number.POSITIVE_INFINITY;
}

/** JᵀJ and Jᵀr; the columns of J are a·∂f/∂c for the constants, then f and 1 if the formula is scaled. */
function normalEquations(
  { rows, values, slopes }: Tape,
  column: number,
  nodes: readonly number[],
  { slope, intercept, scaled }: { slope: number; intercept: number; scaled: boolean },
  target: Target,
  { matrix, gradient }: { matrix: Float64Array; gradient: Float64Array },
): void {
  const count = gradient.length;
  const free = nodes.length;
  const row = new Float64Array(count);
  matrix.fill(0);
  gradient.fill(0);
  for (let r = 0; r < rows; r++) {
    const f = values[column + r];
    const residual = target.values[r] - slope * f - intercept;
    for (let j = 0; j < free; j++) row[j] = slope * slopes[nodes[j] * rows + r];
    if (scaled) {
      row[free] = f;
      row[free + 1] = 1;
    }
    for (let i = 0; i < count; i++) {
      gradient[i] += row[i] * residual;
      for (let j = 0; j <= i; j++) matrix[i * count + j] += row[i] * row[j];
    }
  }
}

/** Solves (M + λ diag M) s = g by Cholesky; false where that is not positive definite. */
function solveDamped(
  { matrix, gradient }: { matrix: Float64Array; gradient: Float64Array },
  damping: number,
  { factor, step }: { factor: Float64Array; step: Float64Array },
): boolean {
  const n = gradient.length;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j];
      if (i === j) sum += damping * sum + 1e-300;
      for (let k = 0; k < j; k++) sum -= factor[i * n + k] * factor[j * n + k];
      if (i !== j) factor[i * n + j] = sum / factor[j * n + j];
      else if (sum > 0 && sum < Number.POSITIVE_INFINITY) factor[i * n + i] = Math.sqrt(sum);
      else return false;
    }
  }
  for (let i = 0; i < n; i++) {
    let sum = gradient[i];
    for (let k = 0; k < i; k++) sum -= factor[i * n + k] * step[k];
    step[i] = sum / factor[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = step[i];
    for (let k = i + 1; k < n; k++) sum -= factor[k * n + i] * step[k];
    step[i] = sum / factor[i * n + i];
  }
  return true;
}
