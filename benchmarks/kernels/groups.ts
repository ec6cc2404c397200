import { startNumPy } from './numpy.js';
import type { Group } from './row.js';
import { elementwiseGroup } from './rows/elementwise.js';
import { factorizationsGroup } from './rows/factorizations.js';
import { fallbackGroup, gemmGroup } from './rows/gemm.js';
import { mttkrpGroup } from './rows/mttkrp.js';
import { threadsGroup } from './rows/threads.js';
import { trainingGroup } from './rows/training.js';

/** All that is measured, and what has to be told NumPy at the end. */
export async function startGroups(
  python: string,
): Promise<{ readonly groups: readonly Group[]; readonly numpy: string; readonly stop: () => void }> {
  const numpy = await startNumPy(python);
  return {
    groups: [
      gemmGroup(numpy),
      elementwiseGroup(numpy),
      factorizationsGroup(numpy),
      mttkrpGroup(numpy),
      trainingGroup(),
      fallbackGroup(numpy),
      threadsGroup(),
    ],
    numpy: numpy.version ?? `absent (${numpy.missing})`,
    stop: numpy.stop,
  };
}
