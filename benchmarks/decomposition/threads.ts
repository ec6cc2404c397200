import { createProblem } from '@neuronseek/decomposition';
import { cpRestarts } from '@neuronseek/decomposition/parallel';
import { configure } from '@neuronseek/tensor/parallel';
import { key } from '@neuronseek/tensor/random';

/** Milliseconds of eight restarts on one thread and on two, in turn; the first round, in which threads start, is not counted. */
export async function restartTimes(rounds: number): Promise<{ one: number[]; two: number[] }> {
  const { tensor: x } = createProblem({ shape: [100, 100, 100], rank: 10, noise: 0.1, key: key(1) });
  const time = async (threads: number): Promise<number> => {
    configure({ threads });
    const begun = performance.now();
    await cpRestarts(x, 10, { restarts: 8, starts: ['random'] });
    return performance.now() - begun;
  };
  const [one, two]: [number[], number[]] = [[], []];
  for (let round = -1; round < rounds; round++) {
    const times = [await time(1), await time(2)];
    if (round < 0) continue;
    one.push(times[0]);
    two.push(times[1]);
  }
  configure({ threads: 1 });
  return { one, two };
}
