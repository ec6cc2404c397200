import type { Scratch } from '../../low-rank/scratch.js';
import type { NormalizedData } from '../../normalized-data.js';
import { startingBases } from '../hooi/start.js';
import { projectionOn } from '../hooi/sweeps.js';
import { truncatedNumbers } from '../truncated-tucker.js';
import { type TuckerNumbers, tuckerNumbers } from '../tucker-numbers.js';
import type { tuckerOptDefaults } from './options.js';

/** The start for data of norm 1: what was given, core and factors, or a projection of the data. */
export function startingModel(
  name: string,
  data: NormalizedData,
  ranks: readonly number[],
  { init, key }: Pick<typeof tuckerOptDefaults, 'init' | 'key'>,
  scratch: Scratch,
): TuckerNumbers {
  const { shape, norm } = data;
  if (typeof init === 'object') {
    const given = tuckerNumbers(name, init, { argument: 'init', shape, ranks });
    return { ...given, core: given.core.map((v) => v / norm) };
  }
  const modes = shape.map((_, mode) => mode);
  const bases = startingBases(name, data, init, ranks, modes, key, scratch);
  return truncatedNumbers(data, projectionOn(data, bases, scratch));
}
