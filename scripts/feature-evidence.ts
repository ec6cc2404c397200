import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { references } from '../packages/tensor/test/math/reference/functions.js';
import { scalarOracles } from '../packages/tensor/test/support/scalar-oracles.js';
import type { Derivative } from './feature-derivative.js';

/** What is read of the package to tell what a function is tested against. */
export interface Evidence {
  /** For each operation whether it has a derivative rule; those of core are all under the laws, or laws.test.ts fails. */
  readonly coreOperations: ReadonlyMap<string, boolean>;
  readonly linalgOperations: ReadonlyMap<string, boolean>;
  /** Fixtures by entry and name. */
  readonly numpyCases: ReadonlyMap<string, number>;
  readonly testFiles: readonly TestFile[];
  readonly golden: ReadonlySet<string>;
}

/** A file of tests, by what it imports. */
interface TestFile {
  readonly path: string;
  readonly text: string;
  /** `/linalg svd` for what comes from there, and modules of others. */
  readonly imports: ReadonlySet<string>;
}

export async function readEvidence(tensor: string): Promise<Evidence> {
  return {
    coreOperations: await operationsIn(join(tensor, 'src/core/ops')),
    linalgOperations: await operationsIn(join(tensor, 'src/linalg')),
    numpyCases: countCases(join(tensor, 'test/numpy/fixtures')),
    testFiles: [...filesUnder(join(tensor, 'src')), ...filesUnder(join(tensor, 'test'))]
      .filter((path) => path.endsWith('.test.ts'))
      .sort()
      .map((path) => {
        const text = readFileSync(path, 'utf8');
        return { path: path.slice(tensor.length), text, imports: importsOf(text) };
      }),
    golden: new Set(Object.keys(JSON.parse(readFileSync(join(tensor, 'test/math/golden.json'), 'utf8')))),
  };
}

/** Every `…Op` of the files of a folder. */
async function operationsIn(folder: string): Promise<Map<string, boolean>> {
  const found = new Map<string, boolean>();
  for (const file of readdirSync(folder).sort()) {
    const module: Record<string, { name: string; vjp: unknown }> = await import(pathToFileURL(join(folder, file)).href);
    for (const [name, op] of Object.entries(module)) if (name.endsWith('Op')) found.set(op.name, op.vjp !== null);
  }
  return found;
}

function countCases(folder: string): Map<string, number> {
  const cases = new Map<string, number>();
  for (const file of readdirSync(folder)) {
    if (file === 'inputs.json') continue;
    const rows: readonly { call: string }[] = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    for (const { call } of rows) {
      const key = `${file === 'linalg.json' ? '/linalg' : ''} ${call}`;
      cases.set(key, (cases.get(key) ?? 0) + 1);
    }
  }
  return cases;
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path));
}

function importsOf(text: string): Set<string> {
  const found = new Set<string>();
  for (const [, names, module] of text.matchAll(/^import ([^;]*?) from '([^']+)';/gm)) {
    found.add(module.startsWith('.') ? basename(module, '.js') : module);
    const entry = /\/(linalg|random|io|ndarray|parallel|math)\//.exec(module);
    const list = /\{([^}]*)\}/.exec(names)?.[1] ?? '';
    for (const name of list.split(',')) found.add(`${entry ? `/${entry[1]}` : ''} ${name.trim().split(' as ')[0]}`);
  }
  return found;
}

/** What a public function is tested against, besides examples. */
export function testedAgainst(
  { coreOperations, numpyCases, testFiles, golden }: Evidence,
  { entry, name, derivative }: { entry: string; name: string; derivative: Derivative },
): string[] {
  const { kind, operations } = derivative;
  const key = `${entry} ${name}`;
  const own = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const importing = testFiles.filter(({ imports }) => imports.has(key));
  const named = testFiles.filter(({ path }) => basename(path, '.test.ts') === own);
  const count = numpyCases.get(key) ?? 0;
  const core = entry === '';
  const oracles = testFiles.find(({ path }) => path.endsWith('/forward/ndarray.test.ts'))?.text ?? '';
  const wholes: Readonly<Record<string, string>> = { sum: 'sum', max: 'sup', min: 'inf' };
  const lawful = operations.length > 0 && operations.every((op) => coreOperations.get(op) === true);
  const found: [string, boolean][] = [
    [`NumPy (${count})`, count > 0],
    ['laws', core && lawful && operations.includes(name)],
    ['laws of its parts', core && lawful && !operations.includes(name)],
    ['laws', !core && kind !== 'none' && importing.some(({ imports }) => imports.has(' checkDerivatives'))],
    ['scalar oracle', core && name in scalarOracles],
    [
      'ndarray-ops',
      core &&
        (new RegExp(`ops\\.\\w+, ${name},`).test(oracles) || new RegExp(`ops\\.${wholes[name]}\\(`).test(oracles)),
    ],
    ['ndarray', entry === '/ndarray' && importing.some(({ imports }) => imports.has('ndarray'))],
    ['ml-matrix', entry === '/linalg' && named.some(({ imports }) => imports.has('ml-matrix'))],
    ['BigInt reference', entry === '/math' && name in references],
    [
      'golden bits',
      entry === '/math'
        ? golden.has(name)
        : entry === '/random' && importing.some(({ path }) => path.endsWith('golden.test.ts')),
    ],
    [
      'statistics',
      entry === '/random' && importing.some(({ imports }) => imports.has('statistics') || imports.has('distributions')),
    ],
    ['files of NumPy', entry === '/io' && importing.some(({ path }) => /numpy-(golden|live)/.test(path))],
  ];
  const labels = found.flatMap(([label, holds]) => (holds ? [label] : []));
  return labels.length > 0 ? labels : importing.length > 0 ? ['own tests'] : [];
}
