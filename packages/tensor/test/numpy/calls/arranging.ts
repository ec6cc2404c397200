import {
  broadcastArrays,
  broadcastTo,
  concat,
  contiguous,
  diag,
  diagflat,
  diagonal,
  diff,
  expandDims,
  flatten,
  flip,
  matrixTranspose,
  meshgrid,
  moveAxis,
  type PadMode,
  type PadWidth,
  pad,
  ravel,
  repeat,
  reshape,
  roll,
  split,
  squeeze,
  stack,
  swapAxes,
  tensor,
  tile,
  transpose,
  tril,
  triu,
  unstack,
} from '../../../src/index.js';
import type { Params } from '../fixtures.js';
import { type Calls, given, unary, withOptions } from './call.js';
import { pairOf } from './pair-of.js';

const modes: readonly PadMode[] = ['constant', 'edge', 'reflect', 'symmetric', 'wrap'];

/** JSON knows no pairs: a list of two numbers is one. */
function widthsOf(widths: Params['widths']): number | PadWidth | readonly PadWidth[] {
  return given(widths);
}

export const calls: Calls = {
  ...unary({ contiguous, matrixTranspose, ravel }),
  ...withOptions({ diag, diagflat }),
  broadcastArrays: (xs) => broadcastArrays(xs),
  broadcastTo: ([x], { shape }) => broadcastTo(x, given(shape)),
  concat: (xs, { axis }) => concat(xs, { axis }),
  diagonal: ([x], { offset, axes }) => diagonal(x, { offset, axes: pairOf(axes) }),
  diff: ([x], { n, axis }) => diff(x, { n, axis }),
  expandDims: ([x], { axes }) => expandDims(x, given(axes)),
  flatten: ([x]) => tensor(flatten(x)),
  flip: ([x], { axes }) => flip(x, axes),
  meshgrid: (xs, { indexing }) => meshgrid(xs, { indexing }),
  moveAxis: ([x], { source, target }) => moveAxis(x, given(source), given(target)),
  pad: ([x], { widths, mode, value }) => pad(x, widthsOf(widths), { mode: modes.find((m) => m === mode), value }),
  repeat: ([x], { counts, axis }) => repeat(x, given(counts), { axis }),
  reshape: ([x], { shape }) => reshape(x, given(shape)),
  roll: ([x], { shift, axes }) => roll(x, given(shift), { axes }),
  split: ([x], { sections, axis }) => split(x, given(sections), { axis }),
  squeeze: ([x], { axes }) => squeeze(x, axes),
  stack: (xs, { axis }) => stack(xs, { axis }),
  swapAxes: ([x], { order }) => swapAxes(x, given(order)[0], given(order)[1]),
  tile: ([x], { counts }) => tile(x, given(counts)),
  transpose: ([x], { order }) => transpose(x, order),
  tril: ([x], { n }) => tril(x, n),
  triu: ([x], { n }) => triu(x, n),
  unstack: ([x], { axis }) => unstack(x, { axis }),
};
