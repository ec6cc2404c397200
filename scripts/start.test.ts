import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

/** Stands for the command: says what it was given, and where it ran. */
const CLI = `console.log(JSON.stringify({ args: process.argv.slice(2), cwd: process.cwd() }));
process.exitCode = Number(process.env.TEST_EXIT_CODE ?? 0);`;

/** Stands for the build: keeps a diary, writes what a build would. */
const LERNA = `const fs = require('node:fs');
fs.appendFileSync('builds', process.env.NEURONSEEK_BUILD + ' ' + process.argv.slice(2).join(' ') + '\\n');
if (process.env.TEST_BUILD_FAILS) { console.error('tensor does not compile'); process.exit(3); }
for (const file of ['packages/neuronseek/dist/cli.js', 'packages/tensor/dist/index.js'])
  if (!fs.existsSync(file)) { fs.mkdirSync(require('node:path').dirname(file), { recursive: true }); fs.copyFileSync('cli.txt', file); }`;

const FILES: Readonly<Record<string, string>> = {
  'cli.txt': CLI,
  'tsup.base.ts': '',
  'tsconfig.base.json': '{}',
  'tsconfig.build.json': '{}',
  'packages/neuronseek/package.json': '{ "dependencies": { "@neuronseek/tensor": "^0.1.0" } }',
  'packages/neuronseek/tsup.config.ts': '',
  'packages/neuronseek/src/cli.ts': '',
  'packages/tensor/package.json': '{}',
  'packages/tensor/tsup.config.ts': '',
  'packages/tensor/src/core/add.ts': '',
  'packages/tensor/src/core/add.test.ts': '',
  'node_modules/lerna/package.json': '{ "bin": { "lerna": "cli.js" } }',
  'node_modules/lerna/cli.js': LERNA,
  'node_modules/vega-datasets/data/cars.json':
    '[{ "Miles_per_Gallon": 18, "Year": 1970 }, { "Miles_per_Gallon": 15, "Year": 1971 }]',
  'node_modules/vega-datasets/datapackage.json': JSON.stringify({
    version: '3.2.1',
    resources: [
      { path: 'other.csv', bytes: 1, sources: [], licenses: [] },
      {
        path: 'cars.json',
        bytes: 100492,
        sources: [{ title: 'StatLib', path: 'http://lib.stat.cmu.edu/datasets/' }],
        licenses: [{ title: 'For educational purposes.' }],
      },
    ],
  }),
};

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(realpathSync(tmpdir()), 'start-'));
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  cpSync(fileURLToPath(new URL('start.mjs', import.meta.url)), join(root, 'scripts/start.mjs'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  return spawnSync(process.execPath, [join(root, 'scripts/start.mjs'), ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...env },
  });
}

const lastLine = (text: string): unknown => JSON.parse(text.trim().split('\n').at(-1) ?? '');
const builds = (): string[] => readFileSync(join(root, 'builds'), 'utf8').trim().split('\n');
/** Makes a file one minute younger than now, so that no clock is too coarse. */
function change(path: string): void {
  const time = new Date(Date.now() + 60_000);
  utimesSync(join(root, path), time, time);
}

const example = join('node_modules', 'vega-datasets', 'data', 'cars.json');

describe('npm start', () => {
  test('without arguments runs on the example and says first what it is', () => {
    const { status, stdout } = start([]);
    expect(status).toBe(0);
    expect(stdout.split('\n')[0]).toBe(
      'Data: cars.json of vega-datasets 3.2.1 (2 rows, 2 columns, 100 kB); from StatLib, ' +
        'http://lib.stat.cmu.edu/datasets/; licence as given there: "For educational purposes."',
    );
    expect(lastLine(stdout)).toEqual({ args: ['discover', example, '--target', 'Miles_per_Gallon'], cwd: root });
  });

  test.each([
    [
      ['--seed', '3'],
      ['discover', example, '--target', 'Miles_per_Gallon', '--seed', '3'],
    ],
    [
      ['--target', 'Year', '--out', 'here'],
      ['discover', example, '--target', 'Year', '--out', 'here'],
    ],
    [['--target=Year'], ['discover', example, '--target=Year']],
    [
      ['data.csv', '--target', 'y'],
      ['discover', 'data.csv', '--target', 'y'],
    ],
    [
      ['--target', 'y', 'data.csv.gz'],
      ['discover', '--target', 'y', 'data.csv.gz'],
    ],
    [['--help'], ['discover', '--help']],
  ])('hands on %j', (args, expected) => {
    const { stdout } = start(args);
    expect(lastLine(stdout)).toMatchObject({ args: expected });
    expect(stdout.startsWith('Data: ')).toBe(expected.includes(example));
  });

  test('runs where the user called npm, so that paths mean what they say', () => {
    const elsewhere = join(root, 'packages');
    expect(lastLine(start(['data.csv', '--target', 'y'], { INIT_CWD: elsewhere }).stdout)).toEqual({
      args: ['discover', 'data.csv', '--target', 'y'],
      cwd: elsewhere,
    });
    expect(lastLine(start([], { INIT_CWD: elsewhere }).stdout)).toMatchObject({
      args: ['discover', join('..', example), '--target', 'Miles_per_Gallon'],
    });
  });

  test('passes the exit code on', () => {
    expect(start([], { TEST_EXIT_CODE: '2' }).status).toBe(2);
  });

  test('builds JavaScript alone, once, and again after a source changed', () => {
    const first = start([]);
    expect(first.stderr.trim().split('\n')).toHaveLength(1);
    expect(first.stderr).toContain('Building');
    expect(builds()).toEqual(['js run build --scope neuronseek']);
    expect(start([]).stderr).toBe('');
    change('packages/tensor/src/core/add.test.ts');
    expect(start([]).stderr).toBe('');
    expect(builds()).toHaveLength(1);
    change('packages/tensor/src/core/add.ts');
    start([]);
    expect(builds()).toHaveLength(2);
  });

  test('a build that had nothing to do counts as a build', () => {
    start([]);
    const past = new Date(Date.now() - 60_000);
    // As a cache restores it: right, but old.
    utimesSync(join(root, 'packages/tensor/dist/index.js'), past, past);
    start([]);
    expect(builds()).toHaveLength(2);
    expect(start([]).stderr).toBe('');
    expect(builds()).toHaveLength(2);
  });

  test('a failed build is shown, and ends it', () => {
    const { status, stdout, stderr } = start([], { TEST_BUILD_FAILS: '1' });
    expect(status).toBe(3);
    expect(stderr).toContain('tensor does not compile');
    expect(stdout).toBe('');
  });

  test('says what to do before the tools are installed', () => {
    rmSync(join(root, 'node_modules/lerna'), { recursive: true });
    const { status, stderr } = start([]);
    expect(status).toBe(1);
    expect(stderr).toBe('The tools are not installed yet: run `npm ci` first.\n');
  });
});
