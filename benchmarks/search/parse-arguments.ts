/** What was asked for on the command line. */
export interface Request {
  /** Groups to run; none for the page alone. */
  readonly names: readonly string[];
  readonly seeds: readonly number[];
  /** Whether these are the seeds of the page. */
  readonly committed: boolean;
}

/** Seeds of the page. */
const seedsOfPage: readonly number[] = [1, 2, 3];

/** Names of groups and `--seeds 1,2,3`, in any order. Throws an Error of one sentence for anything else. */
export function parseArguments(args: readonly string[], known: readonly string[]): Request {
  const at = args.indexOf('--seeds');
  const names = at < 0 ? args : args.filter((_, i) => i !== at && i !== at + 1);
  const stranger = names.find((name) => name !== 'page' && !known.includes(name));
  if (stranger !== undefined) throw new Error(`groups are ${known.join(', ')}, or page: got ${stranger}`);
  const seeds = at < 0 ? seedsOfPage : (args[at + 1] ?? '').split(',').map(Number);
  if (seeds.some((seed) => !Number.isSafeInteger(seed) || seed < 1)) {
    throw new Error(`--seeds needs integers from 1, as in 1,2,3: got ${args[at + 1]}`);
  }
  return {
    names: names.includes('page') ? [] : names.length === 0 ? known : names,
    seeds,
    committed: seeds.join() === seedsOfPage.join(),
  };
}
