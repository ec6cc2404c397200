/**
 * Changes lines of a package's sources at random, one at a time, in a copy of the working tree, and says which changes its tests notice.
 *
 *     npx tsx scripts/mutate.ts [--count 10] [--seed 1] [--package tensor] [--timeout 300] [--under src/core]
 *
 * A mutant (see mutants.ts) dies when a test that imports the changed file fails, or does not end within `timeout` seconds. Prints each
 * one with its line; exit code 1 when fewer than 90 % die. Lines are drawn with equal chances, then a mutant of the line.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { key, permutation, randint, split } from '../packages/tensor/src/random/index.js';
import { type Mutant, mutantsOf } from './mutants.js';

const { values: options } = parseArgs({
  options: {
    count: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    package: { type: 'string', default: 'tensor' },
    under: { type: 'string', default: 'src' },
    timeout: { type: 'string', default: '300' },
  },
});
const root = fileURLToPath(new URL('..', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'mutants-'));
const run = (command: string, args: readonly string[], cwd: string, seconds = 60): ReturnType<typeof spawnSync> =>
  spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    timeout: seconds * 1000,
    killSignal: 'SIGKILL',
    maxBuffer: 2 ** 28,
  });

interface Site extends Mutant {
  readonly file: string;
  readonly line: number;
}

/** Every mutant of a file, with the line it changes. */
function sitesOf(file: string): Site[] {
  const source = readFileSync(join(root, file), 'utf8');
  return mutantsOf(source).map((mutant) => ({
    ...mutant,
    file,
    line: source.slice(0, mutant.start).split('\n').length,
  }));
}

try {
  const tracked = String(run('git', ['ls-files', '-z'], root).stdout)
    .split('\0')
    .filter(Boolean);
  for (const file of tracked) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));

  const folder = `packages/${options.package}/${options.under}`;
  const files = tracked.filter((file) => file.startsWith(folder) && /(?<!\.test|\.d)\.ts$/.test(file));
  const byLine = new Map<string, Site[]>();
  for (const site of files.flatMap(sitesOf)) {
    const place = `${site.file}:${site.line}`;
    byLine.set(place, [...(byLine.get(place) ?? []), site]);
  }
  const lines = [...byLine.values()];
  const [ofLines, ofMutants] = split(key(Number(options.seed)), 2);
  const picked = permutation(ofLines, lines.length).subarray(0, Number(options.count));
  const draws = randint(ofMutants, picked.length, { min: 0, max: 2 ** 30 });
  console.log(`${lines.length} lines of ${folder} have mutants; seed ${options.seed} draws ${picked.length} of them`);

  // Where the tests fail already, every mutant would die.
  const baseline = run('npx', ['vitest', 'run', `packages/${options.package}/`], copy, 1200);
  if (baseline.status !== 0) {
    throw new Error(
      `mutate: the tests fail without any change:\n${`${baseline.stdout}${baseline.stderr}`.slice(-4000)}`,
    );
  }

  let dead = 0;
  picked.forEach((place, i) => {
    const sites = lines[place];
    const { file, line, start, end, text } = sites[draws[i] % sites.length];
    const source = readFileSync(join(root, file), 'utf8');
    const changed = source.slice(0, start) + text + source.slice(end);
    writeFileSync(join(copy, file), changed);
    const others = ['--exclude', `packages/!(${options.package})/**`, '--exclude', 'scripts/**'];
    const args = ['vitest', 'related', '--run', '--bail', '1', ...others, file];
    const result = run('npx', args, copy, Number(options.timeout));
    writeFileSync(join(copy, file), source);
    const died = result.status !== 0;
    if (died) dead++;
    const verdict = result.status === null ? 'died (no end)' : died ? 'died' : 'SURVIVED';
    console.log(`${verdict.padEnd(13)} ${file}:${line}`);
    console.log(`              - ${source.split('\n')[line - 1].trim()}`);
    console.log(`              + ${changed.split('\n')[line - 1].trim()}`);
  });
  console.log(`${dead} of ${picked.length} mutants died`);
  process.exitCode = dead >= 0.9 * picked.length ? 0 : 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
