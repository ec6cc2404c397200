import {
  argsort,
  gather,
  nonzero,
  oneHot,
  scatterAdd,
  slice,
  sort,
  take,
  takeAlongAxis,
  topK,
} from '../../../src/index.js';
import { type Calls, given, withOptions } from './call.js';

export const calls: Calls = {
  ...withOptions({ argsort, sort }),
  gather: ([x, places], { axis }) => gather(x, given(places), { axis }),
  nonzero: ([x]) => nonzero(x),
  oneHot: ([x], { n, dtype }) => oneHot(x, given(n), { dtype }),
  scatterAdd: ([base, updates], { indices, axis }) => scatterAdd(base, given(indices), updates, { axis }),
  slice: ([x], { ranges }) =>
    slice(
      x,
      given(ranges).map((range) => range ?? undefined),
    ),
  take: ([x, places], { indices, axis }) => take(x, indices ?? places, { axis }),
  // Without indices a tensor is put in order by its own.
  takeAlongAxis: ([x, places], { axis }) => takeAlongAxis(x, places ?? argsort(x, { axis }), { axis }),
  topK: ([x], { n, axis }) => {
    const { values, indices } = topK(x, given(n), { axis });
    return [values, indices];
  },
};
