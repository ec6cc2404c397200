import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from '@neuronseek/network';
import { fromJSON, print } from '@neuronseek/neurons';
import { discover as discoverNeuron, InputError } from '@neuronseek/search';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../src/main.js';
import { outputFolder } from '../src/run/output-folder.js';
import { type Run, toResults } from '../src/run/results.js';
import { regression } from './example-report.js';

const folder = mkdtempSync(join(tmpdir(), 'neuronseek-main-'));
afterAll(() => rmSync(folder, { recursive: true }));
const csv = join(folder, 'data.csv');
writeFileSync(csv, 'x,y\n1,2\n3,4\n');

const out = join(folder, 'a', 'b');
beforeEach(() => rmSync(join(folder, 'a'), { recursive: true, force: true }));

const found: Run = async (_, { onProgress }) => {
  onProgress({ phase: 'search', done: 1, total: 2, detail: 'half' });
  return { report: regression, formula: '{"formula": 1}\n', model: '{"model": 1}\n' };
};

/** Runs the command line in a world of strings. */
async function call(
  argv: readonly string[],
  {
    run = found,
    env = {},
    isTTY = false,
    controller = new AbortController(),
  }: {
    run?: Run;
    env?: Record<string, string>;
    isTTY?: boolean;
    controller?: AbortController;
  } = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  const streams = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr'): { isTTY: boolean; write(text: string): void } => ({
    isTTY,
    write(text) {
      streams[name] += text;
    },
  });
  const code = await main(argv, {
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    env,
    version: '1.2.3',
    signal: controller.signal,
    now: () => 0,
    run,
  });
  return { code, ...streams };
}

const discover = ['discover', csv, '--target', 'y', '--out', out];

describe('main', () => {
  test('writes three files, prints the report on stdout and progress on stderr', async () => {
    const { code, stdout, stderr } = await call(discover);
    expect(code).toBe(0);
    expect(readdirSync(out).sort()).toEqual(['formula.json', 'model.json', 'report.html']);
    expect(readFileSync(join(out, 'formula.json'), 'utf8')).toBe('{"formula": 1}\n');
    expect(readFileSync(join(out, 'model.json'), 'utf8')).toBe('{"model": 1}\n');
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('rows of data.csv');
    expect(stdout).toContain('Neuron for median_house_value');
    expect(stdout).toContain(join(out, 'report.html'));
    expect(stderr).toBe('search: 50 %, half\n');
  });

  test('hands table and options on', async () => {
    let seen: unknown;
    const run: Run = async (table, { target, task, seed }) => {
      seen = { columns: table.columns, target, task, seed };
      throw new InputError('stop');
    };
    await call([...discover, '--seed', '5', '--task', 'classification'], { run });
    expect(seen).toEqual({
      columns: [
        { name: 'x', values: [1, 3] },
        { name: 'y', values: [2, 4] },
      ],
      target: 'y',
      task: 'classification',
      seed: 5,
    });
  });

  test('emphasis and a rewritten line on a terminal only, NO_COLOR and TERM=dumb obeyed', async () => {
    const emphasis = '\u001b[';
    expect((await call(discover)).stdout).not.toContain(emphasis);
    expect((await call(discover, { isTTY: true })).stdout).toContain(emphasis);
    expect((await call(discover, { isTTY: true })).stderr).toContain('\r');
    expect((await call(discover, { isTTY: true, env: { NO_COLOR: '1' } })).stdout).not.toContain(emphasis);
    const dumb = await call(discover, { isTTY: true, env: { TERM: 'dumb' } });
    expect((dumb.stdout + dumb.stderr).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  test('help and version', async () => {
    expect((await call(['--help'])).stdout).toMatch(/^Usage: neuronseek discover FILE --target NAME/);
    expect(await call(['--version'])).toEqual({ code: 0, stdout: '1.2.3\n', stderr: '' });
  });

  test.each([
    [['discover', csv], 'neuronseek: discover: expected --target NAME, the column to predict\n'],
    [['discover', join(folder, 'none.csv'), '--target', 'y'], `neuronseek: ${folder}/none.csv: no such file\n`],
    [['discover', csv, '--target', 'y', '--out', csv], `neuronseek: ${csv}: expected a folder, got a file\n`],
    [
      ['discover', csv, '--target', 'y', '--out', `${csv}/x`],
      `neuronseek: ${csv}/x: expected a folder, got a file in its place\n`,
    ],
  ])('a fault of the input is one sentence and exit code 2: %j', async (argv, sentence) => {
    expect(await call(argv)).toEqual({ code: 2, stdout: '', stderr: sentence });
  });

  test('a fault found later leaves no folder behind, and no control character on the terminal', async () => {
    const run: Run = () => Promise.reject(new InputError('data.csv: column "\u001b[2J"'));
    expect(await call(discover, { run })).toEqual({
      code: 2,
      stdout: '',
      stderr: 'neuronseek: data.csv: column "·[2J"\n',
    });
    expect(existsSync(join(folder, 'a'))).toBe(false);
  });

  test('a folder that was there stays, with what was in it', async () => {
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, 'mine.txt'), 'mine');
    const run: Run = () => Promise.reject(new InputError('no'));
    await call(discover, { run });
    expect(readdirSync(out)).toEqual(['mine.txt']);
  });

  test('a defect is told as one, its trace on demand', async () => {
    const run: Run = () => Promise.reject(new RangeError('matmul: odd'));
    const { code, stderr } = await call(discover, { run });
    expect(code).toBe(1);
    expect(stderr).toBe('neuronseek: this is a defect of neuronseek: matmul: odd (NEURONSEEK_DEBUG=1 shows where)\n');
    expect((await call(discover, { run, env: { NEURONSEEK_DEBUG: '1' } })).stderr).toContain('main.test.ts');
  });

  test('an interrupt ends with 130 and nothing written', async () => {
    const controller = new AbortController();
    const run: Run = (_, { signal, onProgress }) => {
      onProgress({ phase: 'search', done: 0, total: 2, detail: '' });
      controller.abort();
      return Promise.reject(signal.reason);
    };
    const { code, stderr } = await call(discover, { run, controller });
    expect(code).toBe(130);
    expect(stderr).toBe('search: 0 %\nneuronseek: interrupted, nothing was written\n');
    expect(existsSync(join(folder, 'a'))).toBe(false);
  });
});

// The superuser may write anywhere.
describe.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('where writing is denied', () => {
  test('one sentence, before the search', async () => {
    const locked = join(folder, 'locked');
    mkdirSync(locked, { recursive: true });
    chmodSync(locked, 0o500);
    expect((await call(['discover', csv, '--target', 'y', '--out', join(locked, 'x')])).stderr).toBe(
      `neuronseek: ${locked}/x: expected a place to write to, got permission denied\n`,
    );
  });
});

describe.skipIf(!existsSync('/proc/self'))('a place that takes no folders', () => {
  test('is refused, where mkdir of Node 20 would turn in circles', () => {
    expect(() => outputFolder('/proc/none/x')).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: '/proc/none/x: expected a place to write to, got ENOENT',
      }),
    );
  });
});

describe('with the real search', () => {
  test('the files read back as neuron and model', async () => {
    const rows = Array.from({ length: 120 }, (_, i) => {
      const [x, z] = [Math.sin(i * 1.7), Math.cos(i * 2.3)];
      return `${x},${z},${2 * x * x - x * z}`;
    });
    // As runHere does it, but briefly.
    const run: Run = async (table, options) => {
      const { method = 'als', ...rest } = options;
      return toResults(discoverNeuron(table, { ...rest, epochs: 3, search: { method } }));
    };
    const file = join(folder, 'square.csv');
    writeFileSync(file, ['x,z,y', ...rows].join('\n'));
    const { code, stdout, stderr } = await call(['discover', file, '--target', 'y', '--out', out], { run });
    expect(stderr).toMatch(/^search: \d+ %[\s\S]*\ntraining: 100 %/);
    expect(code).toBe(0);
    const formula = JSON.parse(readFileSync(join(out, 'formula.json'), 'utf8'));
    expect(formula).toMatchObject({
      format: 'neuronseek-formula',
      version: 1,
      target: 'y',
      task: 'regression',
      seed: 0,
    });
    expect(print(fromJSON(formula.neuron))).toMatch(/x/);
    expect(formula.scaling.inputs.map((input: { name: string }) => input.name)).toEqual(['x', 'z']);
    expect(load(readFileSync(join(out, 'model.json'), 'utf8')).layer.kind).toBe('sequential');
    expect(stdout).toContain(formula.structure);
  });
});

describe('main verify', () => {
  test('a line for each theorem and control, exit code 0 where all are as they must be', async () => {
    const { code, stdout, stderr } = await call(['verify', 'relu-square', 'monotone-width-one', '--runs', '20']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^relu-square {9}holds {17}20 runs {2}margin 0\.00\n/);
    expect(stdout).toMatch(/\nmonotone-width-one {2}fails as it must {6}20 runs {2}margin 0\.00\n/);
    expect(stdout).toContain('\n2 of 2 as they must be, 0.0 s\n');
    expect(stderr).toContain('verify: 100 %');
  });

  test('an unknown name is a fault of the input, and the known ones are listed', async () => {
    const { code, stdout, stderr } = await call(['verify', 'fermat']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^neuronseek: verify: no theorem "fermat"; there are piecewise-linear-interpolation, /);
  });

  test('interrupted', async () => {
    const controller = new AbortController();
    controller.abort();
    expect((await call(['verify', '--runs', '3'], { controller })).code).toBe(130);
  });
});
