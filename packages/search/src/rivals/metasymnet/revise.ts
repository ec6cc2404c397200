import type { Individual } from '../genetic/individual.js';
import { fitConstants } from '../programs/fit-constants.js';
import { foldProgram } from '../programs/fold-program.js';
import type { Program } from '../programs/program.js';
import type { Target } from '../programs/scaled-error.js';
import type { Tape } from '../programs/tape.js';
import { discretise } from './discretise.js';
import { innerCount, paramStart, type SoftTree } from './soft-tree.js';

/** Evaluations that a discretised formula may spend on its constants. */
const CONSTANT_STEPS = 40;

/** A tree with the formula of its largest shares. */
export interface Discretised {
  readonly tree: SoftTree;
  readonly individual: Individual;
}

/** The discretised formula with its constants fitted; undefined where it is not finite. */
export function discretised(tree: SoftTree, tape: Tape, target: Target): Discretised | undefined {
  return fitted(tree, foldProgram(discretise(tree)), tape, target);
}

function fitted(tree: SoftTree, program: Program, tape: Tape, target: Target): Discretised | undefined {
  const options = { steps: CONSTANT_STEPS, scaled: true, free: () => true };
  const { program: done, slope, intercept, sse } = fitConstants(tape, program, target, options);
  if (!(sse < Number.POSITIVE_INFINITY)) return undefined;
  return { tree, individual: { program: done, slope, intercept, error: sse / target.sst } };
}

/**
 * Takes choices back one at a time: every other function or input at every node, kept if the formula with its constants fitted anew is better, until a
 * whole pass changes nothing or there were two. A mixture and its largest shares are not the same function; this judges the shares by themselves.
 *
 * Where the first formula is not finite the first one that is becomes the start.
 */
export function revise(start: SoftTree, tape: Tape, target: Target, exact: number): Discretised | undefined {
  let best = discretised(start, tape, target);
  let tree = start;
  const tried = new Set<string>();
  const inner = innerCount(start);
  for (let pass = 0; pass < 2; pass++) {
    let changed = false;
    for (let node = 0; node <= 2 * inner; node++) {
      const count = node < inner ? start.functions.length : start.inputs;
      for (let choice = 0; choice < count; choice++) {
        if (best && best.individual.error <= exact) return best;
        const other = withChoice(tree, node, choice, count);
        const program = foldProgram(discretise(other));
        const name = `${program.code.join()}|${program.constants.join()}`;
        if (tried.has(name)) continue;
        tried.add(name);
        const trial = fitted(other, program, tape, target);
        if (!trial || (best && trial.individual.error >= best.individual.error * 0.999)) continue;
        best = trial;
        tree = other;
        changed = true;
      }
    }
    if (!changed) break;
  }
  return best;
}

/** The tree with another choice at one node. */
function withChoice(tree: SoftTree, node: number, choice: number, count: number): SoftTree {
  const params = tree.params.slice();
  const start = paramStart(tree, node);
  let largest = params[start];
  for (let i = 1; i < count; i++) largest = Math.max(largest, params[start + i]);
  params[start + choice] = largest + 1;
  return { ...tree, params };
}
