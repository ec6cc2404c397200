import { createProblem } from '@neuronseek/decomposition';
import { cpRestarts } from '@neuronseek/decomposition/parallel';
import { configure } from '@neuronseek/tensor/parallel';
import { key } from '@neuronseek/tensor/random';

/** Rounds that are not counted: threads start in the first, and each compiles for itself what it runs often. */
const WARM = 4;

/** Milliseconds of sixteen restarts on one thread and on two, in turn. */
export async function restartTimes(rounds: number): Promise<{ one: number[]; two: number[] }> {
  const { tensor: x } = createProblem({ shape: [100, 100, 100], rank: 10, noise: 0.1, key: key(1) });
  const time = async (threads: number): Promise<number> => {
    configure({ threads });
    const begun = performance.now();
    await cpRestarts(x, 10, { restarts: 16, starts: ['random'] });
    return performance.now() - begun;
  };
  const [one, two]: [number[], number[]] = [[], []];
  for (let round = -WARM; round < rounds; round++) {
    const times = [await time(1), await time(2)];
    if (round < 0) continue;
    one.push(times[0]);
    two.push(times[1]);
  }
  configure({ threads: 1 });
  return { one, two };
}
