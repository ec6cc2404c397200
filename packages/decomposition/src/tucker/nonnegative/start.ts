import { split, uniform } from '@neuronseek/tensor/random';
import { sizeOf } from '../../low-rank/multiply-mode.js';
import type { Scratch } from '../../low-rank/scratch.js';
import type { NormalizedData } from '../../normalized-data.js';
import { startingModel } from '../gradient/start.js';
import { type TuckerNumbers, tuckerNumbers } from '../tucker-numbers.js';
import { type NonnegativeModel, startModel } from './model.js';
import type { tuckerNonnegativeDefaults } from './options.js';

/** The start, nonnegative, for data of norm 1. */
export function nonnegativeStart(
  data: NormalizedData,
  ranks: readonly number[],
  { init, key }: Pick<typeof tuckerNonnegativeDefaults, 'init' | 'key'>,
  scratch: Scratch,
): NonnegativeModel {
  const { shape, norm } = data;
  if (init === 'random') {
    const keys = split(key, shape.length + 1);
    const factors = shape.map((size, mode) => uniform(keys[mode], size * ranks[mode]));
    return startModel(ranks, uniform(keys[shape.length], sizeOf(ranks)), factors);
  }
  if (typeof init === 'object') {
    const given = tuckerNumbers('tuckerNonnegative', init, { argument: 'init', shape, ranks });
    refuseNegative(given);
    const core = given.core.map((v) => v / norm);
    return startModel(
      ranks,
      core,
      given.factors.map((factor) => factor.slice()),
    );
  }
  const { core, factors } = startingModel('tuckerNonnegative', data, ranks, { init, key }, scratch);
  return startModel(
    ranks,
    core.map(Math.abs),
    factors.map((factor) => factor.map(Math.abs)),
  );
}

function refuseNegative({ core, factors }: TuckerNumbers): void {
  [core, ...factors].forEach((values, k) => {
    const negative = values.find((v) => v < 0);
    if (negative === undefined) return;
    const name = k === 0 ? 'core' : `factor ${k - 1}`;
    throw new RangeError(`tuckerNonnegative: init ${name} has a negative entry: ${negative}`);
  });
}
